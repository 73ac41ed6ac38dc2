"""The files of publications, and one table at a time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from publishing.files.sheets import TABLE_FILES
from publishing.models import PdfOrder, PublishedFile
from publishing.public.page import download, page, trail
from publishing.public.reading import table_of
from publishing.tasks import file_names

SOON = 10
"""Seconds until it is worth asking again for a file that is being made."""


@require_safe
@conditional_page
def publication_file(request: HttpRequest, slug: str, version: int, name: str) -> HttpResponse:
    """A file of one version, byte by byte as it was stored. A PDF that is still being made will be there soon."""
    found = PublishedFile.objects.filter(publication__slug=slug, publication__version=version, name=name).first()
    if found is None:
        return _not_yet(request, slug, version, name)
    return download(bytes(found.content), found.media_type, found.name)


def _not_yet(request: HttpRequest, slug: str, version: int, name: str) -> HttpResponse:
    """A page that says so, which no cache keeps. Raises Http404 for a name that will never be there."""
    orders = PdfOrder.objects.unfinished().filter(publication__slug=slug, publication__version=version)
    order = orders.select_related("publication").defer("publication__contents", "contents", "content").first()
    if order is None or order.publication is None or name not in file_names(order.publication):
        raise Http404
    way = trail((order.publication.get_absolute_url(), str(order.publication)), ("", name))
    context = {"publication": order.publication, "trail": way}
    response = page(request, "publishing/pdf_coming.html", context, status=503)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = f"{SOON}"
    return response


@require_safe
@conditional_page
def table_file(request: HttpRequest, *, slug: str, version: int, chapter: str, anchor: str, fmt: str) -> HttpResponse:
    """One table of one version as a workbook or as text with separators."""
    table = table_of(slug, version, chapter, anchor)
    name = f"{slug}-versjon-{version}-{chapter}-{anchor}.{fmt}"
    if fmt not in TABLE_FILES:
        raise Http404
    write, media_type = TABLE_FILES[fmt]
    return download(write(table), media_type, name)
