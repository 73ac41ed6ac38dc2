"""Measures: the list across years, one measure with its follow-up, and the pages where they are written."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from organisation import periods
from organisation.access import Right, get_for_edit, get_for_view
from organisation.editing import done, form_page, person, saved, typed, way_back
from organisation.models import Period, Unit, User
from organisation.ordering import move
from organisation.unit_tree import in_tree_order
from organisation.versions import remove
from plans.measures.filters import MeasureFilter
from plans.measures.forms import FIRST_YEAR, LAST_YEAR, FollowUpForm, MeasureForm
from plans.measures.frames import ties
from plans.measures.one_measure import first_year, follow_up_links, in_each_year, saves_of, statuses_of
from plans.measures.standing import newest
from plans.measures.table import table_of, tie_lines
from plans.models import Measure

MEASURES = Measure.objects.select_related("unit", "function", "indicator", "plan").prefetch_related("effects")
FOLLOWED = (Period.Kind.YEAR, Period.Kind.TERTIAL, Period.Kind.QUARTER, Period.Kind.MONTH)
"""The kinds of period that lie within one year, so that there is one year to have achieved something of."""


@login_required
def measure_list(request: HttpRequest) -> HttpResponse:
    """What was promised and what happened, year by year, of the measures that the person may see."""
    user = person(request)
    units = in_tree_order(Unit.objects.filter(pk__in=_seen_by(user)))
    filters = MeasureFilter(request.GET, units=units, measures=Measure.objects.visible_to(user))
    found = list(filters.narrowed().prefetch_related("effects"))
    standings = newest(measure.pk for measure in found)
    shown = [measure for measure in found if filters.has_status(standings.get(measure.pk))]
    years = [year] if (year := filters.chosen.get("year")) else []
    context = {
        "filters": filters,
        "table": table_of(shown, units, standings, years),
        "ties": tie_lines(ties(filters.units_chosen & user.unit_ids(Right.READ), years=years)),
        "first_year": year or first_year(),
        "units": user.unit_ids(Right.EDIT),
    }
    return render(request, "plans/measure_list.html", context)


def _seen_by(user: User) -> frozenset[int]:
    """The units whose measures the person may see. Raises `Http404` for those who may see none."""
    if not user.has_right(Right.SEE):
        raise Http404
    return user.unit_ids(Right.SEE)


@login_required
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure: why, what it is to give and gave, every status with who and when, and its history."""
    found = get_for_view(request, MEASURES, pk=pk)
    context = {
        "measure": found,
        "years": in_each_year(found),
        "statuses": statuses_of(found),
        "saves": saves_of(found),
        "follow_up": follow_up_links(found, timezone.localdate()),
        "may_edit": found.unit_id in person(request).unit_ids(Right.EDIT),
        "trail": [(reverse("plans:measure_list"), pgettext("measure", "Tiltak")), ("", found.title)],
    }
    return render(request, "plans/measure.html", context)


@login_required
def measure_add(request: HttpRequest, year: int) -> HttpResponse:
    """A new measure of an økonomiplan that begins with the year, for a unit that the person may edit for."""
    user = person(request)
    if not _seen_by(user) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    if not user.has_right(Right.EDIT):
        raise PermissionDenied
    form = MeasureForm(typed(request), instance=Measure(position=0), by=user, first_year=year)
    return _form_page(request, form, title=_("Legg til tiltak"), page=reverse("plans:measure_list"))


@login_required
def measure_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a measure is and what it is planned to give."""
    found = get_for_edit(request, MEASURES, pk=pk)
    form = MeasureForm(typed(request), instance=found, by=person(request))
    return _form_page(request, form, title=_("Rediger tiltak"), page=found.get_absolute_url())


def _form_page(request: HttpRequest, form: MeasureForm, **context: Any) -> HttpResponse:
    if form.is_bound and form.store():
        return saved(request, form.instance.get_absolute_url())
    return form_page(request, "plans/measure_form.html", form, **context)


@login_required
@require_POST
def measure_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a measure one step up or down among its unit's."""
    found = get_for_edit(request, MEASURES, pk=pk)
    siblings = Measure.objects.filter(unit=found.unit)
    move(found, siblings=siblings, direction="up" if request.POST.get("direction") == "up" else "down")
    return redirect(f"{way_back(request, reverse('plans:measure_list'))}#measure-{found.pk}")


@login_required
def measure_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a measure is to be removed; remove it when the answer is posted.

    One that has been followed up stays, and is set to dropped instead: what was promised must not vanish.
    """
    found = get_for_edit(request, MEASURES, pk=pk)
    is_followed_up = found.statuses.exists()
    page = reverse("plans:measure_list")
    if request.method == "POST" and not is_followed_up:
        remove(found, by=person(request), reason=_("Fjernet"))
        return done(request, _("Fjernet"), page)
    context = {"row": found, "is_followed_up": is_followed_up, "title": _("Fjern tiltak"), "page": page}
    status = 409 if request.method == "POST" else 200
    return render(request, "plans/measure_remove.html", context | {"next": way_back(request, "")}, status=status)


@login_required
def measure_follow_up(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Say how far a measure had come at the end of a period, and what it has given of the year so far."""
    found = get_for_edit(request, MEASURES, pk=pk)
    form = FollowUpForm(typed(request), instance=found, by=person(request), span=span_of(period))
    page = found.get_absolute_url()
    if form.is_bound and form.store():
        return saved(request, page)
    return form_page(request, "plans/measure_follow_up.html", form, **follow_up_context(form), page=page)


def span_of(code: str) -> periods.Span:
    """The period that an address names. Raises `Http404` where it names none, or one that is not within a year."""
    try:
        span = periods.parse(code)
    except ValueError as error:
        raise Http404 from error
    if span.kind not in FOLLOWED:
        raise Http404
    return span


def follow_up_context(form: FollowUpForm) -> dict[str, Any]:
    """What the page of a follow-up shows beside the form: the measure, its years, and how it stood before."""
    span, pk = form.span, form.instance.pk
    return {
        "measure": form.instance,
        "years": in_each_year(form.instance),
        "period": periods.label(span.kind, span.start, span.end),
        "before": newest([pk], before=span.end).get(pk),
        "now": form.standing,
    }
