"""Where a table, a row or a paragraph stands for ever, how to cite it, and what explains its figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def reference(request: HttpRequest, slug: str, version: int, chapter: str, anchor: str) -> HttpResponse:
    """One element of a version: what it is, how to cite it, where its figures come from."""
    raise Http404


@require_safe
@conditional_page
def edition_state(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Whether a newer version exists, for pages that lie in a cache."""
    raise Http404
