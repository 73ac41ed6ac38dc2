"""Files of figures made in tests: workbooks as people save them, and with what people never meant to be in them."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("Ansvar", "Funksjon", "Art", "Beløp")
LINE = ("1000", "202", "010", "1 250,50")
FIRST_SHEET = "xl/worksheets/sheet1.xml"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def csv_file(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """The lines as a file."""
    return "".join(line + end for line in lines).encode(encoding)


def excel(*rows: tuple[Any, ...], change: Callable[[Workbook, Worksheet], object] | None = None) -> bytes:
    """A workbook with one sheet, named Sheet, and what is changed in it."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ledger(*amounts: Any, change: Callable[[Workbook, Worksheet], object] | None = None) -> bytes:
    """A workbook with a line for each amount."""
    return excel(HEADINGS, *((1000, 202, 10, amount) for amount in amounts), change=change)


def repacked(content: bytes, parts: Mapping[str, Callable[[bytes], bytes] | None], **more: bytes) -> bytes:
    """The zip with some parts changed, taken out (None) or added; slashes in names to add are written `__`."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name, bytes)
            if change is not None:
                new.writestr(name, change(old.read(name)))
        for name, part in more.items():
            new.writestr(name.replace("__", "/"), part)
    return target.getvalue()


def with_rows(xml: str) -> bytes:
    """A workbook whose sheet has this XML as its rows."""
    rows = f"<sheetData>{xml}</sheetData>".encode()
    return repacked(excel(), {FIRST_SHEET: lambda part: re.sub(rb"<sheetData ?/>|<sheetData></sheetData>", rows, part)})


def zipped(**parts: bytes) -> bytes:
    """A zip of nothing but these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return target.getvalue()


def ods(body: str, *, styles: str = "") -> bytes:
    """An ODS workbook with these tables."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} {CALC}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(**{"mimetype": kind, "content.xml": content.encode()})


def ods_table(*rows: str, name: str = "Ark1", style: str = "ta1") -> str:
    """A table of rows."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def ods_row(*cells: str, attributes: str = "") -> str:
    """A row of cells; what is no tag becomes text."""
    made = (cell if cell.startswith("<") else ods_cell("string", cell) for cell in cells)
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def ods_cell(kind: str, shown: str, attributes: str = "") -> str:
    """A cell of a kind, with the text that is shown."""
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{escape(shown)}</text:p></table:table-cell>'
    )
