"""An investment plan as it is read: what each project costs year by year, what is used, and what pays for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Sum

from budget.models import (
    BudgetLine,
    BudgetLineQuerySet,
    InvestmentAmount,
    InvestmentFinancing,
    InvestmentPlan,
    InvestmentProject,
)

ZERO = Decimal("0.00")
Kind = InvestmentProject.Kind
Amounts = dict[int, Decimal]
"""Kroner by year."""


@dataclass(frozen=True)
class Year:
    """A year of a plan. It is provisional where every amount of the year is."""

    number: int
    is_provisional: bool


class YearAmount(NamedTuple):
    """What a project costs in a year, None where nothing is said. It is marked where it alone is provisional."""

    amount: Decimal | None
    is_marked: bool


NO_AMOUNT = YearAmount(amount=None, is_marked=False)


@dataclass(frozen=True)
class ProjectLine:
    """A project over the years of its plan."""

    project: InvestmentProject
    amounts: list[YearAmount]


@dataclass(frozen=True)
class Used:
    """What is used on a project, in kroner: in the newest year with accounts, and in all.

    `planned` is what the plan has for that year.
    """

    project: InvestmentProject
    planned: Decimal | None
    that_year: Decimal
    in_all: Decimal

    @property
    def left(self) -> Decimal | None:
        """What is left of the estimate; below zero more is used than it."""
        return None if self.project.estimate is None else self.project.estimate - self.in_all


@dataclass(frozen=True)
class Balance:
    """What pays for a year's projects, and what they cost. Kroner."""

    year: int
    financing: Decimal
    cost: Decimal

    @property
    def missing(self) -> Decimal:
        """What is not paid for; below zero there is more to pay with than the projects cost."""
        return self.cost - self.financing

    @property
    def surplus(self) -> Decimal:
        """What there is more to pay with than the projects cost."""
        return -self.missing


def years_of(plan: InvestmentPlan) -> list[int]:
    """The years that the plan covers: those in which any of its projects has an amount."""
    years = InvestmentAmount.objects.filter(project__plan=plan).order_by("year").values_list("year", flat=True)
    return list(years.distinct())


def years_with_state(projects: Iterable[InvestmentProject], *, also: Iterable[int] = ()) -> list[Year]:
    """The years of the projects, whose amounts may be prefetched, and those of `also`."""
    states: dict[int, list[bool]] = {year: [] for year in also}
    for project in projects:
        for one in project.amounts.all():
            states.setdefault(one.year, []).append(one.is_provisional)
    return [Year(year, bool(states[year]) and all(states[year])) for year in sorted(states)]


def project_line(project: InvestmentProject, years: Iterable[Year]) -> ProjectLine:
    """The project over the years of its plan."""
    by_year = {one.year: one for one in project.amounts.all()}
    found = ((year, by_year.get(year.number)) for year in years)
    amounts = [
        YearAmount(one.amount, one.is_provisional and not year.is_provisional) if one else NO_AMOUNT
        for year, one in found
    ]
    return ProjectLine(project, amounts)


def financing_of(rows: Iterable[InvestmentFinancing]) -> dict[str, Amounts]:
    """The financing by kind, in their usual order, and year."""
    found: dict[str, Amounts] = {kind: {} for kind in InvestmentFinancing.Kind.values}
    for row in rows:
        found[row.kind][row.year] = row.amount
    return {kind: amounts for kind, amounts in found.items() if amounts}


def balances(projects: Iterable[InvestmentProject], financing: Mapping[str, Amounts]) -> list[Balance]:
    """For each year whether what pays for the projects is what they cost; none where nothing is said of financing.

    The printed sum of a plan is not one of its costs.
    """
    costs: Amounts = defaultdict(Decimal)
    for project in projects:
        for one in project.amounts.all():
            costs[one.year] += one.amount if project.kind != Kind.TOTAL else ZERO
    paid: Amounts = defaultdict(Decimal)
    for amounts in financing.values():
        for year, amount in amounts.items():
            paid[year] += amount
    return [Balance(year, paid[year], costs[year]) for year in sorted({*costs, *paid})] if financing else []


def used_on(projects: Iterable[InvestmentProject], lines: BudgetLineQuerySet) -> tuple[int | None, list[Used]]:
    """The newest year with accounts of the projects that have a number there, and what each has used. One query.

    What is used is the expenditure of the investment accounts: loans and grants that are entered on the project's
    number pay for it, and do not make it cheaper.
    """
    numbered = [project for project in projects if project.code]
    sums = _expenditure(lines, {project.code for project in numbered})
    newest = max((year for by_year in sums.values() for year in by_year), default=None)
    return newest, [_used(project, sums[project.code], newest) for project in numbered if project.code in sums]


def _used(project: InvestmentProject, by_year: Amounts, newest: int | None) -> Used:
    planned = {one.year: one.amount for one in project.amounts.all()}
    return Used(project, planned.get(newest or 0), by_year.get(newest or 0, ZERO), sum(by_year.values(), ZERO))


def _expenditure(lines: BudgetLineQuerySet, codes: set[str]) -> dict[str, Amounts]:
    rows: Any = lines.filter(
        layer=BudgetLine.Layer.ACTUAL,
        account_class=BudgetLine.Account.INVESTMENT,
        art__is_income=False,
        project__in=codes,
    )
    found: dict[str, Amounts] = defaultdict(dict)
    for code, year, amount in rows.order_by().values_list("project", "plan_year").annotate(Sum("amount")):
        found[code][year] = amount
    return found
