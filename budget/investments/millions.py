"""Kroner typed and shown in million kroner: exact to the øre, which is the eighth decimal of a million."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from budget.kroner import to_ore
from organisation.numbers import NumberField, decimals_of, read_number, show_number

MILLION = Decimal(1_000_000)
FEWEST, READ_AT_ONCE, MOST = 1, 6, 8
"""Decimals: shown at the least, of a plain number, and of one that is exact to the øre."""


def in_millions(amount: Decimal | None) -> str:
    """Kroner as millions with the decimals it takes, at least one: 1 000 000 → "1,0"."""
    if amount is None:
        return ""
    millions = amount / MILLION
    return show_number(millions, decimals=max(FEWEST, decimals_of(millions)))


def read_millions(text: str) -> Decimal:
    """What was typed in million kroner, as kroner. Raises ValueError with a sentence for the person."""
    whole, comma, decimals = text.strip().partition(",")
    if len(decimals) > MOST and decimals.isascii() and decimals.isdigit():
        raise ValueError(_("Beløpet har deler av et øre. Skriv millionene med høyst åtte desimaler."))
    number = read_number(f"{whole}{comma}{decimals[:READ_AT_ONCE]}", max_decimals=READ_AT_ONCE)
    kroner = number * MILLION + _of_last(decimals[READ_AT_ONCE:], text).copy_sign(number)
    to_ore(kroner)
    return kroner


def _of_last(decimals: str, text: str) -> Decimal:
    """Kroner of the seventh and eighth decimals of a million: tenths and hundredths of a krone."""
    if decimals and not (decimals.isascii() and decimals.isdigit()):
        raise ValueError(
            _("«%(typed)s» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0.") % {"typed": text[:40]}
        )
    return Decimal(f"0.{decimals or 0}")


class MillionsField(NumberField):
    """Million kroner typed in Norwegian; gives kroner, None where nothing is typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_decimals=MOST, **options)

    def prepare_value(self, value: Any) -> Any:
        """Kroner in millions; what was typed as it was typed."""
        return in_millions(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """What was typed, in kroner."""
        if value in self.empty_values:
            return None
        try:
            return read_millions(str(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
