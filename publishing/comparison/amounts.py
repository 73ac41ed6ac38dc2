"""Which figures have differences that can be told, and which of those can be added up. Pure.

Differences are told of money and of full-time equivalents. They are added up only down a column whose rows are parts
of a whole: amounts of projects or budget lines, full-time equivalents of units, and columns whose printed sum is the
sum of their rows. Percentages, amounts per something and figures of unlike units are never added up.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from organisation.numbers import decimals_of, show_number
from publishing.comparison.changes import same
from publishing.structure import Column, Row, Table

AMOUNT, STAFFING = "amount", "staffing"
FEWEST = 2
"""One change alone has no sum."""

_MONEY_OR_PEOPLE = re.compile(
    r"(?<![a-zæøå])(kr|kroner|mill|millioner|mrd|milliarder|årsverk)(?![a-zæøå])", re.IGNORECASE
)
_SHARE = re.compile(r"%|‰|(?<![a-zæøå])(prosent|promille|andel|indeks)", re.IGNORECASE)
_PER = re.compile(r"/|(?<![a-zæøå])(per|pr)(?![a-zæøå])", re.IGNORECASE)
_PART_OF_A_ROW = re.compile(r"\W*(herav|derav)(?![a-zæøå])", re.IGNORECASE)
_FIGURE = re.compile(r"[0-9\s.,*+\-−–]+")


def number(value: str | None) -> Decimal | None:
    """The cell's number, or None."""
    return None if value is None else Decimal(value)


def has_difference(table: Table, column: Column, row: Row, unit: str) -> bool:
    """Whether the row's figure in the column is money or full-time equivalents. `unit` is the row's own, if any."""
    said = f"{unit or table.unit_of_measure} {column.heading} {column.label}"
    if _SHARE.search(said):
        return False
    return column.kind == AMOUNT or _MONEY_OR_PEOPLE.search(f"{said} {row.label}") is not None


def is_same_unit(before: str, after: str) -> bool:
    """Whether two printed figures are of the same unit, and of no share."""
    units = _FIGURE.sub(" ", before).strip(), _FIGURE.sub(" ", after).strip()
    return units[0] == units[1] and not _SHARE.search(units[0])


def adds_up(table: Table, index: int) -> bool:
    """Whether the column's rows are parts of a whole."""
    column = table.columns[index]
    said = f"{table.unit_of_measure} {column.heading} {column.label}"
    if _SHARE.search(said) or _PER.search(table.unit_of_measure):
        return False
    if column.kind == AMOUNT or table.kind == STAFFING:
        return True
    return _MONEY_OR_PEOPLE.search(said) is not None and _is_summed(table, index)


def _is_summed(table: Table, index: int) -> bool:
    """Whether the table prints one sum of the column, and it is the sum of the other rows."""
    sums = [number(row.values[index]) for row in table.rows() if row.is_sum]
    parts = [number(row.values[index]) for row in table.rows() if not row.is_sum]
    return len(sums) == 1 and sums[0] is not None and sums[0] == sum((part or Decimal() for part in parts), Decimal())


def is_part(row: Row) -> bool:
    """Whether the row is a part of the whole: no sum, and nothing that another row counts already."""
    return not row.is_sum and not _PART_OF_A_ROW.match(row.label)


def summed(cells: Sequence[tuple[str, str | None, str, str | None]]) -> Decimal | None:
    """The sum of the changes: (printed, value) before and after for each row; an empty cell counts as nothing.

    None where fewer than two cells have changed, or where one of them is no number or of another unit.
    """
    changed = [cell for cell in cells if not same(cell[0], cell[2]) or number(cell[1]) != number(cell[3])]
    printed = [text for cell in changed for text in (cell[0], cell[2]) if text.strip()]
    values = [value for cell in changed for text, value in (cell[:2], cell[2:]) if text.strip()]
    if len(changed) < FEWEST or None in values or not all(is_same_unit(printed[0], text) for text in printed):
        return None
    return sum((_or_nothing(after) - _or_nothing(before) for _b, before, _a, after in changed), Decimal())


def _or_nothing(value: str | None) -> Decimal:
    return Decimal(value) if value is not None else Decimal()


def signed(difference: Decimal, *printed: str) -> str:
    """The difference with its sign, and as many decimals as it needs and as were printed: «+1,5», «−20», «0,0»."""
    decimals = max([decimals_of(difference), *(_printed_decimals(text) for text in printed)])
    text = show_number(difference, decimals=decimals)
    return f"+{text}" if difference > 0 else text


def _printed_decimals(text: str) -> int:
    match = re.search(r"[0-9][.,]([0-9]+)", text)
    return len(match[1]) if match else 0
