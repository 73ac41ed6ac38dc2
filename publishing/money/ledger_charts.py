"""Charts of the ledger: tables of a few columns that `publishing.charts` draws as far as its rules allow. Pure.

Always in 1 000 kroner.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from budget.ledger.standings import Standing
from publishing.money.ledger_tables import Entry, Wording, table_of
from publishing.structure import Row, RowGroup, Table

MOST_BARS = 20
MONTH = re.compile(r"[0-9]{4}-(?P<number>[0-9]{2})")


def bars(entries: Sequence[Entry], wording: Wording) -> Table:
    """The columns beside each other for each entry, as the table shows them; of very many, the largest."""
    largest = {entry.key for entry in sorted(entries, key=_size, reverse=True)[:MOST_BARS]}
    table = table_of(entries, wording, chart="bar")
    rows = tuple(row for row in table.rows() if row.key in largest and not row.is_sum)
    return replace(table, groups=(RowGroup(rows),))


def _size(entry: Entry) -> int:
    sums = entry.standing.sums
    return int(max(abs(sums.actual), abs(sums.budget), abs(sums.budget_so_far)))


def over_months(entries: Sequence[Entry], wording: Wording, *, through: int) -> Table:
    """Lines of what has come to since January, the accounts until month number `through`.

    Entries that are no month are left out.
    """
    months = [entry for entry in entries if MONTH.fullmatch(entry.key)]
    added = list(accumulate((entry.standing for entry in months), initial=Standing()))[1:]
    table = table_of([], wording, chart="line")
    rows = (_row(replace(entry, standing=one), wording, through) for entry, one in zip(months, added, strict=True))
    return replace(table, groups=(RowGroup(tuple(rows)),))


def _row(entry: Entry, wording: Wording, through: int) -> Row:
    """What it has come to by the month, rounded by itself; without accounts where there are none yet."""
    row = next(table_of([entry], wording).rows())
    is_accounted = int(entry.key[-2:]) <= through
    kept = [is_accounted or name != "actual" for name in wording.headings]
    cells = tuple(cell if keep else "" for cell, keep in zip(row.cells, kept, strict=True))
    values = tuple(value if keep else None for value, keep in zip(row.values, kept, strict=True))
    return replace(row, cells=cells, values=values)
