"""The rule for what a year will end at: last year's rhythm where it can be trusted, else the rest of the budget."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budget.forecasting import Ground, Proposal, YearSoFar, propose

ORE = st.integers(min_value=1, max_value=10**13).map(lambda ore: Decimal(ore).scaleb(-2))
KRONER = st.integers(min_value=1, max_value=10**10)
HUNDREDTHS = st.integers(50, 200).map(lambda times: Decimal(times).scaleb(-2))
HUGE = Decimal(10**12)
SIGNS = st.sampled_from([1, -1])
SMALLEST = Decimal("0.01")


def year(actual: str, before: str, whole_before: str, budget: str = "1200", so_far: str = "400") -> YearSoFar:
    return YearSoFar(
        actual=Decimal(actual),
        budget_so_far=Decimal(so_far),
        budget=Decimal(budget),
        year_before=Decimal(before),
        whole_year_before=Decimal(whole_before),
    )


CASES = {
    "rhythm": (year("420", "350", "1000"), "1200.00", Ground.RHYTHM),
    "income": (year("-420", "-350", "-1000"), "-1200.00", Ground.RHYTHM),
    "everything had come": (year("420", "400", "400"), "420.00", Ground.RHYTHM),
    "half of last year": (year("100", "200", "1000"), "500.00", Ground.RHYTHM),
    "twice last year": (year("400", "200", "1000"), "2000.00", Ground.RHYTHM),
    "rounded away from zero": (year("-100.01", "-100", "-150"), "-150.02", Ground.RHYTHM),
    "less than half of last year": (year("99.99", "200", "1000"), "899.99", Ground.UNLIKE_BEFORE),
    "more than twice last year": (year("400.01", "200", "1000"), "1200.01", Ground.UNLIKE_BEFORE),
    "another sign than last year": (year("-200", "200", "1000"), "600", Ground.UNLIKE_BEFORE),
    "no year before": (year("420", "0", "0"), "1220", Ground.NO_YEAR_BEFORE),
    "nothing yet": (year("0", "350", "1000"), "800", Ground.NOTHING_YET),
    "nothing by then": (year("420", "0", "1000"), "1220", Ground.TOO_LITTLE_BEFORE),
    "five per cent": (year("50", "50", "1000"), "850", Ground.TOO_LITTLE_BEFORE),
    "a little more than five": (year("50", "50.01", "1000"), "999.80", Ground.RHYTHM),
    "the other way by then": (year("-50", "-50", "1000"), "750", Ground.TOO_LITTLE_BEFORE),
    "more than all by then": (year("420", "1000.01", "1000"), "1220", Ground.MORE_THAN_ALL_BEFORE),
    "no budget": (year("420", "0", "0", budget="0", so_far="0"), "420", Ground.NO_YEAR_BEFORE),
}


@pytest.mark.parametrize("name", CASES)
def test_propose_by_hand(name: str) -> None:
    given_year, amount, ground = CASES[name]
    assert propose(given_year, months=4) == Proposal(Decimal(amount), ground)


def test_propose_in_december_is_the_accounts() -> None:
    assert propose(year("1250", "1000", "1000"), months=12) == Proposal(Decimal(1250), Ground.YEAR_OVER)


@given(months=st.lists(KRONER, min_size=12, max_size=12), sign=SIGNS, part=st.integers(1, 11), times=HUNDREDTHS)
def test_propose_of_last_years_rhythm_is_last_year_so_many_times(
    months: list[int], sign: int, part: int, times: Decimal
) -> None:
    """Every month is last year's, as many times larger; whole kroner last year, so that no øre is rounded."""
    so_far, whole = Decimal(sign * sum(months[:part])), Decimal(sign * sum(months))
    assume(abs(so_far) * 20 > abs(whole))
    found = propose(YearSoFar(actual=so_far * times, year_before=so_far, whole_year_before=whole), months=part)
    assert found == Proposal(whole * times, Ground.RHYTHM)


@given(whole=ORE, share=st.integers(6, 100), sign=SIGNS)
def test_propose_of_rounded_accounts_is_as_near_as_the_rounding(whole: Decimal, share: int, sign: int) -> None:
    """Half an øre in the accounts so far is as many half øre of the year as the year is of the accounts."""
    before = (whole * share / 100).quantize(SMALLEST)
    actual = (before * Decimal("1.1")).quantize(SMALLEST)
    assume(Ground.RHYTHM is propose(YearSoFar(actual, HUGE, HUGE, before, whole), months=4).ground)
    found = propose(YearSoFar(sign * actual, HUGE, HUGE, sign * before, sign * whole), months=4)
    exact = Fraction(whole) * Fraction(11, 10)
    slack = (1 + Fraction(whole) / Fraction(before)) * Fraction(SMALLEST) / 2
    assert abs(abs(Fraction(found.amount)) - exact) <= slack


@given(actual=ORE, before=ORE, whole=ORE, budget=ORE, so_far=ORE, sign=SIGNS)
def test_propose_turns_with_the_sign(
    actual: Decimal, before: Decimal, whole: Decimal, budget: Decimal, so_far: Decimal, sign: int
) -> None:
    """Income is foreseen just as expenditure is, to the øre."""
    amounts = (actual, so_far, budget, before, whole)
    plain = propose(YearSoFar(*amounts), months=8)
    turned = propose(YearSoFar(*(sign * amount for amount in amounts)), months=8)
    assert (turned.amount, turned.ground) == (sign * plain.amount, plain.ground)
    assert plain.amount == plain.amount.quantize(SMALLEST)


def test_years_add_up() -> None:
    total = year("1", "2", "3", "4", "5") + year("10", "20", "30", "40", "50")
    assert total == year("11", "22", "33", "44", "55")
    assert (total.budget_left, total.deviation, total.share_before) == (Decimal(-11), Decimal(44), Decimal("66.7"))


@pytest.mark.parametrize(
    ("one", "expected"),
    [(YearSoFar(), True), (YearSoFar(year_before=SMALLEST), True), (YearSoFar(budget=-SMALLEST), False)],
    ids=["nothing", "last year alone", "budget"],
)
def test_a_year_is_empty_without_budget_and_accounts(one: YearSoFar, expected: bool) -> None:
    assert one.is_empty == expected
