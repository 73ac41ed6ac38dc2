"""One indicator over time."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing import charts
from publishing.public.indicators.page import IndicatorPage
from publishing.public.page import cached, page, trail


@require_safe
@conditional_page
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """What it measures, its results and targets over all periods, and where it stands."""
    shown = IndicatorPage(slug)
    context = {
        "shown": shown,
        "chart": shown.chart,
        "places": shown.places,
        "twins": shown.twins,
        "range": shown.range,
        "trail": trail((reverse("publishing:explore"), _("Indikatorer")), ("", shown.indicator.name)),
    }
    return page(request, "publishing/indicator.html", context)


@require_safe
@conditional_page
def indicator_chart(request: HttpRequest, slug: str) -> HttpResponse:
    """Its chart for plotly.js. Raises Http404 where its numbers make none."""
    shown = IndicatorPage(slug)
    if shown.plot is None:
        raise Http404
    figure = charts.figure(shown.plot, title=shown.indicator.name)
    return cached(JsonResponse(figure, json_dumps_params={"ensure_ascii": False}), is_immutable=False)
