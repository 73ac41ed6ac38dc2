"""A table against what it was: its words, columns, groups, footnotes and sums. Its rows are in `rows.py`. Pure."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property, partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from publishing.comparison import amounts
from publishing.comparison.changes import Change, State, Wording, changed_group, same, wordings
from publishing.comparison.matching import Pairing, alike
from publishing.structure import Column, Row, RowGroup, Table

COLUMN_KINDS = {
    "result": "resultat",
    "target": "måltall",
    "forecast": "prognose",
    "reference": "sammenligning",
    "amount": "beløp",
    "mark": "kryss",
    "text": "tekst",
    "": "vanlig",
}
CHARTS = {"none": "ingen", "line": "linjer", "bar": "søyler", "stacked": "stablede søyler"}
SAME_COLUMN, SAME_GROUP, SAME_LABEL = 0.5, 0.5, 0.5


class Placed(NamedTuple):
    """A row, and the index of the group it stands in."""

    group: int
    row: Row

    @property
    def ident(self) -> str:
        """What it is known by: its indicator, or its label."""
        return self.row.key or self.row.label


def placed_rows(table: Table) -> list[Placed]:
    """Every row, in order, with its group."""
    return [Placed(index, row) for index, group in enumerate(table.groups) for row in group.rows]


class TablePair:
    """A table as it was and as it is: which column, group and row of the one is which of the other."""

    def __init__(self, old: Table, new: Table) -> None:
        """Take the table of both versions."""
        self.old, self.new = old, new

    @property
    def is_same(self) -> bool:
        """Whether they differ in their number and address alone; cheaper than to look at each row."""
        return self.old == replace(self.new, number=self.old.number, anchor=self.old.anchor, section=self.old.section)

    @cached_property
    def groups(self) -> Pairing[RowGroup]:
        """Its groups."""
        pairing = Pairing(self.old.groups, self.new.groups)
        return pairing.by(_group_whole, lambda group: group.title).by_likeness(
            lambda one, other: alike(_idents(one), _idents(other)), least=SAME_GROUP
        )

    @cached_property
    def rows(self) -> Pairing[Placed]:
        """Its rows: by indicator, else by label; in their own group first."""
        old, new = placed_rows(self.old), placed_rows(self.new)
        now = self.groups.forth
        old = [one._replace(group=now.get(one.group, -1 - one.group)) for one in old]
        pairing = Pairing(old, new)
        pairing.by(
            lambda one: (one.group, one.ident, one.row.label, one.row.cells),
            lambda one: (one.group, one.row.key) if one.row.key else None,
            lambda one: one.row.key or None,
            lambda one: (one.group, one.row.label) if one.row.label else None,
            lambda one: one.row.label or None,
        )
        return pairing.by_likeness(_renamed, least=SAME_LABEL).by(
            lambda one: None if one.row.label or one.row.key else one.group
        )

    @cached_property
    def columns(self) -> Pairing[Column]:
        """Its columns: by their words, else by what stands in them."""
        pairing = Pairing(self.old.columns, self.new.columns)
        pairing.by(lambda one: one, lambda one: (one.heading, one.label), lambda one: one.label or None)
        left = Pairing(pairing.removed, pairing.added)
        for one, other in left.by_likeness(partial(_same_column, self), least=SAME_COLUMN).pairs:
            pairing.join(one, other)
        return pairing

    @property
    def column_pairs(self) -> list[tuple[int, int]]:
        """Indexes of the columns that both have, in the new order."""
        return [(before, after) for after, before in sorted(self.columns.back.items())]

    @cached_property
    def has_same_unit(self) -> bool:
        """Whether figures of one can be taken from figures of the other."""
        return same(self.old.unit_of_measure, self.new.unit_of_measure)

    def words(self) -> tuple[Wording, ...]:
        """What is said over and under the table otherwise than before. The caption is first."""
        old, new = self.old, self.new
        return wordings(
            (_("Tittel"), old.caption, new.caption),
            (_("Måleenhet"), old.unit_of_measure, new.unit_of_measure),
            (_("Overskrift over radene"), old.row_heading, new.row_heading),
            (_("Merknad"), old.note, new.note),
            (_("Kilde"), old.source, new.source),
            (_("Diagram"), CHARTS.get(old.chart, old.chart), CHARTS.get(new.chart, new.chart)),
        )

    def sums(self) -> tuple[Wording, ...]:
        """The sum of the changes in each column where they can be added up."""
        return tuple(filter(None, (self._sum(*pair) for pair in self.column_pairs))) if self.has_same_unit else ()

    def _sum(self, before: int, after: int) -> Wording | None:
        column = self.new.columns[after]
        is_same = self.old.columns[before].heading == column.heading
        if not is_same or not (amounts.adds_up(self.old, before) and amounts.adds_up(self.new, after)):
            return None
        rows = self.rows
        both = [(one.row, other.row) for one, other in rows.pairs if one.row.is_sum == other.row.is_sum]
        cells = [
            (old.cells[before], old.values[before], new.cells[after], new.values[after])
            for old, new in both
            if amounts.is_part(new)
        ]
        gone, come = [rows.old[index].row for index in rows.removed], [rows.new[index].row for index in rows.added]
        cells += [(row.cells[before], row.values[before], "", None) for row in gone if amounts.is_part(row)]
        cells += [("", None, row.cells[after], row.values[after]) for row in come if amounts.is_part(row)]
        total = amounts.summed(cells)
        if total is None:
            return None
        return Wording(column_name(self.new, after), difference=amounts.signed(total, *(cell[2] for cell in cells)))

    def parts(self) -> Iterator[Change]:
        """The columns, groups and footnotes that are new, gone, moved or said otherwise."""
        yield from self._columns()
        yield from self._groups()
        yield from self._footnotes()

    def _columns(self) -> Iterator[Change]:
        moved = self.columns.moved()
        headings: set[tuple[str, str]] = set()
        for before, after in self.columns.merged():
            if after is None and before is not None:
                yield _column_alone(self.old, before, is_new=False)
            elif before is None and after is not None:
                yield _column_alone(self.new, after, is_new=True)
            elif before is not None and after is not None:
                change = self._column(before, after, is_moved=after in moved, headings=headings)
                if change.is_something:
                    yield change

    def _column(self, before: int, after: int, *, is_moved: bool, headings: set[tuple[str, str]]) -> Change:
        """A column of both. A heading that several stand under is told once."""
        old, new = self.old.columns[before], self.new.columns[after]
        over = (old.heading, new.heading)
        label = wordings((_("Navn"), old.label, new.label))
        said = label + wordings((_("Type"), _kind(old), _kind(new)))
        if over not in headings:
            headings.add(over)
            said += wordings((_("Felles overskrift"), *over))
        return Change(
            "column",
            "changed",
            column_name(self.new, after),
            move=_("Står nå på et annet sted i rekkefølgen.") if is_moved else "",
            is_renamed=bool(label),
            wordings=said,
        )

    def _groups(self) -> Iterator[Change]:
        moved = self.groups.moved()
        for before, after in self.groups.merged():
            if after is None and before is not None:
                if self.old.groups[before].title:
                    yield Change("group", "removed", self.old.groups[before].title)
            elif after is not None and before is None:
                if self.new.groups[after].title:
                    yield Change("group", "added", self.new.groups[after].title)
            elif after is not None and before is not None:
                change = _group(self.old.groups[before], self.new.groups[after], is_moved=after in moved)
                if change.is_something:
                    yield change

    def _footnotes(self) -> Iterator[Change]:
        pairing = Pairing(self.old.footnotes, self.new.footnotes).by(lambda note: note, lambda note: note[1])
        pairing.by(lambda note: note[0])
        for before, after in pairing.merged():
            old = self.old.footnotes[before] if before is not None else ("", "")
            new = self.new.footnotes[after] if after is not None else ("", "")
            state: State = "removed" if after is None else "added" if before is None else "changed"
            said = wordings((_("Merke"), old[0], new[0]), (_("Tekst"), old[1], new[1]))
            if said:
                yield Change("footnote", state, (new if after is not None else old)[0], wordings=said)


def _group_whole(group: RowGroup) -> Hashable:
    return group.title, frozenset(_idents(group))


def _idents(group: RowGroup) -> set[Hashable]:
    return {row.key or row.label for row in group.rows}


def _group(old: RowGroup, new: RowGroup, *, is_moved: bool) -> Change:
    levels = [_("under en annen gruppe") if group.level else _("for seg selv") for group in (old, new)]
    said = wordings((_("Merknad"), old.note, new.note), (_("Plass"), levels[0], levels[1]))
    return changed_group((old.title, new.title), said, is_moved=is_moved)


def _renamed(old: Placed, new: Placed) -> float:
    """Whether a row that is no indicator's has a new label: the same figures in the same group, and a like label."""
    if old.row.key or new.row.key or old.group != new.group or old.row.cells != new.row.cells:
        return 0.0
    return label_likeness(old.row.label, new.row.label) if any(old.row.cells) else 0.0


def _same_column(tables: "TablePair", before: int, after: int) -> float:
    """How many of the rows that have something in either column have the same in both.

    A column with another label is the same only where that is a like label, or where all its figures are the same.
    """
    pairs = [(old.row, new.row) for old, new in tables.rows.pairs if old.row.cells[before] or new.row.cells[after]]
    equal = [old for old, new in pairs if old.cells[before] == new.cells[after]]
    figures = [old for old in equal if old.values[before] is not None]
    labels = tables.old.columns[before].label, tables.new.columns[after].label
    is_like = label_likeness(*labels) >= SAME_LABEL or (len(equal) == len(pairs) and len(figures) > 1)
    return len(equal) / len(pairs) if pairs and is_like else 0.0


def label_likeness(old: str, new: str) -> float:
    """How alike two names are, letter by letter: 0 to 1."""
    return SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False).ratio()


def _kind(column: Column) -> str:
    return COLUMN_KINDS.get(column.kind, column.kind)


def column_name(table: Table, index: int) -> str:
    """What a reader calls the column; its common heading too, where another column has the same label."""
    column = table.columns[index]
    if column.label and [one.label for one in table.columns].count(column.label) == 1:
        return column.label
    return ", ".join(filter(None, [column.heading, column.label])) or _("Kolonne %(number)s") % {"number": index + 1}


def _column_alone(table: Table, index: int, *, is_new: bool) -> Change:
    """A column that is new or gone, with what stands in it, row by row."""
    said = [(row.label, row.cells[index]) for row in table.rows() if row.cells[index]]
    name = column_name(table, index)
    if is_new:
        return Change("column", "added", name, cells=tuple(Wording(label, after=cell) for label, cell in said))
    return Change("column", "removed", name, cells=tuple(Wording(label, before=cell) for label, cell in said))
