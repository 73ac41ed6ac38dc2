"""Following up a measure in a unit's report, under the report's lock."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from organisation.access import Right
from organisation.editing import form_page, person, saved, typed
from organisation.models import User
from plans.measures.forms import FollowUpForm
from plans.measures.views import follow_up_context
from plans.models import Measure
from reporting.locked_forms import FormUnderLock
from reporting.measures_in_reports import measures_by_report
from reporting.models import UnitReport
from scorecards.cells import span_of


class ReportedMeasureForm(FormUnderLock, FollowUpForm):
    """A follow-up in a report."""

    when_locked = gettext_lazy("Rapporten er låst, og statusen ble ikke lagret.")

    class Meta(FollowUpForm.Meta):
        pass

    def __init__(self, data: Any = None, *, instance: Measure, by: User, report: UnitReport) -> None:
        super().__init__(data, instance=instance, by=by, span=span_of(report.round.period))
        self.report = report

    @property
    def report_id(self) -> int:
        """The report that asks."""
        return self.report.pk


@login_required
def report_measure(request: HttpRequest, slug: str, unit: str, pk: int) -> HttpResponse:
    """Say how far a measure had come at the end of the round's period; a locked report is only read."""
    report = _report_for_edit(request, slug, unit)
    found = next((one for one in measures_by_report(report.round)[report.pk] if one.pk == pk), None)
    if found is None:
        raise Http404
    form = ReportedMeasureForm(typed(request), instance=found, by=person(request), report=report)
    page = f"{report.get_absolute_url()}#measure-{found.pk}"
    if form.is_bound and form.store():
        return saved(request, page)
    is_read = not form.is_bound and report.is_locked(report.now)
    context = {"report": report, "page": page, "is_read": is_read, **follow_up_context(form)}
    return form_page(request, "reporting/report_measure.html", form, **context)


def _report_for_edit(request: HttpRequest, slug: str, unit: str) -> Any:
    """The report, 404 if it may not be read, 403 if it may be read but not written in."""
    readable = UnitReport.objects.readable_by(person(request)).select_related("round__period", "unit")
    report = get_object_or_404(readable.annotate(now=Now()), round__slug=slug, unit__slug=unit)
    if report.unit_id not in person(request).unit_ids(Right.EDIT):
        raise PermissionDenied
    return report
