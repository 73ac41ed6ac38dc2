"""The book, read back: tagged, named, with bookmarks, complete, and marked on every page while it is a draft."""

import dataclasses
import datetime
import gc
import io
import logging
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from pypdf import PdfReader
from pytest_django import Settings

from publishing import table_view
from publishing.book import pdf
from publishing.models import Publication
from publishing.structure import Chapter, RowGroup, Section, Verdict
from tests.publishing.sample import CONTENTS, HOSTILE, SCORECARD

PUBLISHED = pdf.Edition(
    stage="vedtatt",
    date=datetime.date(2024, 1, 5),
    version=3,
    decision="KS-sak 123/23",
    decided_on=datetime.date(2023, 12, 13),
    published_by="Kari <Nordmann>",
    address="https://plan.testvik.example/publikasjoner/plan/versjon-3/?a=1&b",
    sha256="0123456789abcdef" * 4,
)


class Complaints(logging.Handler):
    """What WeasyPrint has to say about the style sheet and the page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


COMPLAINTS = Complaints()


@pytest.fixture(scope="module")
def book() -> PdfReader:
    """A published book, drawn once."""
    logger = logging.getLogger("weasyprint")
    logger.addHandler(COMPLAINTS)
    content = pdf.render(CONTENTS, PUBLISHED)
    logger.removeHandler(COMPLAINTS)
    return PdfReader(io.BytesIO(content))


@pytest.fixture(scope="module")
def texts(book: PdfReader) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in book.pages]


def root(book: PdfReader) -> Any:
    return book.trailer["/Root"].get_object()


def titles(outline: list[Any]) -> list[Any]:
    """The bookmarks as nested lists of titles."""
    return [titles(one) if isinstance(one, list) else one.title for one in outline]


def test_render_is_tagged_and_named(book: PdfReader) -> None:
    catalog = root(book)
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("nb", True)
    assert "/StructTreeRoot" in catalog
    assert book.metadata is not None
    assert (book.metadata.title, book.metadata.author) == ("Virksomhetsplan – Elverum kommune", "Elverum kommune")
    assert (book.metadata.subject, str(book.metadata["/CreationDate"])) == ("Del av økonomiplanen", "D:20240105")


def test_render_says_what_it_is_and_follows(book: PdfReader) -> None:
    said = root(book)["/Metadata"].get_data().decode()
    assert ('pdfuaid:part="1"' in said, 'pdfaid:part="2"' in said, 'pdfaid:conformance="A"' in said) == (True,) * 3
    assert "<dc:identifier>https://plan.testvik.example/publikasjoner/plan/versjon-3/?a=1&amp;b</dc:identifier>" in said
    assert "<dc:language><rdf:Bag><rdf:li>nb</rdf:li></rdf:Bag></dc:language>" in said
    assert "/Filter" not in root(book)["/Metadata"]


def test_render_bookmarks_are_chapters_and_sections(book: PdfReader) -> None:
    assert titles(book.outline) == [
        "1 Barnehage",
        ["Nøkkeltall", "Tjenestene", ["Mer om dem"]],
        "2 Planer & penger",
        ["Oversikt"],
    ]


def test_render_every_chapter_begins_on_its_page(book: PdfReader, texts: list[str]) -> None:
    found = [book.get_destination_page_number(one) for one in book.outline if not isinstance(one, list)]
    assert [texts[page or 0].split(" ")[0] for page in found] == ["1", "2"]
    assert len(set(found)) == 2


def test_render_contents_name_the_pages(book: PdfReader, texts: list[str]) -> None:
    pages = [(book.get_destination_page_number(one) or 0) + 1 for one in book.outline if not isinstance(one, list)]
    assert f"1 Barnehage {pages[0]} " in texts[1]
    assert f"2 Planer & penger {pages[1]} " in texts[1]


def test_render_cover(texts: list[str]) -> None:
    assert texts[0] == (
        "Elverum kommune Virksomhetsplan Del av økonomiplanen År 2024 Status Vedtatt"
        " Vedtak KS-sak 123/23, 13. desember 2023 Versjon 3, publisert 5. januar 2024"
        " Publisert av Kari <Nordmann>, Elverum kommune"
        " Fast adresse. Skann koden og se om det er kommet en nyere versjon."
        f" {PUBLISHED.address} Kontrollsum for innholdet (SHA-256) {PUBLISHED.sha256}"
    )


def test_render_cover_is_one_page_with_long_names() -> None:
    address = f"https://plan.testvik.example/publikasjoner/{'sektoranalyse-' * 7}/versjon-12/"
    decision = "Kommunestyret i Testvik etter innstilling fra formannskapet, sak 2024/123456-7"
    edition = dataclasses.replace(PUBLISHED, address=address, decision=decision)
    contents = dataclasses.replace(CONTENTS, title="Virksomhetsplan med budsjett " * 6, chapters=CONTENTS.chapters[1:])
    pages = PdfReader(io.BytesIO(pdf.render(contents, edition))).pages
    first, second = (page.extract_text() for page in pages[:2])
    assert (PUBLISHED.sha256 in first, second.strip().startswith("Innhold")) == (True, True)


def test_render_foot_names_document_version_and_page(texts: list[str]) -> None:
    feet = [f"Virksomhetsplan · vedtatt · versjon 3 {number}" for number in range(2, len(texts) + 1)]
    assert [foot for foot, text in zip(feet, texts[1:], strict=True) if foot not in text] == []


def test_render_holds_every_cell(texts: list[str]) -> None:
    whole = " ".join(texts).replace("\u00a0", " ").replace("- ", "")
    cells = {
        cell.strip("=")
        for _chapter, table in CONTENTS.tables()
        for row in table.rows()
        for cell in row.cells
        if len(cell) < 20
    }
    assert {cell for cell in cells if cell not in whole} == {"28 1"}  # the footnote mark is raised


def test_render_says_each_reason_once_under_the_table(texts: list[str]) -> None:
    """On paper a verdict bears a letter; on the web its reason stands beside it."""
    whole = " ".join(texts).replace("\u00a0", " ")
    assert ("– Ikke målta" in whole, whole.count("a Resultatet er oppgitt som «Måles ikke».")) == (True, 1)


def test_reasons_have_letters_that_no_footnote_has() -> None:
    row = SCORECARD.groups[1].rows[0]
    verdicts = [Verdict("missed", "Ikke nådd", "✗", reason) for reason in ("Derfor.", "", "Fordi.", "Derfor.")]
    rows = tuple(dataclasses.replace(row, verdict=verdict) for verdict in verdicts)
    table = dataclasses.replace(SCORECARD, groups=(RowGroup(rows),), footnotes=(("a", "Anslag."),))
    view = table_view.lay_out(table)
    assert view.reasons == (("b", "Derfor."), ("c", "Fordi."))
    assert [shown.reason_mark for shown in view.groups[0].rows] == ["b", "", "c", "b"]


def test_render_chapters_before_the_service_areas_run_on() -> None:
    general = [
        Chapter(slug=slug, number=number, title=slug, responsible="", sections=(Section("x", "X", 2),))
        for slug, number in (("a", "1"), ("b", "2"))
    ]
    area = dataclasses.replace(general[1], slug="c", number="3", area="c")
    contents = dataclasses.replace(CONTENTS, chapters=(*general, area, dataclasses.replace(general[1], slug="d")))
    book = PdfReader(io.BytesIO(pdf.render(contents, PUBLISHED)))
    found = [book.get_destination_page_number(one) for one in book.outline if not isinstance(one, list)]
    assert found == [2, 2, 3, 4]


def test_render_hostile_text_is_text(texts: list[str]) -> None:
    assert HOSTILE.split(" ", maxsplit=1)[0] in " ".join(texts)


def test_render_style_sheet_gives_no_warning(book: PdfReader) -> None:
    assert (len(book.pages) > 0, COMPLAINTS.messages) == (True, [])


def test_render_publication_is_no_draft(texts: list[str]) -> None:
    assert [number for number, text in enumerate(texts, start=1) if "UTKAST" in text] == []


def test_render_draft_says_so_on_every_page_and_has_no_address() -> None:
    book = PdfReader(io.BytesIO(pdf.render(CONTENTS, pdf.Edition.draft())))
    texts = [page.extract_text() for page in book.pages]
    assert [number for number, text in enumerate(texts, start=1) if "UTKAST" not in text] == []
    assert [word for word in ("Publisert", "adresse", "Kontrollsum") if word in texts[0]] == []
    assert "dc:identifier" not in root(book)["/Metadata"].get_data().decode()


def test_render_turns_the_collector_on_again(book: PdfReader) -> None:
    assert (len(book.pages) > 0, gc.isenabled()) == (True, True)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.css", "file:///etc/passwd", "data:text/plain,x", "static/site/print.css", "ftp://x/y"],
)
def test_static_fetcher_refuses_everything_else(address: str) -> None:
    with pytest.raises(ValueError, match="may only use the application's static files"):
        pdf.StaticFetcher().fetch(address)


@pytest.mark.parametrize("name", ["../manage.py", "..%2F..%2Fmanage.py", "/etc/passwd", "site/nothing.css"])
def test_static_fetcher_does_not_leave_the_static_files(name: str) -> None:
    with pytest.raises((ValueError, OSError, SuspiciousOperation)):
        pdf.StaticFetcher().fetch(f"{pdf.STATIC}{name}")


def test_static_fetcher_gives_the_style_sheet() -> None:
    response = pdf.StaticFetcher().fetch(f"{pdf.STATIC}site/print.css")
    assert (response.content_type, response.read()[:2]) == ("text/css", b"/*")


def test_edition_of_a_draft() -> None:
    edition = pdf.Edition.draft()
    assert (edition.is_draft, edition.stage, PUBLISHED.is_draft) == (True, "utkast", False)
    assert (edition.address, edition.sha256, edition.published_by) == ("", "", "")


def test_edition_of_a_publication(settings: Settings) -> None:
    settings.SITE_URL = "https://plan.testvik.example"
    publication = Publication(
        slug="plan",
        version=2,
        stage="adopted",
        decision_body="Kommunestyret",
        case_number="123/23",
        decided_on=datetime.date(2023, 12, 13),
        published_at=datetime.datetime(2024, 1, 4, 23, 30, tzinfo=datetime.UTC),
        publisher="Kari Nordmann",
        sha256="ab" * 32,
    )
    assert pdf.Edition.of_publication(publication) == pdf.Edition(
        stage="vedtatt",
        date=datetime.date(2024, 1, 5),
        version=2,
        decision="Kommunestyret, sak 123/23",
        decided_on=datetime.date(2023, 12, 13),
        published_by="Kari Nordmann",
        address="https://plan.testvik.example/publikasjoner/plan/versjon-2/",
        sha256="ab" * 32,
    )
