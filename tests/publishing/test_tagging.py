"""The book's tags, read back: what a screen reader is told, and what it is spared (PDF/UA-1, ISO 14289-1)."""

import datetime
import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject, ContentStream
from weasyprint import HTML

from publishing.book import pdf, tagging
from tests.publishing.sample import CONTENTS

EDITION = pdf.Edition(
    stage="vedtatt",
    date=datetime.date(2024, 1, 5),
    version=3,
    published_by="Kari Nordmann",
    address="https://plan.testvik.example/publikasjoner/plan/versjon-3/",
    sha256="5d" * 32,
)

DRAWING = {*b"S s f F f* B B* b b* Tj TJ ' Do sh".split(), b'"', b"INLINE IMAGE"}
"""The operators that put something on the page (ISO 32000-1, annex A)."""

Tag = tuple[Any, Any]
"""A structure element and the one it stands in."""


@pytest.fixture(scope="module")
def book() -> PdfReader:
    """A published book, drawn once."""
    return PdfReader(io.BytesIO(pdf.render(CONTENTS, EDITION)))


@pytest.fixture(scope="module")
def tags(book: PdfReader) -> list[Tag]:
    """Every structure element of the text, in reading order."""
    return list(below(root(book)["/StructTreeRoot"]))


def root(book: PdfReader) -> Any:
    return book.trailer["/Root"].get_object()


def kids(element: Any) -> list[Any]:
    """The elements and the mentions of links that stand directly in the element; not the marks of the page."""
    held = element["/K"].get_object() if "/K" in element else []
    found = [kid.get_object() for kid in (held if isinstance(held, list) else [held])]
    return [kid for kid in found if isinstance(kid, dict)]


def below(element: Any) -> Iterator[Tag]:
    """Every element below that one."""
    for kid in kids(element):
        if "/S" in kid:
            yield kid, element
            yield from below(kid)


def pairs(tags: list[Tag], *names: str) -> set[tuple[str, str]]:
    """Which kinds of elements stand directly in those kinds."""
    return {(str(above["/S"]), str(one["/S"])) for one, above in tags if above.get("/S") in names}


def parts(page: Any, book: PdfReader) -> Iterator[tuple[bytes, list[Any], list[Any]]]:
    """The page's operators with their operands and the marks they stand in."""
    marks: list[Any] = []
    for operands, operator in ContentStream(page.get_contents(), book).operations:
        if operator in (b"BDC", b"BMC"):
            marks.append(operands)
        yield operator, operands, list(marks)
        if operator == b"EMC":
            marks.pop()


def test_headings_skip_no_level(tags: list[Tag]) -> None:
    names = [str(one["/S"]) for one, _above in tags]
    assert [name for name in names if name[1] == "H" and name[2:].isdigit()] == [
        *("/H1", "/H1", "/H2", "/H2", "/H3", "/H3", "/H1", "/H2")
    ]


def test_lists_hold_points_only(tags: list[Tag]) -> None:
    assert pairs(tags, "/L", "/LI") == {("/L", "/LI"), ("/L", "/L"), ("/LI", "/Lbl"), ("/LI", "/LBody")}


def test_text_between_points_belongs_to_a_point() -> None:
    """Before the first point it becomes one; after a point it is a part of that, as is the blank between two."""
    text = "<ul>Før <li>en</li> etter <li>to</li> <li>tre</li></ul>"
    style = "ul, li { display: inline }"
    document = HTML(string=f"<html lang='nb'><title>Liste</title><style>{style}</style>{text}")
    content = document.write_pdf(finisher=tagging.completing({}), **pdf.ACCESSIBLE)
    found = list(below(root(PdfReader(io.BytesIO(content)))["/StructTreeRoot"]))
    assert pairs(found, "/L", "/LI") == {("/L", "/LI"), ("/LI", "/LBody")}
    assert [len(kids(one)) for one, _above in found if one["/S"] == "/LBody"] == [1, 2, 2, 1]
    assert [one for one, above in found if one["/P"] != above] == []


def test_tables_hold_rows_of_cells_only(tags: list[Tag]) -> None:
    assert pairs(tags, "/Table", "/THead", "/TBody", "/TR") == {
        *(("/Table", "/THead"), ("/Table", "/TBody"), ("/THead", "/TR"), ("/TBody", "/TR")),
        *(("/TR", "/TH"), ("/TR", "/TD")),
    }


def test_headings_of_a_table_say_what_they_head(tags: list[Tag]) -> None:
    """Over columns and groups, the columns; first in a row, the row."""
    tables = [table for table, _above in tags if table["/S"] == "/Table"]
    scopes = [Counter(one["/A"].get("/Scope") for one, _row in below(table) if one["/S"] == "/TH") for table in tables]
    assert scopes == [
        {"/Column": 7, "/Row": 3},
        {"/Column": 5 + 2, "/Row": 3},
        {"/Column": 1 + 12, "/Row": 1},
        {"/Column": 5 + 1, "/Row": 2},
    ]


def test_cells_follow_the_scopes(tags: list[Tag]) -> None:
    assert [one for one, _above in tags if "/Headers" in one.get("/A", {})] == []


def test_pictures_are_said_in_words(tags: list[Tag]) -> None:
    """A chart says what it shows, the code on the cover where it leads."""
    said = [one.get("/Alt") for one, _above in tags if one["/S"] == "/Figure"]
    chart = re.search(r"<title[^>]*>(Diagram: .+?)</title>", pdf.book_html(CONTENTS, EDITION))
    assert chart is not None
    assert said == [f"QR-kode som leder til {EDITION.address}", html.unescape(chart[1])]


def test_pictures_say_where_they_stand(book: PdfReader, tags: list[Tag]) -> None:
    """In points from the lower left corner: the code low on the left of the cover, the chart inside the margins."""
    pictures = [one for one, _above in tags if one["/S"] == "/Figure"]
    code, chart = ([round(float(side)) for side in one["/A"]["/BBox"]] for one in pictures)
    assert [one["/Pg"] for one in pictures] == [book.pages[0], book.pages[2]]
    assert (code[0], code[2] - code[0], code[3] - code[1]) == (58, 102, 102)
    assert 0 < code[1] < code[3] < 842 / 2
    assert (chart[0], chart[2]) == (68, 539)
    assert 0 < chart[1] < chart[3] < 842


def test_nothing_is_empty(tags: list[Tag]) -> None:
    """Every word of the text has something to say; but a cell may be blank."""
    assert {str(one["/S"]) for one, _above in tags if not one.get("/K")} == {"/TD"}


def test_links_say_where_they_lead(book: PdfReader, tags: list[Tag]) -> None:
    """Each is mentioned by one link element, and lies on its page once."""
    mentioned = [(one["/S"], kid["/Obj"]["/Contents"]) for one, _above in tags for kid in kids(one) if "/Obj" in kid]
    said = [EDITION.address, "1 Barnehage", "Nøkkeltall", "Tjenestene", "2 Planer & penger", "Oversikt"]
    assert mentioned == [("/Link", text) for text in said]
    assert [note["/Contents"] for page in book.pages for note in page.get("/Annots", [])] == said
    assert [one for one, _above in tags if one["/S"] == "/Link" and not any("/Obj" in kid for kid in kids(one))] == []


def test_nothing_is_drawn_outside_the_tags(book: PdfReader) -> None:
    drawn = [(operator, marks) for page in book.pages for operator, _operands, marks in parts(page, book)]
    assert [operator for operator, marks in drawn if operator in DRAWING and not marks] == []


def test_every_mark_belongs_to_the_text(book: PdfReader, tags: list[Tag]) -> None:
    """A mark of the page leads to an element that a reader comes by."""
    inside = {one.indirect_reference for one, _above in tags}
    elements = root(book)["/StructTreeRoot"]["/ParentTree"]["/Nums"][1::2]
    marks = [
        elements[number].get_object()[operands[1]["/MCID"]]
        for number, page in enumerate(book.pages)
        for operator, operands, _marks in parts(page, book)
        if operator == b"BDC" and "/MCID" in operands[1]
    ]
    assert (len(marks) > 100, [mark for mark in marks if mark not in inside]) == (True, [])


def test_running_heads_and_feet_are_artifacts(book: PdfReader) -> None:
    """The cover has none, a chapter's first page a foot and a number, the next ones a head too."""
    found = [
        sum(
            operator == b"BDC" and operands == ["/Artifact", {"/Type": "/Pagination"}]
            for operator, operands, _marks in parts(page, book)
        )
        for page in book.pages
    ]
    assert found == [0, 2, 2, 3, 2]


def test_window_shows_the_title(book: PdfReader) -> None:
    assert root(book)["/ViewerPreferences"] == {"/DisplayDocTitle": BooleanObject(value=True)}
