"""The economy of a unit's report: reading it, and writing forecasts, causes and actions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.access import Right
from organisation.editing import person, saved
from reporting.economy.figures import as_typed
from reporting.economy.table import EconomyTable, save_economy
from reporting.models import UnitReport

OK = 200
PUT_IN = "put_in"
"""The button that puts what is proposed into the empty fields."""


@login_required
def economy(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """The functions of the report to read, and to write in while the report is open and the person may."""
    user = person(request)
    rows = UnitReport.objects.readable_by(user).select_related("round__period", "unit").annotate(now=Now())
    report: Any = get_object_or_404(rows, round__slug=slug, unit__slug=unit, round__asks_economy=True)
    may_edit = report.unit_id in user.unit_ids(Right.EDIT)
    if request.method == "POST":
        return _write(request, report, may_edit=may_edit)
    return _page(request, EconomyTable(report, is_editable=may_edit and not report.is_locked(report.now)))


def _write(request: HttpRequest, report: Any, *, may_edit: bool) -> HttpResponse:
    """Save, or put in what is proposed, which saves nothing. Where something is wrong, all that was typed stands."""
    if not may_edit:
        raise PermissionDenied
    data = request.POST.dict()
    if PUT_IN in data:
        table = EconomyTable(report, is_editable=True)
        table.take(data)
        table.put_in_proposals()
        return _page(request, table, is_put_in=True)
    table = save_economy(report=report, data=data, by=person(request))
    if table.status == OK:
        return saved(request, f"{report.get_absolute_url()}#okonomi")
    return _page(request, table)


def _page(request: HttpRequest, table: EconomyTable, **context: Any) -> HttpResponse:
    report: Any = table.report
    context |= {
        "report": report,
        "table": table,
        "may_edit": report.unit_id in person(request).unit_ids(Right.EDIT),
        "is_locked": report.is_locked(report.now),
        "limits": [as_typed(report.round.deviation_percent), as_typed(report.round.deviation_kroner)],
        "trail": [
            (reverse("reporting:start"), _("Start")),
            (report.round.get_absolute_url(), report.round.title),
            (report.get_absolute_url(), report.unit.name),
            ("", _("Økonomi")),
        ],
    }
    return render(request, "reporting/economy.html", context, status=table.status)
