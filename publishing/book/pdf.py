"""A document as a book: A4, tagged for screen readers (PDF/UA-1), drawn by WeasyPrint from the web pages' blocks."""

import datetime
import gc
import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publishing.book import tagging
from publishing.comparison import Comparison
from publishing.models import Publication
from publishing.structure import Contents

STATIC = "file:///static/"
ACCESSIBLE = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
"""How WeasyPrint is told to write a PDF that a screen reader can read."""
OnStep = Callable[[int, str], None]
INK = "#12505f"
"""The charts' colour on paper; a drawing inside a page cannot read the page's style sheet there."""


@dataclass(frozen=True)
class Edition:
    """What the cover and the foot say of a printed document. `date` is when it was made; a draft has no version."""

    stage: str
    date: datetime.date
    version: int | None = None
    decision: str = ""
    decided_on: datetime.date | None = None

    @property
    def is_draft(self) -> bool:
        """Whether nobody has published this."""
        return self.version is None

    @classmethod
    def draft(cls) -> "Edition":
        """The document as it stands today."""
        return cls(stage=_("utkast"), date=timezone.localdate())

    @classmethod
    def of_publication(cls, publication: Publication) -> "Edition":
        """A version that was published."""
        return cls(
            stage=publication.get_stage_display(),
            date=timezone.localdate(publication.published_at),
            version=publication.version,
            decision=publication.decision,
            decided_on=publication.decided_on,
        )


class StaticFetcher(URLFetcher):
    """Gives the application's own style sheets and fonts, and nothing else: no network, no other file."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The static file. Raises ValueError for every other address."""
        if not url.startswith(STATIC):
            raise ValueError(f"A document may only use the application's static files, not {url}")
        name = unquote(url.removeprefix(STATIC))
        found = finders.find(name) or staticfiles_storage.path(name)
        media_type, _encoding = mimetypes.guess_type(name)
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": media_type or "font/woff2"})


def book_html(contents: Contents, edition: Edition, *, changes: Comparison | None = None) -> str:
    """The whole document as one HTML page, the way the PDF is drawn from it; `changes` become an appendix."""
    said = {"contents": contents, "edition": edition, "changes": changes, "in_print": True, "chart_color": INK}
    return render_to_string("publishing/book.html", said).lstrip()


def page(contents: Contents, edition: Edition, *, changes: Comparison | None = None) -> HTML:
    """The whole document, ready to be drawn with `ACCESSIBLE`."""
    html = book_html(contents, edition, changes=changes)
    return HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher(fail_on_errors=True))


def render_both(
    contents: Contents, edition: Edition, *, changes: Comparison | None = None, on_step: OnStep | None = None
) -> tuple[bytes, bytes]:
    """The document for readers (PDF/UA-1) and for the archive (PDF/A-2a), laid out once."""
    one = render(contents, edition, changes=changes, on_step=on_step)
    return one, one


def render(
    contents: Contents, edition: Edition, *, changes: Comparison | None = None, on_step: OnStep | None = None
) -> bytes:
    """The document as a tagged PDF with bookmarks. Takes seconds for a hundred pages; hold no lock meanwhile.

    `on_step` is told how far it has come: per cent, and a sentence.
    """
    book = page(contents, edition, changes=changes)
    with _without_garbage_collection():
        return book.write_pdf(finisher=tagging.completing(_names(contents)), **ACCESSIBLE)


def _names(contents: Contents) -> dict[str, str]:
    """What each address of the list of contents leads to, in words."""
    names = {chapter.slug: f"{chapter.number} {chapter.title}" for chapter in contents.chapters}
    return names | {
        f"{chapter.slug}-{section.anchor}": section.heading
        for chapter in contents.chapters
        for section in chapter.walk()
    }


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """The collector walks the growing tree of boxes again and again and finds nothing: a third of the time is saved."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
