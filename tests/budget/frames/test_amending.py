"""Decisions that move the budget: written whole, numbered once, taken back whole."""

from decimal import Decimal
from typing import Any

import pytest

from budget.frames.amending import CameFromFile, NumberTaken, Unbalanced, amend, next_number, take_back
from budget.models import BudgetAmendment, BudgetLine, ImportBatch, KostraArt, LedgerSource
from organisation import periods
from organisation.bulk import functions_by_code
from organisation.models import Period, Unit, User
from organisation.versions import Conflict, save_version
from tests.budget.money import amendment, line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db
INVESTMENT = BudgetLine.Account.INVESTMENT


@pytest.fixture(autouse=True)
def _codes() -> None:
    load_codes()


def new(unit: Unit, amount: str, **facts: Any) -> BudgetLine:
    """A line that is not saved."""
    return BudgetLine(
        unit=unit,
        function=functions_by_code()["202"],
        art=KostraArt.objects.get(code="010"),
        period=Period.objects.for_span(periods.year(YEAR)),
        amount=Decimal(amount),
        **facts,
    )


def decision(top: Unit, number: int = 1) -> BudgetAmendment:
    return BudgetAmendment(unit=top, year=YEAR, number=number, title="Juni", decided_on=f"{YEAR}-06-12")


def test_amend_writes_lines_of_the_revised_layer(top: Unit, schools: Unit, care: Unit, controller: User) -> None:
    made = amend(amendment=decision(top), lines=[new(schools, "-250000.50"), new(care, "250000.50")], by=controller)
    facts = ("layer", "plan_year", "account_class", "unit", "amount", "amendment")
    assert list(BudgetLine.objects.order_by("amount").values_list(*facts)) == [
        ("revised", YEAR, "operations", schools.pk, Decimal("-250000.50"), made.pk),
        ("revised", YEAR, "operations", care.pk, Decimal("250000.50"), made.pk),
    ]
    assert made.history.get().history_user == controller


def test_amend_that_lacks_one_ore_is_refused_whole(top: Unit, schools: Unit, care: Unit) -> None:
    lines = [new(schools, "-1000000"), new(care, "999999.99")]
    with pytest.raises(Unbalanced) as problem:
        amend(amendment=decision(top), lines=lines, by=None)
    assert str(problem.value) == ("Drift: radene blir −0,01 kroner til sammen, men skal bli 0. Det mangler +0,01.")
    assert (BudgetAmendment.objects.count(), BudgetLine.objects.count()) == (0, 0)


def test_amend_does_not_let_operations_pay_for_investment(top: Unit, schools: Unit, care: Unit) -> None:
    lines = [new(schools, "-1000"), new(care, "1000", account_class=INVESTMENT)]
    with pytest.raises(Unbalanced) as problem:
        amend(amendment=decision(top), lines=lines, by=None)
    assert str(problem.value) == (
        "Drift: radene blir −1\u00a0000 kroner til sammen, men skal bli 0. Det mangler +1\u00a0000. "
        "Investering: radene blir 1\u00a0000 kroner til sammen, men skal bli 0. Det mangler −1\u00a0000."
    )


def test_amend_without_lines_is_refused(top: Unit) -> None:
    with pytest.raises(Unbalanced):
        amend(amendment=decision(top), lines=[], by=None)


def test_amend_with_a_number_that_was_taken_meanwhile(top: Unit, schools: Unit, care: Unit) -> None:
    late = decision(top, number=next_number(decision(top)))
    amend(amendment=decision(top), lines=[new(schools, "-1"), new(care, "1")], by=None)
    with pytest.raises(NumberTaken) as problem:
        amend(amendment=late, lines=[new(schools, "-2"), new(care, "2")], by=None)
    assert str(problem.value) == (f"Nummer 1 er brukt av en annen regulering i {YEAR}. Neste ledige nummer er 2.")
    assert BudgetLine.objects.count() == 2


def test_next_number_is_of_the_year_and_unit(top: Unit) -> None:
    amendment(top, number=4)
    amendment(top, number=9, year=YEAR + 1)
    assert next_number(decision(top)) == 5


def test_take_back_leaves_words_and_lines_in_the_history(
    top: Unit, schools: Unit, care: Unit, controller: User
) -> None:
    made = amend(amendment=decision(top), lines=[new(schools, "-5", project="77"), new(care, "5")], by=None)
    key = made.pk
    take_back(amendment=made, base_version=1, why="Ført to ganger", by=controller)
    assert (BudgetAmendment.objects.count(), BudgetLine.objects.count()) == (0, 0)
    last = BudgetAmendment.history.filter(id=key).latest("history_date", "history_id")
    assert (last.history_type, last.history_user, last.history_change_reason) == ("-", controller, "Ført to ganger")
    assert last.reason == (
        f"Fjernet: Ført to ganger\ndrift, {schools}, 202, 010, 77, {YEAR}: −5\ndrift, {care}, 202, 010, {YEAR}: 5"
    )


def test_take_back_of_what_someone_saved_meanwhile_removes_nothing(
    top: Unit, schools: Unit, care: Unit, approver: User
) -> None:
    made = amend(amendment=decision(top), lines=[new(schools, "-5"), new(care, "5")], by=None)
    save_version(BudgetAmendment.objects.get(pk=made.pk), base_version=1, by=approver)
    with pytest.raises(Conflict):
        take_back(amendment=made, base_version=1, why="Feil", by=None)
    assert (BudgetAmendment.objects.get().reason, BudgetLine.objects.count()) == ("", 2)


def test_take_back_of_what_came_from_a_file_is_refused(top: Unit, schools: Unit) -> None:
    made = amendment(top)
    source = LedgerSource.objects.create(name="Økonomisystemet", unit=top)
    batch = ImportBatch.objects.create(source=source, layer="revised", file_name="b.csv", size=1, sha256="0" * 64)
    line(schools, "1", layer=BudgetLine.Layer.REVISED, amendment=made, batch=batch)
    with pytest.raises(CameFromFile):
        take_back(amendment=made, base_version=1, why="Feil", by=None)
    assert (BudgetAmendment.objects.count(), BudgetLine.objects.count()) == (1, 1)
