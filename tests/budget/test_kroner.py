"""Kroner are stored as whole øre: exact going in, exact coming out, and refused where they are not exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.kroner import LARGEST, from_ore, to_ore
from budget.ledger.summing import total_of
from budget.models import BudgetLine
from organisation.models import Unit
from tests.budget.money import line, load_codes
from tests.workplace import YEAR

ORE = st.integers(-(10**15), 10**15)


@given(ORE)
def test_ore_come_back_as_they_were(ore: int) -> None:
    assert to_ore(from_ore(ore)) == ore


@given(ORE)
def test_kroner_have_two_decimals(ore: int) -> None:
    assert from_ore(ore).as_tuple().exponent == -2


@given(st.lists(ORE, max_size=30))
def test_the_sum_of_kroner_is_the_sum_of_ore(amounts: list[int]) -> None:
    assert sum((from_ore(ore) for ore in amounts), Decimal(0)) == from_ore(sum(amounts))


@pytest.mark.parametrize(
    ("kroner", "ore"),
    [
        pytest.param(Decimal(0), 0, id="nothing"),
        pytest.param(Decimal("0.01"), 1, id="one øre"),
        pytest.param(Decimal("-12.3"), -1230, id="income with one decimal"),
        pytest.param(Decimal("1E+3"), 100_000, id="written with an exponent"),
        pytest.param(105, 10_500, id="a whole number"),
        pytest.param(LARGEST, 10**15, id="the largest"),
    ],
)
def test_ore_of_an_amount(kroner: Decimal | int, ore: int) -> None:
    assert to_ore(kroner) == ore


@pytest.mark.parametrize(
    "kroner",
    [
        pytest.param(Decimal("0.001"), id="part of an øre"),
        pytest.param(LARGEST + 1, id="too large"),
        pytest.param(-LARGEST - 1, id="too far below zero"),
        pytest.param(Decimal("NaN"), id="no number"),
        pytest.param(Decimal("Infinity"), id="without end"),
    ],
)
def test_ore_of_what_is_no_amount_are_refused(kroner: Decimal) -> None:
    with pytest.raises(ValueError, match="Beløpet"):
        to_ore(kroner)


def test_sums_in_the_database_are_exact_where_floating_point_is_not(top: Unit) -> None:
    load_codes()
    for _number in range(10):
        line(top, "0.10")
    line(top, "9999999999999.99")
    assert set(BudgetLine.objects.values_list("amount", flat=True)) == {Decimal("0.10"), Decimal("9999999999999.99")}
    assert total_of(BudgetLine.objects.all(), year=YEAR).actual == Decimal("10000000000000.99")
