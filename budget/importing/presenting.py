"""What a checked or written file is shown as: its findings, its sums and its first lines, ready for the page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budget.importing.expectations import kroner
from budget.importing.fields import WHOLE_FILE, Field
from budget.importing.findings import Finding, Severity
from budget.models import BudgetLine, ImportBatch
from organisation.numbers import show_number


@dataclass(frozen=True)
class SumRow:
    """A sum: of what, how many lines, and kroner, as they are read."""

    account: str
    year: str
    name: str
    lines: str
    amount: str


@dataclass(frozen=True)
class Shown:
    """All that is shown of a file. `more_…` are those that are not kept."""

    errors: list[Finding]
    warnings: list[Finding]
    error_count: int
    more_errors: int
    more_warnings: int
    line_count: str
    amount: str
    years: list[SumRow]
    periods: list[SumRow]
    units: list[SumRow]
    first: list[dict[str, Any]]
    columns: list[tuple[str, str]]


def shown(batch: ImportBatch) -> Shown:
    """The batch as a page shows it. No queries."""
    preview = batch.preview
    found = [Finding(**one) for one in batch.findings]
    errors = [one for one in found if one.severity == Severity.ERROR]
    warnings = [one for one in found if one.severity == Severity.WARNING]
    return Shown(
        errors=errors,
        warnings=warnings,
        error_count=preview.get("errors", 0),
        more_errors=preview.get("errors", 0) - len(errors),
        more_warnings=preview.get("warnings", 0) - len(warnings),
        line_count=count(batch.line_count),
        amount=kroner(batch.amount),
        years=[_row(account, year, "", sums) for account, year, *sums in preview.get("by_year", [])],
        periods=[_row(account, "", label, sums) for account, label, *sums in preview.get("by_period", [])],
        units=[_row(account, year, name, sums) for account, year, name, *sums in preview.get("by_unit", [])],
        first=[_line(line) for line in preview.get("first", [])],
        columns=[(str(Field(name).label), _heading(said)) for name, said in preview.get("columns", {}).items()],
    )


def layer(batch: ImportBatch) -> str:
    """What the file holds: "opprinnelig budsjett 2024"."""
    label = str(BudgetLine.Layer(batch.layer).label)
    return f"{label} {batch.plan_year}" if batch.plan_year else label


def amount(batch: ImportBatch) -> tuple[str, str]:
    """How many lines the file has, and their sum in kroner; of a file that is not checked nothing."""
    return (count(batch.line_count), kroner(batch.amount)) if batch.line_count else ("", "")


def count(number: int) -> str:
    """A count as it is read: "200 000"."""
    return show_number(Decimal(number), decimals=0).replace(" ", "\u00a0")


def _row(account: str, year: int | str, name: str, sums: list[Any]) -> SumRow:
    lines, amount = sums
    return SumRow(str(BudgetLine.Account(account).label), str(year), name, count(lines), kroner(Decimal(amount)))


def _line(line: dict[str, Any]) -> dict[str, Any]:
    account = BudgetLine.Account(line["account_class"]).label
    return line | {"amount": kroner(Decimal(line["amount"])), "account": account}


def _heading(said: str) -> str:
    if not said.startswith(WHOLE_FILE):
        return said
    return _("hele fila er %(account)s") % {"account": BudgetLine.Account(said.removeprefix(WHOLE_FILE)).label}
