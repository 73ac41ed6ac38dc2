"""Every element of a published chapter at an address of its own, and how each is cited. Pure.

Headings, tables, rows, lists and texts have the address that they were built with. Their parts are numbered from 1: a
figure by its column («malekort-trivsel-2»), a paragraph or point of a text («tekst-avsnitt-3»), a group of a list
(«tjenester-gruppe-1»).
"""

import json
import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from plans import richtext
from publishing.cells import Cell, cells_of
from publishing.json_form import from_json
from publishing.models import Publication
from publishing.structure import (
    Chapter,
    Column,
    Contents,
    EntryGroup,
    Item,
    Listing,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
)

LONGEST_QUOTE = 120
_OPENING = r"<(?:p|li)>(?:\s*<p>)?"
_PIECE = re.compile(rf"{_OPENING}(.*?)(?=</p>|</li>|<[uo]l>|<li>)", re.DOTALL)


class Kind(StrEnum):
    """What an element is."""

    HEADING = "heading"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    LISTING = "listing"
    GROUP = "group"
    TEXT = "text"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Element:
    """Something in a chapter that can be led to. `number` is a figure's column, or which part of its whole, from 1.

    `html` is a paragraph's clean HTML, without the points that are nested in it.
    """

    kind: Kind
    anchor: str
    section: Section
    item: Item | None = None
    group: RowGroup | EntryGroup | None = None
    row: Row | None = None
    number: int = 0
    html: str = ""

    @property
    def table(self) -> Table | None:
        """The table that it is, or is in."""
        return self.item if isinstance(self.item, Table) else None

    @property
    def column(self) -> Column | None:
        """The column of a figure."""
        return self.table.columns[self.number - 1] if self.table and self.kind is Kind.CELL else None

    @property
    def cell(self) -> Cell | None:
        """A figure, apart from its footnote mark."""
        if self.table is None or self.row is None or self.kind is not Kind.CELL:
            return None
        return cells_of(self.table, self.row)[self.number - 1]


def contents_of(publication: Publication, chapter: str) -> Contents:
    """The version's contents with that chapter alone, which may be none: reading all takes ten times as long."""
    form = json.loads(publication.contents)
    chapters = [one for one in form["chapters"] if one["slug"] == chapter]
    return from_json(form | {"chapters": chapters, "indicators": []})


def elements(chapter: Chapter) -> dict[str, Element]:
    """Every element of the chapter by its address, in reading order. Empty cells and paragraphs are none."""
    taken = taken_in(chapter)
    found: dict[str, Element] = {}
    for whole in _wholes(chapter):
        for element in (whole, *_parts(whole, taken)):
            found.setdefault(element.anchor, element)
    return found


def taken_in(chapter: Chapter) -> frozenset[str]:
    """The addresses that the chapter was built with. No figure may have one of them."""
    return frozenset(element.anchor for element in _wholes(chapter))


def cell_anchor(row: str, number: int, taken: Collection[str] = ()) -> str:
    """The address of a figure: that of its row and the number of its column, from 1."""
    anchor = f"{row}-{number}"
    return f"{row}-kolonne-{number}" if anchor in taken else anchor


def paragraph_anchor(text: str, number: int) -> str:
    """The address of a text's paragraph or point of that number, from 1."""
    return f"{text}-avsnitt-{number}"


def group_anchor(listing: str, number: int) -> str:
    """The address of a list's group of that number, from 1."""
    return f"{listing}-gruppe-{number}"


def html_with_ids(text: Text) -> str:
    """The text as clean HTML, whose every paragraph and point bears its address."""
    numbers = count(1)

    def named(opening: re.Match[str]) -> str:
        return opening[0].replace(">", f' id="{paragraph_anchor(text.anchor, next(numbers))}">', 1)

    return re.sub(_OPENING, named, richtext.clean(text.html))


def parts_of(whole: Element, chapter: Chapter) -> list[Element]:
    """What a list, a text or a heading is made of, and can be cited by itself; rows and figures are in their table."""
    if whole.kind is Kind.HEADING:
        wholes = (Kind.TABLE, Kind.LISTING, Kind.TEXT)
        return [one for one in _wholes(chapter) if one.section is whole.section and one.kind in wholes]
    if whole.kind in (Kind.LISTING, Kind.TEXT):
        return list(_parts(whole, ()))
    return []


def _wholes(chapter: Chapter) -> Iterator[Element]:
    for section in chapter.walk():
        if section.heading:
            yield Element(Kind.HEADING, section.anchor, section)
        for item in section.items:
            match item:
                case Table():
                    yield Element(Kind.TABLE, item.anchor, section, item)
                    yield from _rows(section, item)
                case Listing():
                    yield Element(Kind.LISTING, item.anchor, section, item)
                case Text():
                    yield Element(Kind.TEXT, item.anchor, section, item)


def _rows(section: Section, table: Table) -> Iterator[Element]:
    for group in table.groups:
        yield from (Element(Kind.ROW, row.anchor, section, table, group, row) for row in group.rows if row.anchor)


def _parts(whole: Element, taken: Collection[str]) -> Iterator[Element]:
    match whole.item:
        case Table() if whole.row:
            yield from _cells(whole, whole.row, taken)
        case Listing():
            for number, group in enumerate(whole.item.groups, start=1):
                if group.title:
                    anchor = group_anchor(whole.anchor, number)
                    yield Element(Kind.GROUP, anchor, whole.section, whole.item, group, number=number)
        case Text():
            yield from _paragraphs(whole, whole.item)


def _cells(whole: Element, row: Row, taken: Collection[str]) -> Iterator[Element]:
    for number, printed in enumerate(row.cells, start=1):
        if printed:
            anchor = cell_anchor(row.anchor, number, taken)
            yield Element(Kind.CELL, anchor, whole.section, whole.item, whole.group, row, number)


def _paragraphs(whole: Element, text: Text) -> Iterator[Element]:
    for number, piece in enumerate(_PIECE.finditer(richtext.clean(text.html)), start=1):
        if richtext.plain_text(piece[1]):
            anchor = paragraph_anchor(text.anchor, number)
            yield Element(Kind.PARAGRAPH, anchor, whole.section, text, number=number, html=piece[1].strip())


# What they are called, and how they are cited


def kind_in_words(element: Element) -> str:
    """What the element is: «Rad i tabell 4.3 Målekort», «Avsnitt 3»."""
    said = {"table": table_name(element.table) if element.table else "", "number": element.number}
    words = {
        Kind.HEADING: _("Overskrift"),
        Kind.TABLE: _("Tabell %(number)s") % {"number": element.table.number if element.table else ""},
        Kind.ROW: _("Rad i %(table)s") % said,
        Kind.CELL: _("Rute i %(table)s") % said,
        Kind.LISTING: _("Liste"),
        Kind.GROUP: _("Del av en liste"),
        Kind.TEXT: _("Tekst"),
        Kind.PARAGRAPH: _("Avsnitt %(number)s") % said,
    }
    return words[element.kind]


def name_of(element: Element, chapter: Chapter) -> str:
    """What the element is called: its own name, else that of the heading or chapter that it stands under."""
    if element.column:
        return f"{row_name(element)}, {column_name(element.column)}"
    if element.row:
        return row_name(element)
    if isinstance(element.group, EntryGroup):
        return element.group.title
    caption = "" if element.item is None or isinstance(element.item, Text) else element.item.caption
    return caption or element.section.heading or chapter.title


def citation(element: Element, chapter: Chapter, publication: Publication, *, municipality: str) -> str:
    """Who, which document and version, and where in it; the address is not part of it.

    «Dalen kommune, Plan, versjon 2 (vedtatt 1. mars 2024), tabell 4.3 Målekort, rad «Trivsel», Resultat 2022: 4,8.»
    """
    version = f"{publication} ({stage_in_words(publication)})"
    return f"{', '.join([municipality, version, *_where(element, chapter)]).rstrip('.')}."


def stage_in_words(publication: Publication) -> str:
    """What the version is and since when: «vedtatt 20. desember 2023», «forslag, publisert 1. mars 2024»."""
    if publication.stage == Publication.Stage.ADOPTED and publication.decided_on:
        return _("vedtatt %(date)s") % {"date": date_format(publication.decided_on, _("j. F Y"))}
    date = date_format(localdate(publication.published_at), _("j. F Y"))
    return _("%(stage)s, publisert %(date)s") % {"stage": publication.get_stage_display(), "date": date}


def column_name(column: Column) -> str:
    """The column, after the heading that it stands under."""
    return f"{column.heading} {column.label}".strip()


def table_name(table: Table) -> str:
    """The table with its number: «tabell 4.3 Målekort»."""
    unit = f" ({table.unit_of_measure})" if table.unit_of_measure else ""
    return _("tabell %(number)s %(caption)s") % {"number": table.number, "caption": table.caption.rstrip(".")} + unit


def row_name(element: Element) -> str:
    """The row, with its group where the table has another row of that name: «Trivsel (201: Barnehage)»."""
    if element.row is None or element.table is None:
        return ""
    label = element.row.label or element.row.cells[0]
    title = element.group.title if element.group else ""
    is_shared = sum(row.label == element.row.label for row in element.table.rows()) > 1
    return f"{label} ({title})" if is_shared and title else label


def quote(text: str) -> str:
    """The beginning of a text, on one line."""
    return textwrap.shorten(text, LONGEST_QUOTE, placeholder=" …")


def _where(element: Element, chapter: Chapter) -> list[str]:
    """The way down to the element, from the chapter or from the table."""
    if element.table:
        return [table_name(element.table), *_in_table(element)]
    steps = [_("kapittel %(number)s %(title)s") % {"number": chapter.number, "title": chapter.title}]
    heading = _("under «%(heading)s»") % {"heading": element.section.heading} if element.section.heading else ""
    match element.item, element.group:
        case Listing(), EntryGroup() as group:
            steps += [heading, f"«{group.title}»"]
        case Text(), _group if element.kind is Kind.PARAGRAPH:
            said = {"number": element.number, "quote": quote(richtext.plain_text(element.html))}
            steps += [heading, _("avsnitt %(number)s: «%(quote)s»") % said]
        case _other:
            steps.append(heading)
    return [step for step in steps if step]


def _in_table(element: Element) -> list[str]:
    steps = [_("rad «%(row)s»") % {"row": row_name(element)}] if element.row else []
    if element.column and element.cell:
        steps.append(f"{column_name(element.column)}: {quote(element.cell.text)}".removeprefix(": "))
    return steps
