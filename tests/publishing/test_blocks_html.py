"""The blocks as HTML: headings, scopes and addresses in place, and what people typed is text and nothing else."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from publishing.structure import Chapter, Column, RowGroup, Section, Table
from tests.publishing.sample import CHILDREN, CONTENTS, HOSTILE, INVESTMENTS, MATRIX, SCORECARD

Attributes = dict[str, str | None]
VOID = {"col", "br", "img", "meta", "link"}


class Outline(HTMLParser):
    """Gathers every element with its attributes and text, and refuses a page whose tags do not close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes, list[str]]] = []
        self.open: list[tuple[str, Attributes, list[str]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: tuple[str, Attributes, list[str]] = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _tag, _attributes, text in self.open:
            text.append(data)

    def find(self, tag: str, **wanted: str) -> list[str]:
        """The text of every such element with these attributes; `css` is one of its classes."""
        css = wanted.pop("css", "")
        return [
            " ".join("".join(text).split())
            for name, attributes, text in self.elements
            if name == tag
            and all(attributes.get(key) == value for key, value in wanted.items())
            and (not css or css in (attributes.get("class") or "").split())
        ]

    def attributes(self, name: str) -> list[str]:
        """Every value of the attribute, in order."""
        return [value for _tag, found, _text in self.elements if (value := found.get(name)) is not None]


def body(chapter: Chapter, **context: object) -> str:
    return render_to_string("publishing/_chapter_body.html", {"chapter": chapter, **context})


@pytest.fixture(scope="module")
def nursery() -> Outline:
    return Outline(body(CONTENTS.chapters[0]))


@pytest.fixture(scope="module")
def plans() -> Outline:
    return Outline(body(CONTENTS.chapters[1]))


def test_sections_have_headings_at_their_level(nursery: Outline) -> None:
    assert (nursery.find("h2"), nursery.find("h3")) == (
        ["Nøkkeltall", "Tjenestene"],
        ["Funksjon 201 – Barnehage", "Mer om dem"],
    )


def test_sections_deeper_than_html_can_say() -> None:
    deep = Section("dyp", "Dyp", 8, (CONTENTS.chapters[0].sections[1].items[0],))
    outline = Outline(body(Chapter("x", "1", "X", "", sections=(deep,))))
    assert outline.find("h6") == ["Dyp", "Funksjon 201 – Barnehage"]


def test_headlines_stand_in_a_strip(nursery: Outline) -> None:
    assert (nursery.find("dt"), nursery.find("dd")) == (["Mål nådd"], ["1 av 2 av dem som kan vurderes"])


def test_ids_are_unique_and_the_ones_of_the_contents(nursery: Outline) -> None:
    ids = nursery.attributes("id")
    assert sorted(set(ids)) == sorted(ids)
    assert set(ids) == {
        *("nokkeltall", "tjenestene", "mer", "tjenester", "tekst"),
        *("barn", "barn-caption", "barn-chart-title", "barn-chart-desc", "barn-1", "barn-2", "barn-3"),
        *("malekort", "malekort-caption", "malekort-oppetid", "malekort-fiende", "malekort-drift"),
    }


def test_ids_in_the_book_bear_the_chapter() -> None:
    outline = Outline(body(CONTENTS.chapters[0], prefix="barnehage-"))
    assert [one for one in outline.attributes("id") if not one.startswith("barnehage-")] == []


def test_ids_that_are_referred_to_exist(nursery: Outline) -> None:
    referred = {one for value in nursery.attributes("aria-labelledby") for one in value.split()}
    assert referred - set(nursery.attributes("id")) == set()


def test_table_headings_span_and_scope(nursery: Outline) -> None:
    spans = [
        (attributes["scope"], attributes.get("colspan"), attributes.get("rowspan"), "".join(text))
        for tag, attributes, text in nursery.elements
        if tag == "th" and attributes.get("scope") in ("col", "colgroup")
    ]
    assert spans[:7] == [
        ("col", None, "2", "Målgruppe"),
        ("colgroup", "3", None, "Utvikling siste år"),
        ("colgroup", None, None, "Prognose"),
        ("col", None, None, "2020"),
        ("col", None, None, "2021"),
        ("col", None, None, "2022*"),
        ("col", None, None, "2023"),
    ]


def test_table_every_body_row_has_a_heading_and_all_its_cells(nursery: Outline) -> None:
    assert nursery.find("th", scope="row") == [
        "Innbyggere 0–1 år",
        "Innbyggere 2–5 år",
        "Sum",
        "Oppetid for nettverket",
        f"Ny {HOSTILE}** (i snitt)",
        "Netto driftsresultat",
    ]
    assert len(nursery.find("td")) == 3 * 4 + 3 * (3 + 1)


def test_table_groups_have_headings_over_the_whole_width(nursery: Outline) -> None:
    assert nursery.find("th", scope="rowgroup", colspan="5") == ["120: Økonomi Skala fra 1 til 6", "130: Bygg"]


def test_table_cells_have_hard_spaces_and_raised_marks(nursery: Outline) -> None:
    html = body(CONTENTS.chapters[0])
    assert re.findall(r'<td class="num">([^<]+)', html)[-3:] == ["−2,4\u00a0%", "1\u00a0479,0\u00a0mill. kr", "28"]
    assert nursery.find("sup") == ["*", "**", "1", "**", "1"]


def test_table_sum_is_marked(nursery: Outline) -> None:
    assert nursery.find("tr", css="is-sum") == [
        "Sum 1\u00a0246 1\u00a0237 1\u00a0226 1\u00a0202".replace("\u00a0", " ")
    ]


def test_table_verdicts_are_symbol_and_word(nursery: Outline) -> None:
    assert [nursery.find("span", css=f"status--{one}") for one in ("reached", "missed", "not_measured")] == [
        ["✓ Nådd"],
        ["✗ Ikke nådd"],
        ["– Ikke målt"],
    ]
    assert nursery.find("span", css="status__reason") == ["Resultatet er oppgitt som «Måles ikke»."]


def test_table_notes_stand_under_it(nursery: Outline) -> None:
    assert nursery.find("p", css="table__source") == ["Kilde: Elverum kommune"]
    assert nursery.find("p", css="table__note") == [SCORECARD.note]
    assert nursery.find("ul", css="table__footnotes") == ["* Foreløpige tall.", "** Ny måling. 1 Anslag."]


def test_table_without_row_heading_has_no_empty_heading(plans: Outline) -> None:
    assert [text for text in plans.find("th") if not text] == []


def test_table_shapes_say_how_paper_makes_room(nursery: Outline, plans: Outline) -> None:
    shapes = [value for outline in (nursery, plans) for value in outline.attributes("class") if "table--" in value]
    assert shapes == [
        "table table--narrow is-short",
        "table table--scorecard is-short",
        "table table--matrix is-short",
        "table table--commented is-short",
    ]


def test_table_columns_are_as_many_as_its_cells(plans: Outline) -> None:
    assert [len(plans.find("col", css=f"data-table__col--{one}")) for one in ("label", "mark", "num", "txt")] == [
        2,
        12,
        2,
        1,
    ]


def test_chart_stands_in_its_table_only(nursery: Outline, plans: Outline) -> None:
    assert (len(nursery.find("figure", css="chart")), len(plans.find("figure", css="chart"))) == (1, 0)


def test_text_people_typed_is_escaped() -> None:
    html = body(CONTENTS.chapters[0])
    assert (html.count("<script"), html.count("&lt;script&gt;alert(&quot;x&quot;)")) == (0, 2)


def test_text_is_cleaned_whatever_was_stored(nursery: Outline) -> None:
    assert nursery.find("div", css="prose") == ["Kommunen styrer."]


@pytest.mark.parametrize(
    "table",
    [
        replace(CHILDREN, caption=HOSTILE),
        replace(CHILDREN, row_heading=HOSTILE),
        replace(CHILDREN, note=HOSTILE),
        replace(CHILDREN, source=HOSTILE),
        replace(CHILDREN, unit_of_measure=HOSTILE),
        replace(CHILDREN, footnotes=((HOSTILE, HOSTILE),)),
        replace(CHILDREN, columns=tuple(Column(HOSTILE, HOSTILE, "result") for _column in CHILDREN.columns)),
    ],
)
def test_table_hostile_field_is_escaped(table: Table) -> None:
    hostile = Section("a", HOSTILE, 2, (table,))
    assert "<script" not in body(Chapter("x", "1", "X", "", sections=(hostile,)))


def test_page_has_no_inline_style_or_script(nursery: Outline, plans: Outline) -> None:
    tags = {tag for outline in (nursery, plans) for tag, _attributes, _text in outline.elements}
    names = {name for outline in (nursery, plans) for _tag, found, _text in outline.elements for name in found}
    assert (tags & {"style", "script"}, {name for name in names if name == "style" or name.startswith("on")}) == (
        set(),
        set(),
    )


def test_edit_links_lead_to_the_sections_one_may_edit() -> None:
    html = body(CONTENTS.chapters[0], edit_links={11: "/rediger/11/", 12: "/rediger/12/", 14: "/rediger/14/"})
    assert re.findall(r'class="edit-link" href="([^"]+)"', html) == ["/rediger/11/", "/rediger/12/", "/rediger/14/"]


def test_edit_links_are_absent_for_the_public(nursery: Outline) -> None:
    assert nursery.find("a") == []


def test_downloads_of_a_published_table() -> None:
    html = body(CONTENTS.chapters[1], slug="plan", version=3)
    assert re.findall(r'href="(/[^"]+/tabeller/[^"]+)"', html) == [
        f"/publikasjoner/plan/versjon-3/tabeller/planer/{table.anchor}.{ending}"
        for table in (MATRIX, INVESTMENTS)
        for ending in ("xlsx", "csv")
    ]


def test_published_table_leads_to_what_can_be_cited() -> None:
    html = body(CONTENTS.chapters[1], slug="plan", version=3)
    place = "/publikasjoner/plan/versjon-3/planer"
    assert re.findall(r'class="(permalink|row-link)" href="([^"]+)"', html) == [
        ("permalink", f"{place}/oversikt/"),
        ("row-link", f"{place}/planer-kommuneplanen/"),
    ]
    assert [html.count(f'<a href="{place}/{table.anchor}/">Siter<') for table in (MATRIX, INVESTMENTS)] == [1, 1]


def test_published_goal_tells_its_verdict_once_more_for_phones(nursery: Outline) -> None:
    published = Outline(body(CONTENTS.chapters[0], slug="plan", version=3))
    assert (published.find("tr", css="status-row"), nursery.find("tr", css="status-row")) == (
        [
            "Måloppnåelse: ✓ Nådd",
            "Måloppnåelse: – Ikke målt Resultatet er oppgitt som «Måles ikke».",
            "Måloppnåelse: ✗ Ikke nådd",
        ],
        [],
    )


def test_rows_with_short_names_leave_the_room_to_the_figures() -> None:
    rows = tuple(replace(row, label=f"{year}") for year, row in enumerate(CHILDREN.rows(), start=2021))
    chapter = Chapter(
        "x", "1", "X", "", sections=(Section("a", "A", 2, (replace(CHILDREN, groups=(RowGroup(rows),)),)),)
    )
    assert (body(chapter).count("has-short-labels"), body(CONTENTS.chapters[0]).count("has-short-labels")) == (1, 0)


def test_group_without_rows_draws_only_its_heading() -> None:
    lone = replace(MATRIX, groups=(RowGroup((), title="Tom"),))
    outline = Outline(body(Chapter("x", "1", "X", "", sections=(Section("a", "A", 2, (lone,)),))))
    assert (outline.find("th", scope="rowgroup"), outline.find("th", scope="row")) == (["Tom"], [])
