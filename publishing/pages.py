"""A chapter's contents as HTML: the same blocks for the published page and the draft."""

from collections.abc import Sequence
from typing import TypeVar

from django.template.loader import render_to_string

from publishing.explaining.references import taken_in
from publishing.structure import Chapter

BODY = "publishing/_chapter_body.html"

One = TypeVar("One")


def published_html(chapter: Chapter, *, slug: str, version: int) -> str:
    """What stands under the chapter's title on its published page.

    Each table leads to its files, and each thing that can be cited to its permanent address. It is stored as it is
    drawn, so nothing in it may follow a setting, a release or the version that is the newest.
    """
    context = {"chapter": chapter, "slug": slug, "version": version, "taken": taken_in(chapter)}
    return render_to_string(BODY, context)


def draft_html(chapter: Chapter, *, edit_links: dict[int, str]) -> str:
    """The same for the draft. `edit_links` leads from a section's id to where it is edited."""
    return render_to_string(BODY, {"chapter": chapter, "edit_links": edit_links})


def neighbours(chapters: Sequence[One], at: int) -> tuple[One | None, One | None]:
    """The chapters before and after the one at that place; None at either end."""
    return (chapters[at - 1] if at else None), (chapters[at + 1] if at + 1 < len(chapters) else None)


def outline(chapter: Chapter) -> list[list[str | int]]:
    """The chapter's headings: [anchor, text, level] for each, in reading order."""
    return [[section.anchor, section.heading, section.level] for section in chapter.walk() if section.heading]
