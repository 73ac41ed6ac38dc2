"""Short documents as books: no cover and no contents, a head with what it is, and its source at the end."""

import dataclasses
import io

import pytest
from pypdf import PdfReader

from publishing.book import one_file, pdf
from publishing.structure import Chapter, Contents, Section, Text
from tests.publishing.sample import CONTENTS
from tests.publishing.test_pdf_conformance import PROFILES, PUBLISHED, failures

SHORT = ("unit-report", "leader-agreement")


def short(kind: str, chapters: int = 1) -> Contents:
    """A document of the kind; its first chapter has every shape of table."""
    first = CONTENTS.chapters[0]
    text = Text("tekst", "<p>Kort om det.</p>")
    more = (
        Chapter(f"kapittel-{n}", f"{n}", f"Kapittel {n}", "", sections=(Section("om", "Om", 2, (text,)),))
        for n in range(2, chapters + 1)
    )
    return dataclasses.replace(CONTENTS, kind=kind, chapters=(first, *more))


def texts(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture(scope="module", params=SHORT)
def book(request: pytest.FixtureRequest) -> bytes:
    return pdf.render(short(request.param), PUBLISHED)


@pytest.mark.parametrize("profile", PROFILES)
def test_short_book_follows(book: bytes, profile: str) -> None:
    assert failures(book, profile) == []


def test_short_book_opens_with_what_it_is(book: bytes) -> None:
    assert texts(book)[0].startswith(
        "Elverum kommune Virksomhetsplan Del av økonomiplanen År 2024 Status Vedtatt"
        " Vedtak Kommunestyret, sak 123/23, 13. desember 2023 Versjon 3, publisert 5. januar 2024"
    )


def test_short_book_ends_with_its_source(book: bytes) -> None:
    *_pages, last = texts(book)
    assert last.count(f"{PUBLISHED.address} Kontrollsum for innholdet (SHA-256) {PUBLISHED.sha256}") == 1


def test_short_book_of_one_chapter_has_its_title_as_the_first_bookmark(book: bytes) -> None:
    reader = PdfReader(io.BytesIO(book))
    first = reader.outline[0]
    assert not isinstance(first, list)
    assert (first.title, reader.get_destination_page_number(first)) == ("Virksomhetsplan", 0)
    assert reader.named_destinations[CONTENTS.chapters[0].slug].title == CONTENTS.chapters[0].slug


def test_short_book_of_a_draft_has_no_source() -> None:
    whole = " ".join(texts(pdf.render(short("leader-agreement"), pdf.Edition.draft())))
    assert ("UTKAST" in whole, "Kontrollsum" in whole) == (True, False)


@pytest.mark.parametrize(("chapters", "has_contents"), [(1, False), (5, False), (6, True)])
def test_short_document_has_contents_from_six_chapters_on(chapters: int, has_contents: bool) -> None:
    html = pdf.book_html(short("unit-report", chapters), PUBLISHED)
    assert ('class="toc"' in html, html.count("<h1")) == (has_contents, chapters + has_contents)


@pytest.mark.parametrize("kind", SHORT)
def test_one_file_of_a_short_document_has_one_heading_and_needs_nothing(kind: str) -> None:
    html = one_file.html(short(kind), PUBLISHED)
    counts = [html.count(text) for text in ("<h1", "<link", 'class="cover"', 'class="masthead"', 'class="colophon"')]
    assert counts == [1, 0, 0, 1, 1]


def test_other_kinds_are_books() -> None:
    html = pdf.book_html(CONTENTS, PUBLISHED)
    assert [html.count(f'class="{one}"') for one in ("cover", "toc", "masthead", "colophon")] == [1, 1, 0, 0]
