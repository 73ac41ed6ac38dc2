"""The published pages and the PDF against the printed plan itself: every row with its figures."""

import io
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from elverum import cases
from organisation.access import Role
from organisation.models import User
from plans.models import Document
from publishing.freeze import freeze
from publishing.models import Publication
from tests.elverum import seed

SEEDS = sorted((cases.FIXTURES.parent.parent / "shared" / "seeds").glob("000_*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the printed plan is not on this machine")


def squeezed(text: str) -> str:
    """Letters, digits and the signs that change a figure; no spaces, no marks of typography, no soft hyphens."""
    return re.sub(r"[^\w,.%<>≥=/+-]|[\s\u00ad]", "", text.replace("NY:", "Ny").replace("–", "-").replace("−", "-"))


class RowReader(HTMLParser):
    """Gathers each table row of a page as one text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1] += data


@pytest.fixture(scope="module")
def publication(loaded_case: Document, django_db_blocker: DjangoDbBlocker) -> Publication:
    """The whole plan, published."""
    with django_db_blocker.unblock():
        by = User.objects.get(memberships__role=Role.CONTROLLER)
        return freeze(document=loaded_case, stage="adopted", by=by)


@pytest.fixture(scope="module")
def expected() -> list[str]:
    """Every row of the printed plan: scorecards, overall goals, key figures, staffing, investments."""
    text = SEEDS[0].read_text(encoding="utf-8")
    groups = [*seed.scorecards(text), seed.overall_goals(text), *seed.key_figure_tables(text)]
    groups += [seed.staffing(text), seed.investments(text)]
    return [squeezed("".join(row)) for rows in groups for row in rows]


@pytest.fixture(scope="module")
def crosses() -> list[tuple[str, int]]:
    """Each plan of the printed matrix with the number of its crosses."""
    return [(squeezed(plan), sum(marks)) for plan, marks in seed.matrix(SEEDS[0].read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def web_rows(publication: Publication, django_db_blocker: DjangoDbBlocker) -> list[str]:
    """Every table row of the published pages."""
    reader = RowReader()
    with django_db_blocker.unblock():
        for chapter in publication.chapters.all():
            reader.feed(chapter.html)
    return [squeezed(row) for row in reader.rows]


@pytest.fixture(scope="module")
def pdf_text(publication: Publication, django_db_blocker: DjangoDbBlocker) -> str:
    """The text of the PDF's pages, in the order it was drawn: cell by cell."""
    with django_db_blocker.unblock():
        content = bytes(publication.files.get(name__endswith="-versjon-1.pdf").content)
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def test_seed_has_the_rows_that_are_looked_for(expected: list[str], crosses: list[tuple[str, int]]) -> None:
    assert len(expected) == 177 + 17 + 119 + 12 + 16
    assert sum(number for _plan, number in crosses) == 101


def test_pages_have_every_row(expected: list[str], web_rows: list[str]) -> None:
    left = Counter(expected)
    for row in web_rows:
        found = max((one for one in left if row.startswith(one)), key=len, default=None)
        if found:
            left[found] -= 1
            left += Counter()
    assert sorted(left.elements()) == []


def test_pages_have_every_cross(crosses: list[tuple[str, int]], web_rows: list[str]) -> None:
    matrix = [(plan, row.removeprefix(plan)) for plan, _number in crosses for row in web_rows if row.startswith(plan)]
    assert [(plan, rest.count("x")) for plan, rest in matrix] == crosses


def test_pdf_has_every_row(expected: list[str], pdf_text: str) -> None:
    assert [row for row in expected if row not in pdf_text] == []


def test_pdf_has_every_cross(crosses: list[tuple[str, int]], pdf_text: str) -> None:
    assert [plan for plan, number in crosses if f"{plan}{'x' * number}" not in pdf_text] == []
