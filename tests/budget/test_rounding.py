"""Amounts in thousands that add up: none more than one unit from what it is, whatever their size and sign."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.kroner import from_ore
from budget.rounding import MILLION, THOUSAND, apportioned, rounded

AMOUNT = st.integers(-(10**12), 10**12).map(from_ore)
AMOUNTS = st.lists(AMOUNT, max_size=25)
UNIT = st.sampled_from([Decimal(1), THOUSAND, MILLION])


@given(AMOUNTS, UNIT)
def test_parts_add_up_to_their_sum_rounded(parts: list[Decimal], unit: Decimal) -> None:
    assert sum(apportioned(parts, unit=unit), Decimal(0)) == rounded(sum(parts, Decimal(0)), unit=unit)


@given(AMOUNTS, UNIT)
def test_no_part_is_a_whole_unit_from_what_it_is(parts: list[Decimal], unit: Decimal) -> None:
    shown = apportioned(parts, unit=unit)
    assert [one for one, part in zip(shown, parts, strict=True) if abs(one - part / unit) >= 1] == []


@given(st.lists(st.integers(-(10**6), 10**6), max_size=20))
def test_whole_parts_are_not_changed(thousands: list[int]) -> None:
    parts = [Decimal(one) * THOUSAND for one in thousands]
    assert apportioned(parts) == [Decimal(one) for one in thousands]


@given(st.lists(AMOUNT, max_size=12, unique_by=lambda amount: (amount % THOUSAND, abs(amount))), st.randoms())
def test_the_order_does_not_matter_where_no_two_lost_the_same(parts: list[Decimal], random: Random) -> None:
    shown = dict(zip(parts, apportioned(parts), strict=True))
    moved = parts[:]
    random.shuffle(moved)
    if len({part % THOUSAND for part in parts}) == len(parts):
        assert dict(zip(moved, apportioned(moved), strict=True)) == shown


@given(st.lists(st.lists(AMOUNT, min_size=1, max_size=6), min_size=1, max_size=6))
def test_parts_of_parts_add_up_to_what_is_shown_of_them(tree: list[list[Decimal]]) -> None:
    shown = apportioned([sum(parts, Decimal(0)) for parts in tree])
    below = [apportioned(parts, total=one) for parts, one in zip(tree, shown, strict=True)]
    assert [sum(parts) for parts in below] == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        pytest.param(["1500", "1500"], ["2", "1"], id="of two alike the first is given"),
        pytest.param(["1500", "2500"], ["1", "3"], id="of two that lost the same the larger is given"),
        pytest.param(["400", "400", "400"], ["1", "0", "0"], id="three that are nothing each, and one together"),
        pytest.param(["-1500", "500"], ["-1", "0"], id="income and expenditure"),
        pytest.param(["-400", "-400", "-400"], ["0", "0", "-1"], id="income alone"),
        pytest.param(["0", "0"], ["0", "0"], id="nothing"),
        pytest.param([], [], id="no parts"),
    ],
)
def test_what_is_lacking_is_given_to_those_who_lost_most(parts: list[str], shown: list[str]) -> None:
    assert apportioned([Decimal(part) for part in parts]) == [Decimal(one) for one in shown]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("499.99", "0"), ("500", "1"), ("-499.99", "0"), ("-500", "-1"), ("1500", "2"), ("-1500", "-2"), ("0", "0")],
)
def test_halves_are_rounded_away_from_zero(amount: str, shown: str) -> None:
    assert rounded(Decimal(amount)) == Decimal(shown)


@pytest.mark.parametrize("amount", ["-499.99", "-0.01", "-0"])
def test_nothing_is_rounded_to_a_negative_zero(amount: str) -> None:
    assert str(rounded(Decimal(amount))) == "0"


def test_a_total_that_no_rounding_adds_up_to_is_refused() -> None:
    with pytest.raises(ValueError, match="2 parts cannot be rounded to 5"):
        apportioned([Decimal(1500), Decimal(1500)], total=Decimal(5))
