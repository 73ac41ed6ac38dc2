"""What a round asks of the economy and of the measures, as fields of the round's forms."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.editing import VersionedForm
from organisation.numbers import NumberField, decimals_of, show_number

LIMITS = ("deviation_percent", "deviation_kroner")
MOST_PERCENT = Decimal("999.9")


class EconomyAskedForm(VersionedForm):
    """Whether the units explain their economy, and from what size a deviation is to be explained."""

    asks_economy = forms.BooleanField(
        label=gettext_lazy("Be enhetene forklare økonomien"),
        help_text=gettext_lazy(
            "Lederen ser budsjett og regnskap hittil i år for hver funksjon, skriver prognose for året, og forklarer "
            "store avvik. Tallene må være lest inn. Rapporter som alt er levert, må åpnes igjen for å få det med."
        ),
        required=False,
    )
    deviation_percent = NumberField(label=gettext_lazy("Avvik i prosent"), max_decimals=1)
    deviation_kroner = NumberField(label=gettext_lazy("Avvik i kroner"), max_decimals=2)
    asks_measures = forms.BooleanField(
        label=gettext_lazy("Be enhetene om status for tiltak"),
        help_text=gettext_lazy(
            "Lederen sier hvor langt hvert vedtatt tiltak er kommet, og hva det har gitt i kroner og årsverk."
        ),
        required=False,
    )

    def clean_deviation_percent(self) -> Decimal:
        """From 0 to what there is room for."""
        percent: Decimal = self.cleaned_data["deviation_percent"]
        if not 0 <= percent <= MOST_PERCENT:
            raise forms.ValidationError(_("Skriv et tall fra 0 til 999,9."))
        return percent

    def clean_deviation_kroner(self) -> Decimal:
        """Not below 0."""
        kroner: Decimal = self.cleaned_data["deviation_kroner"]
        if kroner < 0:
            raise forms.ValidationError(_("Skriv et beløp som er 0 eller større."))
        return kroner

    def shown(self, row: Any, name: str) -> Any:
        """A limit as it is typed; a box as yes or no."""
        value = getattr(row, name, None)
        if name in LIMITS and isinstance(value, Decimal):
            return show_number(value, decimals=decimals_of(value))
        if isinstance(value, bool):
            return _("ja") if value else _("nei")
        return super().shown(row, name)
