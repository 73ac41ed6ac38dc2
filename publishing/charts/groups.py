"""One beside others: where it stands in a group, and how far it is from another on a common scale."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from publishing.charts.drawing import WIDTH, Drawing, Point, width_of
from publishing.charts.frame import Rows, Sample, draw_legend, legend_height
from publishing.charts.plot import AVERAGE, GROUP, HIGHEST, LOWEST, OWN, Plot, Series, numbers
from publishing.charts.wording import lowered

SLOT = 34
BAND, TICK, HEAD = 10, 18, 5
OWN_STYLE, GROUP_STYLE = 0, 1


def range_of_group(plot: Plot, color: str) -> Drawing:
    """For each label the group from lowest to highest as a band, its average as a tick, and one's own as a point."""
    lowest, highest, own = plot.needed(LOWEST), plot.needed(HIGHEST), plot.needed(OWN)
    average = plot.role(AVERAGE)
    names = [own.name, *([average.name] if average else []), band_name(lowest, highest)]
    rows, drawing = _rows(plot, [own], legend_height(names), color)
    for place in range(len(plot.labels)):
        y = rows.middle(place)
        low, high, middle = (one.at(place) if one else None for one in (lowest, highest, average))
        if low is not None and high is not None:
            corner = rows.x(low), y - BAND / 2
            drawing.bar(corner, rows.x(high) - rows.x(low), BAND, style=2)
        if middle is not None:
            _tick(drawing, (rows.x(middle), y))
        _own(drawing, rows, own, place)
    samples: list[tuple[str, Sample]] = [
        (own.name, partial(_sample, drawing, OWN_STYLE)),
        *([(average.name, partial(_tick_sample, drawing))] if average else []),
        (band_name(lowest, highest), partial(_band_sample, drawing)),
    ]
    draw_legend(drawing, samples)
    return drawing


def profile(plot: Plot, color: str) -> Drawing:
    """For each label one's own value and the group's as two points with a line between them."""
    own, group = plot.needed(OWN), plot.needed(GROUP)
    rows, drawing = _rows(plot, [own, group], legend_height([own.name, group.name]), color)
    for place in range(len(plot.labels)):
        mine, theirs = own.at(place), group.at(place)
        y = rows.middle(place)
        if mine is not None and theirs is not None:
            drawing.path([(rows.x(mine), y), (rows.x(theirs), y)], css="chart__line chart__link", width=1.4)
        if theirs is not None:
            drawing.marker((rows.x(theirs), y), GROUP_STYLE)
            drawing.words([group.show(theirs)], rows.right + _room(own) + _room(group), y + 4, anchor="end")
        _own(drawing, rows, own, place)
    draw_legend(
        drawing,
        [(own.name, partial(_sample, drawing, OWN_STYLE)), (group.name, partial(_sample, drawing, GROUP_STYLE))],
    )
    return drawing


def _rows(plot: Plot, printed: Sequence[Series], top: float, color: str) -> tuple[Rows, Drawing]:
    """The rows, and at the right a column of figures for each of the series printed there, under its mark."""
    aside = sum(_room(one) for one in printed) + 8
    rows = Rows.of(plot, numbers(plot.series), top=top + 14, slot=SLOT, aside=aside, from_zero=False)
    drawing = Drawing(WIDTH, rows.bottom + 24, color=color)
    rows.draw_axis(drawing)
    rows.draw_names(drawing)
    foot = rows.right
    for style, one in enumerate(printed):
        foot += _room(one)
        drawing.marker((foot - HEAD, rows.top - 4), style)
    return rows, drawing


def _room(series: Series) -> float:
    return max((width_of(series.show(value)) for _place, value in series.known()), default=0) + 16


def _own(drawing: Drawing, rows: Rows, own: Series, place: int) -> None:
    """One's own point, and its figure in bold in the first column at the right."""
    value = own.at(place)
    if value is not None:
        drawing.marker((rows.x(value), rows.middle(place)), OWN_STYLE)
        drawing.words([own.show(value)], rows.right + _room(own), rows.middle(place) + 4, anchor="end", weight=600)


def band_name(lowest: Series, highest: Series) -> str:
    """What the band between the two is called: «Laveste til høyeste»."""
    return _("%(lowest)s til %(highest)s") % {"lowest": lowest.name, "highest": lowered(highest.name)}


def _tick(drawing: Drawing, middle: Point) -> None:
    x, y = middle
    drawing.path([(x, y - TICK / 2), (x, y + TICK / 2)], css="chart__line chart__tick", width=2)


def _sample(drawing: Drawing, style: int, corner: Point) -> None:
    drawing.marker((corner[0] + 6, corner[1] + 6), style)


def _tick_sample(drawing: Drawing, corner: Point) -> None:
    _tick(drawing, (corner[0] + 6, corner[1] + 6))


def _band_sample(drawing: Drawing, corner: Point) -> None:
    drawing.bar((corner[0], corner[1] + 1), 12, BAND, style=2)
