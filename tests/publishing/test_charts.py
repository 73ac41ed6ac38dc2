"""Charts: which tables have one, what it holds, and that it says the same in words."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from publishing import charts
from publishing.charts import Plot, Series, plot_of
from publishing.charts.drawing import ticks
from publishing.structure import Column, Origin, Row, RowGroup, Table
from tests.publishing.chart_samples import PLOTS, made
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
        "Innbyggere 0–1 år steg fra 358 i 2020 til 386 i 2021 og falt til 384 i 2022, og ventes å bli 381 i 2023."
        " Innbyggere 2–5 år falt fra 888 i 2020 til 842 i 2022, og ventes å bli 821 i 2023."
        " Sum falt fra 1\u00a0246 i 2020 til 1\u00a0226 i 2022, og ventes å bli 1\u00a0202 i 2023."
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


def test_ticks_of_what_is_told_by_a_place_may_begin_near_it() -> None:
    values = [Decimal(85), Decimal(112)]
    assert ticks(values, from_zero=False) == [Decimal(80), Decimal(90), Decimal(100), Decimal(110), Decimal(120)]
    assert ticks([Decimal(5), Decimal(112)], from_zero=False)[0] == 0
    assert ticks([]) == [Decimal(one) for one in ("0", "0.2", "0.4", "0.6", "0.8", "1")]


def pictured(plot: Plot) -> list[ElementTree.Element]:
    """Every element of the plot's picture."""
    return list(ElementTree.XML(charts.draw_plot(plot, title="Tittel", anchor="x").svg).iter())


def of_class(plot: Plot, name: str) -> list[ElementTree.Element]:
    return [element for element in pictured(plot) if name in element.get("class", "").split()]


@pytest.mark.parametrize("kind", PLOTS)
def test_draw_plot_of_every_kind_says_what_it_shows_and_needs_no_style(kind: str) -> None:
    picture = charts.draw_plot(PLOTS[kind], title="Tittel", anchor="x")
    root = ElementTree.XML(picture.svg)
    assert [child.text for child in root if child.tag == "desc"] == [charts.in_words(PLOTS[kind])]
    assert {element.get("style") for element in root.iter()} == {None}
    assert {element.get("id") for element in root.iter()} == {None, "x-chart-title", "x-chart-desc"}


@pytest.mark.parametrize("kind", PLOTS)
def test_draw_plot_of_every_kind_without_figures_is_drawn(kind: str) -> None:
    emptied = tuple(replace(one, values=(None,) * len(one.values)) for one in PLOTS[kind].series)
    picture = charts.draw_plot(replace(PLOTS[kind], series=emptied), title="Tittel", anchor="x")
    assert ElementTree.XML(picture.svg).get("role") == "img"


@pytest.mark.parametrize("kind", PLOTS)
def test_draw_plot_of_every_kind_with_one_label_is_drawn(kind: str) -> None:
    plot = PLOTS[kind]
    first = tuple(replace(one, values=one.values[:1]) for one in plot.series)
    one_label = replace(plot, labels=plot.labels[:1], series=first, forecast=None)
    assert ElementTree.XML(charts.draw_plot(one_label, title="Tittel", anchor="x").svg).get("role") == "img"


def test_draw_line_with_a_target_in_steps_that_hold_for_their_periods() -> None:
    steps, sample = of_class(PLOTS["line"], "chart__target")
    points = [tuple(map(float, point.split(","))) for point in steps.get("points", "").split()]
    assert (len(points), points[0][1] == points[1][1], len(sample.get("points", "").split())) == (4, True, 2)
    labels = [element.text for element in of_class(PLOTS["line"], "chart__label")]
    assert ("Mål: 4,5" in labels, "Utlån: 2,3" in labels) == (True, True)


def test_draw_stacked_parts_fill_the_whole() -> None:
    parts = of_class(PLOTS["stacked"], "chart__bar")
    bars = [
        (part.get("y"), float(part.get("x", "")), float(part.get("width", ""))) for part in parts if part.tag == "rect"
    ]
    first = [(x, width) for y, x, width in bars if y == bars[0][0]]
    widths = [width for _x, width in first]
    assert [round(width / widths[0] * 5, 1) for width in widths] == [5, 2, 1]
    assert [pytest.approx(x, abs=0.2) for x, _width in first[1:]] == [x + width for x, width in first[:-1]]
    bold = [element.text for element in pictured(PLOTS["stacked"]) if element.get("font-weight") == "600"]
    assert bold == ["8", "3"]


def test_draw_stacked_neighbours_look_unlike_each_other_in_grey() -> None:
    opacities = [part.get("fill-opacity") for part in of_class(PLOTS["stacked"], "chart__bar") if part.tag == "rect"]
    assert (opacities[:3], len(of_class(PLOTS["stacked"], "chart__hatch"))) == (["0.9", "0.5", "0.2"], 3)


def test_draw_range_has_a_band_a_tick_and_a_point_for_each_label() -> None:
    plot = PLOTS["range"]
    bands, ticks_, points = (of_class(plot, name) for name in ("chart__bar", "chart__tick", "chart__marker--solid"))
    legend, head = 1, 1
    assert (len(bands), len(ticks_), len(points)) == (2 + legend, 2 + legend, 2 + legend + head)
    place = {
        name: float(found[0].get(name, "")) for found, name in ((bands, "x"), (bands, "width"), (points[1:], "cx"))
    }
    assert place["x"] < place["cx"] < place["x"] + place["width"]


def test_draw_profile_joins_the_two_points_of_a_label() -> None:
    links = [line.get("points", "").split() for line in of_class(PLOTS["profile"], "chart__link")]
    assert [len(link) for link in links] == [2, 2]
    own = of_class(PLOTS["profile"], "chart__marker--solid")[1]
    assert links[0][0] == f"{float(own.get('cx', '')):.1f},{float(own.get('cy', '')):.1f}"


@pytest.mark.parametrize(
    ("kind", "series"),
    [
        ("pie", (made("A", "1"),)),
        ("range", (made("A", "1", role="own"),)),
        ("profile", (made("A", "1", role="own"),)),
        ("stacked", (made("A", "-1"),)),
        ("line", (made("A", "1", "2"),)),
    ],
)
def test_plot_of_what_no_picture_is_true_of_is_refused(kind: str, series: tuple[Series, ...]) -> None:
    with pytest.raises(ValueError, match=r"plot|whole|label"):
        Plot(kind, ("2024",), series)


@pytest.mark.parametrize(("rows", "expected"), [(1, False), (6, True)])
def test_draw_is_worth_exploring_with_many_figures(rows: int, *, expected: bool) -> None:
    picture = charts.draw(table(YEARS, {f"Rad {count}": ["1", "2", "3"] for count in range(rows)}, "line"))
    assert picture is not None
    assert picture.is_worth_exploring == expected


def with_targets(*, targets: list[str], periods: list[str], unit: str = "") -> Table:
    """Results of three years, and targets of the periods."""
    cells = ("3", "2,9", "2,3", *targets)
    kinds = [("result", "2020"), ("result", "2021"), ("result", "2022"), *(("target", period) for period in periods)]
    values = tuple(cell.replace(",", ".").split(" ")[0] for cell in cells)
    row = Row("Utlån", cells, values, origins=tuple(Origin("utlan", kind, period) for kind, period in kinds))
    columns = tuple(Column(f"{'Mål' if kind == 'target' else 'Resultat'} {period}", "", kind) for kind, period in kinds)
    return Table("x", "1.1", "scorecard", "Tabell", columns, (RowGroup((row,)),), unit_of_measure=unit, chart="line")


def test_plot_of_one_row_shows_its_targets() -> None:
    plot = plot_of(with_targets(targets=["2,5", "3"], periods=["2022", "2023"]))
    assert plot == Plot(
        "line",
        ("2020", "2021", "2022", "2023"),
        (
            made("Utlån", "3", "2.9", "2.3", None, decimals=1),
            made("Mål", None, None, "2.5", "3", decimals=1, is_target=True),
        ),
    )


@pytest.mark.parametrize(("targets", "periods"), [(["3"], ["2022-T1"]), (["3 %"], ["2022"]), (["3"], ["2019"])])
def test_plot_of_targets_of_other_periods_or_units_leaves_them_out(targets: list[str], periods: list[str]) -> None:
    plot = plot_of(with_targets(targets=targets, periods=periods))
    assert plot is not None
    assert [one.name for one in plot.series] == ["Utlån"]


def test_plot_of_several_rows_leaves_targets_out() -> None:
    one = with_targets(targets=["3"], periods=["2022"])
    other = replace(next(one.rows()), label="Besøk")
    plot = plot_of(replace(one, groups=(*one.groups, RowGroup((other,)))))
    assert plot is not None
    assert [series.name for series in plot.series] == ["Utlån", "Besøk"]
