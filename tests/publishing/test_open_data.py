"""The page of open data: what there is, examples that work, and the newest publications with their files."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from publishing.files import kinds
from publishing.models import Publication
from publishing.public.reading import Edition
from tests.publishing.published import add_file, changed, store

pytestmark = pytest.mark.django_db

NAMES = [
    "PDF",
    "Excel",
    "Én HTML-fil",
    "Datapakke (Frictionless)",
    "JSON",
    "PDF/A for arkiv",
    "Metadata til arkivet (XML)",
]


@pytest.fixture
def plan(db: None) -> Publication:
    return store()


def with_all_files(publication: Publication) -> Publication:
    for ending, media_type in (
        ("-arkiv.xml", "application/xml"),
        ("-arkiv.pdf", "application/pdf"),
        (".pdf", "application/pdf"),
    ):
        add_file(publication, ending, media_type)
    return publication


def page(client: Client) -> str:
    found = client.get("/data/")
    assert found.status_code == 200
    return found.content.decode()


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


def test_page_is_public_and_may_lie_in_a_cache(client: Client, plan: Publication) -> None:
    found = client.get("/data/")
    assert found.headers["Cache-Control"] == "public, max-age=60"
    assert client.post("/data/").status_code == 405


def test_page_examples_answer(client: Client, plan: Publication) -> None:
    found = re.findall(r'class="examples__address" href="([^"]+)"', page(client))
    assert [one.removeprefix("http://localhost:8000").replace("&amp;", "&") for one in found] == [
        "/api/v1/publications",
        "/api/v1/publications/plan-2024/1/goals?outcome=missed",
        "/api/v1/indicators/lesing",
        "/api/v1/observations?indicator=lesing&kind=result",
    ]
    assert {client.get(one.replace("&amp;", "&")).status_code for one in found} == {200}


def test_page_leads_to_pages_that_are_there(client: Client, plan: Publication) -> None:
    main = page(client).split("<main")[1].split("</main>")[0]
    own = {one.removeprefix("http://localhost:8000") for one in links(main) if not one.startswith("https://")}
    assert {
        "/api/v1/openapi.json",
        "/data/publikasjon.schema.json",
        "/publikasjoner.atom",
        "/sitemap.xml",
        "/publikasjoner/plan-2024/versjon-1/filer/plan-2024-versjon-1.zip",
    } <= own
    assert [one for one in own if client.get(one.replace("&amp;", "&")).status_code != 200] == []


def test_page_shows_every_file_of_the_newest(client: Client, plan: Publication) -> None:
    with_all_files(plan)
    cells = re.findall(r'filer/[^"]+">([^<]+)<span class="visually-hidden">, ([^<]+)</span>', page(client))
    assert cells == [(name, "Virksomhetsplan 2024, versjon 1") for name in NAMES]


def test_page_says_the_terms_and_how_to_cite(client: Client, plan: Publication) -> None:
    html = page(client)
    assert 'href="https://data.norge.no/nlod/no/2.0"' in html
    assert (
        "Testvik kommune: Virksomhetsplan 2024, versjon 1. "
        "http://localhost:8000/publikasjoner/plan-2024/versjon-1/. Norsk lisens for offentlige data (NLOD) 2.0."
    ) in html


def test_page_with_nothing_published(client: Client) -> None:
    html = page(client)
    assert "Ingenting er publisert ennå." in html
    assert re.findall(r'class="examples__address" href="([^"]+)"', html) == [
        "http://localhost:8000/api/v1/publications"
    ]


def test_page_takes_as_many_queries_whatever_there_is(
    client: Client, plan: Publication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        with_all_files(store(changed(slug=f"plan-{number}")))
    with django_assert_num_queries(4):
        html = page(client)
    assert html.count('class="offered__date"') == 10


def offered(publication: Publication) -> str:
    """The list of files on the title page."""
    files = publication.files.defer("content").order_by("pk")
    edition = Edition(publication.slug, publication.version)
    return " ".join(render_to_string("components/files.html", {"edition": edition, "files": files}).split())


def test_files_are_named_in_plain_words(plan: Publication) -> None:
    html = offered(with_all_files(plan))
    assert re.findall(r'<a [^>]+> ([^<]+) <span class="files__size">', html) == NAMES
    assert "PDF-en lages nå" not in html


def test_files_without_the_pdf_say_that_it_comes(plan: Publication) -> None:
    add_file(plan, "-arkiv.pdf")
    html = offered(plan)
    assert re.findall(r'<a [^>]+> ([^<]+) <span class="files__size">', html) == [*NAMES[1:6]]
    assert "PDF-en lages nå. Den kommer her om litt." in html


def test_files_of_an_unknown_kind_bear_their_names() -> None:
    assert kinds.in_words("plan-versjon-1.ods") == "plan-versjon-1.ods"
    assert kinds.place_of("plan-versjon-1.ods") > max(map(kinds.place_of, ("x.pdf", "x-arkiv.xml", "x.json")))
