"""Forecasts that leaders decide: the deed, what holds, and the sums that the proposals are made from."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from budget.forecasting import YearSoFar
from budget.ledger.summing import Sums, sums_by
from budget.models import BudgetLine, Forecast
from organisation import periods
from organisation.access import line_up
from organisation.models import KostraFunction, Period, Unit, User
from organisation.versions import Conflict, create, remove, save_version

MONTHS = 12
Place = tuple[int, str]
"""The id of a unit and the code of a function."""


@transaction.atomic
def decide(
    *,
    unit: Unit,
    function: KostraFunction,
    period: Period,
    amount: Decimal | None,
    by: User | None,
    base_version: int = 0,
    reason: str = "",
) -> Forecast | None:
    """Say what the function of the unit will have used by the end of the year, in kroner; None takes the word back.

    `base_version` is the version that the person saw, 0 where there was none. Returns the forecast as it stands, None
    where there is none. Raises `Conflict` where somebody else has decided meanwhile.
    """
    found = Forecast.objects.select_for_update(no_key=True).filter(unit=unit, function=function, period=period).first()
    if found is None:
        facts = {"unit": unit, "function": function, "period": period}
        return None if amount is None else create(Forecast(**facts, amount=amount), by=by, reason=reason)
    if found.version != base_version:
        raise Conflict(theirs=found)
    if amount is None:
        remove(found, by=by, reason=reason)
        return None
    found.amount = amount
    saved: Forecast = save_version(found, base_version=base_version, by=by, reason=reason)
    return saved


@dataclass(frozen=True)
class HeldForecasts:
    """The forecasts that hold; added up they count nothing twice. `parents` is unit id → the unit above."""

    by_place: Mapping[Place, Forecast]
    parents: Mapping[int, int | None]

    def answering(self, unit: int, function: str) -> Forecast | None:
        """The forecast that has what this unit uses on the function in it: its own, else that of the nearest above."""
        places = ((one, function) for one in line_up(unit, self.parents))
        return next((self.by_place[place] for place in places if place in self.by_place), None)


def forecasts_of(year: int, through: int = MONTHS, *, among: QuerySet[Forecast] | None = None) -> HeldForecasts:
    """The forecasts that hold after month number `through` of the year. Two queries.

    A forecast is of the unit and of all units below it, but for those that have decided one of their own after the same
    period: those had a report of their own. Of one unit and function the one after the latest period holds. So
    a forecast does not count where a unit above has one after a later period, nor where it is later itself than one of
    a unit above, and none of its own stood beside that one: what was decided above has it in it. `among` narrows to
    what a person may read or a page is about.
    """
    last_day = periods.month(through, of=year).end
    rows = Forecast.objects.all() if among is None else among
    rows = rows.filter(period__end__year=year, period__end__lte=last_day).select_related("period", "function")
    after: dict[Place, dict[datetime.date, Forecast]] = defaultdict(dict)
    for row in rows.order_by("period__end", "pk"):
        after[row.unit_id, row.function.code][row.period.end] = row
    parents = Unit.objects.parents()
    held = {place: found[max(found)] for place, found in after.items() if _counts(place, after, parents)}
    return HeldForecasts(held, parents)


def _counts(
    place: Place, after: Mapping[Place, Mapping[datetime.date, Forecast]], parents: Mapping[int, int | None]
) -> bool:
    """Whether no forecast of a unit above has this one in it."""
    unit, function = place
    above = [max(after[one, function]) for one in line_up(unit, parents)[1:] if (one, function) in after]
    latest = max(after[place])
    return all(end <= latest and end in after[place] for end in above)


def years_so_far(
    lines: QuerySet[BudgetLine], *names: str, year: int, months: int
) -> dict[tuple[object, ...], YearSoFar]:
    """The year up to and with month number `months`, of each group of lines. One query.

    `names` are lookups from a line, and the keys are tuples of their values, as in `sums_by`.
    """
    sums = sums_by(lines, *names, year=year, months=months)
    return {key: _year_so_far(one) for key, one in sums.items()}


def _year_so_far(sums: Sums) -> YearSoFar:
    return YearSoFar(
        actual=sums.actual,
        budget_so_far=sums.budget_so_far,
        budget=sums.budget,
        year_before=sums.year_before,
        whole_year_before=sums.whole_year_before,
    )
