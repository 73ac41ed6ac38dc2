"""The loaded case against the printed plan itself, row by row: nothing lost, nothing added, every figure as printed."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from elverum import cases
from plans.models import Document
from publishing import json_form
from publishing.building import contents
from tests.elverum import seed
from tests.elverum.seed import Printed, plain, row_text

Table = dict[str, Any]
SEEDS = sorted((cases.FIXTURES.parent.parent / "shared" / "seeds").glob("000_*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the printed plan is not on this machine")


@pytest.fixture(scope="module")
def printed() -> str:
    """The printed plan."""
    return SEEDS[0].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables(loaded_case: Document) -> list[Table]:
    """Every table of the loaded plan, as it is exported."""
    exported = json.loads(json.dumps(json_form.to_json(contents.build(loaded_case))))
    return [table for chapter in exported["chapters"] for section in chapter["sections"] for table in _tables(section)]


def _tables(section: dict[str, Any]) -> Iterable[Table]:
    yield from (item for item in section["items"] if item["type"] == "table")
    for below in section["sections"]:
        yield from _tables(below)


def _of_kind(tables: list[Table], kind: str) -> list[Table]:
    return [table for table in tables if table["kind"] == kind]


def _row(row: dict[str, Any], *, cells: list[str] | None = None) -> Printed:
    """A row of the export as it is printed: its label with what belongs to it, and its cells without the empty ones."""
    new = "NY: " if row["is_new"] else ""
    space = " " if row["mark"].endswith(")") or row["note"] else ""
    label = plain(f"{new}{row['label']}{space}{row['mark']}{row['note']}")
    return (label, *(plain(cell) for cell in (row["cells"] if cells is None else cells) if cell))


def _rows(table: Table) -> list[Printed]:
    return [_row(row) for row in table["rows"]]


def _differences(expected: Iterable[Printed], found: Iterable[Printed]) -> tuple[list[str], list[str]]:
    """(rows that are printed but not found, rows that are found but not printed)."""
    wanted, got = Counter(expected), Counter(found)
    return (
        sorted(row_text(row) for row in (wanted - got).elements()),
        sorted(row_text(row) for row in (got - wanted).elements()),
    )


def test_seed_has_every_table_of_the_plan(printed: str) -> None:
    """The tests below would pass on a text in which nothing was found."""
    assert [len(rows) for rows in seed.scorecards(printed)] == [33, 14, 19, 8, 14, 19, 11, 10, 15, 17, 8, 9]
    assert sum(len(rows) for rows in seed.scorecards(printed)) == 177
    assert len(seed.scorecard_headings(printed)) == 42
    assert len(seed.overall_goals(printed)) == 17
    assert len(seed.key_figure_tables(printed)) == 21
    assert sum(len(rows) for rows in seed.key_figure_tables(printed)) == 119
    assert len(seed.staffing(printed)) == 11 + 1
    assert len(seed.matrix(printed)) == 14
    assert sum(sum(crosses) for _plan, crosses in seed.matrix(printed)) == 101
    assert len(seed.investments(printed)) == 14 + 2


def test_seed_rows_hold_as_many_figures_as_cells_are_printed(printed: str) -> None:
    """A reading that ran two figures together, or took one for a part of a label, would change these sums."""
    assert sum(len(row) - 1 for rows in seed.scorecards(printed) for row in rows) == 520
    assert sum(len(row) - 1 for rows in seed.key_figure_tables(printed) for row in rows) == 619
    assert {len(row) - 1 for row in seed.overall_goals(printed)} == {6}
    assert {len(row) - 1 for row in seed.staffing(printed)} == {2}


def test_case_has_the_rows_of_every_scorecard(printed: str, tables: list[Table]) -> None:
    found = [_rows(table) for table in _of_kind(tables, "scorecard")]
    expected = seed.scorecards(printed)
    assert len(found) == len(expected)
    assert [_differences(*pair) for pair in zip(expected, found, strict=True)] == [([], [])] * 12


def test_case_has_the_overall_goals(printed: str, tables: list[Table]) -> None:
    (table,) = _of_kind(tables, "overall-goals")
    assert _differences(seed.overall_goals(printed), _rows(table)) == ([], [])


def test_case_has_the_rows_of_every_key_figure_table(printed: str, tables: list[Table]) -> None:
    found = [row for table in _of_kind(tables, "key-figures") for row in _rows(table)]
    expected = [row for rows in seed.key_figure_tables(printed) for row in rows]
    assert _differences(expected, found) == ([], [])


def test_case_has_the_key_figure_tables_as_they_are_printed(printed: str, tables: list[Table]) -> None:
    """Each printed table is one table with its rows in the printed order, wherever in its chapter it stands."""
    found = Counter(tuple(_rows(table)) for table in _of_kind(tables, "key-figures"))
    assert found == Counter(tuple(rows) for rows in seed.key_figure_tables(printed))


def test_case_has_the_scorecard_rows_in_the_printed_order(printed: str, tables: list[Table]) -> None:
    found = [[label for label, *_figures in _rows(table)] for table in _of_kind(tables, "scorecard")]
    assert found == [[label for label, *_figures in rows] for rows in seed.scorecards(printed)]


def test_case_has_the_headings_of_the_scorecards(printed: str, tables: list[Table]) -> None:
    groups = [group for table in _of_kind(tables, "scorecard") for group in table["groups"]]
    found = {plain(text).strip("()") for group in groups for text in (group["title"], group["note"])}
    assert [one for one in seed.scorecard_headings(printed) if one.strip("()") not in found] == []


def test_case_has_the_staffing_rows(printed: str, tables: list[Table]) -> None:
    (table,) = _of_kind(tables, "staffing")
    assert _rows(table) == seed.staffing(printed)


def test_case_has_the_crosses_of_the_matrix(printed: str, tables: list[Table]) -> None:
    (table,) = _of_kind(tables, "plan-matrix")
    found = [(plain(row["label"]), tuple(cell == "x" for cell in row["cells"])) for row in table["rows"]]
    assert found == seed.matrix(printed)


def test_case_has_the_investment_rows(printed: str, tables: list[Table]) -> None:
    (table,) = _of_kind(tables, "investments")
    kinds = table["column_kinds"]
    amounts = [
        _row(row, cells=[cell for cell, kind in zip(row["cells"], kinds, strict=True) if kind == "amount"])
        for row in table["rows"]
    ]
    assert amounts == seed.investments(printed)


def test_differences_of_a_changed_figure_are_found() -> None:
    """The comparison itself, on rows that are wrong in one place."""
    row = ("Sykefraværsprosent", "9,7", "7,5")
    assert _differences([row], [("Sykefraværsprosent", "9,7", "7,6")]) == (
        ["Sykefraværsprosent 9,7 7,5"],
        ["Sykefraværsprosent 9,7 7,6"],
    )
    assert _differences([row, row], [row]) == (["Sykefraværsprosent 9,7 7,5"], [])


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("Sum 1\u00a0479,0 1\u00a0492,9", 2, ("Sum", "1 479,0", "1 492,9")),
        ("Trinn: andel på nivå 1 29 % <20% <20%", 3, ("Trinn: andel på nivå 1", "29 %", "<20%", "<20%")),
        ("Innbyggere 80 – 89 år 831 847 948 1 016", 4, ("Innbyggere 80 – 89 år", "831", "847", "948", "1 016")),
        ("Innbyggere 90 år + 198 202", 2, ("Innbyggere 90 år +", "198", "202")),
        ("Restavfall mot året 2022 \u00a0 \u00a0 >20 %", 3, ("Restavfall mot året 2022", ">20 %")),
        ("Kommune-NM \u00a0 148 140 140", 4, ("Kommune-NM", "148", "140", "140")),
        ("Besøk 300 000 300 000 300 000", 3, ("Besøk", "300 000", "300 000", "300 000")),
        ("Revisjon (30 avdelinger) 18 av 29 30 av 30", 2, ("Revisjon (30 avdelinger)", "18 av 29", "30 av 30")),
        ("383: Kulturskolen. \u00a0 \u00a0 \u00a0", 3, ("383: Kulturskolen.",)),
    ],
)
def test_read_row_parts_label_and_figures(text: str, columns: int, expected: Printed) -> None:
    assert seed.read_row(seed.Line(text, columns)) == expected
