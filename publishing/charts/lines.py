"""Lines over time, each named at its end, with what is foreseen dashed and the target as thin steps."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from publishing.charts.drawing import LINE_HEIGHT, WIDTH, Drawing, Point, wrap
from publishing.charts.frame import Frame
from publishing.charts.plot import Plot, Series
from scorecards.sparkline import stretches

NAME_LETTERS = 24
MOST_VALUE_LABELS = 14
DASHES, DOTS = "5 4", "1.5 2.5"


def line(plot: Plot, color: str) -> Drawing:
    """One line for each series that has a figure."""
    series = [one for one in plot.series if one.known()]
    is_one = len(series) == 1
    names = [[] if is_one else _end_label(one) for one in series]
    height = max(124, sum(len(name) for name in names) * LINE_HEIGHT + 10 * len(names))
    top = (22 if len(plot.results) == 1 else 8) + (0 if plot.forecast is None else 18)
    frame = Frame.of(plot, right=WIDTH - (24 if is_one else 175), top=top, height=height)
    drawing = Drawing(WIDTH, frame.bottom + 26, color=color)
    frame.draw_axis(drawing)
    spread = (frame.right - frame.left - 40) / max(1, len(plot.labels) - 1)
    places = [frame.left + 20 + index * spread for index in range(len(plot.labels))]
    frame.draw_labels(drawing, places, plot.labels)
    if plot.forecast is not None:
        x = places[plot.forecast] - spread / 2
        drawing.rule((x, 4), (x, frame.bottom), css="chart__grid", opacity=0.5, dashes="2 3")
        drawing.words([_("Prognose")], x + 6, 14)
    for style, one in reversed(list(enumerate(series))):
        points = [None if value is None else (x, frame.y(value)) for x, value in zip(places, one.values, strict=True)]
        if one.is_target:
            _draw_steps(drawing, points, min(spread, frame.right - places[-1] + 20) / 2)
        else:
            _draw_line(drawing, points, plot.forecast, style)
            _label_points(drawing, points, one if len(plot.results) == 1 else None)
    ends = [frame.y(one.known()[-1][1]) for one in series]
    for name, y, style in _without_overlap(names, ends, frame):
        _draw_sample(drawing, (frame.right + 8, y - 4), series[style], style)
        drawing.words(name, frame.right + 18, y)
    return drawing


def _end_label(series: Series) -> list[str]:
    """The name in lines, and the last figure after it, which must not be lost when the name is too long."""
    last = series.show(series.known()[-1][1])
    *above, below = wrap(series.name, NAME_LETTERS, lines=2)
    ended = f"{below}: {last}"
    return [*above, ended] if len(ended) <= NAME_LETTERS else [*above, f"{below}:", last]


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


def _draw_steps(drawing: Drawing, points: Sequence[Point | None], half: float) -> None:
    """A target holds for the whole of its period: a level stroke around each point, joined to its neighbours'."""
    stroke = partial(drawing.path, css="chart__line chart__target", width=1.2, dashes=DOTS)
    levels = [None if point is None else ((point[0] - half, point[1]), (point[0] + half, point[1])) for point in points]
    run: list[Point] = []
    for level in [*levels, None]:
        if level is not None:
            run += level
        elif run:
            stroke(run)
            run = []


def _draw_sample(drawing: Drawing, point: Point, series: Series, style: int) -> None:
    if series.is_target:
        ends = [(point[0] - 6, point[1]), (point[0] + 6, point[1])]
        drawing.path(ends, css="chart__line chart__target", width=1.2, dashes=DOTS)
    else:
        drawing.marker(point, style)


def _label_points(drawing: Drawing, points: Sequence[Point | None], series: Series | None) -> None:
    if series is None or len(points) > MOST_VALUE_LABELS:
        return
    for point, value in zip(points, series.values, strict=True):
        if point and value is not None:
            drawing.words([series.show(value)], point[0], point[1] - 10, anchor="middle")


def _without_overlap(
    names: Sequence[Sequence[str]], ends: Sequence[float], frame: Frame
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
