"""Reminders: what was sent, and sending them now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def reminder_list(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404


@login_required
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
