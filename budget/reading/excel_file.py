"""Excel workbooks (.xlsx, .xlsm): the one visible sheet with content, cell by cell."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from budget.reading.cells import EMPTY, Cell, Sheet, Unreadable
from budget.reading.excel_book import Book, ExcelSheet, open_book
from budget.reading.headings import WIDEST, Grid, Row, Tab, chosen, sheet_of
from budget.reading.numerals import date_cell, iso_date_cell, number_cell
from budget.reading.xml_stream import BROKEN, CHUNK, Handler, damaged, walk

MOST_ROWS = 1_048_576
"""As many as Excel has."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:$]{1,30})["']""")
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?hidden\s*=\s*["'](?:1|true)["']""")
ALPHABET = 26
LONGEST_FORMULA = 200


def read_excel(content: bytes, where: str) -> Sheet:
    """The table in the workbook. Raises `Unreadable`."""
    book = open_book(content, where)
    tabs = [Tab(one.name, one.is_hidden, _is_filled(book, one, where)) for one in book.sheets]
    index, warnings = chosen(tabs, where)
    sheet = book.sheets[index]
    inside = _inside(where, sheet)
    merges, has_hidden_rows = _marks(book, sheet, inside)
    if has_hidden_rows:
        warnings += (_("Arket har skjulte eller filtrerte rader. De er lest, de også."),)
    return sheet_of(Grid(inside, sheet.name, partial(_rows, book, sheet, inside), merges, warnings))


def _is_filled(book: Book, sheet: ExcelSheet, where: str) -> bool:
    return next(_rows(book, sheet, _inside(where, sheet)), None) is not None


def _inside(where: str, sheet: ExcelSheet) -> str:
    return _("%(file)s, arket «%(sheet)s»") % {"file": where, "sheet": sheet.name}


def _rows(book: Book, sheet: ExcelSheet, where: str) -> Iterator[Row]:
    try:
        source = book.open(sheet)
    except BROKEN as error:
        raise damaged(where) from error
    with source:
        yield from walk(source, _Cells(book, where), where)


def _marks(book: Book, sheet: ExcelSheet, where: str) -> tuple[tuple[str, ...], bool]:
    """Ranges of merged cells, which stand after all the rows, and whether rows are hidden: looked for in the bytes."""
    merges: list[str] = []
    has_hidden_rows = False
    rest = b""
    try:
        with book.open(sheet) as source:
            while chunk := source.read(CHUNK):
                seen = rest + chunk
                merges += [found.decode().replace("$", "") for found in MERGE.findall(seen)]
                has_hidden_rows = has_hidden_rows or HIDDEN_ROW.search(seen) is not None
                rest = seen[max(seen.rfind(b"<"), len(seen) - CHUNK) :]
    except BROKEN as error:
        raise damaged(where) from error
    return tuple(dict.fromkeys(merges)), has_hidden_rows


class _Cells(Handler[Row]):
    """The filled rows of a sheet. Tags are known by their names alone: Excel has written them in two namespaces."""

    def __init__(self, book: Book, where: str) -> None:
        super().__init__()
        self._book = book
        self._where = where
        self._epoch = MAC_EPOCH if book.has_mac_epoch else WINDOWS_EPOCH
        self._row = 0
        self._column = -1
        self._next_column = 0
        self._cells: dict[int, Cell] = {}
        self._type = self._style = ""
        self._formula: str | None = None
        self._part = ""
        self._pieces: list[str] = []
        self._value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(attributes)
        elif name in ("v", "t", "f") and self._column >= 0:
            self._part = name
            self._pieces.clear()
        elif name == "rPh":
            self._type = "sound"

    def text(self, data: str) -> None:
        if self._part:
            self._pieces.append(data)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == self._part:
            self._close_part()
        elif name == "c":
            self._close_cell()
        elif name == "rPh":
            self._type = "inlineStr"
        elif name == "row" and self._cells:
            self.ready.append((self._row, self._cells))
            self._cells = {}

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = int(float(attributes.get("r", self._row + 1)))
        if not 1 <= self._row <= MOST_ROWS:
            raise Unreadable(
                self._where, _("Arket har flere rader enn det er plass til i Excel. Kopier tallene over i et nytt ark.")
            )
        self._column = -1
        self._next_column = 0

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = _column_of(reference.rstrip("0123456789")) if reference else self._next_column
        self._next_column = self._column + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._formula = None
        self._value = ""

    def _close_part(self) -> None:
        piece = "".join(self._pieces)
        if self._part == "f":
            self._formula = piece
        elif (self._part == "t") == (self._type == "inlineStr"):
            self._value += piece
        self._part = ""

    def _close_cell(self) -> None:
        if self._column < WIDEST and (self._value or self._formula is not None):
            is_formula = self._formula is not None
            cell = Cell("formula", f"={self._formula}"[:LONGEST_FORMULA]) if is_formula else self._cell()
            if cell is not EMPTY:
                self._cells[self._column] = cell
        self._column = -1

    def _cell(self) -> Cell:
        match self._type:
            case "n":
                return self._number()
            case "s":
                return _text(self._book.texts[int(self._value)])
            case "str" | "inlineStr":
                return _text(self._value)
            case "b":
                return Cell("truth", _("SANN") if self._value.strip() == "1" else _("USANN"))
            case "d":
                return iso_date_cell(self._value)
            case _:
                return Cell("error", self._value)

    def _number(self) -> Cell:
        value = self._value.strip()
        if self._style not in self._book.formats.dates:
            return number_cell(value, digits=self._book.formats.digits.get(self._style, 0)) if value else EMPTY
        try:
            is_duration = self._style in self._book.formats.durations
            return date_cell(from_excel(float(value), self._epoch, timedelta=is_duration))
        except (OverflowError, ValueError):
            return Cell("error", value)


def _text(text: str) -> Cell:
    """Text of a cell; Excel writes characters that XML cannot hold as _x000D_."""
    if "_x" in text:
        text = ESCAPED.sub(_unescaped, text)
    stripped = text.strip()
    return Cell("text", stripped) if stripped else EMPTY


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() else ""


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    """The column's place from 0: "A" → 0, "AA" → 26."""
    place = 0
    for letter in letters.upper():
        place = place * ALPHABET + ord(letter) - ord("A") + 1
    if not 1 <= place <= ALPHABET**3:
        message = "a column outside the sheet"
        raise ValueError(message)
    return place - 1
