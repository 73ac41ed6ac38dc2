"""Reminders: what was sent, and sending them now."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.access import get_for_publishing
from reporting.models import Reminder, ReportingRound, UnitReport
from reporting.reminding import days_past, outstanding
from reporting.sending import send, told_on

PER_PAGE = 50


@login_required
def reminder_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What was sent about the round, to whom and when, newest first, and what goes out next.

    Of a day, what could not be sent stands first.
    """
    round_ = get_for_publishing(request, ReportingRound.objects.select_related("period"), slug=slug)
    trail = [
        (reverse("reporting:round_list"), _("Runder")),
        (round_.get_absolute_url(), round_.title),
        ("", _("Påminnelser")),
    ]
    context = {"round": round_, "page": _page(request, round_), "trail": trail, **_ahead(round_)}
    return render(request, "reporting/reminder_list.html", context)


def _page(request: HttpRequest, round_: ReportingRound) -> Page:
    reports = UnitReport.objects.filter(round=round_)
    shown = Prefetch("reports", queryset=reports.select_related("unit"))
    about = Reminder.objects.filter(Exists(reports.filter(reminders=OuterRef("pk"))))
    order = ("-day", F("sent_at").desc(nulls_first=True), "-pk")
    rows = about.select_related("person").prefetch_related(shown).order_by(*order)
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _ahead(round_: ReportingRound) -> dict[str, Any]:
    """The mails that go out next, and how many reports are late."""
    today = timezone.localdate()
    owed = outstanding()
    return {
        "today": today,
        "following": owed.following(round_, today, told=told_on(today)),
        "late": sum(days_past(one, today) > 0 for one in owed.of(round_)),
    }


@login_required
@require_POST
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Send now to the owners of all that is late in the round; never two mails to a person in a day."""
    round_ = get_for_publishing(request, ReportingRound.objects.all(), slug=slug)
    mails = outstanding().late(round_, timezone.localdate())
    outcome = send(mails=mails)
    if outcome.failed:
        messages.warning(request, str(outcome))
    elif mails:
        messages.success(request, str(outcome))
    else:
        messages.info(request, _("Ingen påminnelser er sendt: ingen rapporter i runden er forsinket."))
    return redirect("reporting:reminder_list", slug=slug)
