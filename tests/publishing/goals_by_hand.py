"""Goals and publications by hand: figures without a database, and the same stored as publications."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from organisation import periods
from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing.goals.goal import Goal
from publishing.goals.issues import Issue
from publishing.models import Publication, PublishedFigure, PublishedIndicator, PublishedObservation

ANCHOR = "malekort"


def at(year: int, month: int = 1, day: int = 1) -> datetime.datetime:
    """A moment of that day."""
    return datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)


@dataclass
class Figure:
    """A goal as published; see `PublishedFigure`."""

    indicator_slug: str = "maal"
    outcome: str = "reached"
    distance: Decimal | None = None
    result: str = "4"
    target: str = "5"
    period: str = "2023"
    missed_since: str = ""
    trend: str = ""
    chapter_slug: str = "skole"
    chapter_title: str = "Skole"
    sector: str = "Sektor for skole"
    name: str = "Mål"
    row_anchor: str = "malekort-maal"
    reason: str = ""
    comment: str = ""
    is_area: bool = True


def issue(pk: int = 1, **facts: Any) -> Issue:
    """The adopted plan of a year, unless something else is said."""
    plan: dict[str, Any] = {
        "pk": pk,
        "document": pk,
        "slug": f"dokument-{pk}",
        "version": 1,
        "title": f"Dokument {pk}",
        "year": 2024,
        "kind": "virksomhetsplan",
        "stage": "vedtatt",
        "published_at": at(2024),
    }
    return Issue(**plan | facts)


def goals(*figures: Figure, of: Issue | None = None) -> list[Goal]:
    """The figures as goals of an issue."""
    return [Goal(figure, of or issue()) for figure in figures]


def _document(slug: str, kind: str, year: int) -> Document:
    owner, _made = Municipality.objects.get_or_create(
        number="0001", defaults={"name": "Dalen kommune", "short_name": "Dalen", "is_owner": True}
    )
    unit, _made = Unit.objects.get_or_create(
        slug="dalen", defaults={"municipality": owner, "kind": "municipality", "name": "Dalen kommune"}
    )
    facts = {"kind": kind, "title": slug.replace("-", " ").capitalize(), "year": year, "unit": unit}
    document, _made = Document.objects.get_or_create(slug=slug, defaults=facts)
    return document


def publish(
    slug: str = "plan-2024",
    *figures: Figure,
    year: int = 2024,
    version: int = 1,
    kind: str = "annual-plan",
    stage: str = "adopted",
    published_at: datetime.datetime | None = None,
) -> Publication:
    """Store a version of a document with these goals, and each result and target as an observation."""
    person, _made = User.objects.get_or_create(username="kari")
    document = _document(slug, kind, year)
    publication = Publication.objects.create(
        document=document,
        slug=slug,
        version=version,
        title=document.title,
        year=year,
        stage=stage,
        published_at=published_at or at(year, version),
        published_by=person,
        contents="{}",
        sha256="",
    )
    for position, figure in enumerate(figures, start=1):
        PublishedFigure.objects.create(publication=publication, position=position, table_anchor=ANCHOR, **vars(figure))
        observe(publication, figure.indicator_slug, figure.period, figure.result)
    return publication


def observe(publication: Publication, slug: str, period: str, text: str) -> None:
    """Store a result; its number where it is a plain one."""
    if not period:
        return
    plain = text.replace(",", ".")
    PublishedObservation.objects.create(
        publication=publication,
        indicator_slug=slug,
        kind="result",
        period=period,
        period_ends_on=periods.parse(period).end,
        text=text,
        value=Decimal(plain) if plain.replace(".", "").isdigit() else None,
        position=publication.observations.count() + 1,
        column=1,
    )


def succeed(publication: Publication, slug: str, before: str) -> None:
    """Say that an indicator carries on another."""
    PublishedIndicator.objects.create(publication=publication, slug=slug, name=slug, owner="Skole", succeeds=before)
