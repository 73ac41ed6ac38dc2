"""Charts: which tables have one, what it holds, and that it says the same in words."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from publishing import charts
from publishing.charts.drawing import ticks
from publishing.charts.series import plot_of
from publishing.structure import Column, Row, RowGroup, Table
from tests.publishing.sample import CHILDREN, HOSTILE, SCORECARD


def table(labels: list[str], rows: dict[str, list[str]], chart: str) -> Table:
    """A table of plain figures: "" is an empty cell."""
    found = tuple(
        Row(label, tuple(cells), tuple(cell.rstrip(" %") or None for cell in cells)) for label, cells in rows.items()
    )
    columns = tuple(Column(label, "", "result") for label in labels)
    return Table("x", "1.1", "key-figures", "Tabellen", columns, (RowGroup(found),), chart=chart)


def elements(one: Table, name: str) -> list[ElementTree.Element]:
    """The elements of the table's picture with this class."""
    picture = charts.draw(one)
    assert picture is not None
    root = ElementTree.XML(picture.svg)
    return [element for element in root.iter() if name in element.get("class", "").split()]


YEARS = ["2020", "2021", "2022"]


def test_draw_nothing_where_no_chart_is_asked_for() -> None:
    assert charts.draw(SCORECARD) is None


def test_draw_line_in_words() -> None:
    picture = charts.draw(CHILDREN)
    assert picture is not None
    assert picture.words == (
        "Innbyggere 0–1 år: fra 358 i 2020 til 381 i 2023. Innbyggere 2–5 år: fra 888 i 2020 til 821 i 2023."
        " Sum: fra 1\u00a0246 i 2020 til 1\u00a0202 i 2023."
    )


def test_draw_line_dashes_only_what_is_foreseen() -> None:
    dashes = [line.get("stroke-dasharray") for line in elements(CHILDREN, "chart__line")]
    assert sorted(f"{one}" for one in dashes) == ["5 4"] * 3 + ["none"] * 3


def test_draw_is_named_for_those_who_do_not_see_it() -> None:
    picture = charts.draw(CHILDREN, prefix="barnehage-")
    assert picture is not None
    root = ElementTree.XML(picture.svg)
    named = {child.get("id"): child.text for child in root if child.tag in ("title", "desc")}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "barnehage-barn-chart-title barnehage-barn-chart-desc"
    assert named == {
        "barnehage-barn-chart-title": "Diagram: Barn i førskolealder",
        "barnehage-barn-chart-desc": picture.words,
    }


def test_draw_needs_no_style_that_a_safe_page_refuses() -> None:
    picture = charts.draw(CHILDREN)
    assert picture is not None
    assert ("style" in picture.svg, "<script" in picture.svg) == (False, False)


def test_draw_hostile_label_is_text() -> None:
    picture = charts.draw(table(YEARS, {HOSTILE: ["1", "2", "3"], "B": ["3", "2", "1"]}, "line"))
    assert picture is not None
    assert (picture.svg.count("<script"), picture.svg.count("&lt;script")) == (0, 2)


def test_plot_leaves_out_other_units() -> None:
    one = table(YEARS, {"Andel": ["40 %", "50 %", "60 %"], "Antall": ["40", "50", "60"]}, "line")
    plot = plot_of(one)
    assert plot is not None
    assert ([series.name for series in plot.series], plot.unit) == (["Andel"], "%")


def test_plot_leaves_out_another_magnitude() -> None:
    plot = plot_of(table(YEARS, {"Saker": ["40", "50", "60"], "Innbyggere": ["21000", "21100", "21200"]}, "line"))
    assert plot is not None
    assert [series.name for series in plot.series] == ["Saker"]


def test_plot_of_too_many_lines_takes_the_sums() -> None:
    one = table(YEARS, {f"Enhet {count}": ["1", "2", "3"] for count in range(7)}, "line")
    assert plot_of(one) is None
    total = Row("Sum", ("7", "14", "21"), ("7", "14", "21"), is_sum=True)
    plot = plot_of(replace(one, groups=(*one.groups, RowGroup((total,)))))
    assert plot is not None
    assert ([series.name for series in plot.series], plot.note) == (["Sum"], "Diagrammet viser bare summene.")


def test_plot_of_years_over_months_takes_the_newest() -> None:
    months = ["Jan", "Feb", "Mars"]
    plot = plot_of(table(months, {f"{year}": ["1", "2", "3"] for year in range(2013, 2023)}, "line"))
    assert plot is not None
    assert [series.name for series in plot.series] == ["2022", "2021", "2020", "2019"]
    assert plot.note == "Diagrammet viser de 4 siste årene."


@pytest.mark.parametrize("chart", ["line", "bar"])
def test_plot_of_fewer_than_three_figures_is_none(chart: str) -> None:
    assert plot_of(table(["2020", "2021"], {"A": ["1", "2"]}, chart)) is None


def test_plot_of_a_line_between_units_is_none() -> None:
    assert plot_of(table(["Årsverk"], {"Skole": ["1"], "Kultur": ["2"], "Barnehage": ["3"]}, "line")) is None


def test_draw_bars_one_for_each_figure() -> None:
    staffing = table(
        ["31.08.2023", "01.01.2024"], {"Skole": ["10", "11"], "Kultur": ["2", ""], "Barnehage": ["3", "4"]}, "bar"
    )
    picture = charts.draw(staffing)
    assert picture is not None
    assert len(elements(staffing, "chart__bar")) == 5 + 2  # two in the legend
    assert picture.words == (
        "31.08.2023: høyest Skole med 10, lavest Kultur med 2. 01.01.2024: høyest Skole med 11, lavest Barnehage med 4."
    )


def test_draw_columns_begin_at_zero() -> None:
    one = table(YEARS, {"Boliger": ["447", "440", "428"]}, "bar")
    heights = [float(bar.get("height", "")) for bar in elements(one, "chart__bar")]
    assert heights[0] / heights[2] == pytest.approx(447 / 428, abs=0.01)


def test_draw_line_with_a_gap_does_not_bridge_it() -> None:
    one = table(["2019", *YEARS, "2023"], {"A": ["1", "2", "", "4", "5"]}, "line")
    assert [len((line.get("points") or "").split()) for line in elements(one, "chart__line")] == [2, 2]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([Decimal(2289), Decimal(2462)], ["0", "500", "1000", "1500", "2000", "2500"]),
        ([Decimal("0.4"), Decimal("0.9")], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([Decimal(-3), Decimal(5)], ["-4", "-2", "0", "2", "4", "6"]),
        ([Decimal(0)], ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_ticks_are_round_and_hold_zero(values: list[Decimal], expected: list[str]) -> None:
    assert [Decimal(tick) for tick in expected] == ticks(values)


def test_draw_table_of_zeros() -> None:
    assert len(elements(table(YEARS, {"Avvik": ["0", "0", "0"]}, "line"), "chart__marker")) == 3
