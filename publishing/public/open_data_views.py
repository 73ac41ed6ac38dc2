"""What others build on: data, their description, feed and site map."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What data there are, how to use them, and on which terms."""
    raise Http404


@require_safe
@conditional_page
def publication_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a publication's contents."""
    raise Http404


@require_safe
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may visit."""
    raise Http404
