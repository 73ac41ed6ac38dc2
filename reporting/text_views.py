"""The texts of a unit's report."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def text_edit(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
