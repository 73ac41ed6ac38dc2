"""What bars, stacks, ranges and profiles show: highest and lowest, sums and largest parts, own against group."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.charts.plot import AVERAGE, GROUP, HIGHEST, LOWEST, OWN, Plot, Series
from publishing.charts.wording import listed, lowered, measured, total

Pair = tuple[str, Decimal, Decimal]
"""A label, one's own number there, and the other's."""


def highest_and_lowest(plot: Plot) -> Iterator[str]:
    """For each series the labels with the highest and the lowest bar."""
    for one in plot.series:
        values = sorted({value for _place, value in one.known()})
        if not values:
            continue
        highest, lowest = (_at(plot, one, value) for value in (values[-1], values[0]))
        said = {"name": one.name, "highest": highest, "high": measured(plot, one, values[-1])}
        said |= {"lowest": lowest, "low": measured(plot, one, values[0], is_first=False)}
        if len(values) > 1:
            told = _("høyest %(highest)s med %(high)s, lavest %(lowest)s med %(low)s") % said
        else:
            told = _("%(highest)s med %(high)s") % said
        yield f"{one.name}: {told}" if one.name else told[:1].upper() + told[1:]


def _at(plot: Plot, series: Series, value: Decimal) -> str:
    return listed([plot.labels[place] for place, one in series.known() if one == value])


def whole_and_parts(plot: Plot) -> Iterator[str]:
    """The sum of all with its parts, and for each label its sum and the largest part."""
    everything = sum(map(_sum, plot.series), Decimal(0))
    if len(plot.labels) > 1:
        said = [f"{lowered(one.name)} {one.show(_sum(one))}" for one in plot.series]
        yield _("I alt %(sum)s: %(parts)s") % {"sum": total(plot, everything), "parts": listed(said, len(said))}
    for place, label in enumerate(plot.labels):
        yield _largest_part(plot, place, label)


def _sum(series: Series) -> Decimal:
    return sum((value for _place, value in series.known()), Decimal(0))


def _largest_part(plot: Plot, place: int, label: str) -> str:
    values = [(one.at(place) or Decimal(0), one.name) for one in plot.series]
    largest = max((value for value, _name in values), default=Decimal(0))
    said = {"label": label, "sum": total(plot, sum((value for value, _name in values), Decimal(0)))}
    if not largest:
        return _("%(label)s: %(sum)s i alt") % said
    names = [lowered(name) for value, name in values if value == largest]
    said |= {"parts": listed(names), "part": total(plot, largest)}
    if len(names) > 1:
        return _("%(label)s: %(sum)s i alt, mest %(parts)s med %(part)s hver") % said
    return _("%(label)s: %(sum)s i alt, mest %(parts)s med %(part)s") % said


def own_in_group(plot: Plot) -> Iterator[str]:
    """How often one is over and under the average; and for each label one's own number, the average and the range."""
    own, average = plot.needed(OWN), plot.role(AVERAGE)
    if average:
        yield from _summary(plot, own, average)
    for place, label in enumerate(plot.labels):
        value, middle = own.at(place), average.at(place) if average else None
        told = [_mine(plot, own, value)]
        if value is not None and average and middle is not None:
            said = {"average": lowered(average.name), "value": average.show(middle)}
            told.append(_compared(value, middle) % {"other": _("%(average)s på %(value)s") % said})
        elif average and middle is not None:
            told.append(f"{lowered(average.name)} {average.show(middle)}")
        yield f"{label}: {', '.join([*told, *_outermost(plot, place, value)])}"


def _mine(plot: Plot, own: Series, value: Decimal | None) -> str:
    if value is None:
        return _("%(name)s har ikke tall") % {"name": own.name}
    return _("%(name)s har %(value)s") % {"name": own.name, "value": measured(plot, own, value)}


def _outermost(plot: Plot, place: int, own: Decimal | None) -> list[str]:
    """«i gruppen fra 85 til 112», and whether one's own number is outside."""
    lowest, highest = plot.needed(LOWEST), plot.needed(HIGHEST)
    low, high = lowest.at(place), highest.at(place)
    if low is None or high is None:
        return []
    told = [_("i gruppen fra %(low)s til %(high)s") % {"low": lowest.show(low), "high": highest.show(high)}]
    if own is not None and own < low:
        return [*told, _("lavere enn alle de andre")]
    return [*told, _("høyere enn alle de andre")] if own is not None and own > high else told


def one_beside_another(plot: Plot) -> Iterator[str]:
    """How often one is over and under the other; and the label where the two are furthest apart."""
    own, group = plot.needed(OWN), plot.needed(GROUP)
    yield from _summary(plot, own, group)
    pairs = _pairs(plot, own, group)
    if not pairs:
        return
    label, mine, theirs = max(pairs, key=lambda pair: abs(pair[1] - pair[2]))
    other = _("%(name)s med %(value)s") % {"name": lowered(group.name), "value": group.show(theirs)}
    told = f"{_mine(plot, own, mine)}, {_compared(mine, theirs) % {'other': other}}"
    if len(pairs) > 1 and mine != theirs:
        yield _("Størst forskjell er det for %(label)s: %(told)s") % {"label": label, "told": told}
    elif len(pairs) == 1:
        yield f"{label}: {told}"


def _pairs(plot: Plot, own: Series, other: Series) -> list[Pair]:
    both = zip(plot.labels, map(own.at, range(len(plot.labels))), map(other.at, range(len(plot.labels))), strict=True)
    return [(label, mine, theirs) for label, mine, theirs in both if mine is not None and theirs is not None]


def _summary(plot: Plot, own: Series, other: Series) -> Iterator[str]:
    """Over, under and alike, counted; nothing for a single label."""
    pairs = _pairs(plot, own, other)
    if len(pairs) <= 1:
        return
    counts = (
        (_("høyere for %(count)s av %(all)s"), sum(mine > theirs for _label, mine, theirs in pairs)),
        (_("lavere for %(count)s av %(all)s"), sum(mine < theirs for _label, mine, theirs in pairs)),
        (_("likt for %(count)s av %(all)s"), sum(mine == theirs for _label, mine, theirs in pairs)),
    )
    told = listed([words % {"count": count, "all": len(pairs)} for words, count in counts if count])
    said = {"name": own.name, "other": lowered(other.name), "told": told}
    yield _("%(name)s mot %(other)s: %(told)s") % said


def _compared(own: Decimal, other: Decimal) -> str:
    if own == other:
        return _("likt med %(other)s")
    return _("høyere enn %(other)s") if own > other else _("lavere enn %(other)s")
