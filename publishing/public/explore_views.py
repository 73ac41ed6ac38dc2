"""Every published indicator in one list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def explore(request: HttpRequest) -> HttpResponse:
    """The list, filtered, sorted and paged; the address carries it all."""
    raise Http404


@require_safe
@conditional_page
def explore_file(request: HttpRequest, fmt: str) -> HttpResponse:
    """What the list shows, as a workbook or as text with separators."""
    raise Http404
