"""Budget and accounts of units for whole years, side by side over several of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from budget.ledger.summing import BUDGET
from budget.models import BudgetLine
from budget.variance import deviation, percent_of

YearOfUnit = tuple[int, int]
"""A unit's id, and a year."""


@dataclass(frozen=True)
class YearSums:
    """The revised budget and the accounts of a year in kroner, KOSTRA's sign; None where there are no lines."""

    budget: Decimal | None = None
    actual: Decimal | None = None

    @property
    def deviation(self) -> Decimal | None:
        """The budget less the accounts; None where one of them is missing."""
        return None if self.budget is None or self.actual is None else deviation(self.budget, self.actual)

    @property
    def percent(self) -> Decimal | None:
        """The deviation in per cent of the budget, one decimal; None where it cannot be worked out."""
        apart = self.deviation
        return None if apart is None or self.budget is None else percent_of(apart, self.budget)


def sums_of_units(lines: QuerySet[BudgetLine], *, years: Collection[int]) -> dict[YearOfUnit, YearSums]:
    """What each unit has of its own lines in operations in each of the years. One query."""
    found = lines.filter(account_class=BudgetLine.Account.OPERATIONS, plan_year__in=years)
    found = found.filter(period__start__year=F("plan_year"))
    budget = Sum("amount", filter=Q(layer__in=BUDGET))
    actual = Sum("amount", filter=Q(layer=BudgetLine.Layer.ACTUAL))
    grouped = found.order_by().values_list("unit_id", "plan_year").annotate(budget=budget, actual=actual)
    return {(unit, year): YearSums(planned, used) for unit, year, planned, used in grouped}


def together(sums: Mapping[YearOfUnit, YearSums], units: Iterable[int], year: int) -> YearSums:
    """The sums of some units in a year."""
    found = [sums[unit, year] for unit in units if (unit, year) in sums]
    return YearSums(_added(one.budget for one in found), _added(one.actual for one in found))


def _added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
