"""The book's tags, read back: what a screen reader is told, and what it is spared (PDF/UA-1, ISO 14289-1)."""

import datetime
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject, ContentStream

from publishing.book import pdf
from tests.publishing.sample import CONTENTS

DRAWING = {*b"S s f F f* B B* b b* Tj TJ ' Do sh".split(), b'"', b"INLINE IMAGE"}
"""The operators that put something on the page (ISO 32000-1, annex A)."""

Tag = tuple[Any, Any]
"""A structure element and the one it stands in."""


@pytest.fixture(scope="module")
def book() -> PdfReader:
    """A published book, drawn once."""
    edition = pdf.Edition(stage="vedtatt", date=datetime.date(2024, 1, 5), version=3)
    return PdfReader(io.BytesIO(pdf.render(CONTENTS, edition)))


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
    picture = (
        "Diagram: Barn i førskolealder. Innbyggere 0–1 år: fra 358 i 2020 til 381 i 2023."
        " Innbyggere 2–5 år: fra 888 i 2020 til 821 i 2023. Sum: fra 1\u00a0246 i 2020 til 1\u00a0202 i 2023."
    )
    assert [one.get("/Alt") for one, _above in tags if one["/S"] == "/Figure"] == [picture]


def test_links_say_where_they_lead(book: PdfReader, tags: list[Tag]) -> None:
    """Each is mentioned by one link element, and lies on its page once."""
    mentioned = [(one["/S"], kid["/Obj"]["/Contents"]) for one, _above in tags for kid in kids(one) if "/Obj" in kid]
    said = ["1 Barnehage", "Nøkkeltall", "Tjenestene", "2 Planer & penger", "Oversikt"]
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
