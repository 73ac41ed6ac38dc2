"""Plain numbers as people in Norway type and read them: "1 479,0". For amounts and head counts.

What is measured has a notation of its own.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

MINUS_SIGNS = "-\u2212\u2013"
BLANKS = " \u00a0\u2009\u202f"
NUMBER = re.compile(rf"[{MINUS_SIGNS}]?(?:[0-9]{{1,12}}|[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}}){{1,3}})(?:,[0-9]{{1,6}})?")


def read_number(text: str, *, max_decimals: int) -> Decimal:
    """The number. Raises ValueError with a sentence for what could be read in more than one way."""
    typed = text.strip()
    if not NUMBER.fullmatch(typed):
        raise ValueError(
            _("«%(typed)s» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0.") % {"typed": typed[:40]}
        )
    if len(typed.partition(",")[2]) > max_decimals:
        raise ValueError(_("Skriv tallet med høyst %(decimals)s desimaler.") % {"decimals": max_decimals})
    digits = re.sub(rf"[{MINUS_SIGNS}{BLANKS}]", "", typed).replace(",", ".")
    return Decimal(digits).copy_negate() if typed[0] in MINUS_SIGNS else Decimal(digits)


def show_number(number: Decimal, *, decimals: int) -> str:
    """The number with so many decimals: 1479 → "1 479,0", as it can be typed. Halves are rounded away from zero."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{decimals}f}".replace(",", " ").replace(".", ",").replace("-", "\u2212")


def decimals_of(number: Decimal) -> int:
    """How many decimals it takes to write the number: 0.5000 takes one, 20 none."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class NumberField(forms.Field):
    """A number typed in Norwegian; None where nothing is typed."""

    def __init__(self, *, max_decimals: int, **options: Any) -> None:
        super().__init__(**options)
        self.max_decimals = max_decimals

    def prepare_value(self, value: Any) -> Any:
        """A number from the database with the decimals it needs; what was typed as it was typed."""
        if not isinstance(value, Decimal):
            return value
        return show_number(value, decimals=decimals_of(value))

    def to_python(self, value: Any) -> Any:
        """What was typed, read."""
        if value in self.empty_values:
            return None
        try:
            return read_number(str(value), max_decimals=self.max_decimals)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
