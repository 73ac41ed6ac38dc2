"""The list of all published indicators as files, who may read it, and how long it may be kept."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from publishing.files import sheets
from publishing.models import Publication
from tests.publishing.small_publications import fill, goal, make_document, publish

pytestmark = pytest.mark.django_db

LIST = "/indikatorer/"
MISSED = f"{LIST}?outcome=missed"


@pytest.fixture
def plan(db: None) -> Publication:
    """A plan with nothing in it yet."""
    return publish(make_document("plan", "Plan 2024"))


@pytest.fixture
def mixed(plan: Publication) -> Publication:
    """The plan with goals of every outcome in two areas, and a figure that is no goal."""
    fill(plan)
    return plan


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_explore_file_as_text_holds_what_is_shown(client: Client, mixed: Publication) -> None:
    response = client.get("/indikatorer/liste.csv?outcome=missed&sort=-distance&page=7")
    first, heading, *rows = rows_of(response.content)
    assert first == ["2 av 7 indikatorer. Måloppnåelse: Ikke nådd. Fra: Plan 2024, versjon 1"]
    assert [dict(zip(heading, row, strict=True)) for row in rows][1] == {
        "Indikator": "Lesing",
        "Tjenesteområde": "Skole",
        "Sektor eller stab": "Sektor for skole",
        "Måleenhet": "",
        "Periode": "2023",
        "Resultat": "4",
        "Måltall": "5",
        "Avvik i prosent av måltallet": "12,5",
        "Utvikling": "dårligere",
        "Ikke nådd siden": "2021",
        "Publikasjon": "Plan 2024, versjon 1",
        "Adresse": "http://testserver/indikatorer/lesing/",
        "Måloppnåelse": "Ikke nådd",
        "Begrunnelse": "",
    }
    assert [row[0] for row in rows] == ["Ventetid", "Lesing"]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="indikatorer.csv"'
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_explore_file_as_workbook_holds_all_pages(client: Client, plan: Publication) -> None:
    for number in range(30):
        goal(plan, f"trivsel-{number:02}", result="4,5")
    response = client.get("/indikatorer/liste.xlsx?sort=-name")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    (first, *_rest), _empty, heading, *rows = list(sheet.iter_rows(values_only=True))
    assert first == "30 indikatorer. Fra: Plan 2024, versjon 1"
    result = heading.index("Resultat")
    assert [(row[0], row[result]) for row in rows if row[0]] == [
        (f"Trivsel {number:02}", 4.5) for number in reversed(range(30))
    ]
    assert response.headers["Content-Type"] == sheets.MEDIA_TYPE


def test_explore_file_holds_no_formula(client: Client, plan: Publication) -> None:
    goal(plan, "fiende", name="=cmd|' /C calc'!A0", result="@SUM(A1)")
    (row,) = rows_of(client.get("/indikatorer/liste.csv").content)[2:]
    assert [cell for cell in row if cell.startswith(("=", "@"))] == []
    assert row[0] == "'=cmd|' /C calc'!A0"
    found = rows_of(client.get("/indikatorer/liste.csv?text=%3Dcmd").content)[0]
    assert found == ["1 indikator. Søk i navn: =cmd. Fra: Plan 2024, versjon 1"]


def test_explore_file_without_a_match_says_so_alone(client: Client, mixed: Publication) -> None:
    assert rows_of(client.get("/indikatorer/liste.csv?text=ukjent").content)[0] == [
        "0 av 7 indikatorer. Søk i navn: ukjent"
    ]


def test_explore_file_of_another_kind_is_not_found(client: Client, mixed: Publication) -> None:
    assert client.get("/indikatorer/liste.pdf").status_code == 404


def test_explore_leads_to_files_of_the_same_rows(client: Client, mixed: Publication) -> None:
    page = client.get(f"{MISSED}&sort=area").content.decode()
    assert page.count('href="/indikatorer/liste.csv?outcome=missed&amp;sort=area"') == 1


# Who may read it, and how long it may be kept


def test_explore_is_the_same_for_everyone_and_for_htmx(client: Client, mixed: Publication) -> None:
    plain = client.get(MISSED)
    part = client.get(MISSED, headers={"HX-Request": "true", "HX-Trigger": "page-2"})
    assert part.content == plain.content
    assert plain.headers["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "HX-Request", "HX-Trigger"} & set(plain.headers.get("Vary", "").split(", ")) == set()
    assert client.get(MISSED, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", [LIST, "/indikatorer/liste.csv"])
def test_explore_cannot_be_posted_to(client: Client, mixed: Publication, path: str) -> None:
    assert client.post(path).status_code == 405
