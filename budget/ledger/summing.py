"""Sums of budget lines, to the øre, in one query whatever they are grouped by."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, QuerySet, Sum, Value, When

from budget.kroner import KronerField
from budget.models import BudgetLine
from budget.variance import deviation

NOTHING = Decimal("0.00")
WHOLE_YEAR = 12

LONG_PERIODS = ((1, 12), (1, 4), (5, 8), (9, 12), (1, 3), (4, 6), (7, 9), (10, 12))
"""First and last month of a year, tertials and quarters."""

Layer = BudgetLine.Layer
BUDGET = (Layer.ORIGINAL, Layer.REVISED)


@dataclass(frozen=True)
class Sums:
    """What the lines of one group add up to, in kroner with KOSTRA's sign.

    `original` and `changes` are the whole year's; `budget_so_far`, `actual` and `year_before` (accounts of the same
    months a year earlier) are up to and with the month that was asked for, `whole_year_before` all of that year. Of a
    budget line whose period goes on, as much is in `budget_so_far` as its months that are over are of all its months,
    line by line and rounded towards zero to the øre: so sums of sums are exact, whatever lines are grouped by.
    """

    original: Decimal = NOTHING
    changes: Decimal = NOTHING
    budget_so_far: Decimal = NOTHING
    actual: Decimal = NOTHING
    year_before: Decimal = NOTHING
    whole_year_before: Decimal = NOTHING

    @classmethod
    def of(cls, amounts: Iterable[Decimal | None]) -> "Sums":
        """From the amounts in the order of the fields; None, the sum of no lines, is nothing."""
        return cls(*(amount or NOTHING for amount in amounts))

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(one + another for one, another in zip(_amounts(self), _amounts(other), strict=True)))

    @property
    def budget(self) -> Decimal:
        """The whole year's revised budget."""
        return self.original + self.changes

    @property
    def deviation(self) -> Decimal:
        """The budget so far less the accounts so far."""
        return deviation(self.budget_so_far, self.actual)


def _amounts(sums: Sums) -> tuple[Decimal, ...]:
    return (
        sums.original,
        sums.changes,
        sums.budget_so_far,
        sums.actual,
        sums.year_before,
        sums.whole_year_before,
    )


def sums_by(
    lines: QuerySet[BudgetLine], *names: str, year: int, months: int = WHOLE_YEAR
) -> dict[tuple[object, ...], Sums]:
    """The sums of each group of lines for the year, up to and with month number `months`. One query.

    `names` are lookups from a line ("unit_id", "function__code", "period__start__month"); the keys are tuples of their
    values; without names there is one group, (). Of `lines` those of other years than this and the one before are left
    out.
    """
    if not names:
        return {(): total_of(lines, year=year, months=months)}
    grouped = of_two_years(lines, year).values_list(*names).order_by(*names)
    rows = grouped.annotate(**columns(year, months)).values_list(*names, *columns(year, months))
    return {row[: len(names)]: Sums.of(row[len(names) :]) for row in rows}


def total_of(lines: QuerySet[BudgetLine], *, year: int, months: int = WHOLE_YEAR) -> Sums:
    """The sums of all the lines together. One query."""
    found = of_two_years(lines, year).aggregate(**columns(year, months))
    return Sums.of(found[name] for name in columns(year, months))


def of_two_years(lines: QuerySet[BudgetLine], year: int) -> QuerySet[BudgetLine]:
    """What is for the year, and the accounts of the one before."""
    this_year = Q(plan_year=year, period__start__year=year)
    return lines.filter(this_year | Q(plan_year=year - 1, period__start__year=year - 1, layer=Layer.ACTUAL))


def columns(year: int, months: int) -> dict[str, Sum]:
    """The expression of each field of `Sums`, in their order."""
    this = Q(plan_year=year)
    before = Q(plan_year=year - 1, layer=Layer.ACTUAL)
    so_far, so_far_before = (Q(period__end__lte=last_day(one, months)) for one in (year, year - 1))
    wanted: Sequence[tuple[str, Q, str | Case]] = (
        ("original", this & Q(layer=Layer.ORIGINAL), "amount"),
        ("changes", this & Q(layer=Layer.REVISED), "amount"),
        ("budget_so_far", this & Q(layer__in=BUDGET), _share_so_far(year, months)),
        ("actual", this & so_far & Q(layer=Layer.ACTUAL), "amount"),
        ("year_before", before & so_far_before, "amount"),
        ("whole_year_before", before, "amount"),
    )
    return {name: Sum(amount, filter=condition) for name, condition, amount in wanted}


def _share_so_far(year: int, months: int) -> Case:
    """Of a line's amount what falls on the months that are over, as much on each month of its period."""
    under_way = [(first, last) for first, last in LONG_PERIODS if first <= months < last]
    shares = (
        When(
            period__start=datetime.date(year, first, 1),
            period__end=last_day(year, last),
            then=_times(months - first + 1, last - first + 1),
        )
        for first, last in under_way
    )
    return Case(When(period__end__lte=last_day(year, months), then=F("amount")), *shares)


def _times(over: int, months: int) -> ExpressionWrapper:
    """So many months of the amount's; whole øre divided by whole numbers, which both databases round towards zero."""
    whole = models.IntegerField()
    return ExpressionWrapper(F("amount") * Value(over, whole) / Value(months, whole), output_field=KronerField())


def last_day(year: int, month: int) -> datetime.date:
    """The last day of the month."""
    first_of_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - datetime.timedelta(days=1)
