"""How groups of lines stand: sums, what they are expected to end with, and budget that no month has a share of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from budget.forecasts import HeldForecasts
from budget.ledger.summing import BUDGET, NOTHING, WHOLE_YEAR, Layer, Sums, columns, last_day, of_two_years
from budget.models import BudgetLine

UnitAndFunction = tuple[int, str]
"""A unit's id and a function's code: what people make forecasts for."""


@dataclass(frozen=True)
class Standing:
    """The sums of a group of lines. Amounts in kroner with KOSTRA's sign.

    `forecast` is what the year is expected to end with. `undivided` is how many of the budget lines are for a period
    that has begun and not ended by the month that was asked for: their amounts are in no budget so far.
    """

    sums: Sums = field(default_factory=Sums)
    forecast: Decimal = NOTHING
    undivided: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(self.sums + other.sums, self.forecast + other.forecast, self.undivided + other.undivided)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show: every sum and the forecast are nothing."""
        return self.sums == Sums() and not self.forecast


def standings_by(
    lines: QuerySet[BudgetLine], *names: str, year: int, months: int = WHOLE_YEAR
) -> dict[tuple[object, ...], Standing]:
    """How each group stands, with keys as in `summing.sums_by`. One query.

    The forecast is the lines of the layer `forecast`; where there are none, the year's revised budget.
    """
    wanted = columns(year, months) | _beside(year, months)
    grouped = of_two_years(lines, year).values_list(*names).order_by(*names)
    rows = grouped.annotate(**wanted).values_list(*names, *wanted)
    return {row[: len(names)]: _standing(*row[len(names) :]) for row in rows}


def _standing(*found: Decimal | int | None) -> Standing:
    *amounts, imported, undivided = found
    sums = Sums.of(amounts)  # type: ignore[arg-type]
    return Standing(sums, sums.budget if imported is None else Decimal(imported), int(undivided or 0))


def _beside(year: int, months: int) -> dict[str, Sum | Count]:
    last = last_day(year, months)
    this = Q(plan_year=year)
    under_way = Q(layer__in=BUDGET, period__start__lte=last, period__end__gt=last)
    return {
        "imported": Sum("amount", filter=this & Q(layer=Layer.FORECAST)),
        "undivided": Count("pk", filter=this & under_way),
    }


def with_decided(standings: Mapping[UnitAndFunction, Standing], held: HeldForecasts) -> dict[UnitAndFunction, Standing]:
    """The standings, with what leaders have decided before what is imported or budgeted.

    A forecast of a unit is of those below it too, which have not said how much of it is theirs: they keep what they
    had, and what is then left of the forecast stands at the unit that made it. Sums from that unit up are right.
    """
    below: dict[UnitAndFunction, Decimal] = defaultdict(Decimal)
    for place, standing in standings.items():
        forecast = held.answering(*place)
        if forecast and forecast.unit_id != place[0]:
            below[forecast.unit_id, place[1]] += standing.forecast
    decided = {
        place: replace(standings.get(place, Standing()), forecast=forecast.amount - below[place])
        for place, forecast in held.by_place.items()
    }
    return {**standings, **decided}


def total(standings: Iterable[Standing]) -> Standing:
    """All of them together."""
    return sum(standings, Standing())
