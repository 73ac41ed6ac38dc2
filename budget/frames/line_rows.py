"""The rows of a decision as they are typed: unit, function, art, project, time and amount.

Empty rows are passed over.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.frames.year_codes import YearCodes, unit_choices
from budget.models import BudgetLine
from organisation import periods
from organisation.models import Period
from organisation.numbers import NumberField

FEWEST, MORE, MOST = 8, 8, 200
MONTHS = [
    ("", gettext_lazy("Hele året")),
    *((f"{number}", name) for number, name in enumerate(periods.MONTHS, start=1)),
]


class LineForm(forms.Form):
    """One row. Amount in kroner with KOSTRA's sign."""

    account_class = forms.ChoiceField(label=gettext_lazy("Regnskap"), choices=BudgetLine.Account.choices)
    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))
    function = forms.CharField(label=gettext_lazy("Funksjon"), max_length=100)
    art = forms.CharField(label=gettext_lazy("Art"), max_length=100)
    project = forms.CharField(label=gettext_lazy("Prosjekt"), max_length=30, required=False)
    month = forms.ChoiceField(label=gettext_lazy("Tid"), choices=MONTHS, required=False)
    amount = NumberField(label=gettext_lazy("Beløp i kroner"), max_decimals=2)

    def __init__(self, data: Any, *, codes: YearCodes, number: int, initial: dict[str, str]) -> None:
        super().__init__(
            data,
            prefix=f"row-{number}",
            initial={"account_class": str(BudgetLine.Account.OPERATIONS)} | initial,
            empty_permitted=True,
            use_required_attribute=False,
        )
        self.codes, self.number = codes, number
        self.fields["unit"].choices = unit_choices(codes.units)  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            label = _("Rad %(number)s, %(field)s") % {"number": number, "field": f"{field.label}".lower()}
            field.widget.attrs |= {"aria-label": label, "autocomplete": "off"} | LISTS.get(name, {})

    def has_changed(self) -> bool:
        """Whether anything is typed in the row: which account and what time are chosen beforehand."""
        return bool({*self.changed_data} - {"account_class", "month"})

    def clean_amount(self) -> Any:
        """A row moves something."""
        if self.cleaned_data["amount"] == 0:
            raise forms.ValidationError(_("Skriv et beløp som ikke er 0."))
        return self.cleaned_data["amount"]

    def clean(self) -> dict[str, Any]:
        """Codes as the rows of their lists, where they may be used in the year and in the account."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, find in (("function", self.codes.function), ("art", self.codes.art)):
            if name in cleaned and "account_class" in cleaned:
                try:
                    cleaned[name] = find(cleaned[name], account=cleaned["account_class"])
                except ValueError as error:
                    self.add_error(name, str(error))
        return cleaned

    def line(self) -> BudgetLine:
        """The line that was typed, without its decision."""
        typed = self.cleaned_data
        year = self.codes.year
        span = periods.month(int(typed["month"]), year) if typed["month"] else periods.year(year)
        known = {name: typed[name] for name in ("account_class", "function", "art", "project", "amount")}
        return BudgetLine(unit_id=int(typed["unit"]), period=Period.objects.for_span(span), **known)


LISTS = {
    "function": {"list": "functions", "size": "6"},
    "art": {"list": "arts", "size": "6"},
    "project": {"size": "8"},
    "amount": {"size": "14", "inputmode": "text", "class": "amendment-rows__amount"},
}


class RowError(NamedTuple):
    """What is wrong with one field of one row, and where to go to put it right."""

    label: str
    anchor: str
    message: str


class LineRows:
    """The rows together: those of `data` where a form was sent, else `typed` with what stands in them already."""

    def __init__(self, data: Any, *, codes: YearCodes, typed: Mapping[str, str] | None = None) -> None:
        self.codes = codes
        said = data if data is not None else typed or {}
        more = MORE if typed else 0
        self.count = min(max(_number(said.get("rows", "")), FEWEST) + more, MOST)
        self.forms = [
            LineForm(data, codes=codes, number=number, initial=_initial(typed or {}, number))
            for number in range(1, self.count + 1)
        ]

    def is_valid(self) -> bool:
        """Whether every row that is not empty can be read."""
        return all(form.is_valid() for form in self.forms)

    def lines(self) -> list[BudgetLine]:
        """The lines of the rows that are not empty, in order."""
        return [form.line() for form in self.forms if form.has_changed()]

    @property
    def errors(self) -> list[RowError]:
        """What is wrong, row by row. Rows that nobody has sent have nothing wrong with them."""
        return [
            RowError(field.field.widget.attrs["aria-label"], field.id_for_label, str(message))
            for form in self.forms
            if form.is_bound
            for field in form
            for message in field.errors
        ]


def _initial(said: Mapping[str, str], number: int) -> dict[str, str]:
    found = {name: said.get(f"row-{number}-{name}", "") for name in LineForm.base_fields}
    return {name: text for name, text in found.items() if text}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) else 0
