"""Rows that were copied at publication, of one indicator in all publications, with what tells old from current."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from publishing.explaining.figure_history import Saying
from publishing.explaining.indicator_history import Statement
from publishing.models import Publication, PublishedObservation


def dated(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with their publication and, as `newest_version`, the newest version of its document."""
    versions = Publication.objects.filter(document=OuterRef("publication__document")).order_by("-version")
    rows = rows.select_related("publication").defer("publication__contents")
    return rows.annotate(newest_version=Subquery(versions.values("version")[:1]))


def is_current(row: Any) -> bool:
    """Whether the row is of the newest version of its document. The row is one of `dated`."""
    return row.publication.version == row.newest_version


def age(row: Any) -> tuple[datetime.datetime, int]:
    """What rows are sorted by, those that were published last at the end."""
    return row.publication.published_at, row.publication_id


def row_address(publication: Publication, chapter: str, anchor: str) -> str:
    """A row in its version."""
    return f"{reverse('publishing:version_chapter', args=[publication.slug, publication.version, chapter])}#{anchor}"


def values_of(slugs: Iterable[str]) -> list[Any]:
    """Every published value of the indicators, in the order of publication. One query."""
    rows = dated(PublishedObservation.objects.filter(indicator_slug__in=list(slugs)))
    return sorted(rows, key=lambda row: (*age(row), row.position))


def statements(values: Iterable[Any]) -> list[Statement]:
    """The values as statements of their publications."""
    return [
        Statement(
            row.kind,
            row.period,
            Saying(
                row.publication, row.text, row.value, row_address(row.publication, row.chapter_slug, row.row_anchor)
            ),
            is_current(row),
        )
        for row in values
    ]
