"""The case of a unit's report: every figure of the printed page, in its place, in each form it can be had in."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from budget.models import BudgetLine
from elverum import cases
from organisation.models import Municipality, User
from plans.models import Document
from publishing import json_form
from publishing.building import contents
from publishing.freeze import freeze
from publishing.models import Publication
from publishing.structure import Contents, Table, Text

FOLDER = cases.FIXTURES / "drift"
SLUG = "enhetsrapport-2017-driftsavdelingen"
SEEDS = sorted((cases.FIXTURES.parent.parent / "shared" / "seeds").glob("004_*.txt"))

HEADLINES = [
    ("Resultat", "2,4 %"),
    ("Andel av samlet driftsramme", "0,6 %"),
    ("Årsverk", "11,2"),
    ("Sykefravær", "9,5 %"),
]
YEARS = ["2014", "2015", "2016", "2017"]
SCORECARD = [
    ("Avvik i forhold til budsjett", ["0,0 %", "4,8 %", "3,4 %", "0,3 %", "2,4 %"]),
    ("Sykefravær", ["6,0 %", "4,6 %", "6,4 %", "7,2 %", "9,5 %"]),
]
ACTUAL = ["40 717", "44 825", "7 949", "8 765"]
ECONOMY = [
    ("Regnskap", ACTUAL),
    ("Budsjett", ["42 780", "46 406", "7 974", "8 977"]),
    ("Avvik", ["2 063", "1 581", "25", "212"]),
]
HEADINGS = [
    "Hovedtall",
    "Målekort",
    "Avviksforklaring",
    "Økonomi",
    "Arbeidsgiver",
    "Sykefravær",
    "Årsverk",
    "Tjenesteleverandør",
    "Fremtidige utfordringer",
    "Om avdelingen",
]


def plain(text: str) -> str:
    """The text with blanks of one kind."""
    return text.replace("\u00a0", " ")


@pytest.fixture
def report(db: None) -> Document:
    """The case, loaded into an empty database."""
    return cases.load(folder=FOLDER)


@pytest.fixture
def built(report: Document) -> Contents:
    return contents.build(report)


@pytest.fixture
def published(report: Document) -> Publication:
    controller = User.objects.get(username="controller.drift")
    return freeze(document=report, stage="final", by=controller)


def table(built: Contents, caption: str) -> Table:
    return next(table for _chapter, table in built.tables() if table.caption == caption)


def rows(found: Table, first: int = 0, last: int | None = None) -> list[tuple[str, list[str]]]:
    return [(row.label, [plain(cell) for cell in row.cells[first:last]]) for row in found.rows()]


def test_headline_figures_stand_in_the_strip_and_in_a_table(built: Contents) -> None:
    [chapter] = built.chapters
    assert [(one.label, plain(one.value)) for one in chapter.headlines] == HEADLINES
    found = table(built, "Hovedtall for Driftsavdelingen")
    assert rows(found, last=1) == [(label, [value]) for label, value in HEADLINES]
    assert [row.note for row in found.rows()] == ["mindreforbruk", "", "31.12.2017", ""]


def test_scorecard_has_the_target_and_four_years(built: Contents) -> None:
    found = table(built, "Mål og resultater for Driftsavdelingen")
    assert [column.label for column in found.columns] == ["Mål", *YEARS]
    assert rows(found) == SCORECARD
    assert [group.title for group in found.groups] == ["Økonomi og organisasjon", "Arbeidsgiver"]
    assert [row.verdict.outcome for row in found.rows() if row.verdict] == ["not_assessable", "missed"]


def test_economy_has_four_years_and_the_deviation_to_the_krone(built: Contents) -> None:
    found = table(built, "Merforbruk/mindreforbruk")
    assert ([column.label for column in found.columns], rows(found)) == (YEARS, ECONOMY)
    assert found.unit_of_measure == "beløp i 1 000 kroner"
    assert plain(found.note).startswith("Enheten hadde et mindreforbruk på 211 989 kroner. ")


def test_both_charts_are_there(built: Contents) -> None:
    found = [(one.caption, one.chart) for _chapter, one in built.tables() if one.chart != "none"]
    assert found == [("Driftsutgifter", "bar"), ("Merforbruk/mindreforbruk", "bar")]
    assert rows(table(built, "Driftsutgifter")) == [("Regnskap", ACTUAL)]


def test_sections_are_those_of_the_page(built: Contents) -> None:
    [chapter] = built.chapters
    assert [section.heading for section in chapter.walk()] == HEADINGS
    texts = [item for section in chapter.walk() for item in section.items if isinstance(item, Text)]
    assert len(texts) == 6


def test_figures_follow_the_lines(report: Document) -> None:
    """The result, the row of the scorecard and the deviation are one fact: they change together."""
    BudgetLine.objects.filter(layer="actual", plan_year=2017).update(amount=9_000_000)
    built = contents.build(report)
    [chapter] = built.chapters
    headline = chapter.headlines[0]
    assert (plain(headline.value), headline.note) == ("−0,3 %", "merforbruk")
    assert rows(table(built, "Mål og resultater for Driftsavdelingen"))[0][1][-1] == "−0,3 %"
    economy = table(built, "Merforbruk/mindreforbruk")
    assert rows(economy)[-1][1] == ["2 063", "1 581", "25", "−23"]
    assert plain(economy.note).startswith("Enheten hadde et merforbruk på 23 000 kroner. ")


def test_export_json_has_each_figure_in_its_place(report: Document, tmp_path: Path) -> None:
    target = tmp_path / "rapport.json"
    call_command("export", SLUG, "--format", "json", "--output", str(target), stdout=io.StringIO())
    form = json.loads(target.read_text(encoding="utf-8"))
    [chapter] = form["chapters"]
    assert [(one["label"], plain(one["value"])) for one in chapter["headlines"]] == HEADLINES
    numbers = {one.caption: one for _chapter, one in json_form.from_json(form).tables()}
    assert [row.values for row in numbers["Merforbruk/mindreforbruk"].rows()] == [
        ("40717", "44825", "7949", "8765"),
        ("42780", "46406", "7974", "8977"),
        ("2063", "1581", "25", "212"),
    ]
    assert [row.values for row in numbers["Mål og resultater for Driftsavdelingen"].rows()] == [
        ("0.0", "4.8", "3.4", "0.3", "2.4"),
        ("6.0", "4.6", "6.4", "7.2", "9.5"),
    ]


def test_export_workbook_has_numbers(report: Document, tmp_path: Path) -> None:
    target = tmp_path / "rapport.xlsx"
    call_command("export", SLUG, "--format", "xlsx", "--output", str(target), stdout=io.StringIO())
    cells = {cell.value for sheet in load_workbook(target) for row in sheet.iter_rows() for cell in row}
    wanted = {40717, 44825, 7949, 8765, 42780, 46406, 7974, 8977, 2063, 1581, 25, 212, 11.2}
    assert wanted - cells == set()


def test_page_on_the_web_has_every_figure(published: Publication, client: Client) -> None:
    page = client.get(reverse("publishing:chapter", args=[SLUG, "driftsavdelingen"]))
    text = plain(re.sub(r"<[^>]*>", "", page.content.decode()))
    figures = [*(value for _label, value in HEADLINES), *(one for _label, cells in ECONOMY for one in cells)]
    figures += [one for _label, cells in SCORECARD for one in cells] + ["211 989 kroner"]
    assert (page.status_code, [one for one in figures if one not in text]) == (200, [])


def test_page_on_the_web_can_be_cited_row_by_row(published: Publication, client: Client) -> None:
    frozen = json_form.from_text(published.contents)
    anchors = [row.anchor for _chapter, one in frozen.tables() for row in one.rows()]
    addresses = [reverse("publishing:reference", args=[SLUG, 1, "driftsavdelingen", one]) for one in anchors]
    assert {client.get(address).status_code for address in addresses} == {200}
    assert len(set(anchors)) == 4 + 1 + 2 + 3


def test_front_page_lists_the_report_but_its_goals_are_not_the_municipalitys(
    published: Publication, client: Client
) -> None:
    page = client.get(reverse("publishing:front"))
    assert [one.title for one in page.context["publications"]] == ["Enhetsrapport 2017: Driftsavdelingen"]
    assert page.context["overview"] is None


@pytest.fixture
def book(report: Document, tmp_path: Path) -> PdfReader:
    target = tmp_path / "rapport.pdf"
    call_command("export", SLUG, "--format", "pdf", "--output", str(target), stdout=io.StringIO())
    return PdfReader(target)


def test_export_pdf_has_every_figure_on_three_pages_without_a_cover(book: PdfReader) -> None:
    texts = [plain(" ".join(page.extract_text().split())) for page in book.pages]
    figures = [" ".join([label, *cells]) for label, cells in [*SCORECARD, *ECONOMY]]
    whole = " ".join(texts)
    values = [value for _label, value in HEADLINES] + ["211 989 kroner"]
    assert [one for one in figures + values if one not in whole] == []
    assert len(texts) == 3
    assert "Hovedtall" in texts[0]
    assert "Innhold" not in whole


@pytest.mark.skipif(not SEEDS, reason="the printed page is not on this machine")
def test_figures_are_those_of_the_printed_page(built: Contents) -> None:
    printed = " ".join(SEEDS[0].read_text(encoding="utf-8").split())
    lines = [" ".join([label, *cells]) for label, cells in [*SCORECARD, *ECONOMY]]
    lines += [f"{value} {label}" for label, value in HEADLINES] + ["mindreforbruk på 211 989 kroner"]
    assert [one for one in lines if one not in printed] == []
    in_order = [printed.index(heading) for heading in HEADINGS[:3]]
    assert in_order == sorted(in_order)


def test_load_alone_makes_the_owner(report: Document) -> None:
    assert list(Municipality.objects.values_list("name", "is_owner")) == [("Kommunen (ikke navngitt i kilden)", True)]
