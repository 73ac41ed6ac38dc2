"""What a reader has in hand: a document in one of its published versions, its chapters, and the addresses of both."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from publishing.models import Publication, PublishedChapter
from publishing.pages import neighbours


@dataclass(frozen=True)
class ChapterLink:
    """A chapter in the list of contents. `outline` is its headings: [anchor, text, level] for each."""

    slug: str
    number: str
    title: str
    address: str
    outline: list[list[str | int]]


class Edition:
    """A publication as it is read: by the address of the version, or by the one that shows the newest."""

    def __init__(self, slug: str, version: int | None = None) -> None:
        """Find the version, or the newest one. One query. Raises Http404 where there is none."""
        self.slug = slug
        self.versions = list(Publication.objects.filter(slug=slug).defer("contents").order_by("-version"))
        found = [one for one in self.versions if version in (None, one.version)]
        if not found:
            raise Http404
        self.publication = found[0]
        self.is_by_version = version is not None

    @property
    def is_superseded(self) -> bool:
        """Whether there is a newer version."""
        return self.publication.version != self.versions[0].version

    @property
    def is_final(self) -> bool:
        """Whether its pages will never change: until there is a newer version, they must be able to say so."""
        return self.is_by_version and self.is_superseded

    @property
    def others(self) -> list[Publication]:
        """The other versions, newest first."""
        return [one for one in self.versions if one.version != self.publication.version]

    @property
    def address(self) -> str:
        """Where its title page is."""
        if self.is_by_version:
            return reverse("publishing:version_document", args=[self.slug, self.publication.version])
        return reverse("publishing:document", args=[self.slug])

    def chapter_address(self, chapter: str) -> str:
        """Where one of its chapters is."""
        if self.is_by_version:
            return reverse("publishing:version_chapter", args=[self.slug, self.publication.version, chapter])
        return reverse("publishing:chapter", args=[self.slug, chapter])

    def newest_address(self, chapter: str = "") -> str:
        """Where the newest version's title page is, or its chapter of that name if any. At most one query."""
        if chapter and (not self.is_superseded or self.versions[0].chapters.filter(slug=chapter).exists()):
            return reverse("publishing:chapter", args=[self.slug, chapter])
        return reverse("publishing:document", args=[self.slug])

    @cached_property
    def chapters(self) -> list[ChapterLink]:
        """The list of contents. One query, without the chapters' pages."""
        return [
            ChapterLink(
                chapter.slug,
                chapter.number,
                chapter.title,
                self.chapter_address(chapter.slug),
                chapter.outline,
            )
            for chapter in self.publication.chapters.defer("html").order_by("position")
        ]

    def chapter(self, slug: str) -> PublishedChapter:
        """One chapter with its page. One query. Raises Http404 where there is none."""
        try:
            return self.publication.chapters.get(slug=slug)
        except PublishedChapter.DoesNotExist as error:
            raise Http404 from error

    def neighbours(self, slug: str) -> tuple[ChapterLink | None, ChapterLink | None]:
        """The chapters before and after that one; None at either end."""
        return neighbours(self.chapters, [chapter.slug for chapter in self.chapters].index(slug))
