"""Forecasts: deciding them, which of them hold, and the sums that proposals are made from."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from budget.forecasting import YearSoFar
from budget.forecasts import decide, forecasts_of, years_so_far
from budget.models import BudgetLine, Forecast
from organisation import periods
from organisation.bulk import functions_by_code
from organisation.models import Period, Unit, User
from organisation.versions import Conflict
from tests.budget.money import amendment, line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db
FIRST, SECOND = f"{YEAR}-T1", f"{YEAR}-T2"


@pytest.fixture(autouse=True)
def _codes(top: Unit) -> None:
    load_codes()


def decided(
    unit: Unit, amount: str | None, *, after: str = FIRST, function: str = "202", base: int = 0, by: User | None = None
) -> Forecast | None:
    return decide(
        unit=unit,
        function=functions_by_code()[function],
        period=Period.objects.for_span(periods.parse(after)),
        amount=None if amount is None else Decimal(amount),
        base_version=base,
        by=by,
    )


# The deed


def test_decide_writes_with_history(schools: Unit, leader: User) -> None:
    first = decided(schools, "1000.50", by=leader)
    again = decided(schools, "1100", base=1, by=leader)
    assert (first, again and again.version, Forecast.objects.get().amount) == (again, 2, Decimal("1100.00"))
    history = Forecast.history.order_by("history_id").values_list("amount", "history_user__username")
    assert list(history) == [(Decimal("1000.50"), "leder"), (Decimal("1100.00"), "leder")]


def test_decide_nothing_takes_it_back(schools: Unit) -> None:
    decided(schools, "1000")
    assert decided(schools, None, base=1) is None
    assert (Forecast.objects.count(), decided(schools, None)) == (0, None)


@pytest.mark.parametrize("amount", ["900", None])
@pytest.mark.parametrize("base", [0, 1])
def test_decide_over_what_somebody_else_decided_is_a_conflict(schools: Unit, base: int, amount: str | None) -> None:
    decided(schools, "1000")
    decided(schools, "1100", base=1)
    with pytest.raises(Conflict) as conflict:
        decided(schools, amount, base=base)
    assert (conflict.value.theirs, Forecast.objects.get().amount) == (Forecast.objects.get(), Decimal("1100.00"))


# Which of them hold


def held(through: int = 12, **facts: Any) -> dict[tuple[str, str], int]:
    """Unit's and function's address → kroner, of the forecasts that hold."""
    found = forecasts_of(YEAR, through, **facts).by_place
    units = dict(Unit.objects.values_list("pk", "slug"))
    return {(units[unit], function): int(one.amount) for (unit, function), one in found.items()}


def test_held_is_the_one_after_the_latest_period(schools: Unit, care: Unit) -> None:
    for after, amount in ((SECOND, "3"), (FIRST, "2"), (f"{YEAR - 1}-T3", "1")):
        decided(schools, amount, after=after)
    decided(care, "9", function="253")
    assert held() == {("skole", "202"): 3, ("omsorg", "253"): 9}
    assert held(7) == {("skole", "202"): 2, ("omsorg", "253"): 9}
    assert held(3) == {}


def test_held_of_a_unit_and_one_below_after_the_same_period_stand_side_by_side(schools: Unit, one_school: Unit) -> None:
    decided(schools, "100")
    decided(one_school, "40")
    assert held() == {("skole", "202"): 100, ("bakken-skole", "202"): 40}
    decided(one_school, "45", after=SECOND)
    assert held() == {("skole", "202"): 100, ("bakken-skole", "202"): 45}


def test_held_of_a_unit_above_is_newer_and_has_the_one_below_in_it(top: Unit, schools: Unit, one_school: Unit) -> None:
    decided(one_school, "40")
    decided(schools, "150", after=SECOND)
    assert held() == {("skole", "202"): 150}
    assert held(4) == {("bakken-skole", "202"): 40}


def test_held_of_a_unit_below_waits_where_the_unit_above_has_counted_it(schools: Unit, one_school: Unit) -> None:
    decided(schools, "150")
    decided(one_school, "45", after=SECOND)
    assert held() == {("skole", "202"): 150}
    assert held(among=Forecast.objects.filter(unit=one_school)) == {("bakken-skole", "202"): 45}
    decided(schools, "110", after=SECOND)
    assert held() == {("skole", "202"): 110, ("bakken-skole", "202"): 45}


def test_held_of_another_function_is_no_matter(schools: Unit, one_school: Unit) -> None:
    decided(schools, "150", after=SECOND)
    decided(one_school, "40", function="222")
    assert held() == {("skole", "202"): 150, ("bakken-skole", "222"): 40}


def test_answering_is_the_units_own_or_the_nearest_above(top: Unit, schools: Unit, one_school: Unit) -> None:
    above = decided(schools, "150")
    found = forecasts_of(YEAR)
    answers = [found.answering(unit.pk, "202") for unit in (one_school, schools, top)]
    assert answers == [above, above, None]
    own = decided(one_school, "40")
    assert forecasts_of(YEAR).answering(one_school.pk, "202") == own
    assert forecasts_of(YEAR).answering(one_school.pk, "222") is None


def test_forecasts_take_two_queries(
    schools: Unit, one_school: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for unit in (schools, one_school):
        decided(unit, "1")
    with django_assert_num_queries(2):
        forecasts_of(YEAR)


# What proposals are made from


def test_years_of_lines_by_month(schools: Unit) -> None:
    for month in range(1, 13):
        line(schools, 100, layer="original", period=f"{YEAR}-{month:02}")
        line(schools, month, period=f"{YEAR - 1}-{month:02}")
    line(schools, 40, layer="revised", amendment=amendment(schools), period=f"{YEAR}-12")
    line(schools, 110, period=f"{YEAR}-04")
    line(schools, 5, period=f"{YEAR}-05")
    found = years_so_far(BudgetLine.objects.all(), "function__code", year=YEAR, months=4)
    amounts = [Decimal(amount) for amount in ("110", "400", "1240", "10", "78")]
    assert found == {("202",): YearSoFar(*amounts)}


def test_years_of_budgets_for_the_whole_year_have_as_much_on_each_month(schools: Unit) -> None:
    line(schools, "1000.01", layer="original", period=f"{YEAR}")
    line(schools, 120, layer="original", period=f"{YEAR}-04")
    found = years_so_far(BudgetLine.objects.all(), year=YEAR, months=4)[()]
    assert (found.budget_so_far, found.budget, found.budget_left) == (
        Decimal("453.33"), Decimal("1120.01"), Decimal("666.68")
    )  # fmt: skip
    december = years_so_far(BudgetLine.objects.all(), year=YEAR, months=12)[()]
    assert (december.budget_so_far, december.budget_left) == (
        Decimal("1120.01"), Decimal("0.00")
    )  # fmt: skip
