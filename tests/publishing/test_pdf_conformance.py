"""The book against its standards, by a validator: PDF/UA-1 for those who read, PDF/A-2a for those who keep it."""

import dataclasses
import datetime
import io
from collections.abc import Callable
from typing import Any

import page
import pytest
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker
from weasyprint.pdf import pydyf

from plans.models import Document
from publishing.book import conformance, pdf
from publishing.building import contents
from publishing.comparison import compare
from tests.publishing.sample import CONTENTS

PROFILES = ("ua1", "2a")
PUBLISHED = pdf.Edition(
    stage="vedtatt",
    date=datetime.date(2024, 1, 5),
    version=3,
    decision="Kommunestyret, sak 123/23",
    decided_on=datetime.date(2023, 12, 13),
    published_by="Kari <Nordmann>",
    address="https://plan.testvik.example/publikasjoner/plan/versjon-3/",
    sha256="5d" * 32,
)


def failures(content: bytes, profile: str) -> list[str]:
    """What the validator has against the file, one sentence a failure."""
    report = page.validate_pdf_bytes(content, profile=profile)
    said = [f"{one.rule_id}: {one.message} (object {number(one)})" for one in report.failures]
    assert (report.is_compliant, report.rules.failed) == (not said, len({one.rule_id for one in report.failures}))
    return said


def number(failure: page.ValidationFailure) -> int | None:
    return failure.object_id.object_number if failure.object_id else None


def rules(content: bytes, profile: str) -> set[str]:
    """The names of the rules that the file breaks."""
    return {failure.split(":")[0] for failure in failures(content, profile)}


@pytest.fixture(scope="module")
def whole_plan(loaded_case: Document, django_db_blocker: DjangoDbBlocker) -> bytes:
    """The whole plan as it is published, drawn once for the readers and the archive."""
    with django_db_blocker.unblock():
        plan = contents.build(loaded_case)
    readable, archived = pdf.render_both(plan, PUBLISHED)
    assert readable == archived
    return archived


@pytest.mark.slow
def test_whole_plan_follows_both(whole_plan: bytes) -> None:
    """One test, or tests on both cores would draw the plan twice."""
    found = {profile: failures(whole_plan, profile) for profile in PROFILES}
    assert (len(whole_plan) > 100_000, found) == (True, {"ua1": [], "2a": []})


@pytest.fixture(scope="module")
def with_appendix() -> bytes:
    """A small document with every shape of table, and what has changed since the version before it."""
    before = dataclasses.replace(CONTENTS, subtitle="Et utkast", chapters=CONTENTS.chapters[:1])
    return pdf.render(CONTENTS, PUBLISHED, changes=compare(before, CONTENTS))


@pytest.mark.parametrize("profile", PROFILES)
def test_appendix_follows(with_appendix: bytes, profile: str) -> None:
    assert failures(with_appendix, profile) == []


def test_appendix_stands_in_the_contents(with_appendix: bytes) -> None:
    """On the contents' page, as a link that says where it leads and goes there, and among the bookmarks."""
    book = PdfReader(io.BytesIO(with_appendix))
    links: Any = book.pages[1]["/Annots"]
    link = links[-1]
    assert link["/Contents"] == "Endringer siden forrige versjon"
    assert link["/Dest"] in book.named_destinations
    bookmark = next(one for one in book.outline if not isinstance(one, list) and one.title == link["/Contents"])
    pages = [book.get_destination_page_number(one) for one in (bookmark, book.named_destinations[link["/Dest"]])]
    assert pages[0] == pages[1]
    assert f"Endringer siden forrige versjon {(pages[0] or 0) + 1}" in " ".join(book.pages[1].extract_text().split())


@pytest.fixture(scope="module")
def pasted() -> bytes:
    """A draft with what office programs leave in a text: tabs and line ends of their own, and a font's own bullets."""
    first, *others = CONTENTS.chapters
    chapter = dataclasses.replace(first, title="Barne\x0bhage\u2028\x01 \uf0b7 \ue123", responsible="Sámi \U0010fffd")
    return pdf.render(dataclasses.replace(CONTENTS, chapters=(chapter, *others)), pdf.Edition.draft())


@pytest.mark.parametrize("profile", PROFILES)
def test_pasted_text_follows(pasted: bytes, profile: str) -> None:
    assert failures(pasted, profile) == []


# The control: each of these is taken out of the file, and the validator sees it.


@pytest.fixture(scope="module")
def laid_out() -> Any:
    """The small document laid out, to be written again and again."""
    return pdf.page(CONTENTS, PUBLISHED).render(**pdf.ACCESSIBLE)


def written(laid_out: Any, deed: Callable[[Any], None]) -> bytes:
    """The document as a file, after the deed is done to it."""
    finish = pdf.finishing(CONTENTS, PUBLISHED)

    def finish_and_do(document: object, file: Any) -> None:
        finish(document, file)
        deed(file)

    return laid_out.write_pdf(finisher=finish_and_do, **pdf.ACCESSIBLE)


def structure(file: Any, kind: str) -> list[Any]:
    return [one for one in file.objects if isinstance(one, dict) and one.get("S") == kind]


def take_scopes(file: Any) -> None:
    for heading in structure(file, "/TH"):
        del heading["A"]["Scope"]


def take_alternatives(file: Any) -> None:
    for picture in structure(file, "/Figure"):
        del picture["Alt"]


def take_heading(file: Any) -> None:
    for heading in structure(file, "/H2"):
        heading["S"] = "/H5"


def take_title(file: Any) -> None:
    metadata = file.objects[int(file.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(b"dc:title", b"dc:source") for part in metadata.stream]


def take_language(file: Any) -> None:
    del file.catalog["Lang"]


def take_output_intent(file: Any) -> None:
    del file.catalog["OutputIntents"]


def pack_metadata(file: Any) -> None:
    file.objects[int(file.catalog["Metadata"].split()[0])].compress = True


LANGUAGE = {f"PDFUA1-{what}-LANGUAGE-001" for what in ("TEXT", "ALT-TEXT", "ANNOTATION-CONTENTS", "OUTLINE")}


@pytest.mark.parametrize(
    ("deed", "profile", "broken"),
    [
        (take_scopes, "ua1", {"PDFUA1-TABLE-HEADERS-SCOPE-001"}),
        (take_alternatives, "ua1", {"PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"}),
        (take_heading, "ua1", {"PDFUA1-HEADING-NESTING-001"}),
        (take_title, "ua1", {"PDFUA1-METADATA-TITLE-001"}),
        (take_language, "ua1", LANGUAGE),
        (take_output_intent, "2a", {"PDFA2A-DEVICE-RGB-001", "PDFA2A-TRANSPARENCY-GROUP-CS-001"}),
        (pack_metadata, "2a", {"PDFA2A-METADATA-FILTER-001"}),
    ],
)
def test_validator_sees_what_is_missing(
    laid_out: Any, deed: Callable[[Any], None], profile: str, broken: set[str]
) -> None:
    assert rules(conformance.with_clear_ends(written(laid_out, deed)), profile) == broken


@pytest.mark.parametrize("profile", PROFILES)
def test_validator_sees_nothing_where_nothing_is_missing(laid_out: Any, profile: str) -> None:
    assert rules(conformance.with_clear_ends(written(laid_out, lambda file: None)), profile) == set()


def test_both_standards_are_declared_by_us(laid_out: Any) -> None:
    content = laid_out.write_pdf(**pdf.ACCESSIBLE)
    assert "PDFUA1-ID-SCHEMA-001" in rules(content, "ua1")


def test_stream_that_ends_in_return_is_as_long_as_it_says(laid_out: Any) -> None:
    """A packed stream ends in the sum of its bytes and one (RFC 1950); the validator passes over very short ones."""
    text = b"Nothing is drawn by a stream that no page refers to, but it must be as long as it says."
    stream = pydyf.Stream([text + bytes([(ord("\r") - 1 - sum(text)) % 256])], compress=True)
    assert stream.data.endswith(b"\r\nendstream")
    content = written(laid_out, lambda file: file.add_object(stream))
    assert rules(content, "2a") == {"PDFA2A-STREAM-LENGTH-001"}
    mended = conformance.with_clear_ends(content)
    assert (len(mended), rules(mended, "2a")) == (len(content), set())
