"""The rows of a statutory table, and which lines belong to which. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

ALL_CODES = (("000", "999"),)


@dataclass(frozen=True)
class Codes:
    """Codes of three digits: from and to of each range, both included."""

    ranges: tuple[tuple[str, str], ...] = ALL_CODES

    def __contains__(self, code: str) -> bool:
        return any(first <= code <= last for first, last in self.ranges)

    def meets(self, other: "Codes") -> bool:
        """Whether a code is in both."""
        return any(
            first <= others_last and others_first <= last
            for first, last in self.ranges
            for others_first, others_last in other.ranges
        )

    def each(self) -> Iterator[str]:
        """Every code."""
        for first, last in self.ranges:
            yield from (f"{number:03}" for number in range(int(first), int(last) + 1))


@dataclass(frozen=True)
class Rule:
    """Lines that belong to a row: those on these arts and functions, from the year `first` to `last` (None: all)."""

    arts: Codes
    functions: Codes = Codes()
    first: int | None = None
    last: int | None = None

    def holds_in(self, year: int) -> bool:
        """Whether the rule is for the year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)

    def meets(self, other: "Rule") -> bool:
        """Whether a line could follow both."""
        in_time = (other.last is None or self.first is None or self.first <= other.last) and (
            self.last is None or other.first is None or other.first <= self.last
        )
        return in_time and self.arts.meets(other.arts) and self.functions.meets(other.functions)


@dataclass(frozen=True)
class TableRow:
    """A row. It has rules, or `parts` (the keys of the rows that it adds up), or is what no other row takes.

    `is_result` is printed as a sum is, for it says how it all ends.
    """

    key: str
    label: str
    rules: tuple[Rule, ...] = ()
    parts: tuple[str, ...] = ()
    is_rest: bool = False
    is_result: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether lines belong to the row itself."""
        return not self.parts


@dataclass(frozen=True)
class RowBlock:
    """Rows that stand together, under a heading that may be empty."""

    heading: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class StatutoryTable:
    """A table of the regulation. `total` are the rows that add up to the whole account, 0 where it is in balance.

    `account` is a code of `BudgetLine.Account`. `is_turned` says that it is usually printed with income above zero.
    """

    slug: str
    title: str
    law: str
    account: str
    is_turned: bool
    total: tuple[str, ...]
    blocks: tuple[RowBlock, ...]

    def rows(self) -> Iterator[TableRow]:
        """Every row, in order."""
        for block in self.blocks:
            yield from block.rows

    def leaves(self) -> list[TableRow]:
        """The rows that lines belong to."""
        return [row for row in self.rows() if row.is_leaf]

    def row(self, key: str) -> TableRow:
        """The row. Raises KeyError."""
        return self._by_key[key]

    def leaf_of(self, *, function: str, art: str, year: int) -> TableRow | None:
        """The row that a line belongs to; None where no row takes it.

        A code outside the years it was meant for goes where it belonged in those, so that no line is lost.
        """
        found = [(rule, row) for rule, row in self._by_art.get(art, ()) if function in rule.functions]
        valid = next((row for rule, row in found if rule.holds_in(year)), None)
        return valid or next((row for _rule, row in found), self._rest)

    @cached_property
    def _by_key(self) -> dict[str, TableRow]:
        return {row.key: row for row in self.rows()}

    @cached_property
    def _rest(self) -> TableRow | None:
        return next((row for row in self.rows() if row.is_rest), None)

    @cached_property
    def _by_art(self) -> dict[str, list[tuple[Rule, TableRow]]]:
        found: dict[str, list[tuple[Rule, TableRow]]] = defaultdict(list)
        for row in self.leaves():
            for rule in row.rules:
                for art in rule.arts.each():
                    found[art].append((rule, row))
        return found


@dataclass(frozen=True)
class SecondPart:
    """The second part of a table: some rows of the first (`rows`), each as the municipality shares it out."""

    slug: str
    title: str
    law: str
    table: StatutoryTable
    rows: tuple[TableRow, ...]

    @property
    def is_turned(self) -> bool:
        """As the first part is."""
        return self.table.is_turned
