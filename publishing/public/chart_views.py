"""The charts of published tables, for plotly.js."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def table_chart(request: HttpRequest, slug: str, version: int, chapter: str, anchor: str) -> HttpResponse:
    """The chart of one table as JSON."""
    raise Http404
