"""The interactive figure: plotly takes it, and it holds the same numbers and words as the table and the picture."""

import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import charts
from publishing.charts import Plot
from publishing.charts.plot import printed
from tests.publishing.chart_samples import PLOTS, made
from tests.publishing.sample import CHILDREN, HOSTILE

ENGLISH = re.compile(r"\b(forecast|target|result|average|lowest|highest|trace|label|click|the|and)\b", re.IGNORECASE)
Json = dict[str, Any]
plotly = importlib.import_module("plotly.graph_objects")  # it has no types to check


def drawn(plot: Plot) -> Json:
    """The figure as a browser reads it: numbers as decimal text."""
    written = json.dumps(charts.figure(plot, title="Tittel"))
    read: Json = json.loads(written, parse_float=Decimal, parse_int=Decimal)
    return read


def told(figure: Json) -> Iterator[str]:
    """Every word that a reader of the figure meets."""
    layout = figure["layout"]
    yield layout["title"]["text"]
    yield layout["meta"]["words"]
    yield from (one["text"] for one in layout.get("annotations", ()))
    for axis in ("xaxis", "yaxis"):
        yield from layout[axis].get("ticktext", ())
        yield from layout[axis].get("categoryarray", ())
    for trace in figure["data"]:
        yield trace["name"] if trace.get("showlegend", True) else ""
        yield from (*trace.get("hovertext", ()), *trace.get("text", ()))


def shown(figure: Json, name: str, axis: str) -> list[Decimal | None]:
    """The numbers of all traces of that name, laid over one another."""
    traces = [trace[axis] for trace in figure["data"] if trace["name"] == name]
    return [next((value for value in values if value is not None), None) for values in zip(*traces, strict=True)]


@pytest.mark.parametrize("kind", PLOTS)
def test_figure_of_every_kind_is_one_that_plotly_takes(kind: str) -> None:
    figure = charts.figure(PLOTS[kind], title="Tittel")
    taken = plotly.Figure(figure)
    assert (len(taken.data), taken.layout.title.text) == (len(figure["data"]), "Tittel")
    with pytest.raises(ValueError, match="Invalid property"):
        plotly.Figure(figure | {"layout": {"seperators": ", "}})


@pytest.mark.parametrize("kind", ["line", "column", "bar", "stacked"])
def test_figure_has_the_numbers_of_the_plot(kind: str) -> None:
    axis = "x" if kind in ("bar", "stacked") else "y"
    figure = drawn(PLOTS[kind])
    assert {one.name: shown(figure, one.name, axis) for one in PLOTS[kind].series} == {
        one.name: list(one.values) for one in PLOTS[kind].series
    }


@pytest.mark.parametrize("kind", ["range", "profile"])
def test_figure_has_the_numbers_of_the_group_and_ones_own(kind: str) -> None:
    points = {trace["meta"]: trace["x"] for trace in drawn(PLOTS[kind])["data"] if trace["mode"] == "markers"}
    assert points == {one.role: list(one.values) for one in PLOTS[kind].series}


def test_figure_draws_a_stroke_from_lowest_to_highest() -> None:
    (band,) = [trace for trace in drawn(PLOTS["range"])["data"] if trace["meta"] == "band"]
    assert (band["x"], band["y"]) == (
        [Decimal(85), Decimal(112), None, Decimal(88), Decimal(115), None],
        ["Barnehage", "Barnehage", None, "Grunnskole", "Grunnskole", None],
    )


def test_figure_of_a_table_has_its_numbers() -> None:
    plot = charts.plot_of(CHILDREN)
    assert plot is not None
    figure = drawn(plot)
    rows = {row.label: [Decimal(value or "") for value in row.values] for row in CHILDREN.rows()}
    assert {label: shown(figure, label, "y") for label in rows} == rows


def test_figure_dashes_only_the_forecast_and_the_target() -> None:
    traces = drawn(PLOTS["line"])["data"]
    looks = [(trace["meta"], trace["line"].get("dash", ""), trace.get("hoverinfo")) for trace in traces]
    assert looks == [
        ("result", "", "x+text"),
        ("forecast", "dash", "skip"),
        ("forecast", "dash", "x+text"),
        ("target", "dot", "x+text"),
    ]


@pytest.mark.parametrize("kind", PLOTS)
def test_figure_says_nothing_in_english(kind: str) -> None:
    assert [text for text in told(drawn(PLOTS[kind])) if ENGLISH.search(text)] == []


def test_figure_tells_numbers_as_they_are_printed() -> None:
    (column,) = drawn(PLOTS["column"])["data"]
    assert column["hovertext"] == [
        "Vedlikehold: 87 kroner per m²",
        "Vedlikehold: −12 kroner per m²",
        "Vedlikehold: ",
        "Vedlikehold: 1\u00a0246 kroner per m² (prognose)",
    ]


def test_figure_has_the_axis_of_the_picture() -> None:
    axis = drawn(PLOTS["column"])["layout"]["yaxis"]
    assert axis["ticktext"] == ["−500", "0", "500", "1\u00a0000", "1\u00a0500"]
    assert axis["tickvals"] == [Decimal(one) for one in (-500, 0, 500, 1000, 1500)]


def test_figure_keeps_labels_that_read_alike_apart() -> None:
    labels = drawn(PLOTS["bar"])["data"][0]["y"]
    assert (len(set(labels)), [label.rstrip("\u200b") for label in labels]) == (3, ["Skole", "Barnehage", "Skole"])


def test_figure_of_hostile_text_is_text() -> None:
    plot = Plot("line", ("2019", HOSTILE), (made(HOSTILE, "1", "2"),))
    figure = charts.figure(plot, title=HOSTILE)
    seen = [text for text in told(figure) if text != figure["layout"]["meta"]["words"]]
    assert [text for text in seen if "<script" in text] == []
    assert figure["data"][0]["name"] == '&lt;script&gt;alert("x")&lt;/script&gt; &amp; «æøå»'


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=3), min_size=1, max_size=6), st.integers(0, 3))
def test_figure_draws_exactly_what_is_printed(values: list[Decimal], decimals: int) -> None:
    one = replace(made("Utlån"), values=tuple(values), decimals=decimals)
    figure = drawn(Plot("column", tuple(f"{2000 + at}" for at in range(len(values))), (one,)))
    (trace,) = figure["data"]
    assert [printed(value, decimals) for value in values] == [
        text.removeprefix("Utlån: ") for text in trace["hovertext"]
    ]
    assert trace["y"] == [one.at(place) for place in range(len(values))]
