"""The charts of published tables, for plotly.js."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from publishing import charts
from publishing.json_form import from_json
from publishing.models import Publication
from publishing.public.page import cached
from publishing.structure import Table


@require_safe
@conditional_page
def table_chart(request: HttpRequest, slug: str, version: int, chapter: str, anchor: str) -> HttpResponse:
    """The chart of one table as JSON: data and layout. One query. Raises Http404 where the table has no chart."""
    publication = get_object_or_404(Publication, slug=slug, version=version)
    table = _table(publication, chapter, anchor)
    plot = charts.plot_of(table) if table else None
    if table is None or plot is None:
        raise Http404
    figure = charts.figure(plot, title=table.caption)
    return cached(JsonResponse(figure, json_dumps_params={"ensure_ascii": False}), is_immutable=True)


def _table(publication: Publication, chapter: str, anchor: str) -> Table | None:
    tables = from_json(json.loads(publication.contents)).tables()
    return next((table for place, table in tables if (place.slug, table.anchor) == (chapter, anchor)), None)
