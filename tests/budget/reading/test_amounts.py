"""Amounts in the cells of a file: exact, and refused where they can be read in two ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.reading.amounts import read_amount
from budget.reading.cells import Cell
from organisation.numbers import show_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("810 000,00", "810000.00"),
        ("-105 000 000 ", "-105000000"),
        ("1.234.567,89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234,05", "1234.05"),
        ("1\u2009234", "1234"),
        ("\u22125", "-5"),
        ("\u20135", "-5"),
        ("- 5", "-5"),
        ("1 000-", "-1000"),
        ("1 000,50 -", "-1000.50"),
        ("(1 000)", "-1000"),
        ("( 1 000,25 )", "-1000.25"),
        ("+5", "5"),
        ("kr 1 000,50", "1000.50"),
        ("1 000 kr", "1000"),
        ("1 000,-", "1000"),
        ("kr -5", "-5"),
        ("-kr 5", "-5"),
        ("NOK 5", "5"),
        ("-0", "0"),
        ("0,10", "0.10"),
        ("10000000000000", "10000000000000"),
    ],
)
def test_amount_of_text(text: str, expected: str) -> None:
    amount = read_amount(Cell("text", text))
    assert (amount, str(amount)) == (Decimal(expected), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234", "«1.234» kan leses på to måter. Skriv 1234, eller med komma hvis det er desimaler."),
        ("1,234", "«1,234» kan leses på to måter. Skriv 1234 hvis kommaet skiller tusener."),
        (
            "1,234.56",
            "«1,234.56» har punktum som desimaltegn. Skriv beløpet med komma, for eksempel 1 234 567,89.",
        ),
        ("1234.5", "«1234.5» har punktum som desimaltegn. Skriv beløpet med komma, for eksempel 1 234 567,89."),
        ("1,2,3", "«1,2,3» har to desimaltegn. Skriv beløpet med ett komma, for eksempel 1 234 567,89."),
        (
            "1,234,567.89",
            "«1,234,567.89» har to desimaltegn. Skriv beløpet med ett komma, for eksempel 1 234 567,89.",
        ),
        ("1 234,567", "Beløpet «1 234,567» har mer enn 2 desimaler. Rund det av i fila."),
        ("10000000000001", "Beløpet «10000000000001» er for stort."),
    ],
)
def test_amount_that_is_refused_says_why(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match="«") as refusal:
        read_amount(Cell("text", text))
    assert str(refusal.value) == expected


@pytest.mark.parametrize(
    "text",
    ["", "-", "--5", "-1 000-", "(-5)", "1e5", "1_000", "1'000", "\u0663", "1 00 0", "1  000", ",5", "5,", "12 %",
     "31.03.2024", "kr", "tusen", "5 5", "1.23.456", "9" * 30_000, "1" + " " * 30_000 + "x", "NaN", "Infinity"],
)  # fmt: skip
def test_amount_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="er ikke et beløp"):
        read_amount(Cell("text", text))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("empty", ""), "Beløpet mangler. Skriv 0 hvis det er null."),
        (
            Cell("date", "31.03.2024"),
            "31.03.2024 er en dato, ikke et beløp. Gi cellen tallformat og skriv beløpet på nytt.",
        ),
        (
            Cell("formula", "=SUM(D2:D9)"),
            "Cellen har formelen «=SUM(D2:D9)», ikke et beløp. Kopier kolonnen og lim inn verdiene.",
        ),
        (Cell("error", "#N/A"), "Cellen viser feilen «#N/A», ikke et beløp. Rett den i regnearket."),
        (Cell("truth", "SANN"), "Cellen er «SANN», ikke et beløp."),
        (
            Cell("number", "0,125", Decimal("0.125")),
            "Beløpet «0,125» har mer enn 2 desimaler. Rund det av i fila.",
        ),
    ],
)
def test_amount_of_another_kind_of_cell_is_refused(cell: Cell, expected: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refusal:
        read_amount(cell)
    assert str(refusal.value) == expected


def test_amount_of_a_number() -> None:
    assert read_amount(Cell("number", "-1250,5", Decimal("-1250.5"))) == Decimal("-1250.5")


def test_amount_in_thousands_may_have_more_decimals() -> None:
    assert read_amount(Cell("text", "1 234,56789"), max_decimals=5) == Decimal("1234.56789")


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_amount_shown_on_a_page_is_read_back(amount: Decimal) -> None:
    assert read_amount(Cell("text", show_number(amount, decimals=2))) == amount


@given(st.text(max_size=40))
def test_amount_of_any_text_is_read_or_refused(text: str) -> None:
    try:
        amount = read_amount(Cell("text", text))
    except ValueError:
        return
    assert amount.is_finite()
