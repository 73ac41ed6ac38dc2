"""Rounds: the list of them, opening one from the last, changing and closing it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def round_list(request: HttpRequest) -> HttpResponse:
    raise Http404


@login_required
def round_open(request: HttpRequest) -> HttpResponse:
    raise Http404


@login_required
def round_edit(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404


@login_required
def round_close(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
