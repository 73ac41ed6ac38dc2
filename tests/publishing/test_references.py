"""Every element of a published chapter has an address of its own, unique in the chapter, and a way to be cited."""

import datetime
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from django.utils import timezone

from plans.models import Document
from publishing import json_form, pages
from publishing.building import contents
from publishing.explaining.references import (
    Element,
    Kind,
    citation,
    contents_of,
    elements,
    html_with_ids,
    kind_in_words,
    name_of,
    parts_of,
    row_name,
)
from publishing.models import Publication
from publishing.structure import Chapter, Row, RowGroup, Section, Text
from tests.publishing.sample import CHILDREN, CONTENTS, SCORECARD, SERVICES

NURSERY, PLANS = CONTENTS.chapters
IDS = re.compile(r' id="([^"]+)"')
LINKS = re.compile(r'href="/publikasjoner/plan/versjon-3/[^/"]+/([^/"]+)/"')
PARTS_OF_DRAWINGS = ("-caption", "-chart-title", "-chart-desc")


def ids_of(chapter: Chapter) -> list[str]:
    """The ids in the published page, but for those that only tie a table's own parts together."""
    html = pages.published_html(chapter, slug="plan", version=3)
    return [one for one in IDS.findall(html) if not one.endswith(PARTS_OF_DRAWINGS)]


def chapter_with(*items: Text) -> Chapter:
    return Chapter("x", "1", "X", "", sections=(Section("om", "Om", 2, items),))


def publication(**facts: object) -> Publication:
    said = {"title": "Plan 2024", "version": 2, "stage": "adopted", "decided_on": datetime.date(2023, 12, 20)}
    return Publication(**said | {"published_at": timezone.now()} | facts)


def cite(chapter: Chapter, anchor: str, **facts: object) -> str:
    return citation(elements(chapter)[anchor], chapter, publication(**facts), municipality="Dalen kommune")


def test_elements_are_all_that_can_be_led_to() -> None:
    kinds = {anchor: element.kind for anchor, element in elements(NURSERY).items()}
    assert {anchor: kind for anchor, kind in kinds.items() if not anchor.startswith(("barn", "malekort"))} == {
        "nokkeltall": Kind.HEADING,
        "tjenestene": Kind.HEADING,
        "tjenester": Kind.LISTING,
        "tjenester-gruppe-1": Kind.GROUP,
        "mer": Kind.HEADING,
        "tekst": Kind.TEXT,
        "tekst-avsnitt-1": Kind.PARAGRAPH,
    }
    assert [anchor for anchor in kinds if anchor.startswith("barn")] == [
        "barn",
        *(f"barn-{row}{cell}" for row in (1, 2, 3) for cell in ("", "-1", "-2", "-3", "-4")),
    ]


def test_elements_of_empty_cells_are_none() -> None:
    anchors = [anchor for anchor in elements(PLANS) if anchor.startswith("planer-kommuneplanen-")]
    assert anchors == [f"planer-kommuneplanen-{number}" for number in (1, 3, 5, 7, 9, 11)]


def test_elements_are_the_ids_of_the_published_page() -> None:
    for chapter in CONTENTS.chapters:
        assert sorted(ids_of(chapter)) == sorted(elements(chapter))


def test_links_of_the_published_page_lead_to_elements() -> None:
    for chapter in CONTENTS.chapters:
        html = pages.published_html(chapter, slug="plan", version=3)
        assert set(LINKS.findall(html)) - set(elements(chapter)) == set()


def test_draft_and_book_have_no_addresses_of_parts_and_no_links() -> None:
    html = pages.draft_html(NURSERY, edit_links={})
    assert ("barn-1-1" in IDS.findall(html), "tekst-avsnitt-1" in IDS.findall(html), "<a " in html) == (
        False,
        False,
        False,
    )


def test_figure_whose_address_is_taken_by_a_row_gets_another() -> None:
    rows = (Row("A", ("1",), ("1",), anchor="t-a"), Row("B", ("2",), ("2",), anchor="t-a-1"))
    table = replace(CHILDREN, anchor="t", columns=CHILDREN.columns[:1], groups=(RowGroup(rows),), chart="none")
    chapter = Chapter("x", "1", "X", "", sections=(Section("om", "Om", 2, (table,)),))
    found = elements(chapter)
    assert (found["t-a-1"].kind, found["t-a-kolonne-1"].kind) == (Kind.ROW, Kind.CELL)
    assert sorted(ids_of(chapter)) == ["om", "t", "t-a", "t-a-1", "t-a-1-1", "t-a-kolonne-1"]


def test_elements_of_the_whole_case_are_unique_and_in_the_page(loaded_case: Document) -> None:
    built = contents.build(loaded_case)
    for chapter in built.chapters:
        ids = ids_of(chapter)
        assert len(ids) == len(set(ids))
        assert set(ids) == set(elements(chapter))
    assert len(built.chapters) == 20


def test_html_with_ids_counts_paragraphs_and_points() -> None:
    text = Text("t", "<p>En.</p><ul><li><p>To.</p></li><li>Tre<ul><li>Fire</li></ul></li></ul><p>Fem<br>fem.</p>")
    assert html_with_ids(text) == (
        '<p id="t-avsnitt-1">En.</p><ul><li id="t-avsnitt-2"><p>To.</p></li><li id="t-avsnitt-3">Tre<ul>'
        '<li id="t-avsnitt-4">Fire</li></ul></li></ul><p id="t-avsnitt-5">Fem<br>fem.</p>'
    )
    assert [one.html for one in parts_of(elements(chapter_with(text))["t"], chapter_with(text))] == [
        *("En.", "To.", "Tre", "Fire", "Fem<br>fem."),
    ]


def test_html_with_ids_is_cleaned() -> None:
    assert html_with_ids(Text("t", '<p id="x" onclick="y">En</p><script>1</script>')) == '<p id="t-avsnitt-1">En</p>'


def test_paragraph_without_words_is_no_element() -> None:
    chapter = chapter_with(Text("t", "<p> </p><p>To.</p>"))
    assert list(elements(chapter)) == ["om", "t", "t-avsnitt-2"]


def test_parts_of_a_heading_are_what_stands_under_it_alone() -> None:
    found = elements(NURSERY)
    assert [part.anchor for part in parts_of(found["tjenestene"], NURSERY)] == ["tjenester"]
    assert parts_of(found["barn-1"], NURSERY) == []


@pytest.mark.parametrize(
    ("anchor", "cited"),
    [
        ("malekort", "tabell 1.2 Målekort."),
        ("barn", "tabell 1.1 Barn i førskolealder (antall)."),
        ("malekort-drift", "tabell 1.2 Målekort, rad «Netto driftsresultat»."),
        ("malekort-drift-3", "tabell 1.2 Målekort, rad «Netto driftsresultat», Mål 2024: 28."),
        (
            "barn-1-1",
            "tabell 1.1 Barn i førskolealder (antall), rad «Innbyggere 0–1 år», Utvikling siste år 2020: 358.",
        ),
        ("nokkeltall", "kapittel 1 Barnehage, under «Nøkkeltall»."),
        ("tjenester-gruppe-1", "kapittel 1 Barnehage, under «Tjenestene», «Funksjon 201 – Barnehage»."),
        ("tekst-avsnitt-1", "kapittel 1 Barnehage, under «Mer om dem», avsnitt 1: «Kommunen styrer.»."),
    ],
)
def test_citation_says_where_it_stands(anchor: str, cited: str) -> None:
    assert cite(NURSERY, anchor) == f"Dalen kommune, Plan 2024, versjon 2 (vedtatt 20. desember 2023), {cited}"


def test_citation_of_what_nobody_has_decided_says_when_it_was_published() -> None:
    published = {
        "stage": "proposal",
        "decided_on": None,
        "published_at": datetime.datetime(2024, 3, 1, 23, 30, tzinfo=datetime.UTC),
    }
    assert cite(NURSERY, "malekort", **published).split(", tabell")[0] == (
        "Dalen kommune, Plan 2024, versjon 2 (forslag, publisert 2. mars 2024)"
    )


def test_row_with_a_shared_name_is_told_apart_by_its_group() -> None:
    groups = tuple(replace(group, rows=(replace(group.rows[0], label="Trivsel"),)) for group in SCORECARD.groups)
    table = replace(SCORECARD, groups=groups)
    chapter = Chapter("x", "1", "X", "", sections=(Section("om", "Om", 2, (table,)),))
    rows = [one for one in elements(chapter).values() if one.kind is Kind.ROW]
    assert [row_name(row) for row in rows] == ["Trivsel (120: Økonomi)", "Trivsel (130: Bygg)"]
    assert row_name(elements(NURSERY)["barn-1"]) == "Innbyggere 0–1 år"


@pytest.mark.parametrize(
    ("anchor", "what", "name"),
    [
        ("nokkeltall", "Overskrift", "Nøkkeltall"),
        ("barn", "Tabell 1.1", "Barn i førskolealder"),
        ("malekort-drift", "Rad i tabell 1.2 Målekort", "Netto driftsresultat"),
        ("malekort-drift-1", "Rute i tabell 1.2 Målekort", "Netto driftsresultat, Resultat 2022"),
        ("tjenester", "Liste", "Funksjoner og tjenester"),
        ("tjenester-gruppe-1", "Del av en liste", "Funksjon 201 – Barnehage"),
        ("tekst", "Tekst", "Mer om dem"),
        ("tekst-avsnitt-1", "Avsnitt 1", "Mer om dem"),
    ],
)
def test_element_is_called_what_people_call_it(anchor: str, what: str, name: str) -> None:
    element = elements(NURSERY)[anchor]
    assert (kind_in_words(element), name_of(element, NURSERY)) == (what, name)


def test_contents_of_one_chapter_are_without_the_others() -> None:
    text = json_form.canonical(json_form.to_json(CONTENTS))
    stored = cast(Publication, SimpleNamespace(contents=text))
    assert [chapter.slug for chapter in contents_of(stored, "planer").chapters] == ["planer"]
    assert contents_of(stored, "ukjent").chapters == ()
    assert elements(contents_of(stored, "planer").chapters[0]).keys() == elements(PLANS).keys()


def test_element_that_is_no_figure_has_no_cell() -> None:
    element: Element = elements(NURSERY)["malekort-drift"]
    assert (element.cell, element.column, SERVICES.anchor in elements(PLANS)) == (None, None, False)
