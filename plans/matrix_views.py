"""The crosses of the plan × area matrix."""

import re

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organisation.access import Right
from organisation.editing import person, saved, way_back
from organisation.models import ServiceArea, User
from organisation.versions import create, remove
from plans.models import PlanContribution, StrategicPlan

Pair = tuple[int, int]
"""Plan and area, by their ids."""


@login_required
def plan_matrix_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Set and take away the crosses of a year.

    Only what this person changed is written, so that two may work at once.
    """
    _check_right(person(request))
    areas, plans = list(ServiceArea.objects.in_year(year)), list(StrategicPlan.objects.all())
    crosses = {(cross.plan_id, cross.area_id): cross for cross in PlanContribution.objects.filter(year=year)}
    if request.method == "POST":
        known = {(plan.pk, area.pk) for plan in plans for area in areas}
        was, now = (_pairs(request, name) & known for name in ("was", "cross"))
        write_crosses(year, crosses, added=now - was, taken=was - now, by=person(request))
        return saved(request, reverse("plans:plan_matrix_edit", args=[year]))
    rows = [(plan, [(area, (plan.pk, area.pk) in crosses) for area in areas]) for plan in plans]
    context = {"year": year, "areas": areas, "rows": rows, "next": way_back(request, "")}
    return render(request, "plans/plan_matrix_edit.html", context)


def _check_right(user: User) -> None:
    if not user.has_right(Right.SEE):
        raise Http404
    if not user.has_right(Right.PUBLISH):
        raise PermissionDenied


def _pairs(request: HttpRequest, name: str) -> set[Pair]:
    matches = (re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", value) for value in request.POST.getlist(name))
    return {(int(match[1]), int(match[2])) for match in matches if match}


@transaction.atomic
def write_crosses(
    year: int, crosses: dict[Pair, PlanContribution], *, added: set[Pair], taken: set[Pair], by: User
) -> None:
    """Write the crosses that were set and remove those that were taken away; what is so already is left alone."""
    for plan, area in sorted(added - crosses.keys()):
        create(PlanContribution(plan_id=plan, area_id=area, year=year), by=by)
    for pair in sorted(taken & crosses.keys()):
        remove(crosses[pair], by=by)
