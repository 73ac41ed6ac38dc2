"""The traces of each kind of plot, as plotly.js takes them."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from publishing.charts.drawing import OPACITIES
from publishing.charts.groups import band_name
from publishing.charts.plot import AVERAGE, GROUP, HIGHEST, LOWEST, OWN, STACK_STYLES, Plot, Series
from publishing.charts.wording import measured

Json = dict[str, Any]
Labels = Sequence[str]

SYMBOLS = ("circle", "square-open", "triangle-up", "diamond-open")
HATCHED = 3


def json_number(value: Decimal | None) -> int | float | None:
    """The number as JSON writes it: 3 as 3, 2.30 as 2.3."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def line(plot: Plot, labels: Labels) -> Iterator[Json]:
    """What was with a whole line, what is foreseen with a dashed one from where the other ends, targets as steps."""
    for style, one in enumerate(one for one in plot.series if one.known()):
        if one.is_target:
            look: Json = {"meta": "target", "line": {"shape": "hvh", "dash": "dot", "width": 1.5}}
            yield _points(plot, one, labels) | look | {"marker": {"symbol": "line-ew-open", "size": 14}}
            continue
        look = {"marker": {"symbol": SYMBOLS[style % len(SYMBOLS)], "size": 8}, "legendgroup": f"{style}"}
        known = len(labels) if plot.forecast is None else plot.forecast
        width = 2.25 if style == 0 else 1.4
        yield _points(plot, one, labels, end=known) | look | {"meta": "result", "line": {"width": width}}
        if plot.forecast is not None:
            dashed = {"showlegend": False, "meta": "forecast", "line": {"width": width, "dash": "dash"}}
            joint = {"mode": "lines", "hoverinfo": "skip"}
            yield _points(plot, one, labels, start=max(0, known - 1), end=known + 1) | look | dashed | joint
            yield _points(plot, one, labels, start=known) | look | dashed


def _points(plot: Plot, series: Series, labels: Labels, *, start: int = 0, end: int | None = None) -> Json:
    """The series' points from one place to another."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": escape(series.name, quote=False),
        "x": list(labels),
        "y": _values(series, start=start, end=end),
        "hovertext": _told(plot, series),
        "hoverinfo": "x+text",
    }


def _values(series: Series, *, start: int = 0, end: int | None = None) -> list[int | float | None]:
    places = range(len(series.values))[start:end]
    return [json_number(series.at(place)) if place in places else None for place in range(len(series.values))]


def _told(plot: Plot, series: Series, labels: Labels | None = None) -> list[str]:
    """What is told under the pointer at each place: the label where it does not stand there, name, number and unit."""
    told = []
    for place in range(len(series.values)):
        value = series.at(place)
        name = escape(series.name, quote=False)
        shown = "" if value is None else escape(measured(plot, series, value), quote=False)
        text = f"{name}: {shown}" if name else shown
        text = _("%(text)s (prognose)") % {"text": text} if plot.is_foreseen(place) else text
        told.append(f"{labels[place]}<br>{text}" if labels else text)
    return told


def column(plot: Plot, labels: Labels) -> Iterator[Json]:
    """Standing bars; those that are foreseen are light and hatched."""
    for style, one in enumerate(plot.series):
        foreseen = [plot.is_foreseen(place) for place in range(len(labels))]
        opacity = OPACITIES[style % len(OPACITIES)]
        yield {
            "type": "bar",
            "name": escape(one.name, quote=False),
            "x": list(labels),
            "y": _values(one),
            "hovertext": _told(plot, one),
            "hoverinfo": "x+text",
            "meta": "result",
            "marker": {
                "opacity": [OPACITIES[2] if is_foreseen else opacity for is_foreseen in foreseen],
                "pattern": {"shape": ["/" if is_foreseen else "" for is_foreseen in foreseen]},
                "line": {"width": 1},
            },
        }


def bar(plot: Plot, labels: Labels) -> Iterator[Json]:
    """Lying bars with their figures at the end."""
    for style, one in enumerate(plot.series):
        printed = {"text": _printed(one), "textposition": "outside", "cliponaxis": False}
        yield _lying(plot, one, labels, style) | printed


def stacked(plot: Plot, labels: Labels) -> Iterator[Json]:
    """Lying bars in parts, with their figures inside."""
    for place, one in enumerate(plot.series):
        style = STACK_STYLES[place % len(STACK_STYLES)]
        printed = {"text": _printed(one), "textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
        yield _lying(plot, one, labels, style) | printed | {"meta": one.role or "result"}


def _lying(plot: Plot, series: Series, labels: Labels, style: int) -> Json:
    style %= len(OPACITIES)
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(series.name, quote=False),
        "x": _values(series),
        "y": list(labels),
        "hovertext": _told(plot, series, labels),
        "hoverinfo": "text",
        "meta": "result",
        "marker": {
            "opacity": OPACITIES[style],
            "pattern": {"shape": "/" if style == HATCHED else ""},
            "line": {"width": 1},
        },
    }


def _printed(series: Series) -> list[str]:
    return ["" if value is None else series.show(value) for value in series.values]


def range_of_group(plot: Plot, labels: Labels) -> Iterator[Json]:
    """The group's band from lowest to highest, its average as a tick, one's own as a point."""
    lowest, highest, average = plot.needed(LOWEST), plot.needed(HIGHEST), plot.role(AVERAGE)
    name = band_name(lowest, highest)
    yield _strokes(lowest, highest, labels, width=12) | {"name": escape(name, quote=False), "meta": "band"}
    for one in (lowest, highest):
        unseen = {"marker": {"symbol": "line-ns", "size": 12, "opacity": 0}, "showlegend": False}
        yield _spots(plot, one, labels) | unseen
    if average:
        yield _spots(plot, average, labels) | {"marker": {"symbol": "line-ns-open", "size": 18, "line": {"width": 2}}}
    yield _spots(plot, plot.needed(OWN), labels) | {"marker": {"symbol": SYMBOLS[0], "size": 10}}


def profile(plot: Plot, labels: Labels) -> Iterator[Json]:
    """One's own and the group's as points, with a line between them."""
    own, group = plot.needed(OWN), plot.needed(GROUP)
    yield _strokes(own, group, labels, width=1.4) | {"meta": "link", "showlegend": False}
    yield _spots(plot, group, labels) | {"marker": {"symbol": SYMBOLS[1], "size": 9}}
    yield _spots(plot, own, labels) | {"marker": {"symbol": SYMBOLS[0], "size": 10}}


def _strokes(start: Series, end: Series, labels: Labels, *, width: float) -> Json:
    """A stroke for each label from one series to the other, with a gap after each."""
    both = list(zip(_values(start), _values(end), strict=True))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [value for one, other in both for value in (one, other, None)],
        "y": [place for label in labels for place in (label, label, None)],
        "hoverinfo": "skip",
        "line": {"width": width},
    }


def _spots(plot: Plot, series: Series, labels: Labels) -> Json:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(series.name, quote=False),
        "x": _values(series),
        "y": list(labels),
        "hovertext": _told(plot, series, labels),
        "hoverinfo": "text",
        "meta": series.role,
    }


MAKERS: dict[str, Callable[[Plot, Labels], Iterator[Json]]] = {
    "line": line,
    "column": column,
    "bar": bar,
    "stacked": stacked,
    "range": range_of_group,
    "profile": profile,
}
