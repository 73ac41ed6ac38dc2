"""The page of one element of a version: as it stands, what explains it, how it is cited; the same for everyone."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from organisation.models import User
from publishing.structure import Chapter, Contents, Item, RowGroup, Section, Text
from tests.publishing.published import MEASURED, READING, changed, store

pytestmark = pytest.mark.django_db

SKOLE = "/publikasjoner/plan-2024/versjon-1/skole/"
OMSORG = "/publikasjoner/plan-2024/versjon-1/omsorg/"
ELEMENTS = [
    f"{SKOLE}malene/",
    f"{SKOLE}malekort/",
    f"{SKOLE}malekort-lesing/",
    f"{SKOLE}malekort-lesing-2/",
    f"{OMSORG}tekst/",
    f"{OMSORG}tekst-avsnitt-1/",
]


def with_chapter(slug: str, item: Item) -> Contents:
    """The small plan with that chapter alone, and one thing in it."""
    section = Section("malene", "Målene", 2, (item,))
    return changed(chapters=(Chapter(slug, "1", slug.capitalize(), "", sections=(section,)),))


def text_at(client: Client, path: str) -> str:
    """The page, with every run of white space as one space."""
    return " ".join(client.get(path).content.decode().replace("\u00a0", " ").split())


def read(html: str) -> str:
    """What stands in the page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        (ELEMENTS[0], "Overskrift Målene"),
        (ELEMENTS[1], "Tabell 1.1 Målekort"),
        (ELEMENTS[2], "Rad i tabell 1.1 Målekort Lesing på 5. trinn"),
        (ELEMENTS[3], "Rute i tabell 1.1 Målekort Lesing på 5. trinn, Resultat 2023"),
        (ELEMENTS[4], "Tekst Målene"),
        (ELEMENTS[5], "Avsnitt 1 Målene"),
    ],
)
def test_reference_says_what_it_is(client: Client, path: str, heading: str) -> None:
    store()
    page = text_at(client, path)
    assert [read(found) for found in re.findall(r"<h1>(.*?)</h1>", page)] == [heading]


def test_reference_of_a_row_shows_its_figures_and_leads_to_each(client: Client) -> None:
    store()
    page = text_at(client, f"{SKOLE}malekort-lesing/")
    rows = re.findall(r'<tr> <th scope="row">(.*?)</th> <td>(.*?)</td>', page)
    assert [(label, read(cell)) for label, cell in rows] == [
        ("Resultat 2022", "48,5 %"),
        ("Resultat 2023", "46,2 % vurdert"),
        ("Mål 2024", "50 % vurdert"),
        ("Måloppnåelse", "✗ Ikke nådd"),
    ]
    assert re.findall(r'class="row-link" href="([^"]+)"', page) == [
        f"{SKOLE}malekort-lesing-{number}/" for number in (1, 2, 3)
    ]


def test_reference_of_a_table_shows_the_table(client: Client) -> None:
    store()
    page = text_at(client, f"{SKOLE}malekort/")
    assert page.count('<table class="data-table') == 1
    assert page.count(f'class="row-link" href="{SKOLE}malekort-lesing/"') == 1
    assert page.count('id="malekort-lesing-2"') == 1


def test_reference_of_a_text_gives_each_paragraph_an_address(client: Client) -> None:
    text = '<p>Én.</p><p>To med <a href="https://example.org">lenke</a>.</p>'
    store(with_chapter("omsorg", Text("tekst", text)))
    whole, second = (text_at(client, f"{OMSORG}{anchor}/") for anchor in ("tekst", "tekst-avsnitt-2"))
    assert re.findall(rf'href="{OMSORG}(tekst-avsnitt-\d)/"', whole) == ["tekst-avsnitt-1", "tekst-avsnitt-2"]
    assert second.count('<p>To med <a href="https://example.org" rel="noopener noreferrer">lenke</a>.</p>') == 1
    assert "Én." not in second


def test_reference_of_a_heading_leads_to_what_stands_under_it(client: Client) -> None:
    store()
    page = text_at(client, f"{OMSORG}malene/")
    assert re.findall(r'<a class="ds-link" href="([^"]+)">(?:Tekst|Tabell)', page) == [
        f"{OMSORG}tekst/",
        f"{OMSORG}malekort/",
    ]


def test_reference_cites_with_the_permanent_address(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://plan.example"
    store()
    page = text_at(client, f"{SKOLE}malekort-lesing-2/")
    address = f"https://plan.example{SKOLE}malekort-lesing-2/"
    version = "Testvik kommune, Virksomhetsplan 2024, versjon 1 (vedtatt, publisert 10. januar 2024)"
    where = "tabell 1.1 Målekort, rad «Lesing på 5. trinn», Resultat 2023: 46,2 %."
    assert re.findall(r'id="sitering" data-read="([^"]*)">(.*?)</p>', page) == [
        ("Lest %s.", f"{version}, {where} {address}")
    ]
    assert page.count(f'<link rel="canonical" href="{address}">') == 1


def test_reference_explains_a_figure(client: Client) -> None:
    store()
    page = read(text_at(client, f"{SKOLE}malekort-lesing-2/"))
    for said in (
        "Hva som måles Andel på ØVERSTE nivå",
        "Kilde Skoleporten",
        "Periode 2023",
        "Resultatet 46,2 % for 2023 er holdt mot måltallet 50 % for 2024.",
        "Det er nesten nådd når avviket er høyst 0,5 prosentpoeng.",
        "Målet har ikke vært nådd siden 2022.",
        "Først publisert 10. januar 2024 som 46,2 % i Virksomhetsplan 2024, versjon 1 .",
    ):
        assert page.count(said) == 1, said


def test_reference_of_a_figure_that_was_not_judged_leads_to_the_row(client: Client) -> None:
    store()
    page = read(text_at(client, f"{SKOLE}malekort-lesing-1/"))
    assert page.count("Vurderingen gjelder ikke dette tallet, men et annet i samme rad.") == 1
    assert page.count("er holdt mot måltallet") == 0


def test_reference_tells_a_correction_on_both_versions(client: Client) -> None:
    store()
    right = replace(READING, cells=("48,5 %", "46,9 %", "50 %"), values=("48.5", "46.9", "50"))
    table = replace(next(MEASURED.chapters[0].tables()), groups=(RowGroup((right,)),))
    store(with_chapter("skole", table), is_correction=True, reason="Tastefeil.")
    said = "Rettet til 46,9 % i Virksomhetsplan 2024, versjon 2 , 11. januar 2024: Tastefeil."
    for version in (1, 2):
        page = read(text_at(client, SKOLE.replace("versjon-1", f"versjon-{version}") + "malekort-lesing-2/"))
        assert page.count(said) == 1


def test_reference_of_a_row_says_that_nothing_has_changed(client: Client) -> None:
    store()
    store()
    page = read(text_at(client, f"{SKOLE}malekort-lesing/"))
    assert page.count("Ingen av tallene er endret siden de først ble publisert.") == 1


@pytest.mark.parametrize("anchor", ["ukjent", "malekort-lesing-4", "malekort-lesing-0", "tekst-avsnitt-1"])
def test_reference_to_what_is_not_there_is_not_found(client: Client, anchor: str) -> None:
    store()
    assert client.get(f"{SKOLE}{anchor}/").status_code == 404


@pytest.mark.parametrize("path", ELEMENTS)
def test_reference_is_the_same_for_everyone(client: Client, path: str) -> None:
    store()
    stranger = client.get(path)
    client.force_login(User.objects.get(username="kari"))
    known = client.get(path)
    assert (known.content, known.cookies.output()) == (stranger.content, "")
    assert "Cookie" not in known.headers.get("Vary", "")


@pytest.mark.parametrize("path", ELEMENTS)
def test_reference_takes_few_queries_for_many_versions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    for _number in range(6):
        store()
    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200
