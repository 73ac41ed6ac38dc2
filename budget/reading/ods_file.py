"""ODS workbooks (LibreOffice, Google): the one visible sheet with content, cell by cell."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from budget.reading.cells import EMPTY, Cell, Sheet, column_letter
from budget.reading.headings import WIDEST, Grid, Row, Tab, chosen, sheet_of
from budget.reading.numerals import iso_date_cell, number_cell
from budget.reading.xml_stream import BROKEN, Handler, damaged, walk

SPACE = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TABLE, TEXT, STYLE = (f"{SPACE}:{one}:1.0 " for one in ("office", "table", "text", "style"))
CELL, COVERED, ROW, PARAGRAPH = f"{TABLE}table-cell", f"{TABLE}covered-table-cell", f"{TABLE}table-row", f"{TEXT}p"
CELLS = frozenset({CELL, COVERED})
ROWS_REPEATED, COLUMNS_REPEATED = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
ROWS_SPANNED, COLUMNS_SPANNED = f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned"
FORMULA = f"{TABLE}formula"
VALUE, VALUE_TYPE = f"{OFFICE}value", f"{OFFICE}value-type"
CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
CONTENT = "content.xml"
MOST_REPEATED = 1_048_576
"""Rows, as many as a sheet has."""
MOST_SPACES = 100
LONGEST_FORMULA = 200
OUTSIDE = frozenset(
    {f"{OFFICE}annotation", f"{TABLE}shapes", f"{TABLE}tracked-changes", f"{TABLE}dde-link", f"{TABLE}named-range"}
)
"""What stands inside a table and is not its cells: comments, drawings, earlier versions."""
BREAKS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}


@dataclass(frozen=True)
class _Repeated:
    """A row that may stand for many that are alike, and the sheet it stands in, from 0."""

    table: int
    number: int
    cells: dict[int, Cell]
    times: int


def read_ods(content: bytes, where: str) -> Sheet:
    """The table in the workbook. Raises `Unreadable`."""
    overview = _Cells(_present)
    filled = {row.table for row in _walk(content, overview, where)}
    tabs = [Tab(name, name_hidden, index in filled) for index, (name, name_hidden) in enumerate(overview.tables)]
    index, warnings = chosen(tabs, where)
    if index in overview.hidden_rows:
        warnings += (_("Arket har skjulte eller filtrerte rader. De er lest, de også."),)
    name = overview.tables[index][0]
    inside = _("%(file)s, arket «%(sheet)s»") % {"file": where, "sheet": name}
    merges = tuple(merge for table, merge in overview.merges if table == index)
    return sheet_of(Grid(inside, name, partial(_rows, content, index, inside), merges, warnings))


def _rows(content: bytes, table: int, where: str) -> Iterator[Row]:
    for row in _walk(content, _Cells(_cell), where):
        if row.table == table:
            for number in range(row.number, row.number + row.times):
                yield number, row.cells


def _walk(content: bytes, handler: "_Cells", where: str) -> Iterator[_Repeated]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(CONTENT) as source:
            yield from walk(source, handler, where, separator=" ")
    except BROKEN as error:
        raise damaged(where) from error


class _Cells(Handler[_Repeated]):
    """The filled rows of every sheet. Rows and cells that are repeated are counted, not multiplied."""

    def __init__(self, read_cell: Callable[[dict[str, str], str], Cell]) -> None:
        super().__init__()
        self._read_cell = read_cell
        self.tables: list[tuple[str, bool]] = []
        self.merges: list[tuple[int, str]] = []
        self.hidden_rows: set[int] = set()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._outside = 0
        self._row = 1
        self._rows_repeated = 1
        self._column = 0
        self._cells: dict[int, Cell] = {}
        self._facts: dict[str, str] = {}
        self._pieces: list[str] = []
        self._paragraphs = 0
        self._in_paragraph = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._outside or tag in OUTSIDE:
            self._outside += 1
        elif tag in CELLS:
            self._facts = attributes
            self._pieces.clear()
            self._paragraphs = 0
        elif tag.startswith(TEXT):
            self._start_of_text(tag, attributes)
        elif tag == ROW:
            self._open_row(attributes)
        else:
            self._start_of_sheet(tag, attributes)

    def end(self, tag: str) -> None:
        if self._outside:
            self._outside -= 1
        elif tag == PARAGRAPH:
            self._in_paragraph -= 1
        elif tag in CELLS:
            self._close_cell(is_covered=tag == COVERED)
        elif tag == ROW:
            self._close_row()

    def text(self, data: str) -> None:
        if self._in_paragraph and not self._outside:
            self._pieces.append(data)

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._rows_repeated = _count(attributes, ROWS_REPEATED)
        self._column = 0
        if attributes.get(f"{TABLE}visibility", "visible") != "visible":
            self.hidden_rows.add(len(self.tables) - 1)

    def _start_of_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        """A sheet, or the style that says whether it is hidden, which stands before it."""
        if tag == f"{TABLE}table":
            style = attributes.get(f"{TABLE}style-name", "")
            self.tables.append((attributes.get(f"{TABLE}name", ""), style in self._hidden_styles))
            self._row = 1
        elif tag == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
        elif attributes.get(f"{TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_of_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == PARAGRAPH:
            if self._paragraphs:
                self._pieces.append("\n")
            self._paragraphs += 1
            self._in_paragraph += 1
        elif tag == f"{TEXT}s":
            self._pieces.append(" " * min(_count(attributes, f"{TEXT}c"), MOST_SPACES))
        elif tag in BREAKS:
            self._pieces.append(BREAKS[tag])

    def _close_cell(self, *, is_covered: bool) -> None:
        facts = self._facts
        cell = EMPTY if is_covered else self._read_cell(facts, "".join(self._pieces).strip())
        after = min(self._column + _count(facts, COLUMNS_REPEATED), WIDEST)
        if cell is not EMPTY:
            for column in range(self._column, after):
                self._cells[column] = cell
        if COLUMNS_SPANNED in facts or ROWS_SPANNED in facts:
            self._note_merge()
        self._column = after

    def _note_merge(self) -> None:
        columns = _count(self._facts, COLUMNS_SPANNED)
        rows = _count(self._facts, ROWS_SPANNED)
        if columns > 1 or rows > 1:
            first = f"{column_letter(self._column)}{self._row}"
            last = f"{column_letter(self._column + columns - 1)}{self._row + rows - 1}"
            self.merges.append((len(self.tables) - 1, f"{first}:{last}"))

    def _close_row(self) -> None:
        if self._cells:
            self.ready.append(_Repeated(len(self.tables) - 1, self._row, self._cells, self._rows_repeated))
            self._cells = {}
        self._row += self._rows_repeated


def _count(attributes: dict[str, str], name: str) -> int:
    """How many times; 1 where nothing is said."""
    times = attributes.get(name)
    return 1 if times is None else min(max(int(times), 1), MOST_REPEATED)


def _present(facts: dict[str, str], text: str) -> Cell:
    """Whether something stands in the cell, which is all that is asked when a sheet is chosen."""
    return Cell("text", "") if text or VALUE_TYPE in facts or FORMULA in facts else EMPTY


def _cell(facts: dict[str, str], text: str) -> Cell:
    """The cell from its attributes, and the text as it is shown."""
    if formula := facts.get(FORMULA):
        return Cell("formula", f"={formula.partition('=')[2]}"[:LONGEST_FORMULA])
    if facts.get(CALC_TYPE) == "error":
        return Cell("error", text)
    if not facts:
        return Cell("text", text) if text else EMPTY
    return _typed(facts, text)


def _typed(facts: dict[str, str], text: str) -> Cell:
    match facts.get(VALUE_TYPE):
        case "float" | "currency" | "percentage":
            digits = len(text) if text.isdecimal() and text.isascii() else 0
            return number_cell(facts.get(VALUE, ""), digits=digits)
        case "date":
            return iso_date_cell(facts.get(f"{OFFICE}date-value", ""))
        case "time":
            return Cell("date", text)
        case "boolean":
            return Cell("truth", _("SANN") if facts.get(f"{OFFICE}boolean-value") == "true" else _("USANN"))
    return Cell("text", text) if text else EMPTY
