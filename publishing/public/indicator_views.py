"""One indicator over time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """What it measures, its results and targets over all periods, and where it stands."""
    raise Http404


@require_safe
@conditional_page
def indicator_chart(request: HttpRequest, slug: str) -> HttpResponse:
    """Its chart for plotly.js."""
    raise Http404
