"""Tables as Excel and CSV. Numbers are numbers with the decimals that were typed; text is text, never a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from publishing.cells import RAISED, Cell, cells_of
from publishing.structure import Contents, Row, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENTS_SHEET = gettext_noop("Innhold")
LONGEST_NAME = 31
LABEL_WIDTH, NUMBER_WIDTH, TEXT_WIDTH = 60, 13, 50

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table_workbook(table: Table) -> bytes:
    """The table as a workbook of one sheet."""
    return _Workbook([table]).content()


def workbook(contents: Contents) -> bytes:
    """Every table of the document on a sheet of its own, after a list of them with links."""
    tables = list(contents.tables())
    book = _Workbook([table for _chapter, table in tables], f"{contents.title} – {contents.municipality}")
    book.write_contents([(f"{chapter.number} {chapter.title}", table) for chapter, table in tables])
    return book.content()


def table_csv(table: Table) -> bytes:
    """The table as CSV for Norwegian Excel: UTF-8 with a byte order mark, semicolons, decimal commas.

    A number stands without its unit, which has a column of its own where cells are printed with one.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for line in _csv_lines(table):
        writer.writerow(line)
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe in front where it could."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS_FORMULA) else text


def number_format(cell: Cell) -> str:
    """Excel's format that shows the number the way it is printed: 99.9 with `0.0" %"` is «99,9 %»."""
    whole = "#,##0" if cell.is_grouped else "0"
    decimals = f".{'0' * cell.decimals}" if cell.decimals else ""
    unit = f" {cell.unit}" if cell.unit else ""
    return f"{_literal(cell.before.strip())}{whole}{decimals}{_literal(unit + _raised(cell.mark))}"


def sheet_names(tables: list[Table]) -> list[str]:
    """A name of at most 31 characters for each table («4.3 Nøkkeltall»), none like another, whatever the case."""
    taken = {_(CONTENTS_SHEET).casefold()}
    names = []
    for table in tables:
        plain = " ".join(_FORBIDDEN.sub(" ", f"{table.number} {table.caption}").split()).strip("'") or _("Tabell")
        name, count = plain[:LONGEST_NAME].strip(" '"), 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain[: LONGEST_NAME - len(f' ({count})')].strip()} ({count})"
        taken.add(name.casefold())
        names.append(name)
    return names


def _literal(text: str) -> str:
    return f'"{text.replace(chr(34), "″")}"' if text else ""


def _raised(mark: str) -> str:
    return mark.translate(RAISED)


def _headings(table: Table) -> list[str]:
    """One line of headings: a column under a common heading bears both."""
    return [f"{column.heading}: {column.label}" if column.heading else column.label for column in table.columns]


def _label(row: Row) -> str:
    return f"{row.label} {_raised(row.mark)}" if row.mark else row.label


def _csv_lines(table: Table) -> Iterator[list[str]]:
    has_groups = any(group.title for group in table.groups)
    has_verdicts = any(row.verdict for row in table.rows())
    units = {id(row): _row_unit(cells_of(table, row)) for row in table.rows()}
    has_units = any(units.values())
    lead = [*([_("Gruppe")] if has_groups else []), table.row_heading or _("Rad"), *([_("Enhet")] if has_units else [])]
    tail = [_("Måloppnåelse"), _("Begrunnelse")] if has_verdicts else []
    yield [guarded(heading) for heading in (*lead, *_headings(table), *tail)]
    for group in table.groups:
        for row in group.rows:
            lead = [*([group.title] if has_groups else []), row.label, *([units[id(row)]] if has_units else [])]
            tail = _verdict(row) if has_verdicts else []
            figures = [_csv_cell(cell, units[id(row)]) for cell in cells_of(table, row)]
            yield [*map(guarded, lead), *figures, *map(guarded, tail)]


def _row_unit(cells: list[Cell]) -> str:
    """The unit that every number of the row is printed with, or nothing where they differ."""
    units = {cell.unit for cell in cells if cell.number is not None}
    return units.pop() if len(units) == 1 else ""


def _csv_cell(cell: Cell, row_unit: str) -> str:
    """A number with a decimal comma; as printed where its unit is not the row's or words stand before it."""
    if cell.number is None or cell.unit != row_unit or cell.before.strip("=+ "):
        return guarded(cell.text)
    return f"{cell.number:.{cell.decimals}f}".replace(".", ",")


def _verdict(row: Row) -> list[str]:
    return [_(row.verdict.word), row.verdict.reason] if row.verdict else ["", ""]


class _Workbook:
    """A workbook in memory, with a sheet for each table."""

    def __init__(self, tables: list[Table], title: str = "") -> None:
        self.title = title
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, {"in_memory": True})
        self.formats: dict[tuple[str, bool], Format] = {}
        self.bold = self.book.add_format({"bold": True})
        self.heading = self.book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
        self.link = self.book.get_default_url_format()
        self.overview = self.book.add_worksheet(_(CONTENTS_SHEET)) if title else None
        self.names = sheet_names(tables)
        for name, table in zip(self.names, tables, strict=True):
            self._write_table(self.book.add_worksheet(name), table)

    def content(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.buffer.getvalue()

    def write_contents(self, tables: list[tuple[str, Table]]) -> None:
        """The first sheet: every table under its chapter, with a link to its sheet."""
        sheet = self.overview
        if sheet is None:
            return
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 8)
        sheet.set_column(2, 2, 90)
        _text(sheet, 0, 0, self.title, self.bold)
        for index, ((chapter, table), name) in enumerate(zip(tables, self.names, strict=True), start=2):
            _text(sheet, index, 0, chapter)
            _text(sheet, index, 1, table.number)
            target = name.replace("'", "''")
            sheet.write_url(index, 2, f"internal:'{target}'!A1", self.link, _writable(table.caption)[:255])

    def _write_table(self, sheet: Worksheet, table: Table) -> None:
        kinds = [column.kind for column in table.columns]
        sheet.set_column(0, 0, LABEL_WIDTH)
        for index, kind in enumerate(kinds, start=1):
            sheet.set_column(index, index, TEXT_WIDTH if kind == "text" else NUMBER_WIDTH)
        unit = f" ({table.unit_of_measure})" if table.unit_of_measure else ""
        title = f"{table.caption}{unit}"
        if table.number:
            title = _("Tabell %(number)s %(caption)s") % {"number": table.number, "caption": title}
        _text(sheet, 0, 0, title, self.bold)
        self._write_head(sheet, table)
        sheet.freeze_panes(3, 1)
        line = 3
        for group in table.groups:
            if group.title:
                _text(sheet, line, 0, " ".join(part for part in (group.title, group.note) if part), self.bold)
                line += 1
            for row in group.rows:
                self._write_row(sheet, line, table, row)
                line += 1
        self._write_notes(sheet, line + 1, table)

    def _write_head(self, sheet: Worksheet, table: Table) -> None:
        has_verdicts = any(row.verdict for row in table.rows())
        tail = [_("Måloppnåelse"), _("Begrunnelse")] if has_verdicts else []
        for index, heading in enumerate([table.row_heading, *_headings(table), *tail]):
            _text(sheet, 2, index, heading, self.heading)
        if has_verdicts:
            sheet.set_column(len(table.columns) + 1, len(table.columns) + 1, 16)
            sheet.set_column(len(table.columns) + 2, len(table.columns) + 2, TEXT_WIDTH)

    def _write_row(self, sheet: Worksheet, line: int, table: Table, row: Row) -> None:
        style = self.bold if row.is_sum else None
        _text(sheet, line, 0, " ".join(part for part in (_label(row), row.note) if part), style)
        for index, cell in enumerate(cells_of(table, row), start=1):
            if cell.number is not None:
                sheet.write_number(line, index, float(cell.number), self._number_style(cell, is_bold=row.is_sum))
            else:
                _text(sheet, line, index, f"{cell.text} {_raised(cell.mark)}".strip(), style)
        if row.verdict:
            for index, text in enumerate(_verdict(row), start=len(row.cells) + 1):
                _text(sheet, line, index, text)

    def _number_style(self, cell: Cell, *, is_bold: bool) -> Format:
        key = (number_format(cell), is_bold)
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"num_format": key[0], "bold": is_bold})
        return self.formats[key]

    def _write_notes(self, sheet: Worksheet, line: int, table: Table) -> None:
        notes = [f"{_raised(mark)} {text}" for mark, text in table.footnotes]
        notes += [table.note, _("Kilde: %(source)s") % {"source": table.source} if table.source else ""]
        for index, note in enumerate(filter(None, notes)):
            _text(sheet, line + index, 0, note)


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Text as text, whatever it begins with: a sheet holds at most 32 767 characters in a cell."""
    if text:
        sheet.write_string(row, column, _writable(text)[:32767], style)


def _writable(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


TABLE_FILES: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (table_workbook, MEDIA_TYPE),
    "csv": (table_csv, "text/csv; charset=utf-8"),
}
"""How a table is written as a file with this ending, and what kind of file that is."""
