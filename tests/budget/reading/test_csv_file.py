"""CSV files, as accounting systems and spreadsheets write them."""

import pytest

from budget.reading.cells import Cell, Sheet, Unreadable
from budget.reading.sheets import read
from tests.budget.reading.workbooks import HEADINGS, LINE, csv_file

HEADING = ";".join(HEADINGS)
ROW = ";".join(LINE)
NORWEGIAN = "Ansvar;Tjeneste på norsk;Lønn;Beløp"


def texts(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    """The lines with the texts of their cells."""
    return [(line.number, tuple(cell.text for cell in line.cells)) for line in sheet.lines]


def refused(content: bytes, name: str = "regnskap.csv") -> str:
    """What is said of a file that is refused, when it is opened or further down."""
    with pytest.raises(Unreadable) as refusal:
        list(read(content, name).lines)
    return refusal.value.message


@pytest.mark.parametrize(
    "content",
    [
        csv_file(HEADING, ROW),
        csv_file(HEADING, ROW, end="\n"),
        csv_file(HEADING, ROW, end="\r"),
        csv_file(HEADING, ROW).rstrip(),
        csv_file("\t".join(HEADINGS), "\t".join(LINE)),
        csv_file(",".join(HEADINGS), '1000,202,010,"1 250,50"'),
        csv_file("sep=;", HEADING, ROW),
        csv_file(f"{HEADING};;", f"{ROW};;"),
        csv_file(";".join(f'"{one}"' for one in HEADINGS), ";".join(f'"{one}"' for one in LINE)),
        csv_file(HEADING, '="1000";="202";="010";1 250,50'),
    ],
    ids=["crlf", "lf", "cr", "no-last-break", "tab", "comma", "separator-line", "wide", "quoted", "protected"],
)
def test_table_is_read(content: bytes) -> None:
    sheet = read(content, "regnskap.csv")
    assert (sheet.name, sheet.headings, sheet.heading_row, sheet.warnings) == ("", HEADINGS, 1, ())
    assert texts(sheet) == [(2, LINE)]


@pytest.mark.parametrize(
    ("encoding", "warnings"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("cp1252", ("Fila er lest som Windows-tekst (1252). Se at æ, ø og å står riktig.",)),
    ],
)
def test_norwegian_letters_are_read(encoding: str, warnings: tuple[str, ...]) -> None:
    sheet = read(csv_file(NORWEGIAN, "1;2;3;4", encoding=encoding), "regnskap.csv")
    assert (sheet.headings, sheet.warnings) == (tuple(NORWEGIAN.split(";")), warnings)


def test_letters_that_were_lost_are_warned_of() -> None:
    sheet = read(csv_file(HEADING, "1000;202;010;1", "1000;L\ufffdnn;010;1"), "regnskap.csv")
    assert sheet.warnings == ("Noen bokstaver gikk tapt før fila kom hit, og står som «\ufffd».",)


def test_big_endian_is_read() -> None:
    assert read(b"\xfe\xff" + csv_file(HEADING, ROW, encoding="utf-16-be"), "regnskap.csv").headings == HEADINGS


@pytest.mark.parametrize(
    "content",
    [b"Ansvar;\x81\x8d;Art;Bel\xf8p\r\n", csv_file(HEADING, ROW, encoding="utf-16-le"), b"a;b\x00;c;d", b"\xff\xfeA",
     csv_file(HEADING) + b"\xef\xbb\xbf\x1b"],
    ids=["neither", "no-bom", "nul", "half-a-letter", "control-character"],
)  # fmt: skip
def test_text_that_is_neither_is_refused(content: bytes) -> None:
    assert refused(content) == (
        "«regnskap.csv»: Fila har tegn som verken er UTF-8 eller Windows-tekst. Lagre den på nytt som «CSV UTF-8»."
    )


def test_field_with_line_breaks_is_one_row() -> None:
    content = csv_file(HEADING, '1000;202;"første\r\nandre";1', ROW)
    assert texts(read(content, "regnskap.csv")) == [(2, ("1000", "202", "første\r\nandre", "1")), (3, LINE)]


def test_rows_are_numbered_as_excel_numbers_them() -> None:
    content = csv_file("Regnskap for kommunen", "", HEADING, "", "; ;\u00a0;", ROW, "", ROW)
    sheet = read(content, "regnskap.csv")
    assert (sheet.heading_row, texts(sheet)) == (3, [(6, LINE), (8, LINE)])


def test_lines_can_be_read_again() -> None:
    sheet = read(csv_file(HEADING, ROW), "regnskap.csv")
    assert texts(sheet) == texts(sheet) == [(2, LINE)]


def test_kinds_of_cells() -> None:
    content = csv_file(HEADING, "=SUM(A1);#I/T;#div/0!;", "1;2;3;'=1")
    kinds = [cell for line in read(content, "regnskap.csv").lines for cell in line.cells]
    assert kinds == [
        Cell("formula", "=SUM(A1)"),
        Cell("error", "#I/T"),
        Cell("error", "#div/0!"),
        Cell("empty", ""),
        *(Cell("text", one) for one in ("1", "2", "3", "'=1")),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            csv_file("1000;202;010;5", ROW),
            (
                "Fant ingen rad med overskrifter. Den må stå blant de første 50 radene og ha minst tre kolonner med "
                "ord i, for eksempel Ansvar, Funksjon, Art, Periode og Beløp."
            ),
        ),
        (
            csv_file("Ansvar;Funksjon;Art;ansvar ", ROW),
            (
                "Overskriften «ansvar» i rad 1 står både i kolonne A og i kolonne D. "
                "Gi kolonnene hver sitt navn, eller slett den ene."
            ),
        ),
        (
            csv_file(HEADING, ROW, "1000;202;010;1;250,50"),
            (
                "Rad 3 har 5 felt, men det er bare 4 overskrifter. Sett tekst med skilletegn i anførselstegn, "
                "og bruk semikolon mellom feltene når beløpene har desimalkomma."
            ),
        ),
        (
            csv_file(HEADING.replace(";", ","), "1000,202,010,1250,50"),
            (
                "Rad 2 har 5 felt, men det er bare 4 overskrifter. Sett tekst med skilletegn i anførselstegn, "
                "og bruk semikolon mellom feltene når beløpene har desimalkomma."
            ),
        ),
        (
            csv_file(HEADING, ROW, '1000;"202;010;5', ROW),
            "Rad 3: et anførselstegn mangler eller står feil. Rett det, eller lagre fila på nytt fra Excel.",
        ),
        (
            csv_file(HEADING, '1000;"202"x;010;5'),
            "Rad 2: et anførselstegn mangler eller står feil. Rett det, eller lagre fila på nytt fra Excel.",
        ),
        (
            csv_file(HEADING, ";" * 1_000_001),
            "En linje i fila er for lang. Se at fila har linjeskift mellom radene.",
        ),
        (
            csv_file(";".join(f"Kolonne {number}" for number in range(101))),
            "Rad 1 har 101 overskrifter; grensen er 100. Slett kolonnene som ikke skal leses inn.",
        ),
    ],
    ids=["no-headings", "same-heading", "too-many-fields", "comma-twice", "open-quote", "after-quote", "long", "wide"],
)
def test_file_that_is_wrong_is_refused(content: bytes, sentence: str) -> None:
    assert refused(content) == f"«regnskap.csv»: {sentence}"


@pytest.mark.parametrize(
    ("blank", "times"), [(b"\n", 10_000_000), (b";;;\n", 1_000_000)], ids=["line-breaks", "delimiters"]
)
def test_blank_rows_by_the_million_are_passed_over(blank: bytes, times: int) -> None:
    sheet = read(csv_file(HEADING) + blank * times + csv_file(ROW), "regnskap.csv")
    assert texts(sheet) == [(times + 2, LINE)]


def test_more_lines_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budget.reading.headings.MOST_LINES", 2)
    assert len(texts(read(csv_file(HEADING, ROW, ROW), "regnskap.csv"))) == 2
    assert refused(csv_file(HEADING, ROW, ROW, ROW)) == (
        "«regnskap.csv»: Fila har mer enn 1 000 000 linjer. Del den i flere, for eksempel en for hvert år."
    )
