"""Forms for investment plans."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from organisation.editing import VersionedForm
from organisation.models import User
from organisation.numbers import NumberField, decimals_of, show_number

MILLION = Decimal(1_000_000)
DECIMALS = 1


def in_millions(amount: Decimal | None) -> str:
    """Kroner as millions with the decimals it takes, at least one: 1 000 000 → "1,0"."""
    if amount is None:
        return ""
    millions = amount / MILLION
    return show_number(millions, decimals=max(DECIMALS, decimals_of(millions)))


class InvestmentPlanForm(VersionedForm):
    """What stands around the projects."""

    class Meta:
        model = InvestmentPlan
        fields = ["title", "price_level"]


class InvestmentProjectForm(VersionedForm):
    """A project with its amounts, in million kroner. An empty field is a year without an amount."""

    new_year = forms.IntegerField(label=_("Et år til"), min_value=1900, max_value=2200, required=False)
    new_amount = NumberField(label=_("Beløp det året, millioner kroner"), required=False, max_decimals=6)
    millions = NumberField(label=_("Kostnadsanslag, millioner kroner"), required=False, max_decimals=6)

    class Meta:
        model = InvestmentProject
        fields = ["group", "name", "kind", "new_year", "new_amount", "millions", "comment"]

    def __init__(self, data: Any = None, *, instance: InvestmentProject, by: User) -> None:
        self.amounts = {one.year: one.amount for one in instance.amounts.all()} if instance.pk else {}
        super().__init__(data, instance=instance, by=by, initial={"millions": in_millions(instance.estimate)})
        self.years = years_of(instance.plan)
        for year in self.years:
            initial = in_millions(self.amounts.get(year))
            label = _("Beløp %(year)s, millioner kroner") % {"year": year}
            self.fields[f"year_{year}"] = NumberField(label=label, required=False, max_decimals=6, initial=initial)
        self.order_fields(["group", "name", "kind", *(f"year_{year}" for year in self.years)])

    def clean_name(self) -> str:
        """A plan has one project of each name."""
        name: str = self.cleaned_data["name"]
        if self.instance.plan.projects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Planen har allerede et prosjekt med dette navnet."))
        return name

    def write(self) -> None:
        """Write kroner."""
        self.instance.estimate = _kroner(self.cleaned_data["millions"])
        super().write()

    def write_rest(self) -> None:
        """The amounts of the years that the plan covers."""
        typed = {year: _kroner(self.cleaned_data[f"year_{year}"]) for year in self.years}
        if new_year := self.cleaned_data["new_year"]:
            typed[new_year] = _kroner(self.cleaned_data["new_amount"])
        InvestmentAmount.objects.filter(project=self.instance, year__in=typed).delete()
        InvestmentAmount.objects.bulk_create(
            InvestmentAmount(project=self.instance, year=year, amount=amount)
            for year, amount in typed.items()
            if amount is not None
        )

    def shown(self, row: Any, name: str) -> Any:
        """Amounts in millions."""
        if name == "millions":
            return in_millions(row.estimate)
        if name.startswith("year_"):
            return self._amount_shown(row, int(name.removeprefix("year_")))
        return super().shown(row, name)

    def _amount_shown(self, row: InvestmentProject, year: int) -> str:
        if row is self.instance:
            return in_millions(_kroner(self.cleaned_data[f"year_{year}"]))
        amount = row.amounts.filter(year=year).first()
        return in_millions(amount.amount) if amount else ""


def _kroner(millions: Decimal | None) -> Decimal | None:
    return None if millions is None else millions * MILLION


def years_of(plan: InvestmentPlan) -> list[int]:
    """The years that the plan covers: those in which any of its projects has an amount."""
    years = InvestmentAmount.objects.filter(project__plan=plan).order_by("year").values_list("year", flat=True)
    return list(years.distinct())
