"""Loading a case: the economy of a unit's report, as its leader would write it."""

from collections.abc import Callable
from decimal import Decimal

from budget.forecasts import decide
from budget.rounding import THOUSAND, rounded
from organisation.models import User
from organisation.versions import create
from reporting.economy.reading import FunctionEconomy, economy_of
from reporting.models import ReportEconomy, UnitReport

OVERSPENT, UNDERSPENT = "overspent", "underspent"
TEXTS = tuple(f"{kind}_{name}" for kind in (OVERSPENT, UNDERSPENT) for name in ("cause", "action"))
"""The lists of texts that are taken from: why more or less was used than planned, and what is done about it."""


def write_economy(report: UnitReport, *, text: Callable[[str, int], str], turn: int, by: User, reason: str) -> None:
    """Decide what the rule proposes, to the nearest 1 000 kroner, and explain each deviation that asks for it.

    `text` gives the text of a kind whose turn it is. Nothing is written where there are no lines, and what is there
    already is left alone.
    """
    for number, one in enumerate(economy_of(report), start=turn):
        if one.lacks_forecast:
            decide(
                unit=report.unit,
                function=one.function,
                period=report.round.period,
                amount=rounded(one.proposal.amount) * THOUSAND,
                by=by,
                reason=reason,
            )
        if one.is_past and one.said is None:
            create(_explained(report, one, text, number), by=by, reason=reason)


def _explained(report: UnitReport, one: FunctionEconomy, text: Callable[[str, int], str], number: int) -> ReportEconomy:
    kind = OVERSPENT if one.year.deviation < Decimal(0) else UNDERSPENT
    words = {name: text(f"{kind}_{name}", number) for name in ("cause", "action")}
    return ReportEconomy(report=report, function=one.function, **words)
