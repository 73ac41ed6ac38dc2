"""An indicator's result in a period, held against its target."""

from collections.abc import Mapping
from typing import NamedTuple

from organisation import periods
from scorecards import notation
from scorecards.assessment import Assessment, Direction, assess
from scorecards.cells import CellKey
from scorecards.models import Indicator, Observation

EMPTY = notation.parse("")


class Judgement(NamedTuple):
    """A result, the target it was held against, and how it went; None where there is no such value."""

    result: Observation | None
    target: Observation | None
    assessment: Assessment


def judge(indicator: Indicator, span: periods.Span, values: Mapping[CellKey, Observation]) -> Judgement:
    """The result of the period against the target of the same period, else of the year in which it ends.

    A target for the year is what a tertial is held against where nobody has set one for the tertial: the council
    decides targets by the year.
    """
    result = values.get(CellKey(indicator.pk, Observation.Kind.RESULT, span))
    target = target_of(indicator, span, values)
    assessment = assess(
        result=result.value if result else EMPTY,
        target=target.value if target else EMPTY,
        direction=Direction(indicator.direction),
        tolerance=indicator.tolerance,
    )
    return Judgement(result, target, assessment)


def target_of(indicator: Indicator, span: periods.Span, values: Mapping[CellKey, Observation]) -> Observation | None:
    """The target of the period, else of the year in which it ends."""
    wanted = (span, periods.year(span.end.year))
    found = (values.get(CellKey(indicator.pk, Observation.Kind.TARGET, one)) for one in wanted)
    return next((target for target in found if target and target.text), None)
