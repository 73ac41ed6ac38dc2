"""ODS workbooks: what stands in the cells, rows that are repeated, and which sheet is read."""

from decimal import Decimal

import pytest

from budget.reading.cells import Cell, Sheet, Unreadable
from budget.reading.sheets import read
from tests.budget.reading.workbooks import HEADINGS, ods, ods_cell, ods_row, ods_table

TOP = ods_row(*HEADINGS)
NUMBER = ods_cell("float", "1 250,50", 'office:value="1250.5"')
LINE = ods_row("1000", "202", "010", NUMBER)
HIDDEN = (
    '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
)


def opened(*rows: str) -> Sheet:
    """The sheet with these rows under the headings."""
    return read(ods(ods_table(TOP, *rows)), "regnskap.ods")


def numbered(sheet: Sheet) -> list[tuple[int, str]]:
    """The lines' numbers and amounts."""
    return [(line.number, line.cells[3].text) for line in sheet.lines]


def refused(content: bytes) -> str:
    """What is said of a workbook that is refused."""
    with pytest.raises(Unreadable) as refusal:
        list(read(content, "regnskap.ods").lines)
    return refusal.value.message


def test_table_is_read() -> None:
    sheet = opened(LINE)
    assert (sheet.name, sheet.headings, sheet.heading_row, sheet.warnings) == ("Ark1", HEADINGS, 1, ())
    (line,) = sheet.lines
    assert (line.number, [cell.text for cell in line.cells]) == (2, ["1000", "202", "010", "1250,5"])


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        (NUMBER, Cell("number", "1250,5", Decimal("1250.5"))),
        (ods_cell("float", "1", 'office:value="0.30000000000000004"'), Cell("number", "0,3", Decimal("0.3"))),
        (ods_cell("float", "010", 'office:value="10"'), Cell("number", "010", Decimal(10))),
        (ods_cell("currency", "kr 5,00", 'office:value="5"'), Cell("number", "5", Decimal(5))),
        (ods_cell("float", "5", 'office:value="fem"'), Cell("error", "fem")),
        (ods_cell("date", "31.03.24", 'office:date-value="2024-03-31"'), Cell("date", "31.03.2024")),
        (
            ods_cell("date", "31.03.24", 'office:date-value="2024-03-31T12:30:00"'),
            Cell("date", "31.03.2024 12:30"),
        ),
        (ods_cell("time", "12:30", 'office:time-value="PT12H30M"'), Cell("date", "12:30")),
        (ods_cell("boolean", "SANN", 'office:boolean-value="true"'), Cell("truth", "SANN")),
        (
            ods_cell("float", "5", 'office:value="5" table:formula="of:=SUM([.A1:.A2])"'),
            Cell("formula", "=SUM([.A1:.A2])"),
        ),
        (ods_cell("string", "#N/A", 'calcext:value-type="error"'), Cell("error", "#N/A")),
        (ods_cell("string", " ord "), Cell("text", "ord")),
        (ods_cell("ukjent", "ord"), Cell("text", "ord")),
        (ods_cell("string", ""), Cell("empty", "")),
        ("<table:table-cell/>", Cell("empty", "")),
        ("<table:table-cell><text:p>uten type</text:p></table:table-cell>", Cell("text", "uten type")),
        (
            '<table:table-cell><text:p>a<text:s text:c="3"/>b<text:tab/></text:p><text:p>d</text:p></table:table-cell>',
            Cell("text", "a   b \nd"),
        ),
        (
            ("<table:table-cell><office:annotation><text:p>merknad</text:p></office:annotation>"
            "<text:p>ord</text:p></table:table-cell>"),
            Cell("text", "ord"),
        ),
    ],
)  # fmt: skip
def test_kinds_of_cells(xml: str, cell: Cell) -> None:
    (line,) = opened(ods_row("1000", "202", "010", xml)).lines
    assert line.cells[3] == cell


def test_blank_rows_by_the_million_cost_nothing() -> None:
    blank = ods_row(
        '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="{}"'
    )
    sheet = opened(blank.format(500_000), LINE, blank.format(10_000_000))
    assert numbered(sheet) == [(500_002, "1250,5")]


def test_repeated_rows_with_contents_are_lines() -> None:
    repeated = LINE.replace("<table:table-row ", '<table:table-row table:number-rows-repeated="3" ')
    assert numbered(opened(repeated, LINE)) == [(2, "1250,5"), (3, "1250,5"), (4, "1250,5"), (5, "1250,5")]


def test_repeated_rows_with_contents_are_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budget.reading.headings.MOST_LINES", 1_000)
    repeated = LINE.replace("<table:table-row ", '<table:table-row table:number-rows-repeated="1000000000" ')
    assert refused(ods(ods_table(TOP, repeated))) == (
        "«regnskap.ods», arket «Ark1»: Fila har mer enn 1 000 000 linjer. "
        "Del den i flere, for eksempel en for hvert år."
    )


def test_repeated_cells_fill_their_columns() -> None:
    same = ods_cell("float", "5", 'office:value="5" table:number-columns-repeated="3"')
    (line,) = opened(ods_row(same, NUMBER)).lines
    assert [cell.text for cell in line.cells] == ["5", "5", "5", "1250,5"]


def test_hidden_sheet_is_left_out_with_a_warning() -> None:
    tables = ods_table(TOP, LINE) + ods_table(TOP, LINE, name="Gammelt", style="ta2") + ods_table(name="Tomt")
    sheet = read(ods(tables, styles=HIDDEN), "regnskap.ods")
    assert (sheet.name, sheet.warnings) == ("Ark1", ("Skjulte ark er ikke lest: «Gammelt».",))
    assert len(numbered(sheet)) == 1


def test_only_the_chosen_sheet_is_read() -> None:
    tables = ods_table(TOP, LINE, LINE, name="Gammelt", style="ta2") + ods_table(TOP, LINE)
    assert numbered(read(ods(tables, styles=HIDDEN), "regnskap.ods")) == [(2, "1250,5")]


def test_filtered_rows_are_read_with_a_warning() -> None:
    filtered = LINE.replace("<table:table-row ", '<table:table-row table:visibility="filter" ')
    sheet = opened(LINE, filtered)
    assert (len(numbered(sheet)), sheet.warnings) == (
        2,
        ("Arket har skjulte eller filtrerte rader. De er lest, de også.",),
    )


def test_merged_cells_are_refused_with_their_place() -> None:
    merged = ods_cell("string", "1000", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    below = ods_row("<table:covered-table-cell/>", "202", "010", NUMBER)
    assert refused(ods(ods_table(TOP, ods_row(merged, "202", "010", NUMBER), below))) == (
        "«regnskap.ods», arket «Ark1»: Celler er slått sammen: A2:A3. "
        "Del dem opp (Hjem, Slå sammen og midtstill), og fyll inn verdien i hver rad."
    )


def test_merged_title_above_the_headings_does_no_harm() -> None:
    title = ods_row(ods_cell("string", "Regnskap", 'table:number-columns-spanned="4"'))
    assert numbered(read(ods(ods_table(title, TOP, LINE)), "regnskap.ods")) == [(3, "1250,5")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            ods(ods_table(TOP) + ods_table(TOP, name="Mer")),
            (
                "«regnskap.ods»: Flere ark har innhold: «Ark1», «Mer». "
                "Behold arket som skal leses inn, og slett eller skjul de andre."
            ),
        ),
        (ods(ods_table()), "«regnskap.ods»: Arbeidsboka er tom. Last opp fila som tallene står i."),
        (
            ods("<table:table>"),
            (
                "«regnskap.ods»: Fila er skadet eller bare delvis lastet opp. "
                "Åpne den i regnearket, lagre den på nytt og prøv igjen."
            ),
        ),
        (
            ods(ods_table(ods_row(ods_cell("string", "x", 'table:number-columns-repeated="mange"')))),
            (
                "«regnskap.ods»: Fila er skadet eller bare delvis lastet opp. "
                "Åpne den i regnearket, lagre den på nytt og prøv igjen."
            ),
        ),
    ],
    ids=["two-sheets", "blank", "tags", "repeated-many"],
)
def test_workbook_that_is_wrong_is_refused(content: bytes, message: str) -> None:
    assert refused(content) == message
