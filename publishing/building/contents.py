"""From a document's working rows to its contents. The only way from data to anything a reader sees."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from itertools import count

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisation.addresses import address
from organisation.models import Unit
from organisation.numbers import show_number
from plans.models import Document, Section
from publishing import structure
from publishing.building import blocks, report_blocks, unit_blocks
from publishing.building.indicator_facts import facts_of
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.structure import Block, Chapter, Contents, Headline, Row, Table
from scorecards.assessment import ASSESSED, Outcome

Tree = dict[int | None, list[Section]]


def build(document: Document, *, chapter: str | None = None, sections: Iterable[Section] | None = None) -> Contents:
    """The contents of the document as it stands now: all of it, or one chapter with the others' titles only.

    The facts of the indicators come with the whole document alone.
    `sections` are the document's sections (`sections_of`) where they are loaded already. Raises `place.MissingData`
    where a section asks for data that does not exist, with the place in the message.
    """
    tree = _tree(sections if sections is not None else sections_of(document))
    chapters = tree[None]
    wanted = [one for one in chapters if chapter in (None, one.slug)]
    areas = {section.area_id for section in wanted if section.area_id}
    material = Material(year=document.year, areas=areas, unit=document.unit)
    built = (
        _ChapterBuilder(tree, material, one, f"{number}").build() if one in wanted else _title_only(one, f"{number}")
        for number, one in enumerate(chapters, start=1)
    )
    finished = tuple(built)
    return Contents(
        slug=document.slug,
        title=document.title,
        subtitle=document.subtitle,
        kind=document.kind,
        municipality=document.unit.municipality.name,
        year=document.year,
        chapters=finished,
        indicators=facts_of({slug for one in finished for slug in one.indicators()}) if chapter is None else (),
    )


def sections_of(document: Document) -> QuerySet[Section]:
    """The document's sections in order, with what building them asks for."""
    return document.sections.select_related("unit", "area").order_by("position", "pk")


def _tree(sections: Iterable[Section]) -> Tree:
    tree: Tree = defaultdict(list)
    for section in sections:
        tree[section.parent_id].append(section)
    return tree


def _title_only(section: Section, number: str) -> Chapter:
    return Chapter(
        slug=section.slug, number=number, title=section.heading, responsible=section.unit.name, section=section.pk
    )


def _with_row_anchors(table: Table) -> Table:
    """The table with an address for every row; those without one of their own are counted."""
    counted = count(1)

    def named(row: Row) -> Row:
        number = next(counted)
        return row if row.anchor else dataclasses.replace(row, anchor=f"{table.anchor}-rad-{number}")

    groups = (dataclasses.replace(group, rows=tuple(map(named, group.rows))) for group in table.groups)
    return dataclasses.replace(table, groups=tuple(groups))


class _ChapterBuilder:
    """Builds one chapter; keeps the addresses and table numbers that are used in it."""

    def __init__(self, tree: Tree, material: Material, root: Section, number: str) -> None:
        self.tree = tree
        self.material = material
        self.root = root
        self.number = number
        self.anchors = {"innhold"}  # what the page itself is called
        self.tables = 0

    def build(self) -> Chapter:
        sections = tuple(self._section(child, level=2) for child in self.tree[self.root.pk])
        chapter = Chapter(
            slug=self.root.slug,
            number=self.number,
            title=self.root.heading,
            responsible=self.root.unit.name,
            area=self.root.area.slug if self.root.area else "",
            sections=sections,
            section=self.root.pk,
        )
        return dataclasses.replace(chapter, headlines=self._headlines(chapter))

    def _section(self, section: Section, level: int) -> structure.Section:
        anchor = self._anchor(section.heading)
        pieces = self._pieces(section, level)
        for child in self.tree[section.pk]:
            pieces += [self._section(child, level + 1)] if child.heading else self._pieces(child, level)
        items = tuple(piece for piece in pieces if not isinstance(piece, structure.Section))
        below = tuple(piece for piece in pieces if isinstance(piece, structure.Section))
        return structure.Section(anchor, section.heading, level, items, below, section=section.pk)

    def _pieces(self, section: Section, level: int) -> list[structure.Item | structure.Section]:
        pieces: list[structure.Item | structure.Section] = [self._text(section)] if section.body else []
        if section.kind == Section.Kind.BLOCK:
            built = self._block(section, level)
            pieces += built if isinstance(built, tuple) else [built]
        return pieces

    def _text(self, section: Section) -> structure.Text:
        return structure.Text(self._anchor("tekst"), section.body, section=section.pk)

    def _block(self, section: Section, level: int) -> Block:
        anchor = self._anchor(section.parameters.get("table") or section.parameters.get("plan") or section.block)
        place = Place(section, self.root.area_id, anchor, f"{self.number}.{self.tables + 1}", level)
        try:
            built = blocks.build(place, self.material)
        except MissingData as error:
            said = {"number": self.number, "title": self.root.heading, "problem": error}
            raise MissingData(_("Kapittel %(number)s %(title)s: %(problem)s") % said) from error
        self.tables += isinstance(built, Table)
        return _with_row_anchors(built) if isinstance(built, Table) else built

    def _anchor(self, text: str) -> str:
        anchor = address(text, taken=self.anchors)
        self.anchors.add(anchor)
        return anchor

    def _headlines(self, chapter: Chapter) -> tuple[Headline, ...]:
        """What says most: its headline figures, else of a report how its goals stand, of a plan what the area is."""
        if chosen := unit_blocks.headlines(chapter):
            return chosen
        if self.root.document.kind == Document.Kind.TERTIAL_REPORT:
            return report_blocks.headlines(chapter)
        return self._of_area(chapter) if self.root.area_id else ()

    def _of_area(self, chapter: Chapter) -> tuple[Headline, ...]:
        """Goals reached of those that can be assessed, indicators, services, and the sector's full-time equivalents."""
        verdicts = [row.verdict for table in chapter.tables() for row in table.rows() if row.verdict]
        outcomes = [verdict.outcome for verdict in verdicts if verdict.outcome in ASSESSED]
        services = sum(len(function.services.all()) for function in self.material.functions[self.root.area_id or 0])
        headlines = []
        if outcomes:
            reached = outcomes.count(Outcome.REACHED)
            headlines.append(Headline("Mål nådd", f"{reached} av {len(outcomes)}", "av dem som kan vurderes"))
        if verdicts:
            headlines.append(Headline("Indikatorer", f"{len(verdicts)}", "i målekortet"))
        headlines.append(Headline("Tjenester", f"{services}", "i tjenesteområdet"))
        return (*headlines, *self._full_time_equivalents())

    def _full_time_equivalents(self) -> list[Headline]:
        """Of the responsible sector. A staff that answers for an area has few of those who work in it: none shown."""
        if self.root.unit.kind != Unit.Kind.SECTOR:
            return []
        figures = [figure for figure in self.material.staffing if figure.unit_id == self.root.unit_id]
        if not figures:
            return []
        newest = max(figures, key=lambda figure: figure.counted_on)
        note = f"{self.root.unit.name}, {newest.counted_on:%d.%m.%Y}"
        return [Headline("Årsverk", show_number(newest.fte, decimals=1), note)]
