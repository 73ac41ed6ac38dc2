"""Sums of budget lines as tables that add up, for pages and documents alike. Pure, without the ORM.

Amounts in 1 000 kroner are rounded down the tree: the total first, then its parts to add up to it, then theirs.
Deviations are the difference of the rounded amounts, so that rows add up too; percentages are of the exact ones.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from budget.ledger.standings import Standing
from budget.rounding import THOUSAND, apportioned, rounded
from budget.variance import HUNDRED, deviation, percent_of
from organisation.numbers import show_number
from publishing.structure import Column, Row, RowGroup, Table

Amounts = dict[str, Decimal]
"""The amounts of a row by name, as they are shown."""

AMOUNTS: dict[str, Callable[[Standing], Decimal]] = {
    "actual": lambda one: one.sums.actual,
    "budget_so_far": lambda one: one.sums.budget_so_far,
    "original": lambda one: one.sums.original,
    "changes": lambda one: one.sums.changes,
    "budget": lambda one: one.sums.budget,
    "forecast": lambda one: one.forecast,
    "year_before": lambda one: one.sums.year_before,
    "whole_year_before": lambda one: one.sums.whole_year_before,
}
DIFFERENCES: dict[str, tuple[str, str]] = {
    "deviation": ("budget_so_far", "actual"),
    "forecast_deviation": ("budget", "forecast"),
}
"""Above zero: less is used than budgeted. The sign is the same whichever sign amounts are shown with."""

PERCENTAGES: dict[str, Callable[[Standing], Decimal | None]] = {
    "deviation_percent": lambda one: deviation_percent(one.sums.deviation, one.sums.budget_so_far),
    "used_percent": lambda one: used_percent(one.sums.actual, one.sums.budget),
}
LEAST = THOUSAND
"""Kroner. Of less budget than this no percentage is told: where income and expenditure meet, it would mean nothing."""


@dataclass(frozen=True)
class Entry:
    """What becomes a row: how it stands, and the parts that it is the sum of, if those are shown."""

    key: str
    label: str
    standing: Standing
    parts: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Look:
    """How amounts are shown: in 1 000 kroner or to the øre, and with KOSTRA's sign or the other one."""

    in_thousands: bool = True
    is_reversed: bool = False

    @property
    def unit(self) -> str:
        """The unit of measure."""
        return "1 000 kroner" if self.in_thousands else "kroner"

    @property
    def decimals(self) -> int:
        """How many decimals amounts are printed with."""
        return 0 if self.in_thousands else 2


@dataclass(frozen=True)
class Wording:
    """What the table is called. `headings` has the columns in order, by the names in this module."""

    anchor: str
    caption: str
    row_heading: str
    headings: Mapping[str, str]
    number: str = ""
    kind: str = ""
    note: str = ""
    total: str = "Sum"


def deviation_percent(deviation: Decimal, budget: Decimal) -> Decimal | None:
    """The deviation in per cent of the budget's size; None where hardly anything was budgeted."""
    return percent_of(deviation, budget) if abs(budget) >= LEAST else None


def used_percent(actual: Decimal, budget: Decimal) -> Decimal | None:
    """How much of the budget is used, in per cent; None where hardly anything was budgeted."""
    return (actual / budget * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP) if abs(budget) >= LEAST else None


def table_of(
    entries: Sequence[Entry],
    wording: Wording,
    *,
    look: Look | None = None,
    chart: str = "none",
    section: int | None = None,
) -> Table:
    """The rows and their sum. Entries with parts become groups of rows, each with a sum of its own."""
    look = look or Look()
    whole = Entry("sum", wording.total, sum((entry.standing for entry in entries), Standing()), tuple(entries))
    writer = _Writer(wording, look)
    groups = (*writer.groups(whole), RowGroup((writer.row(whole, writer.shown(whole), is_sum=True),)))
    return Table(
        anchor=wording.anchor,
        number=wording.number,
        kind=wording.kind,
        caption=wording.caption,
        row_heading=wording.row_heading,
        columns=tuple(Column(heading, kind="amount") for heading in wording.headings.values()),
        groups=groups,
        note=wording.note,
        unit_of_measure=look.unit,
        chart=chart,
        section=section,
    )


def shares(parts: Sequence[Standing], total: Amounts, look: Look) -> list[Amounts]:
    """The amounts of the parts as they are shown, so that each column adds up to the total's."""
    exact = [_exact(part, total) for part in parts]
    if not look.in_thousands:
        return exact
    columns = {name: apportioned([part[name] for part in exact], total=total[name]) for name in total}
    return [{name: column[place] for name, column in columns.items()} for place in range(len(parts))]


def _exact(standing: Standing, names: Iterable[str]) -> Amounts:
    return {name: AMOUNTS[name](standing) for name in names}


class _Writer:
    """Writes rows in one look, under one set of headings."""

    def __init__(self, wording: Wording, look: Look) -> None:
        self.wording, self.look = wording, look
        headings = wording.headings
        needed = {*headings, *(name for heading in headings for name in DIFFERENCES.get(heading, ()))}
        self.is_budget_summed = {"original", "changes"} <= needed
        self.names = [name for name in AMOUNTS if name in needed and not (name == "budget" and self.is_budget_summed)]

    def shown(self, whole: Entry) -> Amounts:
        """The amounts of the total: exact, or each rounded by itself."""
        exact = _exact(whole.standing, self.names)
        return {name: rounded(amount) for name, amount in exact.items()} if self.look.in_thousands else exact

    def groups(self, whole: Entry) -> Iterator[RowGroup]:
        """Rows side by side as one group; an entry with parts as a group of its own, with its sum."""
        amounts = shares([one.standing for one in whole.parts], self.shown(whole), self.look)
        pairs = zip(whole.parts, amounts, strict=True)
        for has_parts, run in groupby(pairs, key=lambda pair: bool(pair[0].parts)):
            if has_parts:
                yield from (self._group(entry, shown) for entry, shown in run)
            else:
                yield RowGroup(tuple(self.row(entry, shown) for entry, shown in run))

    def _group(self, entry: Entry, shown: Amounts) -> RowGroup:
        amounts = shares([part.standing for part in entry.parts], shown, self.look)
        rows = [self.row(part, one) for part, one in zip(entry.parts, amounts, strict=True)]
        summed = Entry(entry.key, f"{self.wording.total} {entry.label}", entry.standing)
        return RowGroup((*rows, self.row(summed, shown, is_sum=True)), title=entry.label)

    def row(self, entry: Entry, shown: Amounts, *, is_sum: bool = False) -> Row:
        """A row with its printed cells and their values."""
        values = {name: self._value(name, entry.standing, shown) for name in self.wording.headings}
        return Row(
            label=entry.label,
            cells=tuple("" if value is None else self._printed(name, value) for name, value in values.items()),
            values=tuple(None if value is None else f"{value:f}" for value in values.values()),
            key=entry.key,
            anchor=f"{self.wording.anchor}-{entry.key}",
            is_sum=is_sum,
        )

    def _value(self, name: str, standing: Standing, shown: Amounts) -> Decimal | None:
        if name in PERCENTAGES:
            percent = PERCENTAGES[name](standing)
            return None if percent is None else percent + 0
        if name in DIFFERENCES:
            budget, used = DIFFERENCES[name]
            return deviation(self._amount(budget, shown), self._amount(used, shown)) + 0
        amount = self._amount(name, shown)
        return (-amount if self.look.is_reversed else amount) + 0

    def _amount(self, name: str, shown: Amounts) -> Decimal:
        """The amount by name. Beside its two parts the revised budget is their sum, so that the row adds up."""
        is_sum = name == "budget" and self.is_budget_summed
        return shown["original"] + shown["changes"] if is_sum else shown[name]

    def _printed(self, name: str, value: Decimal) -> str:
        return show_number(value, decimals=1 if name in PERCENTAGES else self.look.decimals)
