"""The KOSTRA file: fixed places, and what is told of a line that does not keep them."""

from decimal import Decimal

import pytest

from budget.reading.cells import Unreadable
from budget.reading.kostra_file import KostraFault, KostraLine, read_kostra
from tests.budget.reading.workbooks import csv_file, ledger

LINE = "0A2024 342000864948502         1202 010    12345"


def with_part(first: int, text: str) -> str:
    """The line with other characters from a place, counted from 1."""
    return LINE[: first - 1] + text + LINE[first - 1 + len(text) :]


def test_line_is_read_by_its_places() -> None:
    assert list(read_kostra(csv_file(LINE))) == [
        KostraLine(1, "0A", 2024, "", "342000", "864948502", "", "1", "202", "010", Decimal(12_345_000))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("   -12345", -12_345_000),
        ("        0", 0),
        ("       -0", 0),
        ("000012345", 12_345_000),
        ("-99999999", -99_999_999_000),
    ],
)
def test_amount_is_kroner(text: str, expected: int) -> None:
    (line,) = read_kostra(csv_file(with_part(40, text)))
    assert isinstance(line, KostraLine)
    assert (int(line.amount), str(line.amount)) == (expected, str(expected))


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (csv_file(LINE, "", "   ", LINE), [1, 4]),
        (csv_file(LINE, LINE, end="\n"), [1, 2]),
        (LINE.encode(), [1]),
        (csv_file(LINE) + b"\x1a", [1]),
        (csv_file(LINE + "   "), [1]),
        (b"\xef\xbb\xbf" + csv_file(LINE), [1]),
    ],
    ids=["blank-lines", "unix", "no-last-break", "end-of-file-mark", "blanks-after", "bom"],
)
def test_lines_are_numbered_as_they_stand(content: bytes, numbers: list[int]) -> None:
    lines = list(read_kostra(content))
    assert ([line.number for line in lines], {type(line) for line in lines}) == (numbers, {KostraLine})


def test_zeros_for_the_part_of_the_organisation_are_none() -> None:
    (line,) = read_kostra(csv_file(with_part(23, "000000000")))
    assert isinstance(line, KostraLine)
    assert line.sub_organisation == ""


def test_line_of_a_balance_sheet_is_read_though_its_codes_are_others() -> None:
    (line,) = read_kostra(csv_file(with_part(32, "2  10 A0")))
    assert isinstance(line, KostraLine)
    assert (line.account_class, line.function) == ("2", "10")


@pytest.mark.parametrize(
    ("first", "text", "place"),
    [
        (1, "A0", "tegn 1–2, skjema"),
        (3, "24 1", "tegn 3–6, år"),
        (7, "T", "tegn 7, kvartal"),
        (8, "Elveru", "tegn 8–13, region"),
        (14, "86494850 ", "tegn 14–22, organisasjonsnummer"),
        (23, "12345678X", "tegn 23–31, underenhet"),
        (32, " ", "tegn 32, kontoklasse"),
        (33, "2O2 ", "tegn 33–36, funksjon"),
        (37, " 10", "tegn 37–39, art"),
        (40, "12345    ", "tegn 40–48, beløp"),
        (40, "   12,345", "tegn 40–48, beløp"),
        (40, "   12345-", "tegn 40–48, beløp"),
        (40, "  \u2212123456"[:9], "tegn 40–48, beløp"),
        (40, "         ", "tegn 40–48, beløp"),
        (40, "     1e12", "tegn 40–48, beløp"),
    ],
)
def test_field_that_is_wrong_is_named(first: int, text: str, place: str) -> None:
    faults = list(read_kostra(csv_file(LINE, with_part(first, text))))[1:]
    assert [(fault.number, fault.place) for fault in faults if isinstance(fault, KostraFault)] == [(2, place)]


def test_fault_says_what_stands_there_and_what_should() -> None:
    (fault,) = read_kostra(csv_file(with_part(37, "1O0")))
    assert fault == KostraFault(
        1, "tegn 37–39, art", "Her står «1O0»; det skal være tre siffer. Rett det i regnskapet og hent fila på nytt."
    )


@pytest.mark.parametrize("text", [LINE[:-1], LINE + "7", "Ansvar;Funksjon;Art;Beløp"])
def test_line_of_another_length_is_refused(text: str) -> None:
    (fault,) = read_kostra(csv_file(text))
    assert fault == KostraFault(
        1,
        "hele linja",
        f"Linja har {len(text)} tegn og skal ha 48. Hent fila ut på nytt fra regnskapssystemet.",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Fila er tom (0 byte). Hent den ut på nytt og prøv igjen."),
        (ledger(1), "Dette er en arbeidsbok og ikke en KOSTRA-fil. Velg en kilde for tabeller."),
        (
            b"0A2024\x00\x01",
            "Fila har tegn som verken er UTF-8 eller Windows-tekst. Lagre den på nytt som «CSV UTF-8».",
        ),
    ],
    ids=["empty", "workbook", "binary"],
)
def test_file_that_is_no_kostra_file_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        list(read_kostra(content, "regnskap.dat"))
    assert refusal.value.message == f"«regnskap.dat»: {sentence}"
