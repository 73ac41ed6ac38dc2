"""What a published figure was in the publications before and after: first published, unchanged, changed, corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse

from publishing.cells import cells_of, read
from publishing.explaining.references import Element, Kind, cell_anchor, column_name, contents_of
from publishing.models import Publication, PublishedObservation
from publishing.structure import Chapter, Origin, Row, Table


class Change(StrEnum):
    """What a publication did to a figure that stood in one before it."""

    FIRST = "first"
    SAME = "same"
    CHANGED = "changed"
    CORRECTED = "corrected"


class Saying(NamedTuple):
    """A figure as a publication has it: as printed, its number where it is one, and where it stands."""

    publication: Publication
    text: str
    value: Decimal | None
    address: str

    def agrees_with(self, other: "Saying") -> bool:
        """Whether both say the same number, or the same words."""
        has_numbers = self.value is not None and other.value is not None
        return self.value == other.value if has_numbers else self.text == other.text


class Telling(NamedTuple):
    """A figure as a publication has it, and what that changed."""

    saying: Saying
    change: Change


def told(sayings: Iterable[Saying]) -> list[Telling]:
    """The figure's past, oldest first, of sayings in the order in which they were published."""
    before: list[Saying] = []
    found = []
    for saying in sayings:
        found.append(Telling(saying, _change(before, saying)))
        before.append(saying)
    return found


def _change(before: Sequence[Saying], saying: Saying) -> Change:
    """A correction corrects what the same document said; what another document says anew is changed."""
    if not before:
        return Change.FIRST
    if saying.agrees_with(before[-1]):
        return Change.SAME
    own = [one for one in before if one.publication.slug == saying.publication.slug]
    is_correction = saying.publication.is_correction and bool(own) and not saying.agrees_with(own[-1])
    return Change.CORRECTED if is_correction else Change.CHANGED


def observations_of(origins: Iterable[Origin]) -> list[PublishedObservation]:
    """All published values of the origins' indicators, in the order in which they were published. At most one query."""
    slugs = {origin.indicator for origin in origins}
    if not slugs:
        return []
    found = PublishedObservation.objects.filter(indicator_slug__in=slugs).select_related("publication")
    found = found.defer("publication__contents")
    return list(found.order_by("publication__published_at", "publication_id", "position"))


def origin_of(observation: PublishedObservation) -> Origin:
    """What the value is of."""
    return Origin(observation.indicator_slug, observation.kind, observation.period)


def past_of_observations(
    origins: Mapping[int, Origin], observations: Iterable[PublishedObservation], marks: Sequence[str]
) -> dict[int, list[Telling]]:
    """The past of each figure, by column number. `marks` are the footnote marks that do not belong to the figure."""
    sayings: dict[Origin, list[Saying]] = {origin: [] for origin in origins.values()}
    for observation in observations:
        if (origin := origin_of(observation)) in sayings:
            sayings[origin].append(_as_saying(observation, marks))
    return {number: told(sayings[origin]) for number, origin in origins.items()}


def _as_saying(observation: PublishedObservation, marks: Sequence[str]) -> Saying:
    value = None if observation.value is None else f"{observation.value}"
    text = read(observation.text, value, marks).text
    address = _address(observation.publication, observation.chapter_slug, observation.row_anchor)
    return Saying(observation.publication, text, observation.value, address)


def _address(publication: Publication, chapter: str, anchor: str) -> str:
    return reverse("publishing:reference", args=[publication.slug, publication.version, chapter, anchor])


def past_of_row(element: Element, chapter: Chapter, publication: Publication) -> dict[int, list[Telling]]:
    """The past of a row's figures, or of one of them, that are of no indicator, by column number.

    It is what the versions of the document have in the same column of the row of that name, in the same kind of table
    of the same chapter. One query.
    """
    table, row = element.table, element.row
    if table is None or row is None:
        return {}
    numbers = [number for number in _figures(table, row) if element.kind is Kind.ROW or number == element.number]
    if not numbers:
        return {}
    versions = [(publication, chapter), *_other_versions(publication, chapter)]
    versions.sort(key=lambda pair: pair[0].version)
    return {number: told(_sayings(versions, table, row, number)) for number in numbers}


def _figures(table: Table, row: Row) -> list[int]:
    """The columns of the row that hold a figure of no indicator."""
    origins = row.origins or (None,) * len(row.cells)
    cells = enumerate(zip(table.columns, row.cells, origins, strict=True), start=1)
    return [number for number, (column, text, origin) in cells if text and not origin and column.kind != "text"]


def _other_versions(publication: Publication, chapter: Chapter) -> Iterator[tuple[Publication, Chapter]]:
    others = Publication.objects.filter(document_id=publication.document_id).exclude(pk=publication.pk)
    for other in others:
        for same in contents_of(other, chapter.slug).chapters:
            yield other, same


def _sayings(versions: Iterable[tuple[Publication, Chapter]], table: Table, row: Row, number: int) -> Iterator[Saying]:
    name = column_name(table.columns[number - 1])
    for publication, chapter in versions:
        alike = ((one, found) for one in chapter.tables() if one.kind == table.kind for found in one.rows())
        for one, found in alike:
            names = [column_name(column) for column in one.columns]
            if found.label == row.label and name in names:
                at = names.index(name)
                value = found.values[at]
                number_value = None if value is None else Decimal(value)
                address = _address(publication, chapter.slug, cell_anchor(found.anchor, at + 1))
                yield Saying(publication, cells_of(one, found)[at].text, number_value, address)
                break
