"""The same plot as a figure for plotly.js, which a reader can load in the picture's place.

Numbers are JSON numbers, written exactly as they are printed. What a reader meets is made here, in Norwegian and with
hard spaces: labels, numbers along the axis, and what is told under the pointer. `meta` of a trace is what it is
("result", "forecast", "target", "band", "link", or the role of its series): the page's script gives it the colour that
the page has for that, by day or by night.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from publishing.cells import HARD_SPACE
from publishing.charts.drawing import decimals_of, number, ticks, wrap
from publishing.charts.plot import Plot, numbers
from publishing.charts.traces import MAKERS, Json
from publishing.charts.words import in_words

IS_LYING = ("bar", "stacked", "range", "profile")
IS_PLACED = ("range", "profile")
LABEL_LETTERS, LABEL_LINES = 25, 3
SAME = "\u200b"
"""A space without width: it tells labels that read alike from one another, which plotly.js would draw as one."""


def figure(plot: Plot, *, title: str) -> dict[str, Any]:
    """The plot as JSON for plotly.js: data and layout. `layout.meta` has its words, its unit and its note."""
    labels = _labels(plot)
    data = list(MAKERS[plot.kind](plot, labels))
    named = [trace for trace in data if trace.get("showlegend", True)]
    return {"data": data, "layout": _layout(plot, title, labels) | {"showlegend": len(named) > 1}}


def _labels(plot: Plot) -> list[str]:
    """The labels as plotly.js reads them, each unlike the others; on a lying chart in short lines."""
    labels: list[str] = []
    for label in plot.labels:
        lines = wrap(label, LABEL_LETTERS, LABEL_LINES) if plot.kind in IS_LYING else [label]
        shown = "<br>".join(escape(line, quote=False) for line in lines)
        while shown in labels:
            shown += SAME
        labels.append(shown)
    return labels


def _layout(plot: Plot, title: str, labels: Sequence[str]) -> Json:
    names: Json = {"type": "category", "categoryorder": "array", "categoryarray": list(labels)}
    names |= {"fixedrange": True, "showgrid": False, "automargin": True}
    is_lying = plot.kind in IS_LYING
    along, up = ("yaxis", "xaxis") if is_lying else ("xaxis", "yaxis")
    return {
        "title": {"text": escape(title, quote=False)},
        "meta": {"words": in_words(plot), "unit": plot.unit, "note": plot.note},
        "separators": f",{HARD_SPACE}",
        "barmode": "stack" if plot.kind == "stacked" else "group",
        "hovermode": "closest" if is_lying else "x unified",
        "dragmode": False,
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        along: names | ({"autorange": "reversed"} if is_lying else {}),
        up: _scale(plot),
        **_border(plot),
    }


def _border(plot: Plot) -> Json:
    """Where the forecast begins: a dotted line between two labels, and the word."""
    if plot.forecast is None or plot.kind in IS_LYING:
        return {}
    place = plot.forecast - 0.5
    ends = {"type": "line", "xref": "x", "yref": "paper", "x0": place, "x1": place, "y0": 0, "y1": 1}
    word = {"text": _("Prognose"), "xref": "x", "yref": "paper", "x": place, "y": 1, "showarrow": False}
    return {
        "shapes": [ends | {"line": {"width": 1, "dash": "dot"}}],
        "annotations": [word | {"xanchor": "left", "yanchor": "top"}],
    }


def _scale(plot: Plot) -> Json:
    """The axis of figures with the numbers that the printed picture has along it."""
    steps = ticks(_scaled(plot), from_zero=plot.kind not in IS_PLACED)
    decimals = decimals_of(steps)
    return {
        "type": "linear",
        "range": [float(steps[0]), float(steps[-1])],
        "tickmode": "array",
        "tickvals": [float(step) for step in steps],
        "ticktext": [number(step, decimals) for step in steps],
        "fixedrange": True,
        "automargin": True,
    }


def _scaled(plot: Plot) -> list[Decimal]:
    """What the axis must have room for: the figures, or where they are parts of a whole the sums."""
    if plot.kind != "stacked":
        return numbers(plot.series)
    return [sum((one.at(place) or Decimal(0) for one in plot.series), Decimal(0)) for place in range(len(plot.labels))]
