"""Publications of a few indicators, stored as rows without contents: what the public counts and filters."""

import datetime
from decimal import Decimal
from typing import Any

from organisation import periods
from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing.models import Publication, PublishedChapter, PublishedFigure, PublishedIndicator, PublishedObservation

FIRST_DAY = datetime.datetime(2024, 1, 10, 12, tzinfo=datetime.UTC)


def make_document(slug: str, title: str = "", year: int = 2024, kind: str = "annual-plan") -> Document:
    """A document of the municipality, which is made the first time."""
    owner, _made = Municipality.objects.get_or_create(
        number="3499", defaults={"name": "Dalen kommune", "short_name": "Dalen", "is_owner": True}
    )
    facts = {"municipality": owner, "kind": "municipality", "name": "Dalen kommune"}
    unit, _made = Unit.objects.get_or_create(slug="dalen", defaults=facts)
    return Document.objects.create(slug=slug, kind=kind, title=title or slug.capitalize(), year=year, unit=unit)


def publish(document: Document, *, day: int = 0, **fields: Any) -> Publication:
    """The document's next version, so many days after the first day, still empty."""
    person, _made = User.objects.get_or_create(username="kari")
    return Publication.objects.create(
        document=document,
        version=document.publications.count() + 1,
        slug=document.slug,
        title=document.title,
        year=document.year,
        **{"stage": "adopted", "contents": "{}", "sha256": "0" * 64} | fields,
        published_at=FIRST_DAY + datetime.timedelta(days=day),
        published_by=person,
    )


def add(publication: Publication, slug: str, *, chapter: str = "Skole", **facts: Any) -> PublishedIndicator:
    """An indicator in a chapter of the publication, which is made the first time."""
    PublishedChapter.objects.get_or_create(
        publication=publication, slug=chapter.lower(), defaults={"title": chapter, "position": 1, "number": "1"}
    )
    facts = {"name": slug.replace("-", " ").capitalize(), "owner": "Skolen", "direction": "higher"} | facts
    return PublishedIndicator.objects.create(publication=publication, slug=slug, **facts)


def add_goal(publication: Publication, slug: str, outcome: str, *, chapter: str = "Skole", **fields: Any) -> Any:
    """A goal of an indicator that stands in the publication already."""
    indicator = publication.indicators.get(slug=slug)
    found = {
        "chapter_slug": chapter.lower(),
        "chapter_title": chapter,
        "is_area": True,
        "table_anchor": "malekort",
        "row_anchor": f"malekort-{slug}",
        "indicator_slug": slug,
        "name": indicator.name,
        "sector": indicator.sector,
        "period": "2023",
        "result": "4",
        "target": "5",
        "position": publication.figures.count() + 1,
    }
    if "distance" in fields:
        fields["distance"] = Decimal(fields["distance"])
    return PublishedFigure.objects.create(publication=publication, outcome=outcome, **found | fields)


def add_value(publication: Publication, slug: str, kind: str, period: str, text: str, **fields: Any) -> Any:
    """A value of an indicator; its number is read from a plain text such as «4,5»."""
    plain = text.replace(",", ".").removesuffix(" %")
    found = {
        "chapter_slug": "skole",
        "table_anchor": "tabell",
        "row_anchor": f"tabell-{slug}",
        "value": Decimal(plain) if plain.replace(".", "").isdigit() else None,
        "column": 1,
        "position": publication.observations.count() + 1,
        "period_ends_on": periods.parse(period).end,
    }
    return PublishedObservation.objects.create(
        publication=publication, indicator_slug=slug, kind=kind, period=period, text=text, **found | fields
    )


def goal(publication: Publication, slug: str, outcome: str = "reached", **fields: Any) -> None:
    """An indicator with its goal. Fields of the facts and of the goal may be mixed."""
    facts = {name: fields.pop(name) for name in ("name", "sector", "same_as", "succeeds") if name in fields}
    chapter = fields.pop("chapter", "Skole")
    add(publication, slug, chapter=chapter, **facts)
    add_goal(publication, slug, outcome, chapter=chapter, **fields)


def fill(plan: Publication) -> None:
    """Goals of every outcome in two areas, and an indicator that is no goal."""
    school = {"sector": "Sektor for skole", "functions": "202", "group": "202: Grunnskole.", "plans": ["Oppvekst Å"]}
    goal(plan, "trivsel", "reached", trend="better", **school)
    goal(plan, "lesing", "missed", distance="0.125", trend="worse", missed_since="2021", **school)
    care = {"chapter": "Pleie", "sector": "Sektor for omsorg", "functions": "253 254", "plans": ['Bo "trygt"', "Helse"]}
    goal(plan, "ventetid", "missed", distance="0.5", trend="same", missed_since="2023", **care)
    goal(plan, "besok", "nearly", distance="0.02", **care)
    goal(plan, "fall", "not_measured", **care)
    goal(plan, "svar", "not_assessable", functions="25")
    add(plan, "elever", sector="Sektor for skole")
    add_value(plan, "elever", "result", "2022", "310")
    add_value(plan, "elever", "result", "2023", "302")
