"""Publications to read: the list of them, their title pages and their chapters."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing.models import Publication
from publishing.public.page import page, trail, way_to_list
from publishing.public.reading import Edition, absolute


@require_safe
@conditional_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site is meant to work for everyone, and how to say so when it does not."""
    return page(request, "publishing/accessibility.html", {"trail": trail(("", _("Tilgjengelighet")))})


@require_safe
@conditional_page
def publication_list(request: HttpRequest) -> HttpResponse:
    """The newest version of every document."""
    publications = Publication.objects.latest_of_each().defer("contents").order_by("-year", "title")
    context = {"publications": publications, "trail": trail(("", _("Publikasjoner")))}
    return page(request, "publishing/publication_list.html", context)


@require_safe
@conditional_page
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The title page of the newest version."""
    return _document(request, Edition(slug))


@require_safe
@conditional_page
def version_document(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The title page of one version."""
    return _document(request, Edition(slug, version))


@require_safe
@conditional_page
def chapter(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    """A chapter of the newest version."""
    return _chapter(request, Edition(slug), chapter)


@require_safe
@conditional_page
def version_chapter(request: HttpRequest, slug: str, version: int, chapter: str) -> HttpResponse:
    """A chapter of one version."""
    return _chapter(request, Edition(slug, version), chapter)


def _document(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {
        "edition": edition,
        "files": edition.publication.files.defer("content").order_by("pk"),
        "newest_address": edition.newest_address(),
        "canonical": absolute(edition.newest_address()),
        "permanent_address": absolute(edition.version_address),
        "state_address": edition.state_address(),
        "trail": trail(way_to_list(), ("", str(edition.publication))),
    }
    return page(request, "publishing/document.html", context, is_immutable=edition.is_by_version)


def _chapter(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    shown = edition.chapter(slug)
    before, after = edition.neighbours(slug)
    newest_address = edition.newest_address(slug)
    context = {
        "edition": edition,
        "chapter": shown,
        "before": before,
        "after": after,
        "newest_address": newest_address,
        "canonical": absolute(newest_address),
        "permanent_address": edition.version_chapter_address(slug),
        "state_address": edition.state_address(slug),
        "trail": trail(way_to_list(), (edition.address, str(edition.publication)), ("", shown.title)),
    }
    return page(request, "publishing/chapter.html", context, is_immutable=edition.is_by_version)
