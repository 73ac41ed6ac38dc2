"""The control's rules on money: a document that shows the statutory tables shows a budget in balance."""

from collections.abc import Callable, Iterator

from budget.statutory.control import findings_of
from budget.statutory.distribution import Division
from plans.findings import Finding, Scope
from plans.models import Section


def budget_balance(scope: Scope) -> Iterator[Finding]:
    """What is not in balance in the years whose statutory tables the document shows, as it shares them out."""
    for year, by in sorted(_shown(scope)):
        for one in findings_of(year, by=by):
            yield Finding(one.rule, one.subject, one.where, f"{one.message} {one.remedy}")


def _shown(scope: Scope) -> set[tuple[int, Division]]:
    """Year and division of the tables; a document that shares out nothing is held against its service areas."""
    shown = [one.parameters for one in scope.sections if one.block == Section.Block.STATUTORY_BUDGET]
    asked = (f"{one.get('year') or scope.year}" for one in shown)
    years = {int(year) for year in asked if year.isdecimal()}
    by_sector = any(one.get("by") == Division.SECTOR for one in shown)
    return {(year, Division.SECTOR if by_sector else Division.AREA) for year in years}


MONEY_RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = (budget_balance,)
