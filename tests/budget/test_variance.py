"""A deviation is budget less accounts; above zero less was used, or more came in, than planned."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.kroner import from_ore
from budget.variance import Threshold, deviation, percent_of

AMOUNT = st.integers(-(10**12), 10**12).map(from_ore)


@pytest.mark.parametrize(
    ("budget", "actual", "found"),
    [
        pytest.param("100", "90", "10", id="less used"),
        pytest.param("100", "110", "-10", id="more used"),
        pytest.param("-100", "-110", "10", id="more came in"),
        pytest.param("-100", "-90", "-10", id="less came in"),
        pytest.param("0", "0", "0", id="nothing"),
    ],
)
def test_the_deviation_is_above_zero_where_it_went_better(budget: str, actual: str, found: str) -> None:
    assert deviation(Decimal(budget), Decimal(actual)) == Decimal(found)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), max_size=20))
def test_deviations_add_up_to_the_deviation_of_the_sums(pairs: list[tuple[Decimal, Decimal]]) -> None:
    budget, actual = (sum((pair[place] for pair in pairs), Decimal(0)) for place in (0, 1))
    assert sum((deviation(*pair) for pair in pairs), Decimal(0)) == deviation(budget, actual)


@given(AMOUNT, AMOUNT.filter(bool))
def test_the_percentage_bears_the_sign_of_the_deviation(amount: Decimal, budget: Decimal) -> None:
    percent = percent_of(amount, budget)
    assert percent is not None
    assert percent == 0 or (percent > 0) == (amount > 0)


@pytest.mark.parametrize(
    ("amount", "budget", "decimals", "found"),
    [
        pytest.param("5", "200", 1, "2.5", id="of expenditure"),
        pytest.param("5", "-200", 1, "2.5", id="of income: of its size"),
        pytest.param("-1", "800", 1, "-0.1", id="halves away from zero"),
        pytest.param("1", "3", 2, "33.33", id="two decimals"),
        pytest.param("0", "3", 1, "0.0", id="none"),
    ],
)
def test_the_percentage_is_of_the_budget(amount: str, budget: str, decimals: int, found: str) -> None:
    assert percent_of(Decimal(amount), Decimal(budget), decimals=decimals) == Decimal(found)


@pytest.mark.parametrize(
    ("amount", "budget"), [("-1", "9999"), ("0", "-3"), ("-0", "3")], ids=["little", "none", "minus"]
)
def test_no_percentage_is_a_negative_zero(amount: str, budget: str) -> None:
    assert str(percent_of(Decimal(amount), Decimal(budget))) == "0.0"


def test_of_no_budget_there_is_no_percentage() -> None:
    assert percent_of(Decimal(5), Decimal(0)) is None


@pytest.mark.parametrize(
    ("budget", "actual", "is_passed"),
    [
        pytest.param("1000", "1100", True, id="both passed exactly, too much used"),
        pytest.param("1000", "900", True, id="the other way"),
        pytest.param("-1000", "-900", True, id="of income"),
        pytest.param("1000", "1099", False, id="too few kroner"),
        pytest.param("3000", "3140", False, id="kroner passed, per cent not"),
        pytest.param("0", "100", True, id="nothing budgeted: kroner alone"),
        pytest.param("0", "99", False, id="nothing budgeted and few kroner"),
        pytest.param("1000", "1000", False, id="no deviation"),
    ],
)
def test_a_deviation_is_explained_when_it_passes_both_limits(budget: str, actual: str, is_passed: bool) -> None:
    threshold = Threshold(percent=Decimal(10), kroner=Decimal(100))
    assert threshold.is_passed(budget=Decimal(budget), actual=Decimal(actual)) is is_passed


def test_no_deviation_passes_no_limit() -> None:
    threshold = Threshold(percent=Decimal(0), kroner=Decimal(0))
    assert not threshold.is_passed(budget=Decimal(5), actual=Decimal(5))
