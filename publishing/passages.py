"""A publication's contents as passages that a search may find, each at its address."""

from collections.abc import Iterator
from typing import NamedTuple

from plans.richtext import plain_text
from publishing.json_form import lines_of
from publishing.models import Publication, PublishedPassage
from publishing.structure import Chapter, Contents, Item, Listing, Row, RowGroup, Section, Table, Text


class Passage(NamedTuple):
    """Something to find: where in the chapter it stands, its heading, and what it says."""

    anchor: str
    heading: str
    text: str


def published_passages(publication: Publication, contents: Contents) -> Iterator[PublishedPassage]:
    """Every heading, text, list, table and row of the document, in reading order."""
    found = ((chapter, passage) for chapter in contents.chapters for passage in _of_chapter(chapter))
    for position, (chapter, passage) in enumerate(found, start=1):
        yield PublishedPassage(
            publication=publication,
            chapter_slug=chapter.slug,
            chapter_title=chapter.title,
            anchor=passage.anchor,
            heading=passage.heading[:500],
            text=passage.text,
            folded=f"{passage.heading}\n{passage.text}".casefold(),
            position=position,
        )


def _of_chapter(chapter: Chapter) -> Iterator[Passage]:
    yield Passage("", chapter.title, chapter.responsible)
    for section in chapter.walk():
        if section.heading:
            yield Passage(section.anchor, section.heading, "")
        for item in section.items:
            yield from _of_item(item, section, chapter)


def _of_item(item: Item, section: Section, chapter: Chapter) -> Iterator[Passage]:
    heading = section.heading or chapter.title
    match item:
        case Text():
            yield Passage(item.anchor, heading, plain_text(item.html))
        case Listing():
            yield Passage(item.anchor, heading, "\n".join(lines_of(item)))
        case Table():
            yield from _of_table(item)


def _of_table(table: Table) -> Iterator[Passage]:
    said = [table.unit_of_measure, table.note, *(text for _mark, text in table.footnotes), table.source]
    yield Passage(table.anchor, table.caption, "\n".join(filter(None, said)))
    for group in table.groups:
        yield from (_of_row(row, group, table) for row in group.rows)


def _of_row(row: Row, group: RowGroup, table: Table) -> Passage:
    headings = (f"{column.heading} {column.label}".strip() for column in table.columns)
    cells = [f"{heading}: {cell}" for heading, cell in zip(headings, row.cells, strict=True) if cell]
    word = [row.verdict.word] if row.verdict else []
    return Passage(
        row.anchor, row.label or table.caption, "\n".join(filter(None, [group.title, *cells, *word, row.note]))
    )
