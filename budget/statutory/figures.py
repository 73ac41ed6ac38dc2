"""The sums that the statutory tables of a year are made of: one query for whatever they are grouped by."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Aggregate, Max, Q, QuerySet, Sum

from budget.ledger.summing import BUDGET
from budget.models import BudgetLine
from budget.statutory.computing import Amounts, Code, Computed, compute
from budget.statutory.rows import StatutoryTable

NOTHING = Decimal("0.00")
PLAN_YEARS = 4
"""The budget's own year and those after it, which the økonomiplan covers at least (kommuneloven § 14-4)."""

Layer = BudgetLine.Layer


class Kind(StrEnum):
    """What a column shows. A plan's first year is the original budget."""

    YEAR_BEFORE = "year_before"
    ORIGINAL = "original"
    REVISED = "revised"
    ACTUAL = "actual"
    PLAN = "plan"


@dataclass(frozen=True)
class Column:
    """A column of a statutory table: what it shows, and of which year."""

    kind: Kind
    year: int

    @property
    def name(self) -> str:
        """What the column is called in a query."""
        return f"{self.kind}_{self.year}"

    def lines(self, plan_year: int) -> Q:
        """The lines that are in it, of a table of the year `plan_year`."""
        adopted = self.year if self.kind == Kind.YEAR_BEFORE else plan_year
        return Q(plan_year=adopted, period__start__year=self.year, layer__in=_LAYERS[self.kind])


_LAYERS: dict[Kind, tuple[str, ...]] = {
    Kind.YEAR_BEFORE: (Layer.ACTUAL,),
    Kind.ORIGINAL: (Layer.ORIGINAL,),
    Kind.REVISED: BUDGET,
    Kind.ACTUAL: (Layer.ACTUAL,),
    Kind.PLAN: (Layer.ORIGINAL,),
}


def columns_of(year: int) -> tuple[Column, ...]:
    """The accounts of the year before; the year's budget, changed budget and accounts; the plan's years after it."""
    this = (Column(kind, year) for kind in (Kind.ORIGINAL, Kind.REVISED, Kind.ACTUAL))
    ahead = (Column(Kind.PLAN, year + number) for number in range(1, PLAN_YEARS))
    return (Column(Kind.YEAR_BEFORE, year - 1), *this, *ahead)


def accounts_view(columns: Sequence[Column]) -> list[int]:
    """The places of the columns that a year's accounts are shown with."""
    return [index for index, column in enumerate(columns) if column.kind != Kind.PLAN]


def plan_view(columns: Sequence[Column]) -> list[int]:
    """The places of the columns of the økonomiplan: the budget's year and those after it."""
    return [index for index, column in enumerate(columns) if column.kind in (Kind.ORIGINAL, Kind.PLAN)]


def lines_of(year: int) -> QuerySet[BudgetLine]:
    """Every line that the tables of the year can hold, the økonomiplan's included."""
    before = Q(plan_year=year - 1, layer=Layer.ACTUAL)
    return BudgetLine.objects.filter(before | Q(plan_year=year, layer__in=(*BUDGET, Layer.ACTUAL)))


def grouped(lines: QuerySet[BudgetLine], *names: str, year: int) -> dict[tuple[str, ...], Amounts]:
    """The sums of each group of lines, one for each of the year's columns. One query.

    `names` are lookups from a line ("function__code"); the keys are tuples of their values.
    """
    rows = _rows(lines, names, _sums(year))
    return {row[: len(names)]: _amounts(row[len(names) :]) for row in rows}


def _sums(year: int) -> dict[str, Aggregate]:
    return {column.name: Sum("amount", filter=column.lines(year)) for column in columns_of(year)}


def _rows(lines: QuerySet[BudgetLine], names: Sequence[str], found: dict[str, Aggregate]) -> QuerySet[Any, Any]:
    return lines.values_list(*names).order_by(*names).annotate(**found).values_list(*names, *found)


def _amounts(found: Sequence[Decimal | None]) -> Amounts:
    return tuple(amount or NOTHING for amount in found)


@dataclass(frozen=True)
class Figures:
    """The sums of a year by account, function and art, and the last day that the accounts of the year have lines of."""

    year: int
    columns: tuple[Column, ...]
    sums: dict[Code, Amounts]
    accounts_until: datetime.date | None
    _computed: dict[str, Computed] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, year: int) -> "Figures":
        """Those of the year's tables. One query."""
        accounts = Max("period__end", filter=Q(plan_year=year, layer=Layer.ACTUAL))
        names = ("account_class", "function__code", "art__code")
        rows = list(_rows(lines_of(year), names, _sums(year) | {"until": accounts}))
        sums = {Code(*row[: len(names)]): _amounts(row[len(names) : -1]) for row in rows}
        return cls(year, columns_of(year), sums, max((row[-1] for row in rows if row[-1]), default=None))

    def table(self, table: StatutoryTable) -> Computed:
        """The table with every column; worked out once."""
        if table.slug not in self._computed:
            years = [column.year for column in self.columns]
            self._computed[table.slug] = compute(table, self.sums, years=years)
        return self._computed[table.slug]

    def has(self, column: int) -> bool:
        """Whether there are lines in the column."""
        return any(amounts[column] for amounts in self.sums.values())
