"""What a comparison tells of two versions, kind by kind, and how it counts it."""

import dataclasses
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from plans.models import Section as WorkingSection
from publishing.book import pdf
from publishing.comparison import Change, Comparison, Wording, amounts, compare
from publishing.comparison.matching import out_of_order
from publishing.comparison.rows import GOAL_TABLES
from publishing.comparison.texts import redline
from publishing.structure import Chapter, Column, Contents, IndicatorFacts, Row, RowGroup, Section, Table, Text, Verdict
from tests.publishing.comparison_edits import put, told
from tests.publishing.sample import CHILDREN, CONTENTS, INVESTMENTS, PROSE, SCORECARD

UPTIME, _HOSTILE = SCORECARD.groups[0].rows
LONG = "Kommunen skal gi gode tjenester til alle som bor her, i hver bygd og til hver tid, så langt pengene rekker."


def goal(name: str, *cells: str, key: str = "", outcome: str = "reached") -> Row:
    words = {"reached": "Nådd", "missed": "Ikke nådd"}
    values = tuple(re.sub(r"\s", "", cell).replace(",", ".").replace("\u2212", "-") or None for cell in cells)
    return Row(name, cells, values, key=key, anchor=f"m-{key}", verdict=Verdict(outcome, words[outcome], "✓"))


def scorecard(*rows: Row, anchor: str = "scorecard", **fields: Any) -> Table:
    columns = (Column("Resultat 2022", "", "result"), Column("Mål 2024", "", "target"))
    return dataclasses.replace(Table(anchor, "1.1", "scorecard", "Målekort", columns, (RowGroup(rows),)), **fields)


def contents(*tables: Table, **fields: Any) -> Contents:
    """A plan with one chapter for each table."""
    chapters = tuple(
        Chapter(f"k{at}", f"{at}", f"Område {at}", "Sektor", sections=(Section("mal", "Mål", 2, (table,)),))
        for at, table in enumerate(tables, start=1)
    )
    return dataclasses.replace(Contents("plan", "Plan", "", "annual-plan", "Dalen", 2024, chapters), **fields)


def prose(*htmls: str) -> Contents:
    """A plan with a section for each text."""
    sections = tuple(Section(f"a{at}", f"Avsnitt {at}", 2, (Text(f"t{at}", html),)) for at, html in enumerate(htmls))
    return contents(chapters=(Chapter("k", "1", "Kapittel", "Sektor", sections=sections),))


def only(comparison: Comparison, what: str) -> Change:
    """The one change of that kind."""
    (change,) = [one for one in comparison.walk() if one.what == what]
    return change


SICK = goal("Sykefravær", "8,1", "7,0", key="sykefravaer", outcome="missed")
SAFE = goal("Trygghet", "4,5", "5,0", key="trygghet")


def test_compare_of_the_same_is_empty() -> None:
    found = compare(CONTENTS, CONTENTS)
    assert (found.is_empty, found.summary, found.changes) == (True, (), ())


def test_compare_tells_a_target_from_before_to_after() -> None:
    new = put(
        contents(scorecard(SICK, SAFE)), SICK, goal("Sykefravær", "8,1", "6,5", key="sykefravaer", outcome="missed")
    )
    found = compare(contents(scorecard(SICK, SAFE)), new)
    assert only(found, "goal").cells == (Wording("Mål 2024", "7,0", "6,5"),)
    assert found.summary == ("1 mål endret",)


def test_compare_tells_a_dropped_goal_by_name_with_what_it_was() -> None:
    found = compare(contents(scorecard(SICK, SAFE)), contents(scorecard(SAFE)))
    gone = only(found, "goal")
    assert (gone.state, gone.name, gone.cells) == (
        "removed",
        "Sykefravær",
        (Wording("Resultat 2022", "8,1"), Wording("Mål 2024", "7,0")),
    )
    assert found.summary == ("1 mål fjernet",)


def test_compare_counts_goals_that_went_with_their_chapter() -> None:
    old = contents(scorecard(SAFE), scorecard(SICK, goal("Fall", "3", "2", key="fall")))
    found = compare(old, contents(scorecard(SAFE)))
    assert found.summary == ("2 mål fjernet", "1 kapittel fjernet")
    assert [one.name for one in found.walk() if one.what == "goal"] == ["Sykefravær", "Fall"]


def test_compare_tells_a_goal_that_went_to_another_table_as_moved() -> None:
    found = compare(contents(scorecard(SAFE, SICK), scorecard()), contents(scorecard(SAFE), scorecard(SICK)))
    moved = only(found, "goal")
    assert (moved.state, moved.name, moved.move) == (
        "changed",
        "Sykefravær",
        "Flyttet fra tabell 1.1 i kapittel 1 Område 1.",
    )
    assert found.summary == ("1 mål flyttet",)


def test_compare_never_takes_two_indicators_with_like_figures_for_one() -> None:
    full, other = goal("Dekning A", "100", "100", key="a"), goal("Dekning B", "100", "100", key="b")
    found = compare(contents(scorecard(full)), contents(scorecard(other)))
    assert found.summary == ("1 mål fjernet, 1 nytt",)


def test_compare_tells_the_assessment_before_and_after() -> None:
    better = dataclasses.replace(SICK, verdict=Verdict("reached", "Nådd", "✓"))
    verdicts = only(compare(contents(scorecard(SICK)), contents(scorecard(better))), "goal").verdicts
    assert verdicts == (SICK.verdict, better.verdict)


def test_compare_keeps_blanks_and_minus_signs_out_of_it() -> None:
    old, new = goal("A", "1 479", "-2", key="a"), goal("A", "1\u00a0479", "\u22122", key="a")
    assert compare(contents(scorecard(old)), contents(scorecard(new))).is_empty is True


def test_compare_tells_amounts_with_differences_and_their_sum() -> None:
    water, square = INVESTMENTS.groups[0].rows
    new = put(CONTENTS, water, dataclasses.replace(water, cells=("1,5", "-2,0", ""), values=("1.5", "-2.0", None)))
    new = put(new, square, dataclasses.replace(square, cells=("", "1,0", "Rådhusplassen"), values=(None, "1.0", None)))
    table = only(compare(CONTENTS, new), "table")
    cells = [(row.name, one.what, one.difference) for row in table.rows for one in row.cells]
    assert cells == [
        ("Vannledning", "2024", "+0,5"),
        ("Vannledning", "2025", "+0,5"),
        ("Vannledning", "Kommentar", ""),
        ("@SUM(1+9)", "2025", "−3,0"),
    ]
    assert table.sums == (Wording("2025", difference="−2,5"),)


def test_compare_tells_an_amount_that_changed_by_less_than_is_printed() -> None:
    water = INVESTMENTS.groups[0].rows[0]
    new = put(CONTENTS, water, dataclasses.replace(water, values=("1.04", "-2.5", None)))
    assert only(compare(CONTENTS, new), "row").cells == (Wording("2024", "1", "1,04", "+0,04"),)


def test_compare_gives_percentages_no_difference_and_no_sum() -> None:
    columns = (Column("2024", "Andel av millioner kroner", "amount"),)
    rows = Row("A", ("10 %",), ("10",)), Row("B", ("20 %",), ("20",))
    new = Row("A", ("11 %",), ("11",)), Row("B", ("22 %",), ("22",))
    table = Table("t", "1.1", "investments", "Andeler", columns, (RowGroup(rows),))
    found = only(compare(contents(table), contents(dataclasses.replace(table, groups=(RowGroup(new),)))), "table")
    assert [one.difference for row in found.rows for one in row.cells] == ["", ""]
    assert found.sums == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("1,0", "1.0", "2,0", "2.0"), ("3,0", "3.0", "", None)], Decimal("-2.0")),
        ([("1,0", "1.0", "2,0", "2.0"), ("3,0", "3.0", ":", None)], None),
        ([("1,0", "1.0", "2,0", "2.0"), ("3,0", "3.0", "3,0", "3.0")], None),
        ([("1,0 kr", "1.0", "2,0 kr", "2.0"), ("3,0 %", "3.0", "4,0 %", "4.0")], None),
    ],
    ids=["an empty cell is nothing", "a hidden figure has no sum", "one change alone", "unlike units"],
)
def test_summed(cells: list[tuple[str, str | None, str, str | None]], expected: Decimal | None) -> None:
    assert amounts.summed(cells) == expected


def test_adds_up_only_where_the_printed_sum_is_right() -> None:
    rows = Row("A", ("1",), ("1",)), Row("B", ("2",), ("2",)), Row("Sum", ("3",), ("3",), is_sum=True)
    table = Table("t", "1", "key-figures", "T", (Column("2024"),), (RowGroup(rows),), unit_of_measure="årsverk")
    wrong = put(table, rows[2], dataclasses.replace(rows[2], values=("4",)))
    per = dataclasses.replace(table, unit_of_measure="kr per innbygger")
    assert [amounts.adds_up(one, 0) for one in (table, wrong, per, CHILDREN)] == [True, False, False, False]


def test_redline_folds_away_what_is_unchanged() -> None:
    same = "<p>Uendret.</p>" * 3
    passages = redline(f"{same}<p>Vi har tre barnehager her.</p>", f"{same}<p>Vi har fire barnehager her.</p>")
    assert [(one.state, one.kept) for one in passages] == [("kept", 3), ("changed", 0)]
    assert [tuple(piece) for piece in passages[1].pieces] == [
        ("same", "Vi har "),
        ("removed", "tre "),
        ("added", "fire "),
        ("same", "barnehager her."),
    ]


def test_redline_tells_a_link_that_leads_elsewhere() -> None:
    old, new = (f'<p>Les <a href="https://{name}.no">planen</a>.</p>' for name in ("a", "b"))
    assert [one.note for one in redline(old, new)] == [
        "Lenke fjernet: «planen» til https://a.no. Ny lenke: «planen» til https://b.no."
    ]


def test_redline_of_html_that_reads_the_same_is_empty() -> None:
    assert redline("<p>Likt  her.</p>\n<script>x</script>", "<p>Likt her.</p>") == ()


def test_compare_tells_a_text_that_was_moved_and_not_that_it_is_new() -> None:
    old = prose(f"<p>{LONG}</p>", "<p>To.</p>")
    first, second = old.chapters[0].sections
    new = put(put(old, first.items[0]), second.items[0], second.items[0], first.items[0])
    assert told(compare(old, new)) == {("text", "Avsnitt 1", "moved"): 1}


def test_compare_takes_a_short_text_elsewhere_for_another() -> None:
    found = compare(prose("<p>Ingen avvik.</p>", "<p>Mye å si.</p>"), prose("<p>Noe nytt.</p>", "<p>Ingen avvik.</p>"))
    assert found.summary == ("2 tekster endret",)


def test_compare_tells_a_new_title() -> None:
    new = dataclasses.replace(CONTENTS, title="Plan for året", year=2025)
    found = compare(CONTENTS, new)
    assert told(found) == {
        ("document", "Plan for året", "Tittel", "Virksomhetsplan", "Plan for året"): 1,
        ("document", "Plan for året", "År", "2024", "2025"): 1,
    }
    assert found.summary == ("1 tittelside endret",)


def test_compare_tells_a_definition_that_has_changed_once() -> None:
    facts = IndicatorFacts("sykefravaer", "Sykefravær", direction="lower", unit_of_measure="%")
    old = contents(scorecard(SICK), scorecard(SICK), indicators=(facts,))
    new = dataclasses.replace(old, indicators=(dataclasses.replace(facts, direction="higher"),))
    found = compare(old, new)
    assert told(found) == {("indicator", "Sykefravær", "Retning", "lavere er bedre", "høyere er bedre"): 1}
    assert found.summary == ("1 forklaring til en indikator endret",)


def test_summary_has_singular_and_plural() -> None:
    goals = [goal(f"Mål {at}", "1", "2", key=f"m{at}") for at in range(6)]
    changed = [dataclasses.replace(one, cells=("1", "3")) for one in goals[:2]]
    new = contents(scorecard(*changed, goals[2], goal("Helt nytt", "1", "2", key="nytt")))
    assert compare(contents(scorecard(*goals)), new).summary == ("2 mål endret, 3 fjernet, 1 nytt",)
    assert compare(new, contents(scorecard(*goals))).summary == ("2 mål endret, 1 fjernet, 3 nye",)


@pytest.mark.parametrize(
    ("places", "expected"),
    [([], 0), ([0, 1, 2], 0), ([2, 0, 1], 1), ([1, 2, 3, 0], 1), ([3, 1, 0, 2], 2)],
)
def test_out_of_order_are_the_fewest_that_moved(places: list[int], expected: int) -> None:
    moved = out_of_order([(place, place) for place in places])
    stayed = [place for place in places if place not in moved]
    assert (len(moved), stayed) == (expected, sorted(stayed))


def test_goal_tables_are_kinds_of_blocks() -> None:
    assert set(GOAL_TABLES) <= set(WorkingSection.Block.values)


def test_book_has_the_changes_as_an_appendix() -> None:
    new = put(CONTENTS, UPTIME)
    new = put(new, PROSE, Text("tekst", "<p>Kommunen <strong>ledes</strong>.</p>"))
    content = pdf.render(new, pdf.Edition.draft(), changes=compare(CONTENTS, new).between(1, 2))
    texts = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    appendix = texts[-1]
    assert "Endringer siden versjon 1 1 mål fjernet 1 tekst endret" in appendix
    assert "Fjernet Oppetid for nettverket" in appendix
    assert "[− styrer.] [+ ledes.]" in appendix.replace("\u00a0", " ")
    assert "mål fjernet" not in " ".join(texts[:-1])


def test_book_without_changes_has_no_appendix() -> None:
    assert "Endringer siden" not in pdf.book_html(CONTENTS, pdf.Edition.draft())
