"""Numbers of workbooks: what was typed, to the øre, though workbooks count in floating point."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.reading.numerals import number_cell, shown_number


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_amount_is_exact_to_the_ore(ore: int) -> None:
    """As a workbook writes it: with the 17 digits it takes to tell floating-point numbers apart."""
    assert number_cell(f"{ore / 100:.17g}").number == Decimal(ore).scaleb(-2)


@given(st.text())
def test_any_text_is_a_number_or_an_error(text: str) -> None:
    cell = number_cell(text)
    assert (cell.kind, cell.number is None) in (("number", False), ("error", True))


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=10))
def test_code_is_filled_with_zeros(code: int, digits: int) -> None:
    cell = number_cell(str(code), digits=digits)
    assert (cell.text, cell.number) == (f"{code:0{digits}}", Decimal(code))


def test_shown_number_has_no_zeros_at_the_end() -> None:
    shown = [shown_number(Decimal(number)) for number in ("1200.50", "1E+3", "-0.00", "0.070", "100")]
    assert shown == ["1200,5", "1000", "0", "0,07", "100"]
