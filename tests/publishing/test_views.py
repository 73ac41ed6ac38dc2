"""The public site: what it shows, how few queries it takes, what may be cached, and that it knows no person."""

import csv
import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing import json_form
from publishing.files import sheets
from publishing.models import Publication, PublishedChapter, PublishedFigure, PublishedFile
from publishing.structure import Chapter, Column, Contents, Row, RowGroup, Section, Table

pytestmark = pytest.mark.django_db

MOST_QUERIES = 5
SHORT, FOREVER = "public, max-age=60", "public, max-age=31536000, immutable"
PLAN = "/publikasjoner/plan/"
PAGES = [
    "/",
    "/tilgjengelighet/",
    "/publikasjoner/",
    PLAN,
    f"{PLAN}skole/",
    f"{PLAN}versjon-1/",
    f"{PLAN}versjon-1/skole/",
    f"{PLAN}versjon-1/nyere.html",
    f"{PLAN}versjon-1/skole/elever/",
    f"{PLAN}versjon-1/filer/plan-versjon-1.pdf",
    f"{PLAN}versjon-1/tabeller/skole/elever.csv",
]

Publish = Callable[..., Publication]


def make_contents() -> Contents:
    rows = (Row("Trinn 1", ("310", "302"), ("310", "302")), Row("=SUM(A1)", ("4,5 %", ""), ("4.5", None)))
    table = Table(
        anchor="elever",
        number="2.1",
        kind="key-figures",
        caption="Elever",
        columns=(Column("2022"), Column("2023")),
        groups=(RowGroup(rows),),
        row_heading="Trinn",
    )
    section = Section("utvikling", "Utvikling", 2, (table,))
    return Contents(
        slug="plan",
        title="Plan",
        subtitle="",
        kind="annual-plan",
        municipality="Dalen kommune",
        year=2024,
        chapters=(
            Chapter("innledning", "1", "Innledning", "Dalen kommune"),
            Chapter("skole", "2", "Skole", "Dalen kommune", sections=(section,)),
        ),
    )


@pytest.fixture
def publish(db: None) -> Publish:
    """A function that stores a version of a small plan with two chapters, a file and three figures."""
    municipality = Municipality.objects.create(number="3499", name="Dalen kommune", short_name="Dalen", is_owner=True)
    unit = Unit.objects.create(municipality=municipality, kind="municipality", name="Dalen kommune", slug="dalen")
    document = Document.objects.create(slug="plan", kind="annual-plan", title="Plan", year=2024, unit=unit)
    person = User.objects.create_user("kari", password="hemmelig-nok-1", first_name="Kari", last_name="Dal")
    text = json_form.canonical(json_form.to_json(make_contents()))

    def store(version: int, **fields: object) -> Publication:
        publication = Publication.objects.create(
            document=document,
            version=version,
            slug="plan",
            title="Plan",
            year=2024,
            published_at=timezone.now(),
            published_by=person,
            contents=text,
            sha256=json_form.digest(text.encode()),
            **{"stage": "proposal"} | fields,
        )
        PublishedChapter.objects.create(
            publication=publication, position=1, number="1", slug="innledning", title="Innledning", html="<p>Ord.</p>"
        )
        PublishedChapter.objects.create(
            publication=publication,
            position=2,
            number="2",
            slug="skole",
            title="Skole",
            html=f'<h2 id="utvikling">Utvikling i versjon {version}</h2>',
            outline=[["utvikling", "Utvikling", 2]],
        )
        for position, outcome in enumerate(("reached", "missed", "not_measured"), start=1):
            PublishedFigure.objects.create(
                publication=publication,
                chapter_slug="skole",
                chapter_title="Skole",
                table_anchor="elever",
                indicator_slug=f"maal-{position}",
                name=f"Mål {position}",
                result="4",
                target="5",
                outcome=outcome,
                position=position,
            )
        PublishedFile.objects.create(
            publication=publication,
            name=f"plan-versjon-{version}.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.7",
            size=8,
            sha256="0" * 64,
        )
        return publication

    return store


def text_at(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_publication_list_shows_the_newest_version_of_each(client: Client, publish: Publish) -> None:
    publish(1)
    newest = publish(2)
    assert list(client.get("/publikasjoner/").context["publications"]) == [newest]


def test_document_shows_decision_files_and_other_versions(client: Client, publish: Publish) -> None:
    publish(1)
    publish(
        2, stage="adopted", decision_body="Kommunestyret", case_number="7/24", decided_on=datetime.date(2023, 12, 20)
    )
    page = text_at(client, PLAN)
    assert page.count("<dd>Kommunestyret, sak 7/24</dd>") == 1
    assert page.count('<time datetime="2023-12-20">20. desember 2023</time>') == 1
    assert page.count(f'href="{PLAN}versjon-2/filer/plan-versjon-2.pdf"') == 1
    assert page.count(f'href="{PLAN}versjon-1/"') == 1
    assert page.count(f'href="{PLAN}versjon-1...2/"') == 1
    assert page.count(f'href="{PLAN}skole/"') == 1


def test_chapter_shows_the_page_of_the_newest_version(client: Client, publish: Publish) -> None:
    publish(1)
    publish(2)
    page = text_at(client, f"{PLAN}skole/")
    assert page.count('<h2 id="utvikling">Utvikling i versjon 2</h2>') == 1
    assert page.count("<h1") == 1
    assert page.count("<title>2 Skole – Plan, versjon 2 – Dalen kommune</title>") == 1


def test_chapter_leads_to_its_neighbours(client: Client, publish: Publish) -> None:
    publish(1)
    first = client.get(f"{PLAN}innledning/").context
    last = client.get(f"{PLAN}skole/").context
    assert (first["before"], first["after"].address) == (None, f"{PLAN}skole/")
    assert (last["before"].address, last["after"]) == (f"{PLAN}innledning/", None)


def test_version_chapter_stays_in_its_version(client: Client, publish: Publish) -> None:
    publish(1)
    publish(2)
    response = client.get(f"{PLAN}versjon-1/skole/")
    assert response.content.decode().count("Utvikling i versjon 1") == 1
    assert response.context["before"].address == f"{PLAN}versjon-1/innledning/"


def test_chapter_called_like_a_version_does_not_hide_the_version(client: Client, publish: Publish) -> None:
    publication = publish(1)
    publication.chapters.filter(slug="skole").update(slug="versjon-1")
    assert client.get(f"{PLAN}versjon-1/").templates[0].name == "publishing/document.html"
    assert client.get(f"{PLAN}versjon-1/versjon-1/").templates[0].name == "publishing/chapter.html"


@pytest.mark.parametrize(
    "path",
    [
        "/publikasjoner/ukjent/",
        f"{PLAN}ukjent/",
        f"{PLAN}versjon-9/",
        f"{PLAN}versjon-1/ukjent/",
        f"{PLAN}versjon-9/nyere.html",
        f"{PLAN}versjon-1/skole/ukjent/",
        f"{PLAN}versjon-1/ukjent/elever/",
        f"{PLAN}versjon-9/skole/elever/",
        f"{PLAN}versjon-1/filer/ukjent.pdf",
        f"{PLAN}versjon-1/tabeller/skole/ukjent.csv",
        f"{PLAN}versjon-1/tabeller/innledning/elever.csv",
        f"{PLAN}versjon-1/tabeller/skole/elever.pdf",
    ],
)
def test_unknown_address_is_not_found(client: Client, publish: Publish, path: str) -> None:
    publish(1)
    response = client.get(path)
    assert response.status_code == 404
    assert response.content.decode().count("<h1>Fant ikke siden</h1>") == 1


@pytest.mark.parametrize("path", PAGES)
def test_public_page_cannot_be_posted_to(client: Client, publish: Publish, path: str) -> None:
    publish(1)
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_public_page_takes_few_queries(
    client: Client, publish: Publish, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    publish(1)
    publish(2)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_public_page_is_the_same_for_everyone(client: Client, publish: Publish, path: str) -> None:
    publish(1)
    stranger = client.get(path)
    assert client.login(username="kari", password="hemmelig-nok-1")
    known = client.get(path)
    assert known.content == stranger.content
    assert (known.headers.get("Vary", "Accept-Encoding"), known.cookies.output()) == ("Accept-Encoding", "")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", SHORT),
        ("/publikasjoner/", SHORT),
        (PLAN, SHORT),
        (f"{PLAN}skole/", SHORT),
        (f"{PLAN}versjon-1/", FOREVER),
        (f"{PLAN}versjon-1/skole/", FOREVER),
        (f"{PLAN}versjon-2/", FOREVER),
        (f"{PLAN}versjon-2/skole/", FOREVER),
        (f"{PLAN}versjon-2/nyere.html", SHORT),
        (f"{PLAN}versjon-2/filer/plan-versjon-2.pdf", FOREVER),
        (f"{PLAN}versjon-2/tabeller/skole/elever.xlsx", FOREVER),
    ],
)
def test_public_page_may_be_kept_as_long_as_it_stays_true(
    client: Client, publish: Publish, path: str, expected: str
) -> None:
    publish(1)
    publish(2)
    assert client.get(path).headers["Cache-Control"] == expected


@pytest.mark.parametrize("path", PAGES)
def test_public_page_that_the_reader_has_is_not_sent_again(client: Client, publish: Publish, path: str) -> None:
    publish(1)
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_publication_file_is_sent_as_it_was_stored(client: Client, publish: Publish) -> None:
    publish(1)
    response = client.get(f"{PLAN}versjon-1/filer/plan-versjon-1.pdf")
    assert response.content == b"%PDF-1.7"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="plan-versjon-1.pdf"'


def test_table_file_as_workbook_holds_the_table(client: Client, publish: Publish) -> None:
    publish(1)
    response = client.get(f"{PLAN}versjon-1/tabeller/skole/elever.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    numbers = [value for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, int)]
    assert numbers == [310, 302]
    assert response.headers["Content-Type"] == sheets.MEDIA_TYPE
    expected = 'attachment; filename="plan-versjon-1-skole-elever.xlsx"'
    assert response.headers["Content-Disposition"] == expected


def test_table_file_as_text_holds_the_table(client: Client, publish: Publish) -> None:
    publish(1)
    response = client.get(f"{PLAN}versjon-1/tabeller/skole/elever.csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    numbers = [[cell for cell in line if cell.isdigit()] for line in lines]
    assert numbers == [["2022", "2023"], ["310", "302"], []]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_published_page_does_not_follow_the_draft(client: Client, publish: Publish) -> None:
    publication = publish(1)
    before = client.get(PLAN).content
    Document.objects.filter(pk=publication.document_id).update(title="Et annet navn", year=2031)
    assert client.get(PLAN).content == before
