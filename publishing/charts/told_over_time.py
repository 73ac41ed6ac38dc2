"""What lines and columns show: from first to last, over the highest and the lowest between them, to the forecast.

Numbers are compared as they are printed, so that «steg» never stands between two numbers that look alike. High and
low are said, good and bad are not: whether a target is reached is said only where a person has set a direction.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from publishing.charts.plot import Plot, Series
from publishing.charts.wording import MOST_NAMED, listed, measured, spoken, subject, when

Known = list[tuple[int, Decimal]]
"""Places on the time axis and the printed numbers there."""


def over_time(plot: Plot) -> Iterator[str]:
    """A sentence for each series, one for its gaps, and the targets."""
    for one in plot.results:
        if one.known():
            yield _story(plot, one)
            yield from _gaps(plot, one)
    for one in plot.series:
        if one.is_target:
            yield from _targets(plot, one)


def _story(plot: Plot, series: Series) -> str:
    """What was, and what is expected."""
    actual = [(place, value) for place, value in series.known() if not plot.is_foreseen(place)]
    foreseen = [(place, value) for place, value in series.known() if plot.is_foreseen(place)]
    said = {"name": subject(series.name)}
    if not actual:
        expected = [foreseen[0], *_turns(foreseen), *foreseen[1:][-1:]]
        return _("%(name)s ventes å bli %(points)s") % (said | {"points": _points(plot, series, expected)})
    was = _change(plot, series, actual)
    if not foreseen:
        return was
    expected = [*_turns([actual[-1], *foreseen]), foreseen[-1]]
    return _("%(was)s, og ventes å bli %(points)s") % {"was": was, "points": _points(plot, series, expected)}


def _change(plot: Plot, series: Series, actual: Known) -> str:
    """From the first to the last figure, by way of a highest or lowest that lies beyond both."""
    name = subject(series.name)
    first, last = actual[0], actual[-1]
    start = when(measured(plot, series, first[1]), plot.labels[first[0]])
    if len(actual) == 1:
        return _("%(name)s var %(point)s") % {"name": name, "point": start}
    if len({value for _place, value in actual}) == 1:
        said = {"name": name, "value": measured(plot, series, first[1])}
        said |= {"start": spoken(plot.labels[first[0]]), "end": spoken(plot.labels[last[0]])}
        return _("%(name)s var uendret på %(value)s fra %(start)s til %(end)s") % said
    legs = list(pairwise([first, *_turns(actual), last]))
    sentence = _leg(legs[0], _("%(name)s steg fra %(start)s til %(end)s"), _("%(name)s falt fra %(start)s til %(end)s"))
    told = sentence % {"name": name, "start": start, "end": _end(plot, series, legs[0])}
    for leg in legs[1:-1]:
        told += _leg(leg, _(", steg til %(end)s"), _(", falt til %(end)s")) % {"end": _end(plot, series, leg)}
    for leg in legs[1:][-1:]:
        told += _leg(leg, _(" og steg til %(end)s"), _(" og falt til %(end)s")) % {"end": _end(plot, series, leg)}
    return told


def _leg(leg: tuple[tuple[int, Decimal], tuple[int, Decimal]], rose: str, fell: str) -> str:
    return rose if leg[1][1] > leg[0][1] else fell


def _end(plot: Plot, series: Series, leg: tuple[tuple[int, Decimal], tuple[int, Decimal]]) -> str:
    place, value = leg[1]
    return when(measured(plot, series, value, is_first=False), plot.labels[place])


def _turns(known: Known) -> Known:
    """The highest and the lowest figure, each where it lies beyond both the first and the last, in order of time."""
    if not known:
        return []
    ends = [known[0][1], known[-1][1]]
    high, low = (pick(known, key=lambda point: point[1]) for pick in (max, min))
    return sorted([*([high] if high[1] > max(ends) else []), *([low] if low[1] < min(ends) else [])])


def _points(plot: Plot, series: Series, known: Known) -> str:
    """«400 i 2025 og 381 i 2027»."""
    said = [
        when(measured(plot, series, value, is_first=place == known[0][0]), plot.labels[place]) for place, value in known
    ]
    return listed(said, len(said))


def _gaps(plot: Plot, series: Series) -> Iterator[str]:
    """Which labels between the first and the last figure have none, since a line through them would hide it."""
    places = [place for place, _value in series.known()]
    labels = [spoken(plot.labels[place]) for place in range(places[0], places[-1]) if place not in places]
    if len(labels) > MOST_NAMED:
        yield _("Tall mangler for %(count)s av %(all)s perioder") % {"count": len(labels), "all": len(plot.labels)}
    elif labels:
        yield _("Tall mangler for %(periods)s") % {"periods": listed(labels)}


def _targets(plot: Plot, series: Series) -> Iterator[str]:
    """The newest target that there is a result for, and whether it is reached; and the newest one of all."""
    known = series.known()
    results = plot.results[0].known() if len(plot.results) == 1 else []
    measured_at = {place: value for place, value in results if not plot.is_foreseen(place)}
    answered = [(place, value) for place, value in known if place in measured_at]
    for place, value in sorted({*answered[-1:], *known[-1:]}):
        point = when(measured(plot, series, value), plot.labels[place])
        yield _("Målet er %(point)s") % {"point": point} + _verdict(plot, value, measured_at.get(place))


def _verdict(plot: Plot, target: Decimal, result: Decimal | None) -> str:
    if result is None or plot.direction not in ("higher", "lower"):
        return ""
    is_reached = result >= target if plot.direction == "higher" else result <= target
    return _(": nådd") if is_reached else _(": ikke nådd")
