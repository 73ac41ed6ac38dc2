"""The statutory tables as a block of a document."""

import pytest

from organisation.models import Unit
from organisation.versions import create
from plans.models import Document, Section
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.building.statutory_block import BUILDERS
from publishing.structure import Table
from tests.budget.statutory import example
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(top: Unit, schools: Unit, care: Unit) -> Document:
    """A document of a municipality with the hand-made budget."""
    example.build(top)
    return Document.objects.create(slug="budsjett", kind="annual-plan", title="Budsjett", year=YEAR, unit=top)


def block(document: Document, **parameters: object) -> Table:
    section = Section(document=document, unit=document.unit, kind="block", block="statutory-budget", position=1)
    section.parameters = parameters
    create(section, by=None)
    material = Material(year=document.year, areas=[], unit=document.unit)
    built = BUILDERS[section.block](Place(section, None, "oversikt", "2.1"), material)
    assert isinstance(built, Table)
    return built


def test_block_shows_the_operations_of_the_documents_year(document: Document) -> None:
    table = block(document)
    assert (table.number, table.anchor, table.caption) == ("2.1", "oversikt", f"Bevilgningsoversikt drift {YEAR}")
    assert table.source.endswith("§\u00a05-4 første ledd")
    assert next(table.rows()).cells == ("0", "250 000", "250 000", "0")


def test_block_shows_what_the_section_asks_for(document: Document) -> None:
    chosen = {"table": "operations-by-area", "columns": "plan", "sign": "kostra", "by": "sector", "caption": "Rammer"}
    table = block(document, year=f"{YEAR}", **chosen)
    assert (table.caption, table.row_heading, len(table.columns)) == ("Rammer", "Sektor", 4)
    assert [row.cells[0] for row in table.rows()] == ["281 200", "236 500", "14 000", "531 700"]


def test_block_shares_investments_out_on_projects(document: Document) -> None:
    table = block(document, table="investments-by-group", by="project")
    assert [row.label for row in table.groups[0].rows][:2] == ["Ny skole", "Nytt sykehjem"]


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"table": "balance"}, "Valget table = «balance» kan ikke brukes."),
        ({"columns": "years"}, "Valget columns = «years» kan ikke brukes."),
        ({"sign": "minus"}, "Valget sign = «minus» kan ikke brukes."),
        ({"by": "unit"}, "Valget by = «unit» kan ikke brukes."),
        ({"year": "nå"}, "Valget year = «nå» kan ikke brukes."),
        ({"year": 2031}, "Det er ikke lest inn budsjett eller regnskap for 2031."),
    ],
    ids=["table", "columns", "sign", "by", "year", "no-lines"],
)
def test_block_that_asks_for_what_is_not_there_says_so(
    document: Document, parameters: dict[str, object], problem: str
) -> None:
    with pytest.raises(MissingData) as missing:
        block(document, **parameters)
    assert str(missing.value) == problem
