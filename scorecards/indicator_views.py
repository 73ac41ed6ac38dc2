"""The list in which a controller and a leader look after the indicators."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.middleware import HtmxDetails

from organisation.editing import person
from scorecards.indicator_filters import IndicatorFilter
from scorecards.indicator_tables import IndicatorTable, listed
from scorecards.models import Indicator


class HtmxRequest(HttpRequest):
    """A request as django-htmx's middleware leaves it."""

    htmx: HtmxDetails


@login_required
def indicator_list(request: HtmxRequest) -> HttpResponse:
    """Every indicator that the person may see, filtered, sorted and paged by the address; for htmx only the table."""
    asked = [(name, value) for name, values in request.GET.lists() for value in values]
    if not all(value for _name, value in asked):
        return redirect(_address(request, [pair for pair in asked if pair[1]]))
    user = person(request)
    filters = IndicatorFilter(request.GET, listed(Indicator.objects.visible_to(user)), user=user)
    table = IndicatorTable(filters.qs, request=request, user=user)
    is_part = bool(request.htmx) and not request.htmx.history_restore_request
    template = "scorecards/_indicator_table.html" if is_part else "scorecards/indicator_list.html"
    return render(request, template, {"filters": filters, "table": table, "is_part": is_part})


def _address(request: HttpRequest, asked: list[tuple[str, str]]) -> str:
    """The address that says what is asked and no more: a form sends its empty fields too."""
    return f"{request.path}?{urlencode(asked)}" if asked else request.path
