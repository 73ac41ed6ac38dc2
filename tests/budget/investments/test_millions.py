"""Million kroner: read and shown exactly, to the øre."""

import re
from decimal import Decimal

import pytest

from budget.investments.millions import in_millions, read_millions


@pytest.mark.parametrize(
    ("typed", "kroner"),
    [
        ("1,5", "1500000"),
        ("0,333333", "333333"),
        ("1 200", "1200000000"),
        ("−0,000001", "-1"),
        ("0,12345678", "123456.78"),
        ("-0,12345678", "-123456.78"),
        ("0,0000001", "0.1"),
        (" 2,0 ", "2000000"),
        ("0,00000000", "0"),
    ],
)
def test_read_millions_in_kroner(typed: str, kroner: str) -> None:
    assert read_millions(typed) == Decimal(kroner)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0,123456789", "Beløpet har deler av et øre. Skriv millionene med høyst åtte desimaler."),
        ("1.5", "«1.5» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0."),
        ("1,234567x", "«1,234567x» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0."),
        ("1,234567 8", "«1,234567 8» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0."),
        ("1,2,3", "«1,2,3» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0."),
        ("100 000 000", "Beløpet er for stort."),
    ],
)
def test_read_millions_that_cannot_be_read(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_millions(typed)


@pytest.mark.parametrize("kroner", ["1500000", "123456.78", "-0.01", "0", "1234567890.10"])
def test_in_millions_is_read_back(kroner: str) -> None:
    assert read_millions(in_millions(Decimal(kroner))) == Decimal(kroner)
