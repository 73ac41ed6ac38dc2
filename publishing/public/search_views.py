"""Search in everything published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def search(request: HttpRequest) -> HttpResponse:
    """The passages that match, best first."""
    raise Http404
