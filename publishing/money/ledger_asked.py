"""What an address asks the ledger for, and the addresses that lead on from there."""

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budget.ledger.extent import Extent
from budget.ledger.summing import WHOLE_YEAR
from budget.models import BudgetLine
from organisation import periods

Account = BudgetLine.Account
NO_AREA = "uten"
"""What stands in the address for the lines that belong to no service area."""


class By(models.TextChoices):
    """What the lines are grouped by."""

    UNIT = "unit", _("enhet")
    AREA = "area", _("tjenesteområde")
    FUNCTION = "function", _("funksjon")
    ART = "art", _("art")
    MONTH = "month", _("måned")


class Amounts(models.TextChoices):
    """How amounts are shown."""

    THOUSAND = "thousand", _("1 000 kroner")
    KRONER = "kroner", _("kroner")


@dataclass(frozen=True)
class Asked:
    """A view of the ledger. `month` is the last one that counts; "" in the others is no limit.

    `unit` and `area` are addresses, `function` and `art` codes; `is_own` leaves the units under the unit out.
    """

    year: int
    month: int = WHOLE_YEAR
    account: str = Account.OPERATIONS
    by: str = By.UNIT
    amounts: str = Amounts.THOUSAND
    unit: str = ""
    is_own: str = ""
    area: str = ""
    function: str = ""
    art: str = ""
    period: str = ""
    layer: str = ""

    @property
    def is_forecast(self) -> bool:
        """Whether forecasts can be shown: they are made for a unit's function, not for arts and months."""
        return self.by not in (By.ART, By.MONTH) and not self.art

    def query(self, **changes: Any) -> str:
        """What is asked for, changed so, as the end of an address. What limits nothing is left out."""
        said = {name: value for name, value in asdict(replace(self, **changes)).items() if value}
        return f"?{urlencode(said)}"

    def table(self, **changes: Any) -> str:
        """The address of the table."""
        return f"{reverse('publishing:ledger')}{self.query(**{'period': '', 'layer': ''} | changes)}"

    def file(self, ending: str) -> str:
        """The address of the table as a file."""
        return f"{reverse('publishing:ledger_file', args=[ending])}{self.query(period='', layer='')}"

    def lines(self, **changes: Any) -> str:
        """The address of the lines."""
        return f"{reverse('publishing:ledger_lines')}{self.query(**changes)}"


class LedgerForm(forms.Form):
    """The choices above the table. What it does not understand is as if it had not been said."""

    year = forms.TypedChoiceField(label=_("År"), coerce=int, empty_value=None, required=False)
    month = forms.TypedChoiceField(label=_("Til og med"), coerce=int, empty_value=None, required=False)
    account = forms.ChoiceField(label=_("Regnskap"), choices=Account.choices, required=False)
    by = forms.ChoiceField(label=_("Vis etter"), choices=By.choices, required=False)
    amounts = forms.ChoiceField(label=_("Beløp i"), choices=Amounts.choices, required=False)
    unit = forms.SlugField(widget=forms.HiddenInput, required=False)
    is_own = forms.ChoiceField(widget=forms.HiddenInput, choices=[("1", "1")], required=False)
    area = forms.SlugField(widget=forms.HiddenInput, required=False)
    function = forms.RegexField("^[0-9]{3}$", widget=forms.HiddenInput, required=False)
    art = forms.RegexField("^[0-9]{3}$", widget=forms.HiddenInput, required=False)
    period = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    layer = forms.ChoiceField(widget=forms.HiddenInput, choices=BudgetLine.Layer.choices, required=False)

    def __init__(self, data: QueryDict, *, extent: Extent) -> None:
        super().__init__(data)
        self.extent = extent
        offered = {
            "year": [(year, f"{year}") for year in extent.years],
            "month": [(number, name) for number, name in enumerate(periods.MONTHS, start=1)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """A period as `organisation.periods.parse` reads it."""
        code: str = self.cleaned_data["period"]
        try:
            return periods.code(periods.parse(code)) if code else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def asked(self) -> Asked | None:
        """What is asked for, with what is usual where nothing is said; None where there are no lines at all."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        newest = self.extent.newest
        if newest is None:
            return None
        asked = Asked(**{"year": newest} | said)
        return asked if "month" in said else replace(asked, month=self.extent.months(asked.year, asked.account))

    def shown(self, asked: Asked) -> "LedgerForm":
        """The form with what is shown in its fields, also where the address did not say it."""
        form = LedgerForm(QueryDict(asked.query().removeprefix("?")), extent=self.extent)
        form.is_valid()
        return form
