"""Charts as SVG, drawn in Python from the same table that stands under them. They read in grey, in the dark and aloud.

Nothing but shape, weight and nearness to its name tells a series from another; the axis always begins at zero.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.charts.drawing import LINE_HEIGHT, Drawing, Point, decimals_of, number, ticks, width_of, wrap
from publishing.charts.series import Plot, Series, plot_of
from publishing.structure import Table
from scorecards.sparkline import stretches

WIDTH = 680
NAME_LETTERS = 24
MOST_VALUE_LABELS = 14
DASHES = "5 4"


@dataclass(frozen=True)
class Chart:
    """A drawn chart: the SVG, what it shows in words, the unit of its axis, and what of the table it leaves out."""

    svg: str
    words: str
    unit: str
    note: str


def draw(table: Table, *, prefix: str = "", color: str = "") -> Chart | None:
    """The table's chart, or None. `prefix` makes its ids unlike those of other chapters; `color` is for paper."""
    plot = plot_of(table)
    return draw_plot(plot, title=table.caption, anchor=f"{prefix}{table.anchor}", color=color) if plot else None


def draw_plot(plot: Plot, *, title: str, anchor: str, color: str = "") -> Chart:
    """The plot as a picture. `anchor` makes its ids; `color` is for paper."""
    drawing = _KINDS[plot.kind](plot, color)
    words = in_words(plot)
    name = _("Diagram: %(caption)s") % {"caption": title}
    if color:  # a picture in a PDF has one text, and WeasyPrint takes the title
        name = f"{name.rstrip('.')}. {words}"
    drawing.describe(name, words, f"{anchor}-chart")
    return Chart(f"{drawing}", words, plot.unit, plot.note)


def in_words(plot: Plot) -> str:
    """What the picture shows: from first to last over time, else the highest and the lowest."""
    say = _range_in_words if plot.kind == "bar" else _change_in_words
    return ". ".join(say(plot, one) for one in plot.series) + "."


def _change_in_words(plot: Plot, series: Series) -> str:
    known = [(label, value) for label, value in zip(plot.labels, series.values, strict=True) if value is not None]
    (start, first), (end, last) = known[0], known[-1]
    name = f"{series.name}: " if series.name else ""
    said = {"first": number(first, series.decimals), "start": start}
    said |= {"last": number(last, series.decimals), "end": end}
    return name + _("fra %(first)s i %(start)s til %(last)s i %(end)s") % said


def _range_in_words(plot: Plot, series: Series) -> str:
    known = [(value, label) for label, value in zip(plot.labels, series.values, strict=True) if value is not None]
    (high, highest), (low, lowest) = max(known), min(known)
    said = {"name": series.name, "highest": highest, "high": number(high, series.decimals)}
    said |= {"lowest": lowest, "low": number(low, series.decimals)}
    return _("%(name)s: høyest %(highest)s med %(high)s, lavest %(lowest)s med %(low)s") % said


@dataclass(frozen=True)
class _Frame:
    """Where the figures lie on the drawing."""

    left: float
    right: float
    top: float
    bottom: float
    steps: Sequence[Decimal]

    def y(self, value: Decimal) -> float:
        low, high = self.steps[0], self.steps[-1]
        return self.bottom - float((value - low) / (high - low)) * (self.bottom - self.top)

    def draw_axis(self, drawing: Drawing) -> None:
        decimals = decimals_of(self.steps)
        for step in self.steps:
            y = self.y(step)
            css, opacity = ("chart__axis", 0.8) if step == 0 else ("chart__grid", 0.2)
            drawing.rule((self.left, y), (self.right, y), css=css, opacity=opacity)
            drawing.words([number(step, decimals)], self.left - 8, y + 4, anchor="end")


def _frame(plot: Plot, *, right: float, top: float, height: float) -> _Frame:
    steps = ticks([value for one in plot.series for value in one.values if value is not None])
    decimals = decimals_of(steps)
    left = max(width_of(number(step, decimals)) for step in steps) + 12
    return _Frame(left, right, top, top + height, steps)


def _line(plot: Plot, color: str) -> Drawing:
    """Lines over time, each named at its end. The part that is foreseen is dashed."""
    is_one = len(plot.series) == 1
    names = [[] if is_one else _end_label(one) for one in plot.series]
    height = max(124, sum(len(name) for name in names) * LINE_HEIGHT + 10 * len(names))
    top = (22 if is_one else 8) + (0 if plot.forecast is None else 18)
    frame = _frame(plot, right=WIDTH - (24 if is_one else 175), top=top, height=height)
    drawing = Drawing(WIDTH, frame.bottom + 26, color=color)
    frame.draw_axis(drawing)
    spread = (frame.right - frame.left - 40) / (len(plot.labels) - 1)
    places = [frame.left + 20 + index * spread for index in range(len(plot.labels))]
    for x, label in zip(places, plot.labels, strict=True):
        drawing.words([label], x, frame.bottom + 18, anchor="middle")
    if plot.forecast is not None:
        x = places[plot.forecast] - spread / 2
        drawing.rule((x, 4), (x, frame.bottom), css="chart__grid", opacity=0.5, dashes="2 3")
        drawing.words([_("Prognose")], x + 6, 14)
    for style, one in reversed(list(enumerate(plot.series))):
        points = [None if value is None else (x, frame.y(value)) for x, value in zip(places, one.values, strict=True)]
        _draw_line(drawing, points, plot.forecast, style)
        if is_one:
            _label_points(drawing, points, one)
    ends = [frame.y(next(value for value in reversed(one.values) if value is not None)) for one in plot.series]
    for name, y, style in _without_overlap(names, ends, frame):
        drawing.marker((frame.right + 8, y - 4), style)
        drawing.words(name, frame.right + 18, y)
    return drawing


def _end_label(series: Series) -> list[str]:
    """The name in lines, and the last figure after it, which must not be lost when the name is too long."""
    last = next(value for value in reversed(series.values) if value is not None)
    *above, line = wrap(series.name, NAME_LETTERS, lines=2)
    ended = f"{line}: {number(last, series.decimals)}"
    if len(ended) <= NAME_LETTERS:
        return [*above, ended]
    return [*above, f"{line}:", number(last, series.decimals)]


def _draw_line(drawing: Drawing, points: Sequence[Point | None], forecast: int | None, style: int) -> None:
    """A stroke between neighbours that both have a figure: whole for what was, dashed for what is foreseen."""
    known = len(points) if forecast is None else forecast
    width = 2.25 if style == 0 else 1.4
    for part, css, dashes in (
        (points[:known], "chart__line", "none"),
        (points[max(0, known - 1) :], "chart__line chart__forecast", DASHES),
    ):
        for run in stretches(part):
            drawing.path(run, css=f"{css} chart__line--{style + 1}", width=width, dashes=dashes)
    for point in points:
        if point:
            drawing.marker(point, style)


def _label_points(drawing: Drawing, points: Sequence[Point | None], series: Series) -> None:
    if len(points) > MOST_VALUE_LABELS:
        return
    for point, value in zip(points, series.values, strict=True):
        if point and value is not None:
            drawing.words([number(value, series.decimals)], point[0], point[1] - 10, anchor="middle")


def _without_overlap(
    names: Sequence[Sequence[str]], ends: Sequence[float], frame: _Frame
) -> list[tuple[Sequence[str], float, int]]:
    """Each name, the foot of its first line and its style: beside its line's end, or as near as the others allow."""
    order = sorted((style for style, name in enumerate(names) if name), key=lambda style: ends[style])
    placed: list[tuple[Sequence[str], float, int]] = []
    room = sum(len(name) * LINE_HEIGHT + 6 for name in names)
    lowest = frame.top
    for style in order:
        y = min(max(ends[style] + 4, lowest + 10), frame.bottom + 12 - room)
        y = max(y, lowest + 10)
        placed.append((names[style], y, style))
        taken = len(names[style]) * LINE_HEIGHT + 6
        lowest, room = y - 10 + taken, room - taken
    return placed


def _column(plot: Plot, color: str) -> Drawing:
    """Bars over time, side by side where there are several series. Every bar bears its figure when there is room."""
    frame = _frame(plot, right=WIDTH - 8, top=50 if len(plot.series) > 1 else 24, height=112)
    drawing = Drawing(WIDTH, frame.bottom + 26, color=color)
    frame.draw_axis(drawing)
    slot = (frame.right - frame.left) / len(plot.labels)
    thickness = min(56, slot * 0.7 / len(plot.series))
    for index, label in enumerate(plot.labels):
        middle = frame.left + (index + 0.5) * slot
        drawing.words([label], middle, frame.bottom + 18, anchor="middle")
        for style, one in enumerate(plot.series):
            value = one.values[index]
            if value is None:
                continue
            x = middle + (style - len(plot.series) / 2) * thickness
            top, foot = sorted((frame.y(value), frame.y(Decimal(0))))
            is_forecast = plot.forecast is not None and index >= plot.forecast
            drawing.bar((x, top), thickness, foot - top, style=style, is_forecast=is_forecast)
            if len(plot.labels) * len(plot.series) <= MOST_VALUE_LABELS:
                drawing.words([number(value, one.decimals)], x + thickness / 2, top - 5, anchor="middle")
    _legend(drawing, plot)
    return drawing


def _bar(plot: Plot, color: str) -> Drawing:
    """A bar for each label, with its figure at the end; labels stand to the left, where long names have room."""
    names = [wrap(label, 38, lines=2) for label in plot.labels]
    left = max(width_of(line) for name in names for line in name) + 14
    thickness = 15 if len(plot.series) == 1 else 13
    slot = max(len(plot.series) * thickness + 9, 2 * LINE_HEIGHT + 4)
    top = 34 if len(plot.series) > 1 else 6
    drawing = Drawing(WIDTH, top + slot * len(names) + 4, color=color)
    steps = ticks([value for one in plot.series for value in one.values if value is not None])
    unit = (WIDTH - left - 60) / float(steps[-1] - steps[0])
    zero = left - float(steps[0]) * unit
    for index, name in enumerate(names):
        middle = top + (index + 0.5) * slot
        drawing.words(name, left - 8, middle + 4 - (len(name) - 1) * LINE_HEIGHT / 2, anchor="end")
        for style, one in enumerate(plot.series):
            value = one.values[index]
            if value is None:
                continue
            y = middle + (style - len(plot.series) / 2) * thickness
            length = float(value) * unit
            drawing.bar((min(zero, zero + length), y), abs(length), thickness - 1, style=style)
            drawing.words([number(value, one.decimals)], max(zero, zero + length) + 5, y + thickness - 2)
    drawing.rule((zero, top), (zero, top + slot * len(names)), css="chart__axis", opacity=0.8)
    _legend(drawing, plot)
    return drawing


def _legend(drawing: Drawing, plot: Plot) -> None:
    """The names of several series, on one line above."""
    x = 8.0
    for style, one in enumerate(plot.series if len(plot.series) > 1 else ()):
        drawing.bar((x, 5), 12, 12, style=style)
        drawing.words([one.name], x + 18, 16)
        x += width_of(one.name) + 42


_KINDS: dict[str, Callable[[Plot, str], Drawing]] = {"line": _line, "column": _column, "bar": _bar}
