"""The control of a year's budget, its changes, its accounts and the økonomiplan: every breach that `balance` knows."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from budget.models import BudgetLine
from budget.statutory.balance import RULES, WHERE, Breach, Budget, kroner
from budget.statutory.distribution import Division, Part, investment_parts, operations_parts
from budget.statutory.figures import Figures, Kind
from budget.statutory.mapping import INVESTMENTS, OPERATIONS, OVERVIEW, SECOND_PARTS


def parts_of(
    year: int, *, operations: Division = Division.AREA, investments: Division = Division.GROUP
) -> dict[str, list[Part]]:
    """What the rows with a second part are shared out on, by the row's key. At most six queries."""
    rows = [row.key for row in SECOND_PARTS["investments-by-group"].rows]
    (appropriations,) = SECOND_PARTS["operations-by-area"].rows
    shared = operations_parts(year, by=operations)
    return {appropriations.key: shared} | investment_parts(year, by=investments, rows=rows)


def findings_of(year: int, *, by: Division = Division.AREA) -> list[Breach]:
    """Every breach of the year, the budget's first; `by` is how operations are shared out. At most eight queries."""
    return breaches(Figures.of(year), parts_of(year, operations=by))


def breaches(figures: Figures, parts: dict[str, list[Part]]) -> list[Breach]:
    """The same from figures that are read already. One query, for the decisions.

    What is wrong in the original budget is not said again of the changed one; accounts are under control when they
    have lines up to the end of the year.
    """
    found = list(_of_columns(figures, parts))
    original = {_same(one) for one in found if one.layer == Kind.ORIGINAL}
    new = [one for one in found if one.layer != Kind.REVISED or _same(one) not in original]
    return [*new, *unbalanced_amendments(figures.year)]


def unbalanced_amendments(year: int) -> Iterator[Breach]:
    """A numbered decision moves money and keeps the sum, in each of the two accounts. One query."""
    lines = BudgetLine.objects.filter(plan_year=year, layer=BudgetLine.Layer.REVISED).order_by("amendment__number")
    rows = lines.values_list("amendment__number", "amendment__title", "account_class").annotate(rest=Sum("amount"))
    names = dict(BudgetLine.Account.choices)
    for number, title, account, rest in rows:
        if rest:
            message = _("Budsjettregulering %(number)s «%(title)s» endrer summen i %(account)s med %(amount)s kroner.")
            said = {"number": number, "title": title, "account": names[account], "amount": kroner(rest)}
            yield Breach(
                rule="amendment-unbalanced",
                subject=f"{year}/{number}/{account}",
                year=year,
                layer=Kind.REVISED,
                where=WHERE[Kind.REVISED] % {"year": year},
                amount=rest,
                message=message % said,
                remedy=_("Rett linjene i vedtaket: det som legges til ett sted, skal tas fra et annet."),
            )


def _of_columns(figures: Figures, parts: dict[str, list[Part]]) -> Iterator[Breach]:
    operations, investments, overview = (figures.table(table) for table in (OPERATIONS, INVESTMENTS, OVERVIEW))
    for index, column in enumerate(figures.columns):
        if _is_under_control(figures, index):
            budget = Budget(column, index, operations, investments, overview, parts)
            for rule in RULES:
                yield from rule(budget)


def _is_under_control(figures: Figures, index: int) -> bool:
    kind = figures.columns[index].kind
    if kind == Kind.YEAR_BEFORE or not figures.has(index):
        return False
    return kind != Kind.ACTUAL or figures.accounts_until == datetime.date(figures.year, 12, 31)


def _same(breach: Breach) -> tuple[str, Decimal, str]:
    """What tells that a breach of the changed budget was in the original one."""
    return breach.rule, breach.amount, breach.message
