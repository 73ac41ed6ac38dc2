"""A small plan with goals by hand, and how it is stored as it is when a document is published, without its PDFs."""

import dataclasses
import datetime
from typing import Any

from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing import freeze, json_form
from publishing.files.packing import files_of
from publishing.models import Publication, PublishedFile
from publishing.structure import (
    Chapter,
    Column,
    Contents,
    IndicatorFacts,
    Origin,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
    Verdict,
)
from tests.publishing.sample import FORMULA

RESULTS = Column("Resultat 2022", "", "result"), Column("Resultat 2023", "", "result"), Column("Mål 2024", "", "target")


def _row(slug: str, name: str, printed: tuple[str, str, str], values: tuple[str | None, ...], outcome: str) -> Row:
    words = {"missed": ("Ikke nådd", "✗"), "reached": ("Nådd", "✓"), "not_measured": ("Ikke målt", "–")}[outcome]
    origins = (Origin(slug, "result", "2022"), Origin(slug, "result", "2023"), Origin(slug, "target", "2024"))
    verdict = Verdict(outcome, *words, result=printed[1], target=printed[2])
    return Row(name, printed, values, key=slug, anchor=f"malekort-{slug}", verdict=verdict, origins=origins)


READING = _row("lesing", "Lesing på 5. trinn", ("48,5 %", "46,2 %", "50 %"), ("48.5", "46.2", "50"), "missed")
WELLBEING = _row("trivsel", "Trivsel", ("4,1", "4,4", "4,2"), ("4.1", "4.4", "4.2"), "reached")
VISITS = _row("besok", FORMULA, ("", "Måles ikke", "> 3"), (None, None, None), "not_measured")


def _card(*rows: Row, number: str) -> Table:
    groups = (RowGroup(rows, title="202: Grunnskole", functions=("202",)),)
    return Table("malekort", number, "scorecard", "Målekort", RESULTS, groups, "Indikator", source="Skoleporten")


def _chapter(slug: str, number: str, title: str, *items: Table | Text) -> Chapter:
    section = Section("malene", "Målene", 2, items)
    return Chapter(slug, number, title, "Sektor for skole", area=slug, sections=(section,))


MEASURED = Contents(
    slug="plan-2024",
    title="Virksomhetsplan 2024",
    subtitle="",
    kind="annual-plan",
    municipality="Testvik kommune",
    year=2024,
    chapters=(
        _chapter("skole", "1", "Skole", _card(READING, WELLBEING, number="1.1")),
        _chapter("omsorg", "2", "Omsorg", Text("tekst", "<p>Om å øve.</p>"), _card(VISITS, number="2.1")),
    ),
    indicators=(
        IndicatorFacts("besok", FORMULA, owner="Omsorg"),
        IndicatorFacts(
            "lesing",
            "Lesing på 5. trinn",
            "Andel på ØVERSTE nivå",
            "%",
            direction="higher",
            tolerance="0.5",
            frequency="year",
            source="Skoleporten",
            owner="Skole",
            sector="Sektor for skole",
        ),
        IndicatorFacts("trivsel", "Trivsel", direction="higher", owner="Skole", succeeds="trivsel-for"),
    ),
)


def changed(**facts: Any) -> Contents:
    """The small plan with something else in place."""
    return dataclasses.replace(MEASURED, **facts)


def _document(contents: Contents) -> Document:
    return Document.objects.filter(slug=contents.slug).first() or _made(contents)


def _made(contents: Contents) -> Document:
    owner, _is_new = Municipality.objects.get_or_create(
        number="0001", defaults={"name": "Testvik kommune", "short_name": "Testvik", "is_owner": True}
    )
    unit, _is_new = Unit.objects.get_or_create(
        slug="testvik", defaults={"municipality": owner, "kind": "municipality", "name": "Testvik kommune"}
    )
    facts = {"kind": contents.kind, "title": contents.title, "year": contents.year, "unit": unit}
    return Document.objects.create(slug=contents.slug, **facts)


def unstored(contents: Contents = MEASURED, **facts: Any) -> Publication:
    """A version of a document that nobody has stored, whose document is not stored either."""
    text = json_form.canonical(json_form.to_json(contents))
    usual = {
        "version": 1,
        "stage": "adopted",
        "slug": contents.slug,
        "title": contents.title,
        "year": contents.year,
        "published_at": datetime.datetime(2024, 1, 10, 12, tzinfo=datetime.UTC),
        "published_by": User(username="kari", first_name="Kari", last_name="Nordmann"),
        "contents": text,
        "sha256": json_form.digest(text.encode()),
    }
    return Publication(**usual | facts)


def store(contents: Contents = MEASURED, *, has_files: bool = True, **facts: Any) -> Publication:
    """The next version of the document with all that is stored when it is published, but not its PDFs.

    The other files of a whole plan take a second to make, and can be left out too.
    """
    document = _document(contents)
    person, _is_new = User.objects.get_or_create(username="kari", defaults={"first_name": "Kari"})
    version = document.publications.count() + 1
    usual = {"document": document, "version": version, "published_by": person}
    publication = unstored(contents, **usual | {"published_at": _day(version)} | facts)
    publication.save()
    kinds = freeze.MADE if has_files else [make for make in freeze.MADE if make is not files_of]
    for alike in filter(None, (list(make(publication, contents)) for make in kinds)):
        type(alike[0]).objects.bulk_create(alike)
    return publication


def _day(number: int) -> datetime.datetime:
    return datetime.datetime(2024, 1, 9 + number, 12, tzinfo=datetime.UTC)


def add_file(publication: Publication, ending: str, media_type: str = "application/pdf") -> PublishedFile:
    """A file that comes later."""
    name, content = f"{publication.slug}-versjon-{publication.version}{ending}", b"%PDF-1.7"
    facts = {"media_type": media_type, "size": len(content), "sha256": json_form.digest(content)}
    return PublishedFile.objects.create(publication=publication, name=name, content=content, **facts)
