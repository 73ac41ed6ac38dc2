"""Starting a document: one of a kind, for a unit and a year, with the sections of the kind's template."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from organisation.addresses import address
from organisation.models import Unit, User
from plans.document_templates import OWN, TEMPLATES, Part
from plans.models import Document, Section

CARRIED_ON = (Section.Block.HEADLINE_FIGURES, Section.Block.UNIT_SCORECARD)
"""The blocks that show what they showed in the unit's document before: which figures say most is the unit's choice."""

Parameters = Mapping[str, dict[str, Any]]
"""Block → its parameters."""


class AlreadyStarted(Exception):
    """There is a document of that kind for the unit and the year."""

    def __init__(self, document: Document) -> None:
        super().__init__(_("«%(title)s» finnes allerede.") % {"title": document.title})
        self.document = document


@transaction.atomic
def start_document(*, kind: str, unit: Unit, year: int, by: User) -> Document:
    """Write the document with one chapter, which holds what `document_templates` says. Returns the document.

    Nobody but those who may see the unit can read it until it is published. Raises `AlreadyStarted`, also for the
    later of two who start it at once, and KeyError for a kind without a template.
    """
    template = TEMPLATES[kind]
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    if found := Document.objects.filter(kind=kind, unit=locked, year=year).first():
        raise AlreadyStarted(found)
    title = template.title.format(year=year, unit=locked.name)
    slug = address(title, taken=set(Document.objects.values_list("slug", flat=True)))
    document = Document.objects.create(kind=kind, unit=locked, year=year, title=title[:200], slug=slug)
    chapter = Section(document=document, unit=locked, position=1, heading=locked.name, slug=locked.slug)
    _write([chapter], by)
    _write_parts(chapter, template.parts, _carried_on(locked), by)
    return document


def _carried_on(unit: Unit) -> Parameters:
    """What the newest of the unit's documents says of the blocks that each unit has its own choices for."""
    sections = Section.objects.filter(unit=unit, block__in=CARRIED_ON).exclude(parameters={})
    return dict(sections.order_by("document__year", "pk").values_list("block", "parameters"))


def _write_parts(chapter: Section, parts: Iterable[Part], carried_on: Parameters, by: User) -> None:
    """Write the sections level by level, so that each knows what it stands under."""
    level = [(chapter, list(parts))]
    while level:
        pairs = [pair for above, below in level for pair in _sections(above, below)]
        _write([section for section, _part in pairs], by)
        _write([block for section, part in pairs for block in _blocks(section, part, carried_on)], by)
        level = [(section, list(part.below)) for section, part in pairs if part.below]


def _sections(above: Section, parts: Iterable[Part]) -> Iterator[tuple[Section, Part]]:
    place = {"document": above.document, "unit": above.unit, "parent": above}
    for position, part in enumerate(parts, start=1):
        yield Section(**place, position=position, heading=part.heading, body=part.text), part


def _blocks(section: Section, part: Part, carried_on: Parameters) -> Iterator[Section]:
    place = {"document": section.document, "unit": section.unit, "parent": section}
    for position, (block, parameters) in enumerate(part.shown, start=1):
        own = {key: section.unit.slug if said == OWN else said for key, said in parameters.items()}
        said = carried_on.get(block, own)
        facts = {"kind": Section.Kind.BLOCK, "block": block, "parameters": said}
        yield Section(**place, **facts, position=position)


def _write(sections: list[Section], by: User) -> None:
    bulk_create_with_history(sections, Section, default_user=by)
