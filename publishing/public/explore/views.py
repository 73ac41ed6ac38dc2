"""Every published indicator in one list."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import conditional_page, require_safe

from publishing.files import sheets
from publishing.public.explore.files import table_of, text_with_separators
from publishing.public.explore.filters import ExploreFilter
from publishing.public.explore.rows import Line, Listing
from publishing.public.explore.tables import ExploreTable, address_with
from publishing.public.page import cached, download, page, trail


class Asked(NamedTuple):
    """What an address asks for: of all that is published, what it is narrowed by, and the rows in order."""

    listing: Listing
    filters: ExploreFilter
    table: ExploreTable


@require_safe
@conditional_page
def explore(request: HttpRequest) -> HttpResponse:
    """The list, filtered, sorted and paged; the address carries it all."""
    if not all(value for values in dict(request.GET.lists()).values() for value in values):
        return cached(redirect(address_with(request, request.path)), is_immutable=False)
    listing, filters, table = _asked_for(request)
    table.turn_to(request.GET.get("page"))
    files = {fmt: reverse("publishing:explore_file", args=[fmt]) for fmt in ("xlsx", "csv")}
    context = {
        "filters": filters,
        "table": table,
        "count": _summary(table, listing),
        "files": {fmt: address_with(request, path) for fmt, path in files.items()},
        "trail": trail(("", _("Indikatorer"))),
    }
    return page(request, "publishing/explore.html", context)


@require_safe
@conditional_page
def explore_file(request: HttpRequest, fmt: str) -> HttpResponse:
    """What the list shows, all its pages, as a workbook or as text with separators."""
    if fmt not in ("xlsx", "csv"):
        raise Http404
    listing, filters, rows = _asked_for(request)
    lines = rows.all_lines()
    table = table_of(
        lines,
        said=_said(listing, filters, lines),
        address=lambda slug: request.build_absolute_uri(reverse("publishing:indicator", args=[slug])),
    )
    if fmt == "xlsx":
        return download(sheets.table_workbook(table), sheets.MEDIA_TYPE, "indikatorer.xlsx", is_immutable=False)
    content = text_with_separators(table)
    return download(content, "text/csv; charset=utf-8", "indikatorer.csv", is_immutable=False)


def count_in_words(found: int, total: int) -> str:
    """«23 av 177 indikatorer»."""
    if found == total:
        return ngettext("%(total)s indikator", "%(total)s indikatorer", total) % {"total": total}
    said = ngettext("%(found)s av %(total)s indikator", "%(found)s av %(total)s indikatorer", total)
    return said % {"found": found, "total": total}


def _summary(table: ExploreTable, listing: Listing) -> str:
    """How many there are, and which of them this page shows."""
    count = count_in_words(table.paginator.count, listing.count)
    if table.paginator.num_pages == 1:
        return count
    said = {"count": count, "first": table.page.start_index(), "last": table.page.end_index()}
    return _("%(count)s, viser %(first)s–%(last)s") % said


def _asked_for(request: HttpRequest) -> Asked:
    listing = Listing(request.GET.get("publication", ""))
    filters = ExploreFilter(request.GET, listing=listing)
    return Asked(listing, filters, ExploreTable(filters.qs, request=request, listing=listing))


def _said(listing: Listing, filters: ExploreFilter, lines: list[Line]) -> str:
    """The first line of a file: how many rows of how many, what narrowed them, and where they were published."""
    narrowed = [f"{label}: {choice}" for label, choice in filters.in_words()]
    publications = dict.fromkeys(str(line.publication) for line in lines)
    source = [_("Fra: %(publications)s") % {"publications": "; ".join(publications)}] if publications else []
    return ". ".join([count_in_words(len(lines), listing.count), *narrowed, *source])
