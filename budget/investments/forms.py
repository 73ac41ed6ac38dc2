"""Forms for investment plans."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.investments.millions import MillionsField, in_millions
from budget.investments.overview import years_of
from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from organisation.editing import VersionedForm
from organisation.models import User

FEW_LINES = forms.Textarea(attrs={"rows": 3})


class InvestmentPlanForm(VersionedForm):
    """What stands around the projects."""

    class Meta:
        model = InvestmentPlan
        fields = ["title", "price_level"]


class InvestmentProjectForm(VersionedForm):
    """A project with its amounts, in million kroner. An empty field is a year without an amount."""

    new_year = forms.IntegerField(label=gettext_lazy("Et år til"), min_value=1900, max_value=2200, required=False)
    new_amount = MillionsField(label=gettext_lazy("Beløp det året, millioner kroner"), required=False)
    new_is_provisional = forms.BooleanField(label=gettext_lazy("Beløpet det året er foreløpig"), required=False)
    millions = MillionsField(label=gettext_lazy("Kostnadsanslag, millioner kroner"), required=False)
    provisional = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Foreløpige år"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("År der beløpet ikke er bestemt ennå."),
    )

    class Meta:
        model = InvestmentProject
        fields = ["group", "name", "kind", "code", "millions", "status", "status_comment", "comment"]
        widgets = {"status_comment": FEW_LINES, "comment": FEW_LINES}
        help_texts = {"code": gettext_lazy("Knytter prosjektet til regnskapet.")}

    def __init__(self, data: Any = None, *, instance: InvestmentProject, by: User) -> None:
        self.amounts = {one.year: one for one in instance.amounts.all()} if instance.pk else {}
        initial = {
            "millions": instance.estimate,
            "provisional": [year for year, one in self.amounts.items() if one.is_provisional],
        }
        super().__init__(data, instance=instance, by=by, initial=initial)
        self.years = years_of(instance.plan)
        for year in self.years:
            amount = self.amounts[year].amount if year in self.amounts else None
            label = _("Beløp %(year)s, millioner kroner") % {"year": year}
            self.fields[f"year_{year}"] = MillionsField(label=label, required=False, initial=amount)
        self.fields["provisional"].choices = [(year, f"{year}") for year in self.years]  # type: ignore[attr-defined]
        years = [f"year_{year}" for year in self.years]
        new = ["new_year", "new_amount", "new_is_provisional"]
        self.order_fields(["group", "name", "kind", "code", *years, "provisional", *new])

    def clean_name(self) -> str:
        """A plan has one project of each name."""
        name: str = self.cleaned_data["name"]
        if self._others().filter(name=name).exists():
            raise forms.ValidationError(_("Planen har allerede et prosjekt med dette navnet."))
        return name

    def clean_code(self) -> str:
        """Two projects of a plan with the same number would each be shown with all that is used on it."""
        code: str = self.cleaned_data["code"].strip()
        other = self._others().filter(code=code).first() if code else None
        if other:
            raise forms.ValidationError(_("Prosjektnummeret står på «%(name)s».") % {"name": other.name})
        return code

    def _others(self) -> Any:
        return self.instance.plan.projects.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """A new year that the form has no field for, with its amount."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        year, amount = cleaned.get("new_year"), cleaned.get("new_amount")
        if amount is not None and year is None and "new_year" not in self.errors:
            self.add_error("new_year", _("Skriv hvilket år beløpet gjelder."))
        if year in self.years:
            self.add_error("new_year", _("%(year)s har et eget felt. Skriv beløpet der.") % {"year": year})
        return cleaned

    def write(self) -> None:
        """Write kroner."""
        self.instance.estimate = self.cleaned_data["millions"]
        super().write()

    def write_rest(self) -> None:
        """The amounts of the years that the plan covers, and of the new one."""
        typed = self._typed_amounts()
        InvestmentAmount.objects.filter(project=self.instance, year__in=typed).delete()
        InvestmentAmount.objects.bulk_create(
            InvestmentAmount(project=self.instance, year=year, amount=amount, is_provisional=is_provisional)
            for year, (amount, is_provisional) in typed.items()
            if amount is not None
        )

    def _typed_amounts(self) -> dict[int, tuple[Decimal | None, bool]]:
        """Kroner by year, and whether they are provisional."""
        said = self.cleaned_data
        typed = {year: (said[f"year_{year}"], year in said["provisional"]) for year in self.years}
        if new_year := said["new_year"]:
            typed[new_year] = (said["new_amount"], said["new_is_provisional"])
        return typed

    def shown(self, row: Any, name: str) -> Any:
        """Amounts in millions, years by their number."""
        if name == "millions":
            return in_millions(row.estimate)
        if name == "provisional" or name.startswith("year_"):
            return self._amounts_shown(row, name)
        return super().shown(row, name)

    def _amounts_shown(self, row: InvestmentProject, name: str) -> str:
        if row is self.instance:
            amounts = self._typed_amounts()
        else:
            amounts = {one.year: (one.amount, one.is_provisional) for one in row.amounts.all()}
        if name == "provisional":
            return ", ".join(f"{year}" for year, (_amount, is_provisional) in sorted(amounts.items()) if is_provisional)
        return in_millions(amounts.get(int(name.removeprefix("year_")), (None, False))[0])
