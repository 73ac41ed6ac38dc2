"""The steps of a report: handed in, approved, sent back, opened again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from organisation.access import UnitScopedQuerySet
from organisation.editing import done, person, typed
from organisation.models import User
from reporting import handing_in
from reporting.completeness import check
from reporting.handing_in import NotPossible
from reporting.models import UnitReport
from reporting.step_forms import GivingBackForm, ReopenForm, SendBackForm

ASKED = "?lever=1#lever"
"""Back to the report, to be shown what it lacks."""


def _report(request: HttpRequest, slug: str, unit: str, permitted: Callable[[User], UnitScopedQuerySet]) -> UnitReport:
    """The report, 404 if it may not be read, 403 if it may be read but the deed is not this person's."""
    readable = UnitReport.objects.readable_by(person(request)).select_related("round__period", "unit")
    report: UnitReport = get_object_or_404(readable, round__slug=slug, unit__slug=unit)
    if not permitted(person(request)).filter(pk=report.pk).exists():
        raise PermissionDenied
    return report


@login_required
@require_POST
def report_hand_in(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Hand the report in. What nobody has explained stops it; an empty value asks once more."""
    report = _report(request, slug, unit, UnitReport.objects.editable_by)
    if not report.is_locked(timezone.now()) and _is_stopped(request, report):
        return redirect(f"{report.get_absolute_url()}{ASKED}")
    try:
        handing_in.hand_in(report=report, by=person(request))
    except NotPossible as refusal:
        return _refused(request, report, refusal)
    return done(request, _("Levert"), reverse("reporting:start"))


def _is_stopped(request: HttpRequest, report: UnitReport) -> bool:
    found = check(report)
    if number := len(found.unexplained):
        refusal = ngettext(
            "Rapporten er ikke levert. %(number)s mål er ikke nådd og mangler årsak, tiltak eller når det ventes nådd.",
            "Rapporten er ikke levert. %(number)s mål er ikke nådd og mangler årsak, tiltak eller når de ventes nådd.",
            number,
        )
        messages.error(request, refusal % {"number": number})
    if number := len(found.deviations):
        refusal = ngettext(
            "Rapporten er ikke levert. %(number)s avvik i økonomien mangler årsak eller tiltak.",
            "Rapporten er ikke levert. %(number)s avvik i økonomien mangler årsak eller tiltak.",
            number,
        )
        messages.error(request, refusal % {"number": number})
    return found.is_stopped or (found.is_asked_again and not request.POST.get("despite"))


def _refused(request: HttpRequest, report: UnitReport, refusal: NotPossible) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect(report)


@login_required
@require_POST
def report_approve(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Approve the report as it was seen, and go on to the next that waits for this person."""
    report = _report(request, slug, unit, UnitReport.objects.approvable_by)
    try:
        handing_in.approve(report=report, seen_step=_seen_step(request), by=person(request))
    except NotPossible as refusal:
        return _refused(request, report, refusal)
    return _go_on(request, report, _("Godkjent"))


@login_required
def report_send_back(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Send the report back with what must be put right, and a new deadline."""
    report = _report(request, slug, unit, UnitReport.objects.approvable_by)
    form, seen = SendBackForm(typed(request)), _seen_step(request)

    def deed(said: str, due_at: Any) -> None:
        handing_in.send_back(report=report, comment=said, due_at=due_at, seen_step=seen, by=person(request))

    if form.is_bound and form.store(deed):
        return _go_on(request, report, _("Sendt tilbake"))
    is_known = seen and not form.is_refused
    return _page(request, "reporting/report_send_back.html", report, form, seen if is_known else _last_step(report))


@login_required
def report_reopen(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Open a locked or approved report again, with a reason and a new deadline."""
    report = _report(request, slug, unit, UnitReport.objects.reopenable_by)
    form = ReopenForm(typed(request))

    def deed(said: str, due_at: Any) -> None:
        handing_in.reopen(report=report, reason=said, due_at=due_at, by=person(request))

    if form.is_bound and form.store(deed):
        return done(request, _("Åpnet igjen"), report.get_absolute_url())
    return _page(request, "reporting/report_reopen.html", report, form, _last_step(report))


def _page(
    request: HttpRequest, template: str, report: UnitReport, form: GivingBackForm, seen_step: int
) -> HttpResponse:
    trail = [
        (reverse("reporting:round_list"), _("Runder")),
        (report.round.get_absolute_url(), report.round.title),
        (report.get_absolute_url(), str(report.unit)),
        ("", form.deed),
    ]
    context = {"report": report, "form": form, "seen_step": seen_step, "trail": trail}
    return render(request, template, context, status=form.status)


def _seen_step(request: HttpRequest) -> int:
    """The id of the last step that the person saw; 0 where the page did not say."""
    said = request.POST.get("seen_step") or request.GET.get("seen_step") or ""
    return int(said) if said.isdecimal() else 0


def _last_step(report: UnitReport) -> int:
    return report.steps.latest("at", "pk").pk


def _go_on(request: HttpRequest, report: UnitReport, deed: str) -> HttpResponse:
    """Say what was done to which report, and go to the next one that waits for this person, else to the round."""
    waiting = UnitReport.objects.waiting_for(person(request)).filter(round=report.round).select_related("round", "unit")
    following = waiting.order_by("unit__position", "unit__name").first()
    said = format_html(
        '{} {}: <a class="ds-link" href="{}">{}</a>.',
        deed, f"{timezone.localtime():%H.%M}", report.get_absolute_url(), report.unit,
    )  # fmt: skip
    if following:
        said = format_html("{} {}", said, _("Dette er den neste som venter på deg."))
    messages.success(request, said)
    return redirect(following or report.round)
