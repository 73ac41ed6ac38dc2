"""What a person has to do: the chapters that are theirs to write, and the values that are still missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from organisation.access import Right
from organisation.models import User
from plans.models import Document, Section
from scorecards.cells import CellKey, span_of, values_of
from scorecards.models import Scorecard, ScorecardRow


@dataclass
class DocumentTask:
    """A document with the chapters in which the person may edit something."""

    document: Document
    chapters: list[Section] = field(default_factory=list)
    may_publish: bool = False


@dataclass
class ScorecardTask:
    """A scorecard with the person's rows that miss values: the row's name and the headings of the empty columns."""

    scorecard: Scorecard
    rows: list[tuple[str, list[str]]] = field(default_factory=list)


def documents_of(user: User) -> list[DocumentTask]:
    """The documents that the person may see, newest first, with the chapters that are theirs. Two queries."""
    documents = list(Document.objects.visible_to(user))
    sections = Section.objects.filter(document__in=documents).order_by("position", "pk")
    by_document: dict[int, list[Section]] = defaultdict(list)
    for section in sections.only("document_id", "parent_id", "unit_id", "heading", "slug", "position"):
        by_document[section.document_id].append(section)
    return [
        DocumentTask(one, _own_chapters(by_document[one.pk], user), one.unit_id in user.unit_ids(Right.PUBLISH))
        for one in documents
    ]


def _own_chapters(sections: Iterable[Section], user: User) -> list[Section]:
    by_id = {section.pk: section for section in sections}
    editable = user.unit_ids(Right.EDIT)
    own = {_chapter(section, by_id) for section in by_id.values() if section.unit_id in editable}
    return [section for section in by_id.values() if section.pk in own]


def _chapter(section: Section, by_id: dict[int, Section]) -> int:
    while section.parent_id:
        section = by_id[section.parent_id]
    return section.pk


def missing_values(user: User, *, years: Iterable[int]) -> list[ScorecardTask]:
    """The scorecards of the years with the person's rows that have an empty column. Four queries."""
    rows = list(
        ScorecardRow.objects.filter(scorecard__year__in=set(years), indicator__owner__in=user.unit_ids(Right.EDIT))
        .select_related("indicator", "scorecard__area", "scorecard__unit")
        .prefetch_related("scorecard__columns__period")
        .order_by("scorecard__year", "scorecard__area__position", "group__position", "position")
    )
    filled = {key for key, value in values_of(row.indicator_id for row in rows).items() if value.text}
    tasks: dict[int, ScorecardTask] = {}
    for row in rows:
        if empty := _empty_columns(row, filled):
            tasks.setdefault(row.scorecard_id, ScorecardTask(row.scorecard)).rows.append((row.name, empty))
    return list(tasks.values())


def _empty_columns(row: ScorecardRow, filled: set[CellKey]) -> list[str]:
    columns = row.scorecard.columns.all()
    return [one.label for one in columns if CellKey(row.indicator_id, one.kind, span_of(one.period)) not in filled]
