"""Budget, accounts and forecast in 1 000 kroner, rounded so that rows and columns add up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.forecasting import YearSoFar
from budget.rounding import THOUSAND, apportioned
from budget.variance import deviation, percent_of
from organisation.numbers import decimals_of, show_number

HARD_SPACE = "\u00a0"

NOTHING = Decimal(0)

Figures = list[tuple[str, str]]
"""A row as it is read: each figure with what its column is called."""


@dataclass(frozen=True)
class Thousands:
    """A row in whole 1 000 kroner, KOSTRA's sign. Deviations are made of what is shown, percentages of what is exact.

    `expected` is the forecast, decided or proposed. There is no percentage of a budget that is shown as 0: income and
    expenditure that outweigh each other leave a few kroner, and a deviation is millions of per cent of those.
    """

    budget_so_far: Decimal
    actual: Decimal
    budget: Decimal
    expected: Decimal
    percent: Decimal | None = None

    @property
    def deviation(self) -> Decimal:
        """The budget so far less the accounts so far: above zero less was used than planned."""
        return deviation(self.budget_so_far, self.actual)

    @property
    def expected_deviation(self) -> Decimal:
        """The year's budget less the forecast."""
        return deviation(self.budget, self.expected)


def in_thousands(years: Sequence[YearSoFar], expected: Sequence[Decimal]) -> tuple[list[Thousands], Thousands]:
    """The rows, and their sum."""
    columns = [[getattr(year, name) for year in years] for name in ("budget_so_far", "actual", "budget")]
    rounded = [apportioned(column) for column in (*columns, expected)]
    rows = [_row(amounts, year) for year, amounts in zip(years, zip(*rounded, strict=True), strict=True)]
    return rows, _row([sum(column, NOTHING) for column in rounded], sum(years, YearSoFar()))


def _row(amounts: Sequence[Decimal], year: YearSoFar) -> Thousands:
    budget_so_far, actual, budget, expected = amounts
    percent = percent_of(year.deviation, year.budget_so_far) if budget_so_far else None
    return Thousands(budget_so_far, actual, budget, expected, percent)


def figures(row: Thousands, *, year: int, expected: str) -> Figures:
    """The row as it is read; `expected` says what the last figure is, and is "" where the year is over."""
    read = [
        (_("Budsjett hittil"), printed(row.budget_so_far)),
        (_("Regnskap hittil"), printed(row.actual)),
        (_("Avvik"), printed(row.deviation)),
        (_("Avvik i prosent"), per_cent(row.percent)),
        (_("Budsjett %(year)s") % {"year": year}, printed(row.budget)),
    ]
    return read + ([(expected, printed(row.expected))] if expected else [])


def per_cent(number: Decimal | None) -> str:
    """With one decimal and its sign; "–" where there is none."""
    return "–" if number is None else f"{printed(number, decimals=1)}{HARD_SPACE}%"


def printed(number: Decimal | None, *, decimals: int = 0) -> str:
    """The number with hard spaces between its thousands; "–" where there is none."""
    return "–" if number is None else show_number(number, decimals=decimals).replace(" ", HARD_SPACE)


def as_typed(number: Decimal) -> str:
    """The number with the decimals it takes."""
    return printed(number, decimals=decimals_of(number))


def in_field(kroner: Decimal | None) -> str:
    """Kroner as they are typed in 1 000 kroner, with the decimals it takes."""
    if kroner is None:
        return ""
    thousands = kroner / THOUSAND
    return show_number(thousands, decimals=decimals_of(thousands))
