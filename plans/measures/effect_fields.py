"""The fields where a person types what a measure gives in a year: saves or costs more, fewer or more hands. No signs.

Kroner are typed in thousands and kept exact.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from budget.kroner import LARGEST
from budget.rounding import THOUSAND
from organisation.numbers import NumberField
from plans.measures.figures import Figures

PLACES = 2
IN_THOUSANDS = 5
MOST_FTE = Decimal(999_999)
NEW = "new"
"""Stands for the year where a person adds one more."""


class SizeField(NumberField):
    """A number without a sign, at most `largest`: the field it stands in says which way it goes."""

    def __init__(self, *, largest: Decimal, **options: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.largest = largest

    def to_python(self, value: Any) -> Any:
        """What was typed, read."""
        number = super().to_python(value)
        if number is None:
            return None
        if number.is_signed():
            raise forms.ValidationError(_("Skriv tallet uten minus. Feltet sier om det er mer eller mindre."))
        if number > self.largest:
            raise forms.ValidationError(_("Tallet er for stort."))
        return number


def effect_fields(year: int | str, figures: Figures, *, said: str) -> dict[str, SizeField]:
    """The four fields of a year, filled in from its figures. `said` stands after each name: the year, as a rule."""
    thousands = None if figures.amount is None else figures.amount / THOUSAND
    fte, year_said = figures.fte, {"year": said}
    return {
        f"saves_{year}": _money(_("Sparer %(year)s") % year_said, _below(thousands)),
        f"costs_{year}": _money(_("Koster mer %(year)s") % year_said, _above(thousands)),
        f"fewer_{year}": _people(_("Færre årsverk %(year)s") % year_said, _below(fte)),
        f"more_{year}": _people(_("Flere årsverk %(year)s") % year_said, _above(fte)),
    }


def _money(label: str, initial: Decimal | None) -> SizeField:
    return SizeField(label=label, initial=initial, max_decimals=IN_THOUSANDS, largest=LARGEST / THOUSAND)


def _people(label: str, initial: Decimal | None) -> SizeField:
    return SizeField(label=label, initial=initial, max_decimals=PLACES, largest=MOST_FTE)


def _below(value: Decimal | None) -> Decimal | None:
    """The size of what is below zero, or nothing at all."""
    return abs(value) if value is not None and value <= 0 else None


def _above(value: Decimal | None) -> Decimal | None:
    return value if value is not None and value > 0 else None


def names_of(year: int | str) -> list[str]:
    """The names of the year's fields, in order."""
    return [f"{kind}_{year}" for kind in ("saves", "costs", "fewer", "more")]


def typed_figures(cleaned: Mapping[str, Any], year: int | str) -> Figures:
    """What was typed of a year, in kroner and with KOSTRA's sign. A field that could not be read says nothing."""
    saves, costs, fewer, more = (cleaned.get(name) for name in names_of(year))
    thousands = _signed(saves, costs)
    return Figures(None if thousands is None else thousands * THOUSAND, _signed(fewer, more))


def _signed(below: Decimal | None, above: Decimal | None) -> Decimal | None:
    if below is None:
        return above
    return -below if below else below


def refuse_both(form: forms.Form | forms.ModelForm, year: int | str) -> None:
    """An error where a year is said to both save and cost more, or to take both fewer and more hands."""
    saves, costs, fewer, more = names_of(year)
    for one, other, message in (
        (saves, costs, _("Skriv beløpet enten under «Sparer» eller under «Koster mer», ikke begge steder.")),
        (fewer, more, _("Skriv årsverkene enten under «Færre» eller under «Flere», ikke begge steder.")),
    ):
        if None not in (form.cleaned_data.get(one), form.cleaned_data.get(other)):
            form.add_error(other, message)


def part_shown(figures: Figures, name: str) -> str:
    """The figure as it stands in the field of this name; nothing where it stands in the field beside."""
    kind, _underscore, year = name.partition("_")
    fields = effect_fields(year, figures, said="")
    shown = fields[f"{kind}_{year}"]
    return str(shown.prepare_value(shown.initial) or "")
