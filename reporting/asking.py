"""What a round asks for: which indicators, of which units."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from organisation.models import Period, Unit
from organisation.unit_tree import in_tree_order
from scorecards.models import Indicator, Observation, ScorecardRow

NOT_SAID = ""
"""The frequency of an indicator of which nobody has said how often it is measured."""

IN_A_TERTIAL = (NOT_SAID, Indicator.Frequency.MONTH, Indicator.Frequency.TERTIAL)
IN_A_YEAR = (NOT_SAID, *Indicator.Frequency.values)


def usual_frequencies(kind: str) -> list[str]:
    """The frequencies that a round of this kind of period asks for, until somebody chooses others."""
    return [str(one) for one in (IN_A_YEAR if kind == Period.Kind.YEAR else IN_A_TERTIAL)]


def units_in(period: Period, *, below: Unit) -> list[Unit]:
    """The units that exist on some day of the period, from this one down, each after the one above it. One query.

    A unit that closes during the period still owes its part of it. What stands under a unit that has closed is found
    all the same.
    """
    return [unit for unit in in_tree_order(Unit.objects.all(), top=below) if _exists_in(unit, period)]


def _exists_in(unit: Unit, period: Period) -> bool:
    begins = unit.valid_from is None or unit.valid_from <= period.end
    return begins and (unit.valid_to is None or unit.valid_to >= period.start)


def asked_of(units: Iterable[Unit], period: Period, frequencies: Collection[str]) -> dict[int, list[Indicator]]:
    """Unit id → the indicators that it reports on in the period, in the order of the scorecards. Three queries.

    Those are the indicators of the year's scorecards that the unit owns or shares, of the frequencies asked for, and
    valid in the period. One that is measured every other year is left out where it has a result of the year before.
    """
    wanted = {unit.pk for unit in units}
    rows = list(
        ScorecardRow.objects.filter(scorecard__year=period.end.year, indicator__frequency__in=frequencies)
        .filter(
            Q(indicator__valid_from__isnull=True) | Q(indicator__valid_from__lte=period.end),
            Q(indicator__valid_to__isnull=True) | Q(indicator__valid_to__gte=period.start),
        )
        .select_related("indicator")
        .prefetch_related("indicator__shared_with")
        .order_by("scorecard__area__position", "scorecard", "group__position", "position", "pk")
    )
    resting = _measured_the_year_before(period)
    asked: dict[int, dict[int, Indicator]] = defaultdict(dict)
    for row in rows:
        indicator = row.indicator
        if indicator.frequency == Indicator.Frequency.BIENNIAL and indicator.pk in resting:
            continue
        for unit in {indicator.owner_id, *(one.pk for one in indicator.shared_with.all())} & wanted:
            asked[unit].setdefault(indicator.pk, indicator)
    return {unit: list(indicators.values()) for unit, indicators in asked.items()}


def _measured_the_year_before(period: Period) -> set[int]:
    """Ids of the indicators that are measured every other year and have a number of the year before the period's."""
    results = Observation.objects.filter(
        indicator__frequency=Indicator.Frequency.BIENNIAL,
        kind=Observation.Kind.RESULT,
        period__end__year=period.end.year - 1,
        number__isnull=False,
    )
    return set(results.values_list("indicator_id", flat=True))
