"""What a reader has in hand: a document in one of its published versions, its chapters, and the addresses of both."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from publishing.explaining.references import stage_in_words
from publishing.json_form import from_text
from publishing.models import Publication, PublishedChapter
from publishing.pages import neighbours
from publishing.structure import Table


@dataclass(frozen=True)
class ChapterLink:
    """A chapter in the list of contents. `outline` is its headings: [anchor, text, level] for each."""

    slug: str
    number: str
    title: str
    address: str
    outline: list[list[str | int]]


@dataclass(frozen=True)
class VersionLink:
    """A version in the list of them. `comparison` leads to what it changed, "" for the first one."""

    publication: Publication
    stage: str
    is_shown: bool
    comparison: str
    before: int


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
    def newest(self) -> Publication:
        """The newest version."""
        return self.versions[0]

    @property
    def is_superseded(self) -> bool:
        """Whether there is a newer version."""
        return self.publication.version != self.newest.version

    @property
    def stage(self) -> str:
        """What the version is and since when: «vedtatt 20. desember 2023»."""
        return stage_in_words(self.publication)

    @property
    def newest_stage(self) -> str:
        """What the newest version is and since when."""
        return stage_in_words(self.newest)

    @property
    def correction(self) -> Publication | None:
        """The version that corrects an error in this one."""
        after = [one for one in self.versions if one.version > self.publication.version]
        return after[-1] if after and after[-1].is_correction else None

    @property
    def before(self) -> Publication | None:
        """The version before this one."""
        return next((one for one in self.versions if one.version < self.publication.version), None)

    @property
    def version_links(self) -> list[VersionLink]:
        """Every version, newest first, with what it changed."""
        pairs = zip(self.versions, [*self.versions[1:], None], strict=True)
        return [self._version_link(one, before) for one, before in pairs]

    def _version_link(self, one: Publication, before: Publication | None) -> VersionLink:
        address = self.comparison_address(before, one) if before else ""
        is_shown = one.version == self.publication.version
        return VersionLink(one, stage_in_words(one), is_shown, address, before.version if before else 0)

    @property
    def changes_since(self) -> str:
        """Where all that has changed since is told, "" where the newest version is the next one, or this."""
        is_far = self.newest.version > self.publication.version and self.versions.index(self.publication) > 1
        return self.comparison_address(self.publication, self.newest) if is_far else ""

    def comparison_address(self, old: Publication, new: Publication) -> str:
        """Where one version is compared with another."""
        return reverse("publishing:comparison", args=[self.slug, old.version, new.version])

    @property
    def address(self) -> str:
        """Where its title page is."""
        return self.version_address if self.is_by_version else reverse("publishing:document", args=[self.slug])

    @property
    def version_address(self) -> str:
        """Where the title page of just this version is, for ever."""
        return reverse("publishing:version_document", args=[self.slug, self.publication.version])

    def chapter_address(self, chapter: str) -> str:
        """Where one of its chapters is."""
        if self.is_by_version:
            return self.version_chapter_address(chapter)
        return reverse("publishing:chapter", args=[self.slug, chapter])

    def version_chapter_address(self, chapter: str) -> str:
        """Where a chapter of just this version is, for ever."""
        return reverse("publishing:version_chapter", args=[self.slug, self.publication.version, chapter])

    def newest_address(self, chapter: str = "") -> str:
        """Where the newest version's title page is, or its chapter of that name if any. At most one query."""
        if chapter and (not self.is_superseded or self.newest.chapters.filter(slug=chapter).exists()):
            return reverse("publishing:chapter", args=[self.slug, chapter])
        return reverse("publishing:document", args=[self.slug])

    def state_address(self, chapter: str = "", anchor: str = "") -> str:
        """Where a page that lies in a cache asks whether a newer version has come, to lead to the same place in it."""
        place = {name: value for name, value in (("kapittel", chapter), ("sted", anchor)) if value}
        address = reverse("publishing:edition_state", args=[self.slug, self.publication.version])
        return f"{address}?{urlencode(place)}" if place else address

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


def absolute(address: str) -> str:
    """The address with the site's name, as others cite it."""
    return f"{settings.SITE_URL}{address}"


def table_of(slug: str, version: int, chapter: str, anchor: str) -> Table:
    """A table of a version. One query. Raises Http404 where there is none."""
    publication = get_object_or_404(Publication, slug=slug, version=version)
    tables = from_text(publication.contents).tables()
    found = next((table for place, table in tables if (place.slug, table.anchor) == (chapter, anchor)), None)
    if found is None:
        raise Http404
    return found
