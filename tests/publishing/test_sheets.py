"""Workbooks and CSV, read back: numbers are numbers shown as typed, and no text is ever a formula."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from publishing.cells import read
from publishing.files import sheets
from publishing.structure import Column, Row, RowGroup, Table
from tests.publishing.sample import CHILDREN, CONTENTS, FORMULA, HOSTILE, INVESTMENTS, MATRIX, SCORECARD

PAYLOADS = Path(__file__).resolve().parents[3] / "shared/badinputs/csvinj/csv-payload.txt"


def sheet_of(table: Table) -> Worksheet:
    """The table's only sheet, read back."""
    book = openpyxl.load_workbook(io.BytesIO(sheets.table_workbook(table)))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def lines_of(table: Table) -> list[list[str]]:
    """The table's CSV, read back."""
    content = sheets.table_csv(table)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def with_text(text: str) -> Table:
    """A table where the text stands in every place that people write."""
    rows = (Row(text, (text,), (None,), mark=text, note=text),)
    columns = (Column(text, text, "text"),)
    return Table(
        "x", "1.1", "key-figures", text, columns, (RowGroup(rows, title=text, note=text),),
        row_heading=text, footnotes=((text, text),), note=text, source=text, unit_of_measure=text,
    )  # fmt: skip


def test_table_workbook_numbers_are_numbers() -> None:
    sheet = sheet_of(CHILDREN)
    assert values(sheet, 3)[:3] == ["Målgruppe", "Utvikling siste år: 2020", "Utvikling siste år: 2021"]
    assert values(sheet, 6) == ["Sum", 1246, 1237, 1226, 1202]
    assert (sheet["B6"].number_format, sheet["B4"].number_format) == ("#,##0", "0")


def test_table_workbook_keeps_decimals_units_and_marks_as_typed() -> None:
    sheet = sheet_of(SCORECARD)
    found = [(cell.value, cell.number_format) for cell in sheet[8][1:4]]
    assert values(sheet, 5) == ["Oppetid for nettverket", 99.9, 99.8, 99.9, "Nådd", None]
    assert sheet["B5"].number_format == '0.0" %"'
    assert found == [(-2.4, '0.0" %"'), (1479, '#,##0.0" mill. kr"'), (28, '0"¹"')]


def test_table_workbook_what_is_no_number_is_text() -> None:
    sheet = sheet_of(SCORECARD)
    assert values(sheet, 6) == [
        f"{HOSTILE} ** (i snitt)",
        "Måles ikke",
        "> 14",
        "2-5 %",
        "Ikke målt",
        "Resultatet er oppgitt som «Måles ikke».",
    ]


def test_table_workbook_ends_with_notes() -> None:
    sheet = sheet_of(SCORECARD)
    assert [sheet.cell(row, 1).value for row in range(10, 13)] == ["** Ny måling.", "¹ Anslag.", SCORECARD.note]


def test_workbook_has_a_sheet_for_each_table_after_a_list_with_links() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheets.workbook(CONTENTS)))
    overview = book.worksheets[0]
    assert book.sheetnames == [
        "Innhold",
        "1.1 Barn i førskolealder",
        "1.2 Målekort",
        "2.1 Planer og tjenesteområder",
        "2.2 Investeringer 2024 2027 med",
    ]
    links = [
        (row[1].value, row[2].value, row[2].hyperlink and row[2].hyperlink.location)
        for row in overview.iter_rows(min_row=3)
    ]
    assert links == [
        (table.number, table.caption, f"'{name}'!A1")
        for (_chapter, table), name in zip(CONTENTS.tables(), book.sheetnames[1:], strict=True)
    ]


def test_sheet_names_are_unlike_whatever_the_case() -> None:
    long = "En tabell med et navn som er altfor langt for Excel"
    tables = [replace(MATRIX, caption=caption) for caption in (long, long.upper(), long, "'", "[]:*?/\\")]
    names = sheets.sheet_names(tables)
    assert names == [
        "2.1 En tabell med et navn som e",
        "2.1 EN TABELL MED ET NAVN S (2)",
        "2.1 En tabell med et navn s (3)",
        "2.1",
        "2.1 (2)",
    ]
    assert max(map(len, names)) == 31


def test_table_csv_has_decimal_commas_and_units_in_their_own_column() -> None:
    rows = RowGroup((Row("Andel", ("42,9%", "54 %"), ("42.9", "54")), Row("Kroner", ("-2,5", ""), ("-2.5", None))))
    table = Table("x", "1.1", "key-figures", "X", (Column("2022"), Column("2023")), (rows,))
    assert lines_of(table) == [
        ["Rad", "Enhet", "2022", "2023"],
        ["Andel", "%", "42,9", "54"],
        ["Kroner", "", "-2,5", ""],
    ]


def test_table_csv_keeps_the_print_where_units_differ_in_a_row() -> None:
    assert lines_of(SCORECARD)[3] == [
        "130: Bygg", "Netto driftsresultat", "", "−2,4 %", "1 479,0 mill. kr", "28", "Ikke nådd", ""
    ]  # fmt: skip


def test_table_csv_guards_formulas_and_leaves_negative_numbers() -> None:
    assert lines_of(INVESTMENTS)[1:] == [
        ["Ledningsnett", "Vannledning", "1,0", "-2,5", f"'{FORMULA}"],
        ["Ledningsnett", "'@SUM(1+9)", "", "4,0", "Rådhusplassen"],
    ]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+47 99", "'+47 99"),
        ("-1+1", "'-1+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("Vei=1", "Vei=1"),
        ("", ""),
    ],
)
def test_guarded(text: str, guarded: str) -> None:
    assert sheets.guarded(text) == guarded


@pytest.mark.parametrize("text", [FORMULA, "=1+1", "{=1}", "-2+3", "\x00\x01=1", "x" * 40000])
def test_table_workbook_text_is_never_a_formula(text: str) -> None:
    cells = [cell for row in sheet_of(with_text(text)).iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_payloads_are_text_in_both() -> None:
    if not PAYLOADS.exists():
        pytest.skip("the public list of payloads is not here")
    for text in PAYLOADS.read_text(encoding="utf-8").splitlines():
        table = with_text(text)
        cells = [cell for row in sheet_of(table).iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert [value for line in lines_of(table) for value in line if value[:1] in ("=", "+", "-", "@", "\t")] == []


@pytest.mark.parametrize(
    ("printed", "value", "style"),
    [
        ("99,9%", "99.9", '0.0" %"'),
        ("1 246", "1246", "#,##0"),
        ("= 5", "5", '"="0'),
        ('5 "x"', "5", '0" ″x″"'),
        ("0,123", "0.123", "0.000"),
    ],
)
def test_number_format(printed: str, value: str, style: str) -> None:
    assert sheets.number_format(read(printed, value)) == style
