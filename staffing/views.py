"""Typing full-time equivalents."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organisation.access import Right
from organisation.editing import person, saved, way_back
from staffing.grids import StaffingTable


@login_required
def figures_edit(request: HttpRequest) -> HttpResponse:
    """Type the full-time equivalents of the units that the person may edit; those of the others are shown."""
    if not person(request).has_right(Right.SEE):
        raise Http404
    grid = StaffingTable(person(request))
    if not grid.is_editable:
        raise PermissionDenied
    page = reverse("staffing:figures_edit")
    if request.method == "POST" and grid.store(request.POST, by=person(request)):
        return saved(request, page)
    context = {"grid": grid, "next": way_back(request, ""), "page": page}
    return render(request, "staffing/figures_edit.html", context, status=grid.status)
