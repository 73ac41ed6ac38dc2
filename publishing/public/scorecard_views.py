"""How the goals of a publication stand: for the municipality, its areas and sectors."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def scorecard_overview(request: HttpRequest) -> HttpResponse:
    """How many goals are reached, the largest misses, and what has changed."""
    raise Http404


@require_safe
@conditional_page
def scorecard(request: HttpRequest, year: int, area: str) -> HttpResponse:
    """One service area's goals of a year, those that are missed first, with since when."""
    raise Http404
