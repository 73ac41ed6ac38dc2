"""The public site. It reads publications alone, knows no person, and its pages may lie in any cache."""

import json
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from organisation.models import Municipality
from plans.models import Document
from publishing import progress
from publishing.files import sheets
from publishing.json_form import from_json
from publishing.models import Publication, PublishedFigure, PublishedFile
from publishing.public.reading import Edition
from publishing.structure import Table
from scorecards.assessment import Outcome

MINUTE, YEAR = 60, 365 * 24 * 3600
LATEST_ON_FRONT, MISSED_ON_FRONT = 5, 6
SHOWN_IN_BROWSER = ("application/pdf", "application/json")


@require_safe
@conditional_page
def front(request: HttpRequest) -> HttpResponse:
    """What this is, the newest publications, and how the goals of the newest plan stand.

    A report of a part of the year is listed, but does not stand in for the year.
    """
    of_the_year = PublishedFigure.objects.exclude(publication__document__kind=Document.Kind.TERTIAL_REPORT)
    has_figures = Exists(of_the_year.filter(publication=OuterRef("pk")))
    publications = list(Publication.objects.latest_of_each().defer("contents").annotate(has_figures=has_figures))
    plan = max((one for one in publications if one.has_figures), key=lambda one: one.year, default=None)
    figures = list(plan.figures.order_by("position")) if plan else []
    standings = progress.by_chapter(figures)
    missed = [figure for figure in figures if figure.outcome == Outcome.MISSED]
    return _page(
        request,
        "publishing/front.html",
        {
            "publications": publications[:LATEST_ON_FRONT],
            "plan": plan,
            "standings": standings,
            "whole": progress.in_all(standings, _("Alle kapitler")),
            "missed": missed[:MISSED_ON_FRONT],
            "missed_more": missed[MISSED_ON_FRONT:],
        },
    )


@require_safe
@conditional_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site is meant to work for everyone, and how to say so when it does not."""
    return _page(request, "publishing/accessibility.html", {"trail": _trail(("", _("Tilgjengelighet")))})


@require_safe
@conditional_page
def publication_list(request: HttpRequest) -> HttpResponse:
    """The newest version of every document."""
    publications = Publication.objects.latest_of_each().defer("contents").order_by("-year", "title")
    context = {"publications": publications, "trail": _trail(("", _("Publikasjoner")))}
    return _page(request, "publishing/publication_list.html", context)


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


@require_safe
@conditional_page
def publication_file(request: HttpRequest, slug: str, version: int, name: str) -> HttpResponse:
    """A file of one version, byte by byte as it was stored when it was published."""
    file = get_object_or_404(PublishedFile, publication__slug=slug, publication__version=version, name=name)
    return _download(bytes(file.content), file.media_type, file.name)


@require_safe
@conditional_page
def table_file(request: HttpRequest, *, slug: str, version: int, chapter: str, anchor: str, fmt: str) -> HttpResponse:
    """One table of one version as a workbook or as text with separators."""
    publication = get_object_or_404(Publication, slug=slug, version=version)
    table = _table(publication, chapter, anchor)
    name = f"{slug}-versjon-{version}-{chapter}-{anchor}.{fmt}"
    match fmt:
        case "xlsx":
            return _download(sheets.table_workbook(table), sheets.MEDIA_TYPE, name)
        case "csv":
            return _download(sheets.table_csv(table), "text/csv; charset=utf-8", name)
        case _:
            raise Http404


def _document(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {
        "edition": edition,
        "files": edition.publication.files.defer("content").order_by("pk"),
        "newest_address": edition.newest_address(),
        "trail": _trail(_list(), ("", str(edition.publication))),
    }
    return _page(request, "publishing/document.html", context, edition=edition)


def _chapter(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    shown = edition.chapter(slug)
    before, after = edition.neighbours(slug)
    context = {
        "edition": edition,
        "chapter": shown,
        "before": before,
        "after": after,
        "newest_address": edition.newest_address(slug),
        "trail": _trail(_list(), (edition.address, str(edition.publication)), ("", shown.title)),
    }
    return _page(request, "publishing/chapter.html", context, edition=edition)


def _table(publication: Publication, chapter: str, anchor: str) -> Table:
    tables = from_json(json.loads(publication.contents)).tables()
    found = [table for place, table in tables if (place.slug, table.anchor) == (chapter, anchor)]
    if not found:
        raise Http404
    return found[0]


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down from the front page: address and text of each step; the page itself has no address."""
    return [(reverse("publishing:front"), _("Forsiden")), *steps]


def _list() -> tuple[str, str]:
    return reverse("publishing:publication_list"), _("Publikasjoner")


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *, edition: Edition | None = None
) -> HttpResponse:
    """A public page. A version's page is final once a newer one exists: until then it must be able to say so."""
    names = Municipality.objects.filter(is_owner=True).values_list("name", flat=True)
    response = render(request, template, context | {"municipality": names.first()})
    if edition and edition.is_by_version and edition.is_superseded:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(media_type not in SHOWN_IN_BROWSER, name)
    response.headers["Content-Disposition"] = disposition or "inline"
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
