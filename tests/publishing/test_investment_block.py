"""An investment plan as a table: plain, and with status, financing and provisional years where there are any."""

from decimal import Decimal
from typing import Any

import pytest

from budget.models import InvestmentFinancing, InvestmentPlan, InvestmentProject
from plans.models import Section
from publishing.building.investment_block import investments
from publishing.building.material import Material
from publishing.building.place import Place
from publishing.structure import Table
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db


def built(work: Workplace, **parameters: Any) -> Table:
    said = {"plan": "vann"} | parameters
    section = Section(document=work.document, unit=work.document.unit, block="investments", parameters=said)
    return investments(Place(section, None, "vann", "1.1"), Material(year=YEAR, areas=[], unit=work.document.unit))


def pay(plan: InvestmentPlan, kind: str, amount: str, *, year: int = YEAR) -> None:
    position = InvestmentFinancing.Kind.values.index(kind)
    facts = {"kind": kind, "year": year, "position": position, "amount": Decimal(amount)}
    InvestmentFinancing.objects.create(plan=plan, **facts)


def test_investments_of_a_plain_plan_are_as_they_were(place: Workplace) -> None:
    table = built(place, status="yes", financing="yes")
    assert [column.label for column in table.columns] == [f"{YEAR}", "Kostnadsanslag", "Kommentar"]
    assert [(row.label, row.cells) for row in table.rows()] == [("Ny ledning", ("1,5", "", ""))]
    assert (len(table.groups), table.footnotes) == (1, ())


def test_investments_tell_status_where_they_are_asked_to(place: Workplace) -> None:
    facts = {"status": "postponed", "status_comment": "Venter på grunn"}
    InvestmentProject.objects.filter(pk=place.project.pk).update(**facts)
    assert [column.label for column in built(place).columns] == [f"{YEAR}", "Kostnadsanslag", "Kommentar"]
    table = built(place, status="yes")
    assert [column.label for column in table.columns][-2:] == ["Status", "Kommentar"]
    assert [row.cells for row in table.rows()] == [("1,5", "", "Utsatt. Venter på grunn", "")]


def test_investments_tell_financing_that_adds_up(place: Workplace) -> None:
    for kind in ("loan", "grant", "fund"):
        pay(place.investments, kind, "250000")
    pay(place.investments, "loan", "1000000", year=YEAR + 1)
    assert len(built(place).groups) == 1
    table = built(place, financing="yes")
    assert table.groups[-1].title == "Finansiering"
    assert [(row.label, row.cells, row.is_sum) for row in table.groups[-1].rows] == [
        ("Bruk av lån", ("0,3", "1,0", "", ""), False),
        ("Tilskudd fra andre", ("0,3", "", "", ""), False),
        ("Bruk av fond", ("0,2", "", "", ""), False),
        ("Sum finansiering", ("0,8", "1,0", "", ""), True),
    ]


def test_investments_mark_provisional_years_in_the_heading_and_single_amounts_with_a_note(place: Workplace) -> None:
    other = InvestmentProject.objects.create(plan=place.investments, name="Pumpe", position=2)
    for year in (YEAR, YEAR + 1):
        other.amounts.create(year=year, amount=Decimal(2_000_000), is_provisional=True)
    table = built(place)
    assert [column.label for column in table.columns][:2] == [f"{YEAR}", f"{YEAR + 1} (foreløpig)"]
    assert [row.cells[:2] for row in table.rows()] == [("1,5", ""), ("2,0 *", "2,0")]
    assert table.footnotes == (("*", "Foreløpig beløp."),)
