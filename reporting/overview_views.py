"""A round as the tree of its units."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def round_overview(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
