"""A draft as far as one person may see it, and what it is compared with."""

import dataclasses

from django.db.models import QuerySet

from organisation.models import User
from plans.models import Document, Section
from publishing.building import contents
from publishing.json_form import from_text
from publishing.models import Publication
from publishing.structure import Contents


def visible_chapters(document: Document, user: User) -> QuerySet[Section]:
    """The chapters of the draft that the person may see, in order."""
    return document.sections.chapters().visible_to(user).order_by("position")


def visible_contents(document: Document, user: User) -> Contents:
    """The draft with the chapters that the person may see. Raises `place.MissingData`."""
    built = contents.build(document)
    return _only(_seen(document, user), built)


def visible_before(publication: Publication, user: User) -> Contents:
    """What such a draft is compared with: the version, without the chapters that the draft hides from the person."""
    document = publication.document
    hidden = set(document.sections.chapters().values_list("slug", flat=True)) - _seen(document, user)
    published = from_text(publication.contents)
    return _only({chapter.slug for chapter in published.chapters} - hidden, published)


def _seen(document: Document, user: User) -> set[str]:
    return set(visible_chapters(document, user).values_list("slug", flat=True))


def _only(slugs: set[str], whole: Contents) -> Contents:
    """The contents with those chapters, and with the indicators that they show."""
    chapters = tuple(chapter for chapter in whole.chapters if chapter.slug in slugs)
    shown = {slug for chapter in chapters for slug in chapter.indicators()}
    indicators = tuple(facts for facts in whole.indicators if facts.slug in shown)
    return dataclasses.replace(whole, chapters=chapters, indicators=indicators)
