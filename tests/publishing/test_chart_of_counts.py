"""Counts of outcomes as parts of a whole."""

from dataclasses import replace

from publishing.charts import plot_of
from publishing.structure import RowGroup, Table
from tests.publishing.test_charts import table

COUNTS = {"Skole": ["3", "1", "0"], "Barnehage": ["2", "0", "0"], "Omsorg": ["1", "4", "0"], "Sum": ["6", "5", "0"]}


def counts(rows: dict[str, list[str]]) -> Table:
    plain = table(["Nådd", "Ikke nådd", "Ikke målt"], rows, "stacked")
    (group,) = plain.groups
    marked = (replace(row, is_sum=row.label == "Sum") for row in group.rows)
    return replace(plain, groups=(RowGroup(tuple(marked)),), unit_of_measure="antall mål")


def test_counts_of_outcomes_are_parts_of_a_whole() -> None:
    plot = plot_of(counts(COUNTS))
    assert plot is not None
    assert (plot.kind, plot.labels) == ("stacked", ("Skole", "Barnehage", "Omsorg"))
    assert [(one.role, [*map(str, one.values)]) for one in plot.series] == [
        ("reached", ["3", "2", "1"]),
        ("missed", ["1", "0", "4"]),
    ]


def test_what_could_not_be_assessed_is_one_part() -> None:
    plain = table(["Nådd", "Ikke målt", "Ikke rapportert"], {name: ["3", "1", "2"] for name in "ABC"}, "stacked")
    plot = plot_of(plain)
    assert plot is not None
    sums = [(one.name, [*map(str, one.values)]) for one in plot.series]
    assert sums == [("Nådd", ["3", "3", "3"]), ("Ikke vurdert", ["3", "3", "3"])]


def test_counts_of_two_areas_or_of_one_outcome_make_no_chart() -> None:
    assert plot_of(counts({label: COUNTS[label] for label in ("Skole", "Omsorg")})) is None
    assert plot_of(counts({label: ["1", "0", "0"] for label in "ABCD"})) is None
