"""What the archive is told of a publication, read back from the XML."""

import datetime
import io
import json
from collections.abc import Iterator
from xml.parsers import expat

import pytest
from pytest_django import Settings

from organisation.models import Unit
from plans.models import Document
from publishing import json_form
from publishing.book import archive
from publishing.models import Publication, PublishedFile
from tests.publishing.sample import CONTENTS

Element = tuple[str, dict[str, str], str]
"""An element's name with its namespace's prefix, its attributes and its text."""
PREFIXES = {namespace: prefix for prefix, namespace in archive.PREFIXES.items()}

FILES = (
    PublishedFile(name="plan-versjon-2.json", media_type="application/json", size=17, sha256="1a" * 32),
    PublishedFile(name="plan-versjon-2-arkiv.pdf", media_type="application/pdf", size=1_234_567, sha256="2b" * 32),
)


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.SITE_URL = "https://plan.testvik.example"


def publication(**facts: object) -> Publication:
    """A corrected plan that the council has decided; nothing is stored."""
    unit = Unit(name="Økonomi & plan")
    said = {
        "document": Document(kind="annual-plan", unit=unit),
        "version": 2,
        "slug": "plan",
        "title": CONTENTS.title,
        "year": 2024,
        "stage": "adopted",
        "decision_body": "Kommunestyret",
        "case_number": "123/23",
        "decided_on": datetime.date(2023, 12, 13),
        "reason": "Tabell 1.2 er rettet.",
        "is_correction": True,
        "published_at": datetime.datetime(2024, 1, 5, 9, 30, 15, 999, tzinfo=datetime.UTC),
        "publisher": "Kari Nordmann",
        "contents": json_form.canonical(json_form.to_json(CONTENTS)),
        "sha256": "5d" * 32,
    }
    return Publication(**said | facts)


def read(content: bytes) -> list[Element]:
    """The elements of the XML in their order. Raises ExpatError where it is not well-formed."""
    found: list[Element] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        found.append((prefixed(name), {prefixed(key): value for key, value in attributes.items()}, ""))

    def write(text: str) -> None:
        name, attributes, before = found[-1]
        found[-1] = (name, attributes, before + text)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.CharacterDataHandler = begin, write
    parser.ParseFile(io.BytesIO(content))
    return [(name, attributes, text.strip()) for name, attributes, text in found]


def prefixed(name: str) -> str:
    namespace, _blank, local = name.rpartition(" ")
    return f"{PREFIXES[namespace]}:{local}" if namespace else local


def terms(elements: list[Element]) -> Iterator[tuple[str, str]]:
    """Each of Dublin Core's terms with what it says."""
    return ((name.removeprefix("dcterms:"), text) for name, _attributes, text in elements if "dcterms:" in name)


def test_metadata_says_what_dublin_core_has_words_for() -> None:
    assert list(terms(read(archive.metadata(publication(), FILES)))) == [
        ("title", "Virksomhetsplan"),
        ("alternative", "Del av økonomiplanen"),
        ("creator", "Økonomi & plan"),
        ("publisher", "Elverum kommune"),
        ("contributor", "Kari Nordmann"),
        ("identifier", "https://plan.testvik.example/publikasjoner/plan/versjon-2/"),
        ("replaces", "https://plan.testvik.example/publikasjoner/plan/versjon-1/"),
        ("type", "Text"),
        ("type", "virksomhetsplan"),
        ("language", "nb"),
        ("temporal", "2024"),
        ("dateAccepted", "2023-12-13"),
        ("issued", "2024-01-05T09:30:15+00:00"),
        ("bibliographicCitation", "Kommunestyret, sak 123/23"),
        ("description", "Tabell 1.2 er rettet."),
        ("extent", "2 kapitler, 4 tabeller"),
        ("rights", "Norsk lisens for offentlige data (NLOD) 2.0"),
        ("license", "https://data.norge.no/nlod/no/2.0"),
    ]


def test_metadata_says_how_dates_and_addresses_are_written() -> None:
    elements = read(archive.metadata(publication(), FILES))
    said = [(name, attributes["xsi:type"]) for name, attributes, _text in elements if "xsi:type" in attributes]
    assert said == [
        ("dcterms:identifier", "dcterms:URI"),
        ("dcterms:replaces", "dcterms:URI"),
        ("dcterms:type", "dcterms:DCMIType"),
        ("dcterms:language", "dcterms:RFC5646"),
        ("dcterms:temporal", "dcterms:W3CDTF"),
        ("dcterms:dateAccepted", "dcterms:W3CDTF"),
        ("dcterms:issued", "dcterms:W3CDTF"),
        ("dcterms:license", "dcterms:URI"),
        ("premis:object", "premis:file"),
        ("premis:object", "premis:file"),
    ]


def test_metadata_says_version_stage_and_decision() -> None:
    elements = read(archive.metadata(publication(), FILES))
    assert [element for element in elements if element[0].startswith("arkiv:")] == [
        ("arkiv:publication", {}, ""),
        ("arkiv:version", {"number": "2"}, ""),
        ("arkiv:stage", {"code": "adopted"}, "vedtatt"),
        ("arkiv:decisionBody", {}, "Kommunestyret"),
        ("arkiv:caseNumber", {}, "123/23"),
        ("arkiv:decidedOn", {}, "2023-12-13"),
        ("arkiv:correction", {}, "Retter en feil i forrige versjon"),
        ("arkiv:contents", {"algorithm": "SHA-256"}, "5d" * 32),
    ]


def test_metadata_lists_the_files() -> None:
    elements = read(archive.metadata(publication(), FILES))
    said = [(name, text) for name, _attributes, text in elements if name.startswith("premis:") and text]
    assert said == [
        ("premis:objectIdentifierType", "filename"),
        ("premis:objectIdentifierValue", "plan-versjon-2.json"),
        ("premis:messageDigestAlgorithm", "SHA-256"),
        ("premis:messageDigest", "1a" * 32),
        ("premis:size", "17"),
        ("premis:formatName", "application/json"),
        ("premis:originalName", "plan-versjon-2.json"),
        ("premis:objectIdentifierType", "filename"),
        ("premis:objectIdentifierValue", "plan-versjon-2-arkiv.pdf"),
        ("premis:messageDigestAlgorithm", "SHA-256"),
        ("premis:messageDigest", "2b" * 32),
        ("premis:size", "1234567"),
        ("premis:formatName", "application/pdf"),
        ("premis:formatNote", "ISO 19005-2 (PDF/A-2a), ISO 14289-1 (PDF/UA-1)"),
        ("premis:originalName", "plan-versjon-2-arkiv.pdf"),
    ]


def test_metadata_leaves_out_what_nobody_has_said() -> None:
    plain = publication(version=1, decision_body="", case_number="", decided_on=None, reason="", is_correction=False)
    elements = read(archive.metadata(plain, []))
    assert {"replaces", "dateAccepted", "bibliographicCitation", "description"} & dict(terms(elements)).keys() == set()
    assert [name for name, _attributes, text in elements if name.startswith("arkiv:") and text] == [
        "arkiv:stage",
        "arkiv:contents",
    ]
    assert [name for name, _attributes, _text in elements if name.startswith("premis:")] == ["premis:premis"]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Plan <for> \"skole\" & 'SFO' ]]> <!--", "Plan <for> \"skole\" & 'SFO' ]]> <!--"),
        ("Plan\x00 \x0b\x1f\ufffe\ud800 ferdig", "Plan\ufffd \ufffd\ufffd\ufffd\ufffd ferdig"),
        ("Sámi 漢 😀 − \u00a0 ferdig", "Sámi 漢 😀 − \u00a0 ferdig"),
    ],
)
def test_metadata_holds_any_title(title: str, kept: str) -> None:
    unit = Unit(name=title)
    hostile = publication(
        title=title, decision_body=title, reason=title, document=Document(kind="annual-plan", unit=unit)
    )
    file = PublishedFile(name=title, media_type=title, size=1, sha256="00" * 32)
    elements = read(archive.metadata(hostile, [file]))
    assert [name for name, _attributes, text in elements if text == kept] == [
        *("dcterms:title", "dcterms:creator", "dcterms:description", "arkiv:decisionBody"),
        *("premis:objectIdentifierValue", "premis:formatName", "premis:originalName"),
    ]


def test_metadata_is_utf_8_and_says_so() -> None:
    content = archive.metadata(publication(), FILES)
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<arkiv:publication ")
    assert "Økonomi &amp; plan" in content.decode()


def test_metadata_does_not_read_what_the_files_hold() -> None:
    """Without access to the database, reading it would fail."""
    held = PublishedFile.from_db("default", ["id", "name", "media_type", "size", "sha256"], [1, "a", "b", 2, "c"])
    assert b">a</premis:originalName>" in archive.metadata(publication(), [held])


def test_metadata_of_contents_that_are_none() -> None:
    with pytest.raises(json.JSONDecodeError):
        archive.metadata(publication(contents=""), [])
