"""The rows of a statutory table from sums of lines, exact, and rounded so that what is printed adds up. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budget.rounding import THOUSAND, apportioned
from budget.statutory.rows import StatutoryTable

NOTHING = Decimal(0)

Amounts = tuple[Decimal, ...]


class Code(NamedTuple):
    """What a sum of lines is of: an account (of `BudgetLine.Account`), a function's code and an art's code."""

    account: str
    function: str
    art: str


@dataclass(frozen=True)
class Computed:
    """A table's rows by key, an amount for each column, in kroner with KOSTRA's sign.

    `unplaced` are sums that no row takes: what a table lacks to be the whole account.
    """

    table: StatutoryTable
    amounts: Mapping[str, Amounts]
    unplaced: Mapping[Code, Amounts]

    def of(self, key: str, column: int) -> Decimal:
        """The amount of a row in a column."""
        return self.amounts[key][column]

    def printed(self, column: int, *, unit: Decimal = THOUSAND) -> dict[str, Decimal]:
        """A column in whole thousands: every sum is what its rows are as printed.

        From the top down: each sum, once rounded, is shared out on its parts, so that no row is more than one thousand
        from what it is.
        """
        exact = {key: amounts[column] for key, amounts in self.amounts.items()}
        found: dict[str, Decimal] = {}
        waiting: list[tuple[tuple[str, ...], Decimal | None]] = [(self.table.total, None)]
        while waiting:
            keys, total = waiting.pop()
            rounded = apportioned([exact[key] for key in keys], total=total, unit=unit)
            found |= zip(keys, rounded, strict=True)
            waiting += [(self.table.row(key).parts, found[key]) for key in keys if self.table.row(key).parts]
        return found


def compute(table: StatutoryTable, sums: Mapping[Code, Sequence[Decimal]], *, years: Sequence[int]) -> Computed:
    """The table from sums by account, function and art; each has an amount for each column, `years` the columns' years.

    Sums of the other account are left out.
    """
    leaves: dict[str, list[Decimal]] = {row.key: [NOTHING] * len(years) for row in table.leaves()}
    unplaced: dict[Code, list[Decimal]] = {}
    for code, amounts in sums.items():
        if code.account != table.account:
            continue
        for column, (year, amount) in enumerate(zip(years, amounts, strict=True)):
            row = table.leaf_of(function=code.function, art=code.art, year=year) if amount else None
            if row is not None:
                leaves[row.key][column] += amount
            elif amount:
                unplaced.setdefault(code, [NOTHING] * len(years))[column] += amount
    found = {key: tuple(amounts) for key, amounts in leaves.items()}
    whole = {row.key: _whole(table, row.key, found) for row in table.rows()}
    return Computed(table, whole, {code: tuple(amounts) for code, amounts in unplaced.items()})


def added(amounts: Iterable[Amounts], *, columns: int) -> Amounts:
    """The sum of each column."""
    rows = list(amounts)
    return tuple(sum((row[column] for row in rows), NOTHING) for column in range(columns))


def _whole(table: StatutoryTable, key: str, leaves: Mapping[str, Amounts]) -> Amounts:
    """A leaf, or the sum of what is under the row."""
    if key in leaves:
        return leaves[key]
    parts = [_whole(table, part, leaves) for part in table.row(key).parts]
    return added(parts, columns=len(parts[0]))
