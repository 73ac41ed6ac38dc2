"""Excel workbooks: what stands in the cells, and which sheet is read."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.reading.cells import Cell, Sheet, Unreadable
from budget.reading.sheets import read
from tests.budget.reading.workbooks import FIRST_SHEET, HEADINGS, excel, ledger, repacked, with_rows

Change = Callable[[Workbook, Worksheet], object]
HEADING_XML = "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in HEADINGS)
TOP = f"<row>{HEADING_XML}</row>"


def amounts(sheet: Sheet) -> list[Cell]:
    """The cells under the fourth heading."""
    return [line.cells[3] for line in sheet.lines]


def amount_of(xml: str) -> Cell:
    """The cell that this XML is, as the first amount."""
    (cell,) = amounts(read(with_rows(f'{TOP}<row><c t="n"><v>1</v></c>{xml}</row>'), "regnskap.xlsx"))
    return cell


def refused(content: bytes) -> str:
    """What is said of a workbook that is refused, when it is opened or further down."""
    with pytest.raises(Unreadable) as refusal:
        list(read(content, "regnskap.xlsx").lines)
    return refusal.value.message


def test_table_is_read() -> None:
    sheet = read(ledger(1250.5), "regnskap.xlsx")
    assert (sheet.name, sheet.headings, sheet.heading_row, sheet.warnings) == ("Sheet", HEADINGS, 1, ())
    (line,) = sheet.lines
    assert (line.number, [cell.text for cell in line.cells]) == (2, ["1000", "202", "10", "1250,5"])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (5, Cell("number", "5", Decimal(5))),
        (-1234.56, Cell("number", "-1234,56", Decimal("-1234.56"))),
        (0.1 + 0.2, Cell("number", "0,3", Decimal("0.3"))),
        (1234567890.12, Cell("number", "1234567890,12", Decimal("1234567890.12"))),
        (9999999999999.99, Cell("number", "9999999999999,99", Decimal("9999999999999.99"))),
        (1e20, Cell("number", "1" + "0" * 20, Decimal(10) ** 20)),
        (0, Cell("number", "0", Decimal(0))),
        (datetime.date(2024, 3, 31), Cell("date", "31.03.2024")),
        (datetime.datetime.fromisoformat("2024-03-31T12:30"), Cell("date", "31.03.2024 12:30")),
        (datetime.time(12, 30), Cell("date", "12:30")),
        (datetime.timedelta(hours=30), Cell("date", "1 day, 6:00:00")),
        ("=SUM(A1:A2)", Cell("formula", "=SUM(A1:A2)")),
        ("#N/A", Cell("error", "#N/A")),
        (True, Cell("truth", "SANN")),
        (False, Cell("truth", "USANN")),
        (" tekst ", Cell("text", "tekst")),
        ("010", Cell("text", "010")),
        ("   ", Cell("empty", "")),
        (None, Cell("empty", "")),
    ],
    ids=repr,
)  # fmt: skip
def test_kinds_of_cells(value: object, cell: Cell) -> None:
    assert amounts(read(ledger(value), "regnskap.xlsx")) == [cell]


@pytest.mark.parametrize(
    ("number_format", "cell"),
    [
        ("000", Cell("number", "010", Decimal(10))),
        ("#,##0.00", Cell("number", "10", Decimal(10))),
        ('_-"kr" * #,##0.00', Cell("number", "10", Decimal(10))),
        ('[$kr-414] #,##0;[Red]-[$kr-414] #,##0', Cell("number", "10", Decimal(10))),
        ("yyyy-mm-dd", Cell("date", "10.01.1900")),
        ("mmm yy", Cell("date", "10.01.1900")),
    ],
)  # fmt: skip
def test_number_format_tells_codes_and_dates(number_format: str, cell: Cell) -> None:
    def change(_book: Workbook, sheet: Worksheet) -> None:
        sheet["D2"].number_format = number_format

    assert amounts(read(ledger(10, change=change), "regnskap.xlsx")) == [cell]


def test_dates_counted_from_another_year() -> None:
    def change(book: Workbook, _sheet: Worksheet) -> None:
        book.epoch = datetime.datetime.fromisoformat("1904-01-01")

    content = ledger(datetime.date(2024, 3, 31), change=change)
    assert amounts(read(content, "regnskap.xlsx")) == [Cell("date", "31.03.2024")]


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ('<c r="D2"><v>0.30000000000000004</v></c>', Cell("number", "0,3", Decimal("0.3"))),
        ('<c r="D2"><v>1.5E3</v></c>', Cell("number", "1500", Decimal(1500))),
        ('<c r="D2"><v>-0</v></c>', Cell("number", "0", Decimal(0))),
        ('<c r="D2"><v>1_000</v></c>', Cell("error", "1_000")),
        ('<c r="D2"><v>1e999</v></c>', Cell("error", "1e999")),
        ('<c r="D2"><v>NaN</v></c>', Cell("error", "NaN")),
        ('<c r="D2"><f>D1*2</f><v>5</v></c>', Cell("formula", "=D1*2")),
        ('<c r="D2"><f t="shared" si="0"/><v>5</v></c>', Cell("formula", "=")),
        ('<c r="D2" t="str"><v>tekst</v></c>', Cell("text", "tekst")),
        ('<c r="D2" t="d"><v>2024-03-31T00:00:00Z</v></c>', Cell("date", "31.03.2024")),
        ('<c r="D2" t="d"><v>i går</v></c>', Cell("error", "i går")),
        ('<c r="D2" t="e"><v>#VALUE!</v></c>', Cell("error", "#VALUE!")),
        ('<c r="D2" t="inlineStr"><is><r><t>en </t></r><r><t>to</t></r></is></c>', Cell("text", "en to")),
        ('<c r="D2" t="inlineStr"><is><t>ord</t><rPh><t>lyd</t></rPh></is></c>', Cell("text", "ord")),
        ('<c r="D2" t="inlineStr"><v>7</v><is><t>ord</t></is></c>', Cell("text", "ord")),
        ('<c r="D2" t="inlineStr"><is><t>a_x000D_b_x0000_c_xD800_</t></is></c>', Cell("text", "abc")),
        ('<c r="D2" t="ukjent"><v>5</v></c>', Cell("error", "5")),
    ],
)
def test_cells_as_other_programs_write_them(xml: str, cell: Cell) -> None:
    assert amount_of(xml) == cell


def test_rows_and_cells_without_a_place_follow_each_other() -> None:
    sheet = read(with_rows(f"{TOP}<row/><row><c/><c><v>202</v></c></row>"), "regnskap.xlsx")
    assert [(line.number, [cell.text for cell in line.cells]) for line in sheet.lines] == [(3, ["", "202", "", ""])]


def test_table_below_a_title_and_to_the_right() -> None:
    rows = [("Regnskap for kommunen",), (), (None, *HEADINGS), (), ("utenfor", 1000, 202, 10, 5, "utenfor"), ("x",)]
    sheet = read(excel(*rows), "regnskap.xlsx")
    assert (sheet.headings, sheet.heading_row) == (("", *HEADINGS), 3)
    assert [(line.number, [cell.text for cell in line.cells]) for line in sheet.lines] == [
        (5, ["utenfor", "1000", "202", "10", "5"])
    ]


def test_hidden_sheet_is_left_out_with_a_warning() -> None:
    def change(book: Workbook, _sheet: Worksheet) -> None:
        hidden = book.create_sheet("Gammelt", 0)
        hidden.append(HEADINGS)
        hidden.sheet_state = "hidden"
        book.create_sheet("Tomt", 0)

    sheet = read(ledger(1, change=change), "regnskap.xlsx")
    assert (sheet.name, sheet.warnings) == ("Sheet", ("Skjulte ark er ikke lest: «Gammelt».",))


def test_hidden_rows_are_read_with_a_warning() -> None:
    def change(_book: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True

    sheet = read(ledger(1, 2, change=change), "regnskap.xlsx")
    assert (len(amounts(sheet)), sheet.warnings) == (
        2,
        ("Arket har skjulte eller filtrerte rader. De er lest, de også.",),
    )


def test_merged_title_above_the_headings_does_no_harm() -> None:
    def change(_book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A1:D2")

    content = excel(("Regnskap",), (), HEADINGS, (1000, 202, 10, 5), change=change)
    assert len(amounts(read(content, "regnskap.xlsx"))) == 1


def two_sheets(book: Workbook, _sheet: Worksheet) -> None:
    book.create_sheet("Mer").append(["x"])


def hide_with_contents(book: Workbook, sheet: Worksheet) -> None:
    sheet.sheet_state = "veryHidden"
    book.create_sheet("Tomt")


def merge(_book: Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A2:A3")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            two_sheets,
            (
                "«regnskap.xlsx»: Flere ark har innhold: «Sheet», «Mer». "
                "Behold arket som skal leses inn, og slett eller skjul de andre."
            ),
        ),
        (hide_with_contents, "«regnskap.xlsx»: Alt innhold står i skjulte ark («Sheet»). Vis arket."),
        (
            merge,
            (
                "«regnskap.xlsx», arket «Sheet»: Celler er slått sammen: A2:A3. "
                "Del dem opp (Hjem, Slå sammen og midtstill), og fyll inn verdien i hver rad."
            ),
        ),
        (
            lambda _book, sheet: sheet.delete_rows(1, 5),
            "«regnskap.xlsx»: Arbeidsboka er tom. Last opp fila som tallene står i.",
        ),
        (
            lambda _book, sheet: sheet.delete_rows(1),
            (
                "«regnskap.xlsx», arket «Sheet»: Fant ingen rad med overskrifter. Den må stå blant de første 50 radene "
                "og ha minst tre kolonner med ord i, for eksempel Ansvar, Funksjon, Art, Periode og Beløp."
            ),
        ),
    ],
    ids=["two-sheets", "hidden", "merged", "blank", "no-headings"],
)
def test_workbook_that_is_wrong_is_refused(change: Change, message: str) -> None:
    assert refused(ledger(1, 2, change=change)) == message


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        (
            f'{TOP}<row r="1048577"><c><v>1</v></c></row>',
            "Arket har flere rader enn det er plass til i Excel. Kopier tallene over i et nytt ark.",
        ),
        (
            f'{TOP}<row><c r="ABCD2"><v>1</v></c></row>',
            "Fila er skadet eller bare delvis lastet opp. Åpne den i regnearket, lagre den på nytt og prøv igjen.",
        ),
        (
            f'{TOP}<row><c t="s"><v>7</v></c></row>',
            "Fila er skadet eller bare delvis lastet opp. Åpne den i regnearket, lagre den på nytt og prøv igjen.",
        ),
        (
            f"{TOP}<row><c></row>",
            "Fila er skadet eller bare delvis lastet opp. Åpne den i regnearket, lagre den på nytt og prøv igjen.",
        ),
    ],
    ids=["row", "column", "shared-text", "tags"],
)
def test_sheet_that_is_broken_further_down_is_refused(xml: str, sentence: str) -> None:
    assert refused(with_rows(xml)) == f"«regnskap.xlsx», arket «Sheet»: {sentence}"


def test_entities_that_grow_are_refused() -> None:
    sentence = "Fila har en innebygd dokumenttype, som regneark ikke skal ha. Lagre den på nytt."
    grown = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>'
    content = repacked(ledger(1), {FIRST_SHEET: lambda _part: grown})
    assert refused(content) == f"«regnskap.xlsx», arket «Sheet»: {sentence}"


def test_size_that_the_sheet_claims_is_not_believed() -> None:
    content = repacked(ledger(1), {FIRST_SHEET: lambda part: part.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')})
    assert len(amounts(read(content, "regnskap.xlsx"))) == 1


def test_blank_rows_to_the_end_of_the_sheet_are_passed_over() -> None:
    blank = "".join(f'<row r="{number}"/>' for number in range(2, 100_002))
    sheet = read(with_rows(f'{TOP}{blank}<row><c r="D100002"><v>5</v></c></row>'), "regnskap.xlsx")
    assert [(line.number, line.cells[3].text) for line in sheet.lines] == [(100_002, "5")]


def test_workbook_without_styles_and_shared_texts_is_read() -> None:
    content = repacked(with_rows(f"{TOP}<row><c><v>1</v></c></row>"), {"xl/styles.xml": None})
    assert len(amounts(read(content, "regnskap.xlsx"))) == 1
