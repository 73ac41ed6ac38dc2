"""A unit's report: its page, and the saving of one row."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def report(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    raise Http404


@login_required
def row_save(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
