"""Serving a published chapter, whose HTML is stored, against building and drawing it from working rows."""

from functools import partial

from django.test import Client
from django.urls import reverse

from bench.measuring import Deed, medians, show
from plans.models import Document
from publishing import pages
from publishing.building import contents
from publishing.models import Publication


def measure(document: Document, publication: Publication, *, runs: int) -> None:
    """Serve the longest chapter: the whole request, against the chapter's body alone."""
    chapter = max(publication.chapters.all(), key=lambda one: len(one.html))
    address = reverse("publishing:chapter", args=[publication.slug, chapter.slug])
    deeds: dict[str, Deed] = {
        "published: the whole request, stored HTML": partial(Client().get, address),
        "from working rows: built and drawn, no request": partial(_from_working_rows, document, chapter.slug),
    }
    show(f"A chapter as a web page ({chapter.title})", medians(deeds, runs=runs), runs=runs)


def _from_working_rows(document: Document, chapter: str) -> str:
    built = contents.build(document, chapter=chapter)
    one = next(one for one in built.chapters if one.slug == chapter)
    return pages.published_html(one, slug=document.slug, version=1)
