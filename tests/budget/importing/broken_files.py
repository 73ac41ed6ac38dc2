"""Files that cannot be imported, each broken in a way of its own. What is told of each stands in `broken_told.csv`."""

import datetime
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import openpyxl

from tests.budget.importing.uploads import HEAD, csv, kostra, line, ods, workbook

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How old Excel files begin, and new ones with a password."""
BLANK_ROWS = '<table:table-row table:number-rows-repeated="10000000"><table:table-cell/></table:table-row>'


@dataclass(frozen=True)
class Broken:
    """How a file is broken, the file, its name, and what is said of it when it is uploaded."""

    what: str
    content: Callable[[], bytes]
    name: str
    said: Mapping[str, str]


def _zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def _bomb() -> bytes:
    """A workbook whose sheet is 300 MiB of blanks when it is unpacked."""
    members = dict.fromkeys(("xl/workbook.xml", "_rels/.rels"), b"<x/>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in members.items():
            packed.writestr(name, content)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _megabyte in range(300):
                sheet.write(b" " * 2**20)
    return stream.getvalue()


def _merge(book: openpyxl.Workbook) -> None:
    book.worksheets[0].merge_cells("A2:A3")


def _hide(book: openpyxl.Workbook) -> None:
    book.create_sheet("Tom")
    book.worksheets[0].sheet_state = "hidden"


def _two(book: openpyxl.Workbook) -> None:
    second = book.create_sheet("Ark to")
    for row in (HEAD, line()):
        second.append(list(row))


def _empty_book() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


REVISED = {"layer": "revised", "plan_year": "2024", "title": "Første", "decided_on": "2024-06-12"}
ORIGINAL = {"layer": "original", "plan_year": "2024"}
KOSTRA = {"new_form": "kostra"}
XLSX = {"name": "fil.xlsx"}


def _case(what: str, content: Callable[[], bytes], *, name: str = "fil.csv", **said: str) -> Broken:
    return Broken(what, content, name, said)


SHEETS = [
    _case("only blanks", lambda: b" \r\n\r\n   \r\n"),
    _case("only a heading", csv),
    _case("wrong columns", lambda: csv(("Kari", "Storgata 1", "123"), head=("Navn", "Adresse", "Telefon"))),
    _case("a column is missing", lambda: csv(("bakken-skole", "202", "202401", "1"), head=(*HEAD[:2], *HEAD[3:]))),
    _case("no period and no year", lambda: csv((*line()[:3], "1"), head=(*HEAD[:3], HEAD[4]))),
    _case("two columns named the same", lambda: csv((*line(), "5"), head=(*HEAD, "Beløp"))),
    _case("a row with too many cells", lambda: csv(line(), (*line(), "7", "8"))),
    _case("a quote that never ends", lambda: csv(line(), ('"bakken-skole', *line()[1:]), line())),
    _case("not UTF-8 and not Windows", lambda: csv(line(unit="Skole XX")).replace(b"XX", b"\x81\x8d")),
    _case("UTF-16 without a mark", lambda: csv(line()).decode().encode("utf-16-le")),
    _case("merged cells", lambda: workbook(line(), line(), change=_merge), **XLSX),
    _case("the only sheet is hidden", lambda: workbook(line(), change=_hide), **XLSX),
    _case("two visible sheets", lambda: workbook(line(), change=_two), **XLSX),
    _case("an empty workbook", _empty_book, **XLSX),
    _case("a renamed zip", lambda: _zip(brev=b"Hei"), **XLSX),
    _case("a zip bomb", _bomb, **XLSX),
    _case("a zip that is cut off", lambda: workbook(line())[:-400], **XLSX),
    _case("a PDF called xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", **XLSX),
    _case("a picture called csv", lambda: b"\x89PNG\r\n\x1a\n" + zlib.compress(b"bilde")),
    _case("an old Excel file", lambda: OLE + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 100, name="fil.xls"),
    _case("a workbook with a password", lambda: OLE + "EncryptedPackage".encode("utf-16-le") * 40, **XLSX),
    _case("10 million blank rows", lambda: ods(more=BLANK_ROWS), name="fil.ods"),
]
AMOUNTS = [
    _case("a date as the amount", lambda: workbook((*line()[:4], datetime.date(2024, 2, 1))), **XLSX),
    _case("a written date as the amount", lambda: csv(line(amount="01.02.2024"))),
    _case("two decimal marks", lambda: csv(line(amount="1,234,50"))),
    _case("a point that may be either", lambda: csv(line(), line(amount="1.234"))),
    _case("a point for decimals", lambda: csv(line(amount="12.5"))),
    _case("words as the amount", lambda: csv(line(amount="ukjent"))),
    _case("no amount", lambda: csv(line(amount=""))),
    _case("part of an øre", lambda: csv(line(amount="10,125"))),
    _case("an amount that is too large", lambda: csv(line(amount="99999999999999"))),
    _case("a formula", lambda: workbook(line(), (*line()[:4], "=SUM(E2:E2)")), **XLSX),
    _case("an error of Excel", lambda: workbook((*line()[:4], "#N/A")), **XLSX),
]
CODES = [
    _case("a formula as the code", lambda: workbook(("=A1", *line()[1:])), **XLSX),
    _case("an error of Excel as the code", lambda: workbook((line()[0], "#REF!", *line()[2:])), **XLSX),
    _case("an unknown unit", lambda: csv(line(), line(unit="4711"), line(unit="4711"))),
    _case("an unknown function", lambda: csv(line(function="999"))),
    _case("an unknown art", lambda: csv(line(art="998"))),
    _case("no unit", lambda: csv(line(unit=""))),
    _case("a sum row at the end", lambda: csv(line(amount="5"), ("Sum", "", "", "", "5"))),
    _case("a function that has ended", lambda: csv(line(function="254"))),
    _case("a function that had not begun", lambda: csv(line(function="257", period="202312"))),
    _case("an art that has ended", lambda: csv(line(art="270", period="202601"))),
    _case("an art that had not begun", lambda: csv(line(art="271", period="202512"))),
    _case("an art for investment and an unknown unit", lambda: csv(line(art="910"), line(unit="4711"))),
    _case("neither operations nor investment", lambda: csv((*line(), "X"), head=(*HEAD, "Kontoklasse"))),
    _case("a line of the balance", lambda: csv((*line(), "2"), head=(*HEAD, "Kontoklasse"))),
]
PERIODS = [
    _case("a thirteenth month", lambda: csv(line(period="202413"))),
    _case("no period", lambda: csv(line(), line(period=""))),
    _case("a period that may be either", lambda: csv(line(period="01-02-2024"))),
    _case("two ways to write the period", lambda: csv(line(period="202401"), line(period="2401"))),
    _case("a year of two digits", lambda: csv(line(period="24"))),
    _case("a period before the adopted year", lambda: csv(line(period="202312")), **ORIGINAL),
    _case("a period long after the adopted year", lambda: csv(line(period="203401")), **ORIGINAL),
]
WHOLE = [
    _case("another sum than the control", lambda: csv(line(amount="100,50")), control_sum="100"),
    _case("another number of lines than the control", lambda: csv(line()), control_count="2"),
    _case("a change that does not keep the sum", lambda: csv(line(amount="5"), line(amount="-4")), **REVISED),
    _case(
        "a change that moves from investment to operations",
        lambda: csv((*line(amount="5"), "1"), (*line(amount="-5"), "0"), head=(*HEAD, "Kontoklasse")),
        **REVISED,
    ),
    _case("a change of another year", lambda: csv(line(period="202501")), **REVISED),
]
KOSTRA_FILES = [
    _case("KOSTRA: 47 characters", lambda: kostra(organisation="bakken")[1:], **KOSTRA),
    _case("KOSTRA: letters in the amount", lambda: kostra() + kostra(amount="10O"), **KOSTRA),
    _case("KOSTRA: the balance", lambda: kostra(account_class="2") + kostra(account_class="5"), **KOSTRA),
    _case("KOSTRA: an unknown account class", lambda: kostra(account_class="9"), **KOSTRA),
    _case("KOSTRA: no organisation", kostra, **KOSTRA),
    _case("KOSTRA: a function that has ended", lambda: kostra(function="254"), **KOSTRA),
    _case("KOSTRA: a workbook", lambda: workbook(line()), name="fil.xlsx", **KOSTRA),
]
BROKEN = [*SHEETS, *AMOUNTS, *CODES, *PERIODS, *WHOLE, *KOSTRA_FILES]
