"""Rounds: the list of them, opening one from the last, changing and closing it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.access import Right, get_for_publishing
from organisation.editing import done, form_page, person, saved, typed
from organisation.models import Unit, User
from reporting import deadlines, handing_in, proposing
from reporting.handing_in import NotPossible
from reporting.models import ReportingRound, UnitReport
from reporting.opening import add_units
from reporting.round_forms import OpeningForm, RoundForm, UnitsForm

State = UnitReport.State

ROUNDS = ReportingRound.objects.select_related("period", "unit")
TOP = Unit.objects.filter(kind=Unit.Kind.MUNICIPALITY, parent__isnull=True, municipality__is_owner=True)


@dataclass(frozen=True)
class RoundLine:
    """A round in the list, with the days of its first and its last deadline."""

    round: ReportingRound
    first_due_on: datetime.date
    last_due_on: datetime.date


def _rounds_seen_by(user: User) -> QuerySet[ReportingRound]:
    """The newest first, with `owed`, `delivered` and `approved`: how many reports there are of each."""
    states = {"delivered": (State.HANDED_IN, State.APPROVED), "approved": (State.APPROVED,)}
    counts = {name: Count("reports", filter=Q(reports__state__in=among)) for name, among in states.items()}
    rounds = ROUNDS.visible_to(user).annotate(owed=Count("reports"), **counts)
    return rounds.order_by("-period__end", "-opened_at")


@login_required
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds that the person may see, and for those who run them the way to the next one."""
    lines = [
        RoundLine(one, deadlines.day_of(one.department_due_at), deadlines.day_of(one.sector_due_at))
        for one in _rounds_seen_by(person(request))
    ]
    publishes = person(request).unit_ids(Right.PUBLISH)
    newest = lines[0].round if lines and lines[0].round.unit_id in publishes else None
    context = {
        "lines": lines,
        "newest": newest,
        "following": proposing.name(proposing.next_span(proposing.span_of(newest))) if newest else "",
        "may_begin": not lines and TOP.filter(pk__in=publishes).exists(),
    }
    return render(request, "reporting/round_list.html", context)


@login_required
def round_open(request: HttpRequest) -> HttpResponse:
    """Open a round. `fra` is the address of the one that the form is filled in from."""
    top = get_for_publishing(request, TOP)
    slug = request.GET.get("fra")
    last = get_for_publishing(request, ROUNDS, slug=slug) if slug else None
    proposal = proposing.propose(last, top=top, today=timezone.localdate())
    new = ReportingRound(unit=top, previous=last)
    form = OpeningForm(typed(request), instance=new, by=person(request), proposal=proposal)
    if form.is_bound and form.store():
        return _opened(request, form)
    context = {"last": last, "trail": _trail(_("Åpne en runde")), "page": reverse("reporting:round_list")}
    return form_page(request, "reporting/round_open.html", form, **context)


def _opened(request: HttpRequest, form: OpeningForm) -> HttpResponse:
    if form.open_already:
        words = _("Det er nå flere åpne runder for %(period)s.")
        messages.warning(request, words % {"period": form.instance.period.label})
    return done(request, _("Runden er åpnet"), form.instance.get_absolute_url())


@login_required
def round_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a running round is called, its deadlines and its instructions."""
    round_ = get_for_publishing(request, ROUNDS, slug=slug)
    if round_.closed_at:
        return _is_closed(request, round_)
    form = RoundForm(typed(request), instance=round_, by=person(request))
    if form.is_bound and form.store():
        return saved(request, round_.get_absolute_url())
    context = {"round": round_, "trail": _trail(_("Endre"), round_), "page": round_.get_absolute_url()}
    return form_page(request, "reporting/round_edit.html", form, **context)


@login_required
def round_units_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask more units in a running round."""
    round_ = get_for_publishing(request, ROUNDS, slug=slug)
    form = UnitsForm(typed(request), round_=round_)
    if round_.closed_at:
        return _is_closed(request, round_)
    if form.is_valid():
        return _add(request, round_, form.cleaned_data["units"])
    context = {"form": form, "round": round_, "trail": _trail(_("Legg til enheter"), round_)}
    return render(request, "reporting/round_units_add.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, round_: ReportingRound, units: list[Unit]) -> HttpResponse:
    try:
        add_units(round_=round_, units=units, by=person(request))
    except NotPossible:
        return _is_closed(request, round_)
    return done(request, _("Enhetene er lagt til"), round_.get_absolute_url())


@login_required
def round_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether the round is to be closed, with what is not approved; close it when the answer is posted."""
    round_ = get_for_publishing(request, ROUNDS, slug=slug)
    if round_.closed_at:
        return _is_closed(request, round_)
    if request.method == "POST":
        handing_in.close_round(round_=round_, by=person(request))
        return done(request, _("Runden er avsluttet"), round_.get_absolute_url())
    reports = list(round_.reports.exclude(state=State.APPROVED).select_related("unit"))
    context = {
        "round": round_,
        "with_the_unit": [one for one in reports if one.is_with_the_unit],
        "handed_in": [one for one in reports if not one.is_with_the_unit],
        "trail": _trail(_("Avslutt"), round_),
    }
    return render(request, "reporting/round_close.html", context)


def _is_closed(request: HttpRequest, round_: ReportingRound) -> HttpResponse:
    """Say that nothing can be changed, and go to the round."""
    messages.warning(request, _("Runden er avsluttet og kan ikke endres."))
    return redirect(round_)


def _trail(here: str, round_: ReportingRound | None = None) -> list[tuple[Any, str]]:
    above = [(round_.get_absolute_url(), round_.title)] if round_ else []
    return [(reverse("reporting:round_list"), _("Runder")), *above, ("", here)]
