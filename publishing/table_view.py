"""A table as its template draws it: spans of the headings, classes of the columns, cells without their marks. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from string import ascii_lowercase
from typing import NamedTuple

from django.utils.translation import gettext as _

from publishing.cells import Cell, cells_of, hard_spaces
from publishing.explaining.references import cell_anchor
from publishing.structure import Column, Row, RowGroup, Table

WIDE, PLAIN, MANY_GOALS = 8, 6, 5
SHORT, CHART, TALL = 14, 8, 5
LONG_TEXT, SHORT_LABEL = 40, 10
FOLDED = 140
"""From so many letters on, what is said of a goal folds: a scorecard is read by its figures."""


@dataclass(frozen=True)
class Heading:
    """A cell of the table's head. `columns` and `rows` are how many it spans; `scope` is col or colgroup."""

    text: str
    css: str
    columns: int = 1
    rows: int = 1
    scope: str = "col"


@dataclass(frozen=True)
class ShownCell:
    """A cell of the table's body: what is printed, its footnote mark, its class, and its address where published."""

    text: str
    mark: str
    css: str
    anchor: str = ""


@dataclass(frozen=True)
class Words:
    """What a column of words says of a row, under the column's heading, and its address in a published page."""

    heading: str
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row with its cells. `reason_mark` is the letter of its verdict's reason, for print.

    `words` are what stands under the row, over the whole width.
    """

    row: Row
    cells: tuple[ShownCell, ...]
    reason_mark: str = ""
    words: tuple[Words, ...] = ()

    @property
    def below(self) -> tuple[tuple[str, str], ...]:
        """The heading and text of each column of words."""
        return tuple((words.heading, words.text) for words in self.words)

    @property
    def is_folded(self) -> bool:
        """Whether the screen shows what stands below only when it is asked for."""
        return self.row.verdict is not None and sum(len(words.text) for words in self.words) > FOLDED


@dataclass(frozen=True)
class ShownGroup:
    """A group of rows with its heading."""

    group: RowGroup
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class TableView:
    """A table, ready to draw. `columns` are the columns' classes, the row headings' first.

    `shape` says how paper makes room: matrix, goals, scorecard, commented, wide, plain or narrow. `reasons` are the
    verdicts' reasons with a letter for each, so that paper can say the same reason once.
    """

    table: Table
    shape: str
    columns: tuple[str, ...]
    head: tuple[tuple[Heading, ...], ...]
    groups: tuple[ShownGroup, ...]
    has_verdicts: bool
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        """How many columns the table has, the row headings' included."""
        return len(self.columns)

    @property
    def has_short_labels(self) -> bool:
        """Whether all row headings are so short that a phone can give the room to the figures."""
        return all(len(row.label) <= SHORT_LABEL for row in self.table.rows())

    @property
    def is_short(self) -> bool:
        """Whether it is so short that a page should not part it. Rows with words are tall: two; a chart is eight."""
        height = 1 if self.shape in ("matrix", "wide", "plain", "narrow") else 2
        chart = 0 if self.table.chart == "none" else CHART
        rows = [row for group in self.groups for row in group.rows]
        return chart + sum(TALL if row.words else height for row in rows) <= SHORT


def lay_out(table: Table, taken: Collection[str] | None = None) -> TableView:
    """The table as it is drawn on the web and in the book.

    In a published page each figure gets an address that is none of those `taken`; elsewhere `taken` is None.
    """
    has_verdicts = any(row.verdict for row in table.rows())
    below = _below(table, has_verdicts)
    shown = [index for index in range(len(table.columns)) if index not in below]
    kinds = [_kind(table, index) for index in shown]
    marks = _reason_marks(table)
    return TableView(
        table=table,
        shape=_shape(kinds, has_verdicts),
        columns=("label", *kinds, *(["status"] if has_verdicts else [])),
        head=_head(table, [table.columns[index] for index in shown], kinds, has_verdicts),
        groups=tuple(
            ShownGroup(group, tuple(_row(table, row, _Layout(shown, kinds, below, marks, taken)) for row in group.rows))
            for group in table.groups
        ),
        has_verdicts=has_verdicts,
        reasons=tuple((mark, reason) for reason, mark in marks.items()),
    )


class _Layout(NamedTuple):
    """Which columns stand beside each other, of which class, which stand below, and the letters of the reasons.

    `taken` are the addresses that no figure may have; None where figures have none.
    """

    shown: list[int]
    kinds: list[str]
    below: list[int]
    marks: Mapping[str, str]
    taken: Collection[str] | None

    def anchor(self, row: Row, index: int) -> str:
        """The address of the row's figure in that column, or nothing."""
        if self.taken is None or not row.anchor or not row.cells[index]:
            return ""
        return cell_anchor(row.anchor, index + 1, self.taken)


def _below(table: Table, has_verdicts: bool) -> list[int]:
    """The columns of words that stand under each row: beside a verdict or each other they would be too narrow."""
    words = [index for index, column in enumerate(table.columns) if column.kind == "text"]
    return words if has_verdicts or len(words) > 1 else []


def _reason_marks(table: Table) -> dict[str, str]:
    """A letter for each reason, in the order they are met, and none that is a mark of the table's own footnotes."""
    reasons = dict.fromkeys(row.verdict.reason for row in table.rows() if row.verdict and row.verdict.reason)
    taken = {mark for mark, _text in table.footnotes}
    letters = (letter * times for times in count(1) for letter in ascii_lowercase if letter * times not in taken)
    return dict(zip(reasons, letters, strict=False))


def _kind(table: Table, index: int) -> str:
    """The class of a column: mark, txt, or num where its cells are figures or short words among figures."""
    kind = table.columns[index].kind
    if kind in ("mark", "text"):
        return "mark" if kind == "mark" else "txt"
    is_long = any(len(row.cells[index]) > LONG_TEXT for row in table.rows())
    return "txt" if is_long else "num"


def _shape(kinds: list[str], has_verdicts: bool) -> str:
    if "mark" in kinds:
        return "matrix"
    if has_verdicts:
        return "goals" if len(kinds) >= MANY_GOALS else "scorecard"
    if "txt" in kinds:
        return "commented"
    return "wide" if len(kinds) >= WIDE else "plain" if len(kinds) >= PLAIN else "narrow"


def _head(table: Table, columns: list[Column], kinds: list[str], has_verdicts: bool) -> tuple[tuple[Heading, ...], ...]:
    """One row of headings, or two where columns stand under a common heading."""
    is_two_level = any(column.heading for column in columns)
    height = 2 if is_two_level else 1
    first = [Heading(table.row_heading, "label", rows=height)]
    second: list[Heading] = []
    pairs = list(zip(columns, kinds, strict=True))
    for heading, run in groupby(pairs, key=lambda pair: pair[0].heading):
        members = list(run)
        if heading:
            first.append(Heading(heading, "common", columns=len(members), scope="colgroup"))
            second += [_column_heading(column, kind) for column, kind in members]
        else:
            first += [_column_heading(column, kind, height) for column, kind in members]
    if has_verdicts:
        first.append(Heading(_("Måloppnåelse"), "status", rows=height))
    return (tuple(first), tuple(second)) if is_two_level else (tuple(first),)


def _column_heading(column: Column, kind: str, rows: int = 1) -> Heading:
    return Heading(column.label, kind, rows=rows)


def _row(table: Table, row: Row, layout: _Layout) -> ShownRow:
    cells = cells_of(table, row)
    columns = zip(layout.shown, layout.kinds, strict=True)
    shown = (_cell(cells[index], kind, layout.anchor(row, index)) for index, kind in columns)
    words = (
        Words(table.columns[index].label, hard_spaces(row.cells[index]), layout.anchor(row, index))
        for index in layout.below
        if row.cells[index]
    )
    reason = row.verdict.reason if row.verdict else ""
    return ShownRow(row, tuple(shown), layout.marks.get(reason, ""), tuple(words))


def _cell(cell: Cell, kind: str, anchor: str) -> ShownCell:
    is_words = kind == "num" and bool(cell.text) and not cell.is_figure
    return ShownCell(hard_spaces(cell.text), cell.mark, "num words" if is_words else kind, anchor)
