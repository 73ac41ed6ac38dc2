"""The same plot as a figure for plotly.js, which a reader can load in the picture's place."""

from typing import Any

from publishing.charts.series import Plot


def figure(plot: Plot, *, title: str) -> dict[str, Any]:
    """The plot as JSON for plotly.js: data and layout."""
    data = [{"type": "scatter", "name": one.name, "x": list(plot.labels), "y": list(one.values)} for one in plot.series]
    return {"data": data, "layout": {"title": {"text": title}}}
