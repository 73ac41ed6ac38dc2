"""Where an indicator's results lie among those of others that are the same measure. Pure, without the ORM."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.charts import Plot, Series
from publishing.charts.plot import AVERAGE, HIGHEST, LOWEST, OWN
from publishing.explaining.indicator_history import Line

FEWEST_OTHERS = 2
"""With one other there is no group to lie in: the table says it."""


def range_of(own: Sequence[Line], others: Sequence[Sequence[Line]], *, unit: str) -> Plot | None:
    """The lowest, the average and the highest of all of them, and one's own, in every period that enough have.

    Lines come newest first; the picture has the oldest first. The average is of the numbers as printed, each counting
    the same. None where no period has results of this one and at least two others, or where they are printed with
    unlike units.
    """
    mine, theirs = _results(own), [_results(lines) for lines in others]
    groups = {period: [found[period] for found in theirs if period in found] for period in reversed(list(mine))}
    shown = {period: group for period, group in groups.items() if len(group) >= FEWEST_OTHERS}
    units = {line.result.value.unit for lines in (own, *others) for line in lines if line.result} - {""}
    if not shown or len(units) > 1:
        return None
    whole = [[mine[period], *group] for period, group in shown.items()]
    decimals = max(0, *(-int(value.as_tuple().exponent) for group in whole for value in group))
    labels = {line.period: line.label for line in own}
    return Plot(
        kind="range",
        labels=tuple(labels[period] for period in shown),
        series=(
            Series(_("Denne"), tuple(mine[period] for period in shown), decimals, role=OWN),
            Series(_("Lavest"), tuple(map(min, whole)), decimals, role=LOWEST),
            Series(_("Snitt"), tuple(sum(group, Decimal(0)) / len(group) for group in whole), decimals, role=AVERAGE),
            Series(_("Høyest"), tuple(map(max, whole)), decimals, role=HIGHEST),
        ),
        unit=unit,
    )


def _results(lines: Sequence[Line]) -> dict[str, Decimal]:
    """Period → its result, where that is a number."""
    return {line.period: line.result.number for line in lines if line.result and line.result.number is not None}
