"""What the API reads from the database: published rows alone, each question with a constant number of queries."""

import datetime
from http import HTTPStatus

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from ninja.errors import HttpError

from organisation import periods
from publishing.models import Publication, PublishedFigure, PublishedFile, PublishedIndicator, PublishedObservation


def versions() -> QuerySet[Publication]:
    """Every version with the number of its document's newest, and the document's kind."""
    newest = Publication.objects.filter(document=OuterRef("document")).order_by("-version").values("version")[:1]
    return Publication.objects.defer("contents").annotate(newest_version=Subquery(newest), kind=F("document__kind"))


def with_files() -> Prefetch:
    """The files, but not what stands in them."""
    return Prefetch("files", PublishedFile.objects.defer("content").order_by("pk"))


def newest_indicators() -> QuerySet[PublishedIndicator]:
    """Each indicator as the publication of the latest year says it, and of those the newest."""
    alike = PublishedIndicator.objects.filter(slug=OuterRef("slug"))
    newest = alike.order_by("-publication__year", "-publication__published_at", "-pk").values("pk")[:1]
    rows = PublishedIndicator.objects.select_related("publication").defer("publication__contents")
    return rows.filter(pk=Subquery(newest))


def shown_in(area: str) -> Exists | Q:
    """Where the chapter of that address shows the indicator, in the publication that describes it."""
    there = {"publication": OuterRef("publication"), "indicator_slug": OuterRef("slug"), "chapter_slug": area}
    return Exists(PublishedFigure.objects.filter(**there)) | Exists(PublishedObservation.objects.filter(**there))


def says(text: str) -> Q:
    """In the name or the definition, in small letters or large; SQLite itself knows only those of English."""
    found = Q()
    for way in {text, text.lower(), text.upper(), text.capitalize()}:
        found |= Q(name__icontains=way) | Q(definition__icontains=way)
    return found


def missed_since(rows: QuerySet[PublishedFigure], last: datetime.date) -> list[str]:
    """The periods that goals have been missed since and that end no later than that day."""
    found = rows.exclude(missed_since="").order_by().values_list("missed_since", flat=True).distinct()
    return [one for one in found if periods.parse(one).end <= last]


def last_day(code: str) -> datetime.date:
    """The last day of the period. Raises HttpError with a sentence for what is no period."""
    try:
        return periods.parse(code).end
    except ValueError as error:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
