"""Bars: standing over time, lying for each label, and lying in parts that make a whole."""

from decimal import Decimal
from functools import partial

from publishing.charts.drawing import WIDTH, Drawing, Point, width_of
from publishing.charts.frame import Frame, Rows, Sample, draw_legend, legend_height
from publishing.charts.lines import MOST_VALUE_LABELS
from publishing.charts.plot import STACK_STYLES, Plot, numbers, printed

STACK_HEIGHT = 20


def column(plot: Plot, color: str) -> Drawing:
    """Bars over time, side by side where there are several series. Every bar bears its figure when there is room."""
    legend = legend_height([one.name for one in plot.series])
    frame = Frame.of(plot, right=WIDTH - 8, top=24 + legend, height=112)
    drawing = Drawing(WIDTH, frame.bottom + 26, color=color)
    frame.draw_axis(drawing)
    slot = (frame.right - frame.left) / max(1, len(plot.labels))
    middles = [frame.left + (place + 0.5) * slot for place in range(len(plot.labels))]
    frame.draw_labels(drawing, middles, plot.labels)
    thickness = min(56, slot * 0.7 / len(plot.series))
    is_labelled = len(plot.labels) * len(plot.series) <= MOST_VALUE_LABELS
    for style, one in enumerate(plot.series):
        for place, value in one.known():
            x = middles[place] + (style - len(plot.series) / 2) * thickness
            top, foot = sorted((frame.y(value), frame.y(Decimal(0))))
            drawing.bar((x, top), thickness, foot - top, style=style, is_forecast=plot.is_foreseen(place))
            if is_labelled:
                drawing.words([one.show(value)], x + thickness / 2, top - 5, anchor="middle")
    _legend(drawing, plot, (0, 1, 2, 3, 4))
    return drawing


def bar(plot: Plot, color: str) -> Drawing:
    """A bar for each label, with its figure at the end; labels stand to the left, where long names have room."""
    thickness = 15 if len(plot.series) == 1 else 13
    top = 8 + legend_height([one.name for one in plot.series])
    slot = len(plot.series) * thickness + 9
    rows = Rows.of(plot, numbers(plot.series), top=top, slot=slot, aside=60)
    drawing = Drawing(WIDTH, rows.bottom + 4, color=color)
    rows.draw_names(drawing)
    zero = rows.x(Decimal(0))
    for style, one in enumerate(plot.series):
        for place, value in one.known():
            y = rows.middle(place) + (style - len(plot.series) / 2) * thickness
            start, end = sorted((zero, rows.x(value)))
            drawing.bar((start, y), end - start, thickness - 1, style=style)
            drawing.words([one.show(value)], end + 5, y + thickness - 2)
    drawing.rule((zero, top), (zero, rows.bottom), css="chart__axis", opacity=0.8)
    _legend(drawing, plot, (0, 1, 2, 3, 4))
    return drawing


def stacked(plot: Plot, color: str) -> Drawing:
    """A bar for each label in as many parts as there are series, each with its number, and the sum at the end."""
    sums = [sum((one.at(place) or Decimal(0) for one in plot.series), Decimal(0)) for place in range(len(plot.labels))]
    decimals = max((one.decimals for one in plot.series), default=0)
    top = 8 + legend_height([one.name for one in plot.series])
    rows = Rows.of(plot, sums, top=top, slot=STACK_HEIGHT + 12, aside=60)
    drawing = Drawing(WIDTH, rows.bottom + 4, color=color)
    rows.draw_names(drawing)
    for place, total in enumerate(sums):
        y, before = rows.middle(place) - STACK_HEIGHT / 2, Decimal(0)
        for style, one in enumerate(plot.series):
            value = one.at(place)
            if value:
                start, end = rows.x(before), rows.x(before + value)
                style_here = STACK_STYLES[style % len(STACK_STYLES)]
                drawing.bar((start, y), end - start, STACK_HEIGHT, style=style_here, role=one.role)
                _count(drawing, one.show(value), (start, y), end - start, style_here)
                before += value
        drawing.words([printed(total, decimals)], rows.x(before) + 5, y + 14.5, weight=600)
    drawing.rule((rows.left, top), (rows.left, rows.bottom), css="chart__axis", opacity=0.8)
    _legend(drawing, plot, STACK_STYLES)
    return drawing


def _count(drawing: Drawing, text: str, corner: Point, width: float, style: int) -> None:
    """The number of a part inside it, on a ground of the paper's where the part is not light; none in a narrow part."""
    room = width_of(text) + 6
    if width < room + 2:
        return
    x, y = corner[0] + width / 2, corner[1]
    if style != STACK_STYLES[-1]:
        ground: dict[str, float] = {"x": x - room / 2, "y": y + 2.5, "width": room, "height": STACK_HEIGHT - 5}
        drawing.add("rect", css="chart__ground", fill="#fff", **ground)
    drawing.words([text], x, y + 14.5, anchor="middle")


def _legend(drawing: Drawing, plot: Plot, styles: tuple[int, ...]) -> None:
    """A box for each series."""
    entries: list[tuple[str, Sample]] = [
        (one.name, partial(_box, drawing, styles[place % len(styles)], one.role))
        for place, one in enumerate(plot.series)
    ]
    draw_legend(drawing, entries)


def _box(drawing: Drawing, style: int, role: str, corner: Point) -> None:
    drawing.bar(corner, 12, 12, style=style, role=role)
