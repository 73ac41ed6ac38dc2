"""What every public answer shares: the municipality's name, the way down to it, and how long it may lie in a cache."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from organisation.models import Municipality

MINUTE, YEAR = 60, 365 * 24 * 3600
SHOWN_IN_BROWSER = ("application/pdf", "application/json", "application/xml")


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    is_immutable: bool = False,
    status: int = 200,
) -> HttpResponse:
    """A public page. One that is the same for ever may lie in a cache for a year, others for a minute."""
    names = Municipality.objects.filter(is_owner=True).values_list("name", flat=True)
    response = render(request, template, (context or {}) | {"municipality": names.first()}, status=status)
    return cached(response, is_immutable=is_immutable)


def download(content: bytes, media_type: str, name: str, *, is_immutable: bool = True) -> HttpResponse:
    """A file. What browsers can show is shown, the rest is saved."""
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(media_type not in SHOWN_IN_BROWSER, name)
    response.headers["Content-Disposition"] = disposition or "inline"
    return cached(response, is_immutable=is_immutable)


def cached(response: HttpResponse, *, is_immutable: bool) -> HttpResponse:
    """The answer, with how long any cache may keep it."""
    if is_immutable:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down from the front page: address and text of each step; the page itself has no address."""
    return [(reverse("publishing:front"), _("Forsiden")), *steps]


def way_to_list() -> tuple[str, str]:
    """The step down to the list of publications."""
    return reverse("publishing:publication_list"), _("Publikasjoner")
