"""Kroner in the database: whole øre as integers, exact on both databases; Decimal kroner everywhere else.

SQLite keeps decimals as floating point, and a sum of many of them is not exact. Integers are.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisation.numbers import NumberField, read_number

ORE = Decimal("0.01")
LARGEST = Decimal(10) ** 13
"""Kroner. Larger amounts than this are typing errors: the whole country's municipalities spend less in a year."""


def to_ore(kroner: Decimal | int) -> int:
    """Whole øre. Raises ValueError for part of an øre, and for what is larger than `LARGEST`."""
    amount = Decimal(kroner)
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise ValueError(_("Beløpet er for stort."))
    ore = amount.scaleb(2)
    if ore != ore.to_integral_value():
        raise ValueError(_("Beløpet har mer enn to desimaler."))
    return int(ore)


def from_ore(ore: Decimal | int) -> Decimal:
    """Kroner with two decimals."""
    return Decimal(ore).scaleb(-2).quantize(ORE)


class KronerField(models.BigIntegerField):
    """An amount: Decimal kroner in Python, whole øre in the database, so that sums are exact."""

    description = "kroner"
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> int | None:
        """Kroner as øre."""
        return None if value is None else to_ore(value)

    def from_db_value(self, value: Any, *_args: Any) -> Decimal | None:
        """Øre, or a sum of them, as kroner."""
        return None if value is None else from_ore(value)

    def to_python(self, value: Any) -> Any:
        """A number or what was typed, as kroner."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return read_number(value, max_decimals=2) if isinstance(value, str) else Decimal(value)
        except (TypeError, ValueError, ArithmeticError) as error:
            raise ValidationError(str(error)) from error

    def value_to_string(self, obj: Any) -> str:
        """Kroner as plain decimal text."""
        value = self.value_from_object(obj)
        return "" if value is None else f"{value:f}"

    def formfield(self, *_args: Any, **options: Any) -> Any:
        """A field where a person types kroner in Norwegian."""
        facts = {"required": not self.blank, "label": capfirst(self.verbose_name), "help_text": self.help_text}
        return NumberField(max_decimals=2, **facts | {key: options[key] for key in options.keys() & facts.keys()})
