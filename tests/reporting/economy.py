"""A round that asks for the economy, with lines of the school sector to explain."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from budget.models import Forecast
from organisation.bulk import functions_by_code
from organisation.models import KostraFunction, Unit
from reporting.models import ReportEconomy, ReportingRound, UnitReport
from tests.budget.money import line, load_codes
from tests.workplace import YEAR, open_tertial

MONTHS = range(1, 13)
AFTER = 8
"""The last month of the round's period."""


def economy_round(*, top: Unit, units: Iterable[Unit], **facts: Any) -> ReportingRound:
    """A round of the second tertial that asks for the economy; the code lists are loaded."""
    load_codes()
    return open_tertial(top=top, units=units, asks_economy=True, **facts)


def write_year(unit: Unit, *, function: str = "202", budget: int = 100_000, actual: int = 100_000) -> None:
    """A budget of as much each month, and accounts of as much each month of the round's period; none last year."""
    for month in MONTHS:
        line(unit, budget, layer="original", function=function, period=f"{YEAR}-{month:02}")
    for month in MONTHS[:AFTER]:
        line(unit, actual, function=function, period=f"{YEAR}-{month:02}")


def function(code: str = "202") -> KostraFunction:
    """The function of this code that the lines are written with."""
    return functions_by_code()[code]


def named(code: str, **typed: str) -> dict[str, str]:
    """The fields of a function as a browser sends them, by someone who saw nothing in them."""
    pk = function(code).pk
    return {f"{name}-{pk}": text for name, text in typed.items()} | {f"base-{name}-{pk}": "0" for name in typed}


def page_of(report: UnitReport) -> str:
    """Where the report's economy is written."""
    return f"{report.get_absolute_url()}okonomi/"


def decided(report: UnitReport) -> dict[str, Decimal]:
    """Function's code → the forecast in kroner, after the round's period."""
    rows = Forecast.objects.filter(unit=report.unit, period=report.round.period)
    return dict(rows.order_by("function__code").values_list("function__code", "amount"))


def said(report: UnitReport) -> dict[str, tuple[str, str]]:
    """Function's code → cause and action."""
    rows = ReportEconomy.objects.filter(report=report).order_by("function__code")
    return {row.function.code: (row.cause, row.action) for row in rows.select_related("function")}
