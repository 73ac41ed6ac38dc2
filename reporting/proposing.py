"""What the next round could look like: filled in from the last one, so that a controller need only look and open it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from organisation import periods
from organisation.models import Period, Unit
from organisation.periods import Span
from reporting import asking, deadlines
from reporting.models import ReportingRound

USUAL_DAYS = (10, 14, 21)
"""Days from the period's end to the deadlines of departments, units and sectors, until somebody chooses others."""

LONGEST = datetime.timedelta(days=60)
"""A first deadline that came later than this after its period says only that the round was opened late."""

ECONOMY_ASKED = ("asks_economy", "deviation_percent", "deviation_kroner")

DEADLINES = ("department_due_at", "unit_due_at", "sector_due_at")


def rounds_of(year: int) -> list[Span]:
    """What is reported on in a year: two tertials, then the whole year, which stands for the third."""
    return [periods.parse(f"{year}-T1"), periods.parse(f"{year}-T2"), periods.year(year)]


def next_span(span: Span) -> Span:
    """The period of the round that follows: the first one that ends later."""
    year = span.end.year
    return next(one for one in (*rounds_of(year), *rounds_of(year + 1)) if one.end > span.end)


def nearest_span(today: datetime.date) -> Span:
    """The period whose end is nearest, where there is no round to go on from."""
    years = range(today.year - 1, today.year + 1)
    return min((span for year in years for span in rounds_of(year)), key=lambda span: abs(span.end - today))


def choices(today: datetime.date, *, proposed: Span) -> dict[str, Span]:
    """The tertials and years near today and near the proposed one, by their written form ("2024-T1", "2024")."""
    years = {today.year - 1, today.year, today.year + 1, proposed.end.year}
    texts = [f"{year}{part}" for year in sorted(years) for part in ("-T1", "-T2", "-T3", "")]
    return {text: periods.parse(text) for text in texts}


def written(span: Span) -> str:
    """A tertial or a year as `periods.parse` reads it."""
    return f"{span.end.year}" if span.kind == Period.Kind.YEAR else f"{span.end.year}-T{span.end.month // 4}"


def spoken(span: Span) -> str:
    """The period as a person chooses it from a list."""
    if span.kind == Period.Kind.YEAR:
        return _("Hele %(year)s") % {"year": span.end.year}
    return periods.label(span.kind, span.start, span.end)


def name(span: Span) -> str:
    """What a round for the period is called."""
    if span.kind == Period.Kind.YEAR:
        return _("Årsrapportering %(year)s") % {"year": span.end.year}
    return spoken(span)


def moved(
    days: Sequence[datetime.date], *, old_end: datetime.date, new_end: datetime.date, today: datetime.date
) -> list[datetime.date]:
    """The days, the first one first, as far from the new period's end as they were from the old one's.

    Where that has passed already they are counted from today, with the same days between them. The first day of a
    round that was opened late is put as far from the end as usual.
    """
    distance = days[0] - old_end
    if distance > LONGEST:
        distance = datetime.timedelta(days=USUAL_DAYS[0])
    first = new_end + distance
    if first < today:
        first = today + max(distance, datetime.timedelta(0))
    return [first + (day - days[0]) for day in days]


def unsaved(span: Span) -> Period:
    """The period of the span, not written to the database."""
    return Period(kind=span.kind, start=span.start, end=span.end)


def span_of(round_: ReportingRound) -> Span:
    """The period that a round is for."""
    return Span(round_.period.kind, round_.period.start, round_.period.end)


def propose(last: ReportingRound | None, *, top: Unit, today: datetime.date) -> dict[str, Any]:
    """The next round by the names of the opening form's fields; `span` is its period, deadlines are days.

    Without a round to go on from: the period that ends nearest, and the units that have something to report.
    """
    span = next_span(span_of(last)) if last else nearest_span(today)
    alike = ReportingRound.objects.filter(unit=top, period__kind=span.kind).first()
    frequencies = alike.frequencies if alike else asking.usual_frequencies(span.kind)
    units = _same_units(last, span, top) if last else _units_with_indicators(span, top, frequencies)
    kept = ("asks_forecast", "asks_texts", *ECONOMY_ASKED, "asks_measures", "grace_days", "instructions")
    facts = {field: getattr(last, field) for field in kept} if last else {}
    due = dict(zip(DEADLINES, _due(last, span, today), strict=True))
    of_all = {"span": span, "period": written(span), "title": name(span), "frequencies": frequencies, "units": units}
    return of_all | facts | due


def round_before(span: Span, *, top: Unit, last: ReportingRound | None) -> ReportingRound | None:
    """The round whose texts stand beside the new one's: the one it is opened from, if that is of an earlier period."""
    if last and last.period.end < span.end:
        return last
    return ReportingRound.objects.filter(unit=top, period__end__lt=span.end).first()


def _due(last: ReportingRound | None, span: Span, today: datetime.date) -> list[datetime.date]:
    if last is None:
        usual = [span.end + datetime.timedelta(days=number) for number in USUAL_DAYS]
        return moved(usual, old_end=span.end, new_end=span.end, today=today)
    days = [deadlines.day_of(getattr(last, field)) for field in DEADLINES]
    return moved(days, old_end=last.period.end, new_end=span.end, today=today)


def _same_units(last: ReportingRound, span: Span, top: Unit) -> list[int]:
    """Ids of the units of the last round that still exist, and of those that have taken one's place."""
    before = set(last.reports.order_by().values_list("unit", flat=True))
    there = asking.units_in(unsaved(span), below=top)
    return [unit.pk for unit in there if unit.pk in before or unit.succeeds_id in before]


def _units_with_indicators(span: Span, top: Unit, frequencies: list[str]) -> list[int]:
    there = asking.units_in(unsaved(span), below=top)
    asked = asking.asked_of(there, unsaved(span), frequencies)
    return [unit.pk for unit in there if unit.pk in asked]
