"""Typing full-time equivalents."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from organisation.access import Right
from organisation.editing import person
from organisation.typing_views import typing_page
from staffing.grids import StaffingTable


@login_required
def figures_edit(request: HttpRequest) -> HttpResponse:
    """Type the full-time equivalents of the units that the person may edit; those of the others are shown."""
    if not person(request).has_right(Right.SEE):
        raise Http404
    grid = StaffingTable(person(request))
    if not grid.is_editable:
        raise PermissionDenied
    return typing_page(request, "staffing/figures_edit.html", grid, page=reverse("staffing:figures_edit"))
