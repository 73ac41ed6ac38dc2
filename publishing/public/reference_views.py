"""Where a table, a row or a paragraph stands for ever, how to cite it, and what explains its figures."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from publishing.cells import Cell, cells_of, hard_spaces
from publishing.explaining.explanation import Explanation, explain
from publishing.explaining.references import (
    Element,
    Kind,
    cell_anchor,
    citation,
    column_name,
    contents_of,
    elements,
    kind_in_words,
    name_of,
    parts_of,
    taken_in,
)
from publishing.models import Publication
from publishing.public.page import cached, page, trail, way_to_list
from publishing.public.reading import Edition, absolute
from publishing.structure import Chapter, Contents, Row, Table

ADDRESS = re.compile(r"[-\w]*", re.ASCII)


@dataclass(frozen=True)
class Part:
    """An element with its name, its address for ever and how to cite it."""

    element: Element
    what: str
    name: str
    address: str
    path: str
    citation: str


@dataclass(frozen=True)
class ShownFigure:
    """A figure of a row under its column's name. `address` is "" where there is no figure."""

    column: str
    text: str
    mark: str
    address: str
    is_compared: bool


class Citing:
    """The way to cite the elements of one chapter of a version."""

    def __init__(self, publication: Publication, contents: Contents, chapter: Chapter) -> None:
        self.publication = publication
        self.contents = contents
        self.chapter = chapter
        self.taken = taken_in(chapter)

    def path(self, anchor: str) -> str:
        """Where the element is for ever, on this site."""
        args = [self.publication.slug, self.publication.version, self.chapter.slug, anchor]
        return reverse("publishing:reference", args=args)

    def part(self, element: Element) -> Part:
        """The element with its name, address and citation."""
        path = self.path(element.anchor)
        cited = citation(element, self.chapter, self.publication, municipality=self.contents.municipality)
        what, name = kind_in_words(element), name_of(element, self.chapter)
        return Part(element, what, name, absolute(path), path, f"{cited} {absolute(path)}")

    def figures(self, table: Table, row: Row, explanation: Explanation) -> list[ShownFigure]:
        """The row's figures in order."""
        compared = explanation.judgement.columns if explanation.judgement else ()
        return [
            self._figure(row, number, cell, column_name(column), is_compared=number in compared)
            for number, (column, cell) in enumerate(zip(table.columns, cells_of(table, row), strict=True), start=1)
        ]

    def _figure(self, row: Row, number: int, cell: Cell, column: str, *, is_compared: bool) -> ShownFigure:
        address = self.path(cell_anchor(row.anchor, number, self.taken)) if cell.text else ""
        return ShownFigure(column, hard_spaces(cell.text), cell.mark, address, is_compared)


@require_safe
@conditional_page
def reference(request: HttpRequest, slug: str, version: int, chapter: str, anchor: str) -> HttpResponse:
    """One element of a version: what it is, how to cite it, where its figures come from."""
    edition = Edition(slug, version)
    contents = contents_of(edition.publication, chapter)
    for found in contents.chapters:
        element = elements(found).get(anchor)
        if element:
            context = _context(edition, Citing(edition.publication, contents, found), element)
            return page(request, "publishing/reference.html", context, is_immutable=True)
    raise Http404


@require_safe
@conditional_page
def edition_state(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Whether a newer version exists, for pages that lie in a cache.

    `kapittel` and `sted` are the page's chapter and place in it, so that the notice leads to the same place.
    """
    edition = Edition(slug, version)
    newest_address = _same_place(edition, _asked(request, "kapittel"), _asked(request, "sted"))
    context = {"edition": edition, "newest_address": newest_address}
    return cached(render(request, "components/newer_edition.html", context), is_immutable=False)


def _asked(request: HttpRequest, name: str) -> str:
    value = request.GET.get(name, "")
    return value if ADDRESS.fullmatch(value) else ""


def _same_place(edition: Edition, chapter: str, anchor: str) -> str:
    """The same chapter of the newest version, and the place in it if that is still there."""
    address = edition.newest_address(chapter)
    return f"{address}#{anchor}" if anchor else address


def _context(edition: Edition, citing: Citing, element: Element) -> dict[str, Any]:
    publication, chapter = edition.publication, citing.chapter
    this = citing.part(element)
    place = edition.version_chapter_address(chapter.slug)
    up = (place, f"{chapter.number} {chapter.title}")
    return {
        "edition": edition,
        "slug": edition.slug,
        "version": publication.version,
        "chapter": chapter,
        "taken": citing.taken,
        "this": this,
        "place": f"{place}#{element.anchor}",
        "newest_address": _same_place(edition, chapter.slug, element.anchor),
        "state_address": edition.state_address(chapter.slug, element.anchor),
        "parts": [citing.part(part) for part in parts_of(element, chapter)],
        "trail": trail(way_to_list(), (edition.address, str(publication)), up, ("", this.name)),
    } | _explained(citing, element)


def _explained(citing: Citing, element: Element) -> dict[str, Any]:
    """What is told of a row or a figure, and of nothing else."""
    explanation = explain(element, citing.chapter, citing.publication)
    if explanation is None or element.table is None or element.row is None:
        return {}
    columns = [column_name(column) for column in element.table.columns]
    used = {element.row.mark, *(cell.mark for cell in cells_of(element.table, element.row))}
    is_cell = element.kind is Kind.CELL
    return {
        "explanation": explanation,
        "figures": citing.figures(element.table, element.row, explanation),
        "footnotes": [(mark, text) for mark, text in element.table.footnotes if mark in used],
        "row_path": citing.path(element.row.anchor),
        "is_judged": not is_cell or bool(explanation.judgement and element.number in explanation.judgement.columns),
        "past": [
            ("" if is_cell else columns[number - 1], told)
            for number, told in (explanation.past if is_cell else explanation.changed).items()
        ],
    }
