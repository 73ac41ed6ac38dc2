"""Plain numbers as people in Norway type and read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.numbers import NumberField, read_number, show_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("640,5", Decimal("640.5")),
        ("1 479,0", Decimal("1479.0")),
        ("1\u00a0479", Decimal(1479)),
        (" 7 ", Decimal(7)),
        ("\u22125", Decimal(-5)),
        ("-0,5", Decimal("-0.5")),
        ("1479", Decimal(1479)),
    ],
)
def test_read_number_of_what_people_type(typed: str, expected: Decimal) -> None:
    assert read_number(typed, max_decimals=1) == expected


@pytest.mark.parametrize("typed", ["1.479", "1e5", "1_000", "١٢", "1 47", "12 3456", ",5", "5,", "", "NaN", "1,25"])
def test_read_number_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError, match="tall"):
        read_number(typed, max_decimals=1)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_show_number_can_be_typed_again(number: Decimal) -> None:
    assert read_number(show_number(number, decimals=2), max_decimals=2) == number


@pytest.mark.parametrize(("stored", "expected"), [(Decimal("0.2500"), "0,25"), (Decimal("20.00"), "20"), ("x", "x")])
def test_number_field_shows_the_decimals_it_takes(stored: object, expected: str) -> None:
    assert NumberField(max_decimals=4).prepare_value(stored) == expected
