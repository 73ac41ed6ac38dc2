"""Publishing: a document as it stands now becomes a version that nothing changes afterwards."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from plans.models import Document
from publishing import json_form, pages
from publishing.building import contents
from publishing.figures import published_figures, published_indicators, published_observations
from publishing.files.packing import files_of
from publishing.models import PdfOrder, Publication, PublishedChapter
from publishing.ordering_pdf import order_publication, send
from publishing.passages import published_passages
from publishing.structure import Contents


class CannotPublish(Exception):
    """The document cannot be published now. The message says why, in Norwegian."""


def freeze(
    *,
    document: Document,
    stage: str,
    by: User,
    decision_body: str = "",
    case_number: str = "",
    decided_on: datetime.date | None = None,
    reason: str = "",
    is_correction: bool = False,
    has_changes: bool = False,
) -> Publication:
    """Publish the document as its next version. Returns the publication.

    The contents are read at one moment of the database, so that people who save meanwhile cannot make a version that
    does not add up. Pages, rows and files are made from those contents, and then all of it is stored, or nothing. The
    version is out from then on; its PDFs, which take seconds, are drawn afterwards (`publication.pdf_orders`), where
    `has_changes` adds the changes since the version before. Call it outside a transaction. Raises `CannotPublish` and
    `place.MissingData`.
    """
    frozen = _snapshot(document)
    if not frozen.chapters:
        raise CannotPublish(_("Dokumentet har ingen kapitler ennå, så det er ingenting å publisere."))
    form = json_form.to_json(frozen)
    text = json_form.canonical(form)
    publication = Publication(
        document=document,
        version=_next_version(document),
        slug=document.slug,
        title=document.title,
        year=document.year,
        stage=stage,
        decision_body=decision_body,
        case_number=case_number,
        decided_on=decided_on,
        reason=reason,
        is_correction=is_correction,
        published_at=timezone.now(),
        published_by=by,
        publisher=str(by),
        contents=text,
        sha256=json_form.digest(text.encode()),
    )
    rows = [list(make(publication, frozen)) for make in MADE]
    send(_store(publication, rows, has_changes=has_changes))
    return publication


@transaction.atomic
def _store(publication: Publication, rows: Sequence[Sequence[Any]], *, has_changes: bool) -> PdfOrder:
    try:
        with transaction.atomic():
            publication.save()
    except IntegrityError as error:
        raise CannotPublish(
            _("Noen andre publiserte versjon %(version)s mens du holdt på. Se på den før du publiserer på nytt.")
            % {"version": publication.version}
        ) from error
    for alike in filter(None, rows):
        type(alike[0]).objects.bulk_create(alike)
    return order_publication(publication=publication, has_changes=has_changes, by=publication.published_by)


def _snapshot(document: Document) -> Contents:
    """The contents at one moment. A transaction of SQLite sees one moment as it is; PostgreSQL must be asked to."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return contents.build(document)


def _next_version(document: Document) -> int:
    newest = document.publications.defer("contents").newest()
    return newest.version + 1 if newest else 1


def _chapters(publication: Publication, frozen: Contents) -> Iterator[PublishedChapter]:
    for position, chapter in enumerate(frozen.chapters, start=1):
        html = pages.published_html(chapter, slug=publication.slug, version=publication.version)
        yield PublishedChapter(
            publication=publication,
            position=position,
            number=chapter.number,
            slug=chapter.slug,
            title=chapter.title,
            html=html,
            outline=pages.outline(chapter),
            sha256=json_form.digest(html.encode()),
        )


MADE: tuple[Callable[[Publication, Contents], Iterable[Any]], ...] = (
    _chapters,
    files_of,
    published_indicators,
    published_figures,
    published_observations,
    published_passages,
)
"""Pages, files, and what the public counts, filters, searches and charts over: what becomes rows of each kind."""
