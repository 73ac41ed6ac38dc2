"""The steps of a report: handed in, approved, sent back, opened again."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def report_hand_in(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    raise Http404


@login_required
def report_approve(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    raise Http404


@login_required
def report_send_back(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    raise Http404


@login_required
def report_reopen(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    raise Http404
