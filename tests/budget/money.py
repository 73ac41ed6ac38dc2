"""Lines of a ledger for tests: the national code lists, and one line with what a test wants to say of it."""

from decimal import Decimal
from typing import Any

from budget.codes import load_arts
from budget.models import BudgetAmendment, BudgetLine, KostraArt
from elverum import case_files, cases
from organisation import periods
from organisation.bulk import functions_by_code
from organisation.loading import load_functions
from organisation.models import Period, Unit
from tests.workplace import YEAR

Layer = BudgetLine.Layer


def load_codes() -> None:
    """The national functions and arts."""
    load_functions(functions=case_files.read_codes(cases.FIXTURES / "kostra" / "functions.csv"))
    load_arts(arts=case_files.read_codes(cases.FIXTURES / "kostra" / "arts.csv"))


def line(
    unit: Unit,
    amount: str | int,
    *,
    layer: str = Layer.ACTUAL,
    function: str = "202",
    art: str = "010",
    period: str = f"{YEAR}-01",
    **facts: Any,
) -> BudgetLine:
    """A line that is written. `period` as `organisation.periods.parse` reads it; its year is the budget year."""
    span = periods.parse(period)
    known = {"plan_year": span.start.year, "account_class": BudgetLine.Account.OPERATIONS} | facts
    return BudgetLine.objects.create(
        unit=unit,
        amount=Decimal(amount),
        layer=layer,
        function=functions_by_code()[function],
        art=KostraArt.objects.get(code=art),
        period=Period.objects.for_span(span),
        **known,
    )


def amendment(unit: Unit, *, number: int = 1, year: int = YEAR, **facts: Any) -> BudgetAmendment:
    """A numbered decision without lines; `unit` is the municipality."""
    said: dict[str, Any] = {"title": "Første regulering", "decided_on": f"{year}-06-12"} | facts
    return BudgetAmendment.objects.create(unit=unit, number=number, year=year, **said)
