"""Who answers for the indicators: those that nobody answers for, and handing over a whole unit's at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.access import Right, get_for_edit
from organisation.editing import person, typed, way_back
from organisation.models import Unit
from scorecards.ownership import unanswered
from scorecards.ownership_forms import HandOverForm


@login_required
def ownership(request: HttpRequest) -> HttpResponse:
    """The indicators that nobody answers for, unit by unit, for those who run the round."""
    user = person(request)
    if not user.has_right(Right.SEE):
        raise Http404
    if not user.has_right(Right.PUBLISH):
        raise PermissionDenied
    units = unanswered(user)
    context = {"units": units, "count": sum(one.count for one in units)}
    return render(request, "scorecards/ownership.html", context)


@login_required
def hand_over(request: HttpRequest, unit: str) -> HttpResponse:
    """Give the responsibility for a unit's indicators to someone else, or back to the unit's leader."""
    owner = get_for_edit(request, Unit.objects.all(), slug=unit)
    user = person(request)
    form = HandOverForm(typed(request), unit=owner, by=user)
    may_see_all = owner.pk in user.unit_ids(Right.PUBLISH)
    page = reverse("scorecards:ownership") if may_see_all else reverse("scorecards:hand_over", args=[unit])
    if form.is_bound and form.store():
        messages.success(request, _what_was_done(form))
        return redirect(way_back(request, page))
    context = {"form": form, "unit": owner, "page": page, "next": way_back(request, ""), "may_see_all": may_see_all}
    return render(request, "scorecards/hand_over.html", context, status=form.status)


def _what_was_done(form: HandOverForm) -> str:
    """«14 indikatorer er overført til Berit Lunde»."""
    whom = form.cleaned_data["to"] or _("enhetens leder")
    count = len(form.changed)
    if not count:
        return _("Ingenting ble endret: %(whom)s hadde ansvaret fra før") % {"whom": whom}
    said = ngettext(
        "%(count)s indikator er overført til %(whom)s", "%(count)s indikatorer er overført til %(whom)s", count
    )
    return said % {"count": count, "whom": whom}
