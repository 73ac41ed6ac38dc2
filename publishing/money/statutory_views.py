"""The statutory tables of a year, for those who may read what belongs to the whole municipality."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from budget.models import BudgetLine
from budget.statutory.control import breaches
from budget.statutory.distribution import Division
from budget.statutory.mapping import EVERY_TABLE
from organisation.editing import person
from publishing.files.sheets import TABLE_FILES
from publishing.money.statutory_tables import Choice, Frame, Sign, Statutory, View
from publishing.money.table_files import table_file
from publishing.structure import Table


class StatutoryForm(forms.Form):
    """How the tables are shown. What is not chosen, or is not one of the choices, is as usual."""

    columns = forms.ChoiceField(
        label=_("Kolonner"),
        choices=[(View.ACCOUNTS, _("budsjett og regnskap")), (View.PLAN, _("økonomiplan, fire år"))],
        required=False,
    )
    sign = forms.ChoiceField(
        label=_("Fortegn"),
        choices=[
            (Sign.USUAL, _("som vanlig i hver tabell")),
            (Sign.TURNED, _("inntekter uten minus")),
            (Sign.KOSTRA, _("utgifter uten minus")),
        ],
        required=False,
    )
    operations = forms.ChoiceField(
        label=_("Drift fordelt på"),
        choices=[(Division.AREA, _("tjenesteområder")), (Division.SECTOR, _("sektorer"))],
        required=False,
    )
    investments = forms.ChoiceField(
        label=_("Investering fordelt på"),
        choices=[(Division.GROUP, _("områder")), (Division.PROJECT, _("prosjekter"))],
        required=False,
    )

    def choice(self) -> Choice:
        """What is chosen."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Choice(
            view=View(said.get("columns", View.ACCOUNTS)),
            sign=Sign(said.get("sign", Sign.USUAL)),
            operations=Division(said.get("operations", Division.AREA)),
            investments=Division(said.get("investments", Division.GROUP)),
        )


@login_required
@require_GET
def statutory_newest(request: HttpRequest) -> HttpResponse:
    """The tables of the last year that has lines."""
    _guard(request)
    years = _years()
    if not years:
        return render(request, "publishing/statutory.html", {"years": []})
    return redirect("publishing:statutory", max(years))


@login_required
@require_GET
def statutory(request: HttpRequest, year: int) -> HttpResponse:
    """Every table of the year under each other, after what is not in balance; the address carries every choice."""
    _guard(request)
    form = StatutoryForm(request.GET)
    tables = Statutory(year, form.choice())
    years = _years()
    page: dict[str, Any] = {"year": year, "years": sorted(years), "form": form, "is_example": years.get(year, False)}
    if tables.figures.sums:
        page["tables"] = [(table, _files(request, year, table)) for table in _all(tables)]
        page["breaches"] = breaches(tables.figures, tables.parts)
    return render(request, "publishing/statutory.html", page)


@login_required
@require_GET
def statutory_file(request: HttpRequest, year: int, table: str, fmt: str) -> HttpResponse:
    """One table as it is shown, as a workbook or as text with separators."""
    _guard(request)
    tables = Statutory(year, StatutoryForm(request.GET).choice())
    if table not in EVERY_TABLE or not tables.figures.sums:
        raise Http404
    return table_file(tables.table(table, Frame(table)), name=f"{table}-{year}", ending=fmt)


def _guard(request: HttpRequest) -> None:
    """Raises Http404 for those who may not read what belongs to the whole municipality."""
    if not person(request).may_read_all:
        raise Http404


def _years() -> dict[int, bool]:
    """The years whose budget or accounts there are lines of, and whether any of the lines are examples. One query."""
    found = BudgetLine.objects.order_by().values_list("plan_year", "batch__source__is_example").distinct()
    years: dict[int, bool] = {}
    for year, is_example in found:
        years[year] = years.get(year, False) or bool(is_example)
    return years


def _all(tables: Statutory) -> list[Table]:
    return [tables.table(slug, Frame(slug, f"{number}")) for number, slug in enumerate(EVERY_TABLE, start=1)]


def _files(request: HttpRequest, year: int, table: Table) -> list[tuple[str, str]]:
    """The name and address of each file of the table, with the choices of the page."""
    chosen = f"?{request.GET.urlencode()}" if request.GET else ""
    names = {"xlsx": "Excel", "csv": "CSV"}
    return [
        (names[fmt], reverse("publishing:statutory_file", args=[year, table.anchor, fmt]) + chosen)
        for fmt in TABLE_FILES
    ]
