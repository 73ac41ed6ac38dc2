"""The charts of published tables, for plotly.js."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import conditional_page, require_safe

from publishing import charts
from publishing.public.page import cached
from publishing.public.reading import table_of


@require_safe
@conditional_page
def table_chart(request: HttpRequest, slug: str, version: int, chapter: str, anchor: str) -> HttpResponse:
    """The chart of one table as JSON: data and layout. One query. Raises Http404 where the table has no chart."""
    table = table_of(slug, version, chapter, anchor)
    plot = charts.plot_of(table)
    if plot is None:
        raise Http404
    figure = charts.figure(plot, title=table.caption)
    return cached(JsonResponse(figure, json_dumps_params={"ensure_ascii": False}), is_immutable=True)
