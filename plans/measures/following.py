"""Which measures are to be followed up after a period."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from organisation.periods import Span
from plans.measures.standing import newest
from plans.models import Measure, MeasureStatus


def to_follow_up(units: Collection[int], span: Span) -> list[Measure]:
    """The units' measures that are asked about after the period, their effects prefetched. Three queries.

    Those with figures for the period's year; and until they are done, given up or dropped, those that were to begin
    earlier, that say nothing of years, that are decided, or of which somebody has said something already. What was
    decided after the period is left out.
    """
    decided = Q(decided_on__isnull=True) | Q(decided_on__lte=span.end)
    said = MeasureStatus.objects.filter(measure=OuterRef("pk"), period__end__lte=span.end)
    rows = Measure.objects.filter(decided, unit__in=units).annotate(is_said=Exists(said))
    rows = rows.select_related("unit").prefetch_related("effects")
    found = list(rows.order_by("unit__position", "unit__name", "position", "pk"))
    before = newest((measure.pk for measure in found), before=span.end)
    closed = {pk for pk, standing in before.items() if standing.is_closed}
    return [
        measure
        for measure in found
        if _gives_something_in(measure, span.end.year)
        or (measure.pk not in closed and (measure.is_said or _is_to_have_begun(measure, span.end.year)))
    ]


def _gives_something_in(measure: Measure, year: int) -> bool:
    return any(effect.year == year for effect in measure.effects.all())


def _is_to_have_begun(measure: Measure, year: int) -> bool:
    """Whether work on it is to be under way, though it gives nothing in the year."""
    years = [effect.year for effect in measure.effects.all()]
    return not years or min(years) < year or measure.decided_on is not None
