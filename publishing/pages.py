"""A chapter's contents as HTML: the same blocks for the published page and the draft."""

from collections.abc import Sequence
from typing import TypeVar

from django.template.loader import render_to_string

from publishing.structure import Chapter

BODY = "publishing/_chapter_body.html"

One = TypeVar("One")


def published_html(chapter: Chapter, *, slug: str, version: int) -> str:
    """What stands under the chapter's title on its published page, with links to each table's files."""
    return render_to_string(BODY, {"chapter": chapter, "slug": slug, "version": version})


def draft_html(chapter: Chapter, *, edit_links: dict[int, str]) -> str:
    """The same for the draft. `edit_links` leads from a section's id to where it is edited."""
    return render_to_string(BODY, {"chapter": chapter, "edit_links": edit_links})


def neighbours(chapters: Sequence[One], at: int) -> tuple[One | None, One | None]:
    """The chapters before and after the one at that place; None at either end."""
    return (chapters[at - 1] if at else None), (chapters[at + 1] if at + 1 < len(chapters) else None)


def outline(chapter: Chapter) -> list[list[str | int]]:
    """The chapter's headings: [anchor, text, level] for each, in reading order."""
    return [[section.anchor, section.heading, section.level] for section in chapter.walk() if section.heading]
