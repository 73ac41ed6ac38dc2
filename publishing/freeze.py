"""Publishing: a document as it stands now becomes a version that nothing changes afterwards."""

import datetime
from collections.abc import Iterator

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from plans.models import Document
from publishing import json_form, pages
from publishing.book import pdf
from publishing.building import contents
from publishing.files import sheets
from publishing.models import Publication, PublishedChapter, PublishedFigure, PublishedFile
from publishing.structure import Contents


class CannotPublish(Exception):
    """The document cannot be published now. The message says why, in Norwegian."""


def freeze(
    *,
    document: Document,
    stage: str,
    by: User,
    decision: str = "",
    decided_on: datetime.date | None = None,
    reason: str = "",
) -> Publication:
    """Publish the document as its next version. Returns the publication.

    The contents are read at one moment of the database, so that people who save meanwhile cannot make a version that
    does not add up. Everything published is made from those contents, before anything is stored: drawing the PDF
    takes seconds, and no lock is held for so long. Then all of it is stored, or nothing. Raises `CannotPublish` and
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
        decision=decision,
        decided_on=decided_on,
        reason=reason,
        published_at=timezone.now(),
        published_by=by,
        contents=text,
        sha256=json_form.digest(text.encode()),
    )
    chapters, figures = list(_chapters(publication, frozen)), list(_figures(publication, frozen))
    _store(publication, chapters, figures, list(_files(publication, frozen, form)))
    return publication


@transaction.atomic
def _store(
    publication: Publication,
    chapters: list[PublishedChapter],
    figures: list[PublishedFigure],
    files: list[PublishedFile],
) -> None:
    try:
        with transaction.atomic():
            publication.save()
    except IntegrityError as error:
        raise CannotPublish(
            _("Noen andre publiserte versjon %(version)s mens du holdt på. Se på den før du publiserer på nytt.")
            % {"version": publication.version}
        ) from error
    PublishedChapter.objects.bulk_create(chapters)
    PublishedFigure.objects.bulk_create(figures)
    PublishedFile.objects.bulk_create(files)


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
        yield PublishedChapter(
            publication=publication,
            position=position,
            number=chapter.number,
            slug=chapter.slug,
            title=chapter.title,
            html=pages.published_html(chapter, slug=publication.slug, version=publication.version),
            outline=pages.outline(chapter),
        )


def _figures(publication: Publication, frozen: Contents) -> Iterator[PublishedFigure]:
    assessed = (
        (chapter, table, row, row.verdict) for chapter, table in frozen.tables() for row in table.rows() if row.verdict
    )
    for position, (chapter, table, row, verdict) in enumerate(assessed, start=1):
        yield PublishedFigure(
            publication=publication,
            chapter_slug=chapter.slug,
            chapter_title=chapter.title,
            table_anchor=table.anchor,
            indicator_slug=row.key,
            name=row.label,
            result=verdict.result,
            target=verdict.target,
            outcome=verdict.outcome,
            reason=verdict.reason,
            position=position,
        )


def _files(publication: Publication, frozen: Contents, form: json_form.Json) -> Iterator[PublishedFile]:
    for ending, media_type, content in (
        ("pdf", "application/pdf", pdf.render(frozen, pdf.Edition.of_publication(publication))),
        ("xlsx", sheets.MEDIA_TYPE, sheets.workbook(frozen)),
        ("json", "application/json", json_form.readable(form).encode()),
    ):
        yield PublishedFile(
            publication=publication,
            name=f"{publication.slug}-versjon-{publication.version}.{ending}",
            media_type=media_type,
            content=content,
            size=len(content),
            sha256=json_form.digest(content),
        )
