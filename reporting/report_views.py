"""A unit's report: its page, and the saving of one row."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.access import Right
from organisation.editing import person, saved
from organisation.models import User
from reporting import completeness, deadlines
from reporting.economy.summary import summary_of
from reporting.measures_in_reports import lines_of_measures
from reporting.models import UnitReport
from reporting.report_line import NOT_MEASURED, ReportLine, errors_in
from reporting.report_tasks import due_in
from reporting.saving import lines_of, save_changed, save_row
from reporting.texts import as_page

OK, UNAUTHORISED, LOCKED = 200, 401, 423


@login_required
def report(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """The report to read, and to type in while it is open and the person may. Without a script one button saves all."""
    user = person(request)
    rows = UnitReport.objects.readable_by(user).select_related("round__period", "round__document", "unit")
    found: Any = get_object_or_404(rows.annotate(now=Now()), round__slug=slug, unit__slug=unit)
    may_edit = found.unit_id in user.unit_ids(Right.EDIT)
    if request.method == "POST":
        return _save_all(request, found, user)
    lines = lines_of(found, user=user, is_editable=may_edit and not found.is_locked(found.now))
    return render(request, "reporting/report.html", _page(request, found, lines, user))


def _save_all(request: HttpRequest, found: Any, user: User) -> HttpResponse:
    """Save what was typed in every row. Where the report is locked, it is kept for the writer and shown."""
    if found.unit_id not in user.unit_ids(Right.EDIT):
        raise PermissionDenied
    lines = save_changed(lines_of(found, user=user, is_editable=True), data=request.POST.dict(), by=user)
    status = status_of(lines)
    if status == OK:
        return saved(request, found.get_absolute_url())
    if status == LOCKED:
        lines = lines_of(found, user=user, is_editable=False)
    return render(request, "reporting/report.html", _page(request, found, lines, user), status=status)


def _page(request: HttpRequest, found: Any, lines: list[ReportLine], user: User) -> dict[str, Any]:
    hand_in_asked = "lever" in request.GET
    steps = list(found.steps.select_related("by").order_by("-at", "-pk"))
    return {
        "report": found,
        "lines": lines,
        "errors": list(errors_in(lines)),
        "answered": sum(line.is_answered for line in lines),
        "texts": [(text, as_page(text.body)) for text in found.texts.order_by("position")],
        "economy": summary_of(found),
        "measures": lines_of_measures(found),
        "steps": steps,
        "last_step": steps[0].pk,
        "returned": next((step for step in steps[:1] if step.comment), None),
        "is_locked": found.is_locked(found.now),
        "is_late": found.is_late(found.now),
        "may_edit": found.unit_id in user.unit_ids(Right.EDIT),
        "may_approve": UnitReport.objects.approvable_by(user).filter(pk=found.pk).exists(),
        "may_reopen": UnitReport.objects.reopenable_by(user).filter(pk=found.pk).exists(),
        "not_measured": NOT_MEASURED,
        "completeness": completeness.check(found) if hand_in_asked else None,
        "hand_in_asked": hand_in_asked,
        "due_in": due_in(found.due_on, timezone.localdate(found.now)),
        "locks_on": deadlines.day_of(found.locks_at),
        "trail": [
            (reverse("reporting:start"), _("Start")),
            (found.round.get_absolute_url(), found.round.title),
            ("", found.unit.name),
        ],
    }


@require_POST
def row_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one row, and answer with it as it stands: for the script that saves each row when it is left.

    401 says that the session is over; the script keeps what was typed. 422, 409 and 423 carry the row with what went
    wrong: not understood, saved by somebody else meanwhile, locked.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=UNAUTHORISED)
    line = save_row(pk=pk, data=request.POST.dict(), by=person(request))
    return render(request, "reporting/_report_row.html", {"line": line}, status=status_of([line]))


def status_of(lines: list[ReportLine]) -> int:
    """The status of a page with these lines: what went most wrong in any of them, else 200."""
    if any(line.is_refused for line in lines):
        return LOCKED
    return max(line.status for line in lines) if any(line.errors for line in lines) else OK
