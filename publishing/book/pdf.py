"""A document as a book: A4, drawn by WeasyPrint from the web pages' blocks.

Tagged for screen readers (PDF/UA-1) and made to be kept (PDF/A-2a).
"""

import datetime
import gc
import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publishing.book import conformance, qr_code, steps, tagging
from publishing.book.layout import layout_of
from publishing.comparison import Comparison
from publishing.models import Publication
from publishing.structure import Contents

STATIC = "file:///static/"
ACCESSIBLE = conformance.WRITTEN
"""How WeasyPrint is told to write a PDF that a screen reader can read and an archive can keep."""
OnStep = steps.OnStep
INK = "#12505f"
"""The charts' colour on paper; a drawing inside a page cannot read the page's style sheet there."""
WORDS_BULLET, UNKNOWN = "\uf0b7", "\ufffd"
NO_LETTER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
NO_SIGN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Control characters, which no font has, and characters that mean something in one font only (Unicode's private use
areas). They come with text that is pasted from office programs, and both standards forbid them."""


@dataclass(frozen=True)
class Edition:
    """What the cover and the foot say of a printed document. `date` is when it was made; a draft has no version.

    `address` is where the version stands for ever, and `sha256` the checksum of its contents as canonical JSON.
    """

    stage: str
    date: datetime.date
    version: int | None = None
    decision: str = ""
    decided_on: datetime.date | None = None
    published_by: str = ""
    address: str = ""
    sha256: str = ""

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
            published_by=publication.publisher,
            address=f"{settings.SITE_URL}{publication.get_absolute_url()}",
            sha256=publication.sha256,
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
    code = qr_code.svg(edition.address) if edition.address else ""
    said = {"contents": contents, "edition": edition, "qr_code": code, "in_print": True, "chart_color": INK}
    appendix = {"changes": changes, "appendix": _appendix(changes)}
    return render_to_string("publishing/book.html", said | appendix | layout_of(contents)).lstrip()


def page(contents: Contents, edition: Edition, *, changes: Comparison | None = None) -> HTML:
    """The whole document, ready to be drawn with `ACCESSIBLE`."""
    return _page(book_html(contents, edition, changes=changes))


def _page(html: str) -> HTML:
    html = NO_SIGN.sub(UNKNOWN, NO_LETTER.sub(" ", html.replace(WORDS_BULLET, "•")))
    return HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher(fail_on_errors=True))


def render_both(
    contents: Contents, edition: Edition, *, changes: Comparison | None = None, on_step: OnStep | None = None
) -> tuple[bytes, bytes]:
    """The document for readers (PDF/UA-1) and for the archive (PDF/A-2a).

    Each follows both standards: they are one file, drawn and written once.
    """
    one = render(contents, edition, changes=changes, on_step=on_step)
    return one, one


def render(
    contents: Contents, edition: Edition, *, changes: Comparison | None = None, on_step: OnStep | None = None
) -> bytes:
    """The document as a tagged PDF with bookmarks, which follows both PDF/UA-1 and PDF/A-2a.

    Takes seconds for a hundred pages; hold no lock meanwhile. `on_step` is told how far it has come: per cent, and a
    sentence. What it raises stops the drawing.
    """
    html = book_html(contents, edition, changes=changes)
    with _without_garbage_collection(), steps.told(on_step, pages=steps.estimated_pages(html)):
        written = _page(html).write_pdf(finisher=finishing(contents, edition, changes=changes), **ACCESSIBLE)
        return conformance.with_clear_ends(written)


def finishing(
    contents: Contents, edition: Edition, *, changes: Comparison | None = None
) -> Callable[[object, Any], None]:
    """What is done to the file before it is written: whole tags, and a word on the standards that it follows."""
    complete = tagging.completing(_names(contents) | {"endringer": _appendix(changes)})

    def finish(document: object, file: Any) -> None:
        complete(document, file)
        conformance.declare(file, address=edition.address)

    return finish


def _appendix(changes: Comparison | None) -> str:
    """What the appendix is called; "" where there is none."""
    if changes is None:
        return ""
    if changes.versions:
        return _("Endringer siden versjon %(version)s") % {"version": changes.versions[0]}
    return _("Endringer siden forrige versjon")


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
