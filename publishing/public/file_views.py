"""The files of publications, and one table at a time."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from publishing.files import sheets
from publishing.json_form import from_json
from publishing.models import Publication, PublishedFile
from publishing.public.page import download
from publishing.structure import Table


@require_safe
@conditional_page
def publication_file(request: HttpRequest, slug: str, version: int, name: str) -> HttpResponse:
    """A file of one version, byte by byte as it was stored when it was published."""
    file = get_object_or_404(PublishedFile, publication__slug=slug, publication__version=version, name=name)
    return download(bytes(file.content), file.media_type, file.name)


@require_safe
@conditional_page
def table_file(request: HttpRequest, *, slug: str, version: int, chapter: str, anchor: str, fmt: str) -> HttpResponse:
    """One table of one version as a workbook or as text with separators."""
    publication = get_object_or_404(Publication, slug=slug, version=version)
    table = _table(publication, chapter, anchor)
    name = f"{slug}-versjon-{version}-{chapter}-{anchor}.{fmt}"
    match fmt:
        case "xlsx":
            return download(sheets.table_workbook(table), sheets.MEDIA_TYPE, name)
        case "csv":
            return download(sheets.table_csv(table), "text/csv; charset=utf-8", name)
        case _:
            raise Http404


def _table(publication: Publication, chapter: str, anchor: str) -> Table:
    tables = from_json(json.loads(publication.contents)).tables()
    found = [table for place, table in tables if (place.slug, table.anchor) == (chapter, anchor)]
    if not found:
        raise Http404
    return found[0]
