"""A publication's contents as passages that a search may find, each at its address."""

from collections.abc import Iterator

from plans.richtext import plain_text
from publishing.models import Publication, PublishedPassage
from publishing.structure import Contents, Text


def published_passages(publication: Publication, contents: Contents) -> Iterator[PublishedPassage]:
    """Each text with the heading it stands under."""
    position = 0
    for chapter in contents.chapters:
        for section in chapter.walk():
            for item in section.items:
                if isinstance(item, Text):
                    position += 1
                    text = plain_text(item.html)
                    yield PublishedPassage(
                        publication=publication,
                        chapter_slug=chapter.slug,
                        chapter_title=chapter.title,
                        anchor=item.anchor,
                        heading=section.heading or chapter.title,
                        text=text,
                        folded=text.casefold(),
                        position=position,
                    )
