"""How groups of lines stand: sums, forecasts, and budget that no month has a share of."""

from decimal import Decimal
from typing import Any

import pytest

from budget.forecasts import forecasts_of
from budget.ledger.extent import Extent
from budget.ledger.standings import Standing, standings_by, with_decided
from budget.ledger.summing import Sums
from budget.models import BudgetLine, Forecast
from organisation.bulk import functions_by_code
from organisation.models import Period, Unit
from organisation.periods import parse
from tests.budget.money import Layer, amendment, line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _codes(db: None) -> None:
    load_codes()


def _forecast(unit: Unit, amount: int, period: str, function: str = "202") -> None:
    Forecast.objects.create(
        unit=unit,
        function=functions_by_code()[function],
        period=Period.objects.for_span(parse(period)),
        amount=Decimal(amount),
    )


def _standing(unit: Unit, months: int = 4) -> Standing:
    return standings_by(BudgetLine.objects.all(), "unit_id", year=YEAR, months=months).get((unit.pk,), Standing())


def test_sums_are_of_the_months_that_are_asked_for(schools: Unit) -> None:
    for month in (1, 4, 5):
        line(schools, 100, period=f"{YEAR}-{month:02}")
        line(schools, 90, layer=Layer.ORIGINAL, period=f"{YEAR}-{month:02}")
        line(schools, 80, period=f"{YEAR - 1}-{month:02}")
    line(schools, 7, layer=Layer.REVISED, period=f"{YEAR}-05", amendment=amendment(schools))
    sums = _standing(schools).sums
    assert sums == Sums(*map(Decimal, (270, 7, 180, 200, 160, 240)))
    assert (sums.budget, sums.deviation) == (Decimal(277), Decimal(-20))


def test_budget_of_other_years_plans_is_left_out(schools: Unit) -> None:
    line(schools, 100, layer=Layer.ORIGINAL, period=f"{YEAR}", plan_year=YEAR - 1)
    line(schools, 100, layer=Layer.ORIGINAL, period=f"{YEAR + 1}", plan_year=YEAR)
    assert _standing(schools) == Standing()


@pytest.mark.parametrize(
    ("period", "month", "undivided"),
    [
        pytest.param(f"{YEAR}", 4, 1, id="a year in April"),
        pytest.param(f"{YEAR}", 12, 0, id="a year in December"),
        pytest.param(f"{YEAR}-T2", 4, 0, id="a tertial that has not begun"),
        pytest.param(f"{YEAR}-T2", 6, 1, id="a tertial that has begun"),
        pytest.param(f"{YEAR}-T2", 8, 0, id="a tertial that is over"),
        pytest.param(f"{YEAR}-04", 4, 0, id="the month itself"),
    ],
)
def test_budget_is_undivided_where_its_period_goes_on(schools: Unit, period: str, month: int, undivided: int) -> None:
    line(schools, 100, layer=Layer.ORIGINAL, period=period)
    assert _standing(schools, month).undivided == undivided


def test_accounts_of_a_whole_year_are_not_undivided_budget(schools: Unit) -> None:
    line(schools, 100, period=f"{YEAR}")
    assert _standing(schools).undivided == 0


def test_the_forecast_is_the_budget_where_nobody_made_one(schools: Unit) -> None:
    line(schools, 100, layer=Layer.ORIGINAL)
    assert _standing(schools).forecast == 100


def test_the_forecast_is_what_was_imported_though_it_is_nothing(schools: Unit) -> None:
    line(schools, 100, layer=Layer.ORIGINAL)
    line(schools, 0, layer=Layer.FORECAST, period=f"{YEAR}")
    assert _standing(schools).forecast == 0


def _with_decided(months: int = 12) -> dict[tuple[int, str], Decimal]:
    standings: Any = standings_by(BudgetLine.objects.all(), "unit_id", "function__code", year=YEAR)
    return {key: one.forecast for key, one in with_decided(standings, forecasts_of(YEAR, months)).items()}


def test_what_is_decided_comes_before_what_is_imported(schools: Unit, care: Unit) -> None:
    line(schools, 100, layer=Layer.FORECAST, period=f"{YEAR}")
    line(care, 70, layer=Layer.FORECAST, period=f"{YEAR}")
    _forecast(schools, 5, f"{YEAR}-T1")
    assert _with_decided() == {(schools.pk, "202"): 5, (care.pk, "202"): 70}


def test_of_decided_forecasts_the_newest_by_the_month_holds(schools: Unit) -> None:
    for amount, period in ((1, f"{YEAR}-T1"), (2, f"{YEAR}-T2"), (3, f"{YEAR}-T3"), (4, f"{YEAR - 1}-T2")):
        _forecast(schools, amount, period)
    assert [_with_decided(months)[schools.pk, "202"] for months in (4, 8, 12)] == [1, 2, 3]


def test_a_forecast_of_what_has_no_lines_is_there(schools: Unit) -> None:
    _forecast(schools, 6, f"{YEAR}-T1", function="215")
    assert _with_decided() == {(schools.pk, "215"): 6}


def test_a_forecast_of_a_unit_is_of_those_below_it_too(schools: Unit, one_school: Unit) -> None:
    line(schools, 30, layer=Layer.ORIGINAL)
    line(one_school, 70, layer=Layer.ORIGINAL)
    line(one_school, 9, layer=Layer.ORIGINAL, function="215")
    _forecast(schools, 110, f"{YEAR}-T1")
    found = _with_decided()
    assert found == {(schools.pk, "202"): 40, (one_school.pk, "202"): 70, (one_school.pk, "215"): 9}


def test_a_forecast_of_a_unit_is_not_of_those_below_with_their_own(schools: Unit, one_school: Unit) -> None:
    line(schools, 30, layer=Layer.ORIGINAL)
    line(one_school, 70, layer=Layer.ORIGINAL)
    _forecast(schools, 33, f"{YEAR}-T1")
    _forecast(one_school, 77, f"{YEAR}-T1")
    assert _with_decided() == {(schools.pk, "202"): 33, (one_school.pk, "202"): 77}


def test_the_extent_is_the_years_and_how_far_accounts_have_come(schools: Unit, care: Unit) -> None:
    line(schools, 1, period=f"{YEAR}-03")
    line(schools, 1, period=f"{YEAR}-02", account_class="investment")
    line(schools, 1, layer=Layer.ORIGINAL, period=f"{YEAR + 1}")
    line(schools, 1, layer=Layer.ORIGINAL, period=f"{YEAR + 2}", plan_year=YEAR + 1)
    line(care, 1, period=f"{YEAR}-09")
    extent = Extent.of([schools.pk])
    assert (extent.years, extent.newest) == ((YEAR + 1, YEAR), YEAR)
    assert (extent.months(YEAR, "operations"), extent.months(YEAR, "investment")) == (3, 2)
    assert extent.months(YEAR + 1, "operations") == 12


def test_the_extent_of_nothing_has_no_year(schools: Unit) -> None:
    extent = Extent.of([schools.pk])
    assert (extent.years, extent.newest) == ((), None)
