"""What has changed from one version to another."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe


@require_safe
@conditional_page
def compare(request: HttpRequest) -> HttpResponse:
    """Lead to the comparison of the two versions that were chosen."""
    raise Http404


@require_safe
@conditional_page
def comparison(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Every change between two versions of a document."""
    raise Http404
