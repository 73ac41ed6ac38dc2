"""What a report says of its economy: which lines it answers for, what must be explained, and what stops it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from budget.forecasting import Ground, YearSoFar
from organisation.models import Unit, User
from organisation.versions import create
from reporting import completeness
from reporting.economy.figures import Thousands, in_field, in_thousands
from reporting.economy.loading import write_economy
from reporting.economy.reading import economy_of
from reporting.economy.summary import summary_of
from reporting.models import ReportEconomy, ReportingRound, UnitReport
from tests.budget.money import line
from tests.reporting.economy import decided, economy_round, function, said, write_year
from tests.workplace import YEAR, open_tertial

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(top: Unit, schools: Unit, care: Unit) -> ReportingRound:
    """A round that asks both sectors for their economy."""
    return economy_round(top=top, units=[schools, care])


@pytest.fixture
def report(asked: ReportingRound) -> UnitReport:
    return report_of(asked, "skole")


def report_of(round_: ReportingRound, slug: str) -> UnitReport:
    found: UnitReport = round_.reports.select_related("round__period", "unit").get(unit__slug=slug)
    return found


def budgets(report: UnitReport) -> dict[str, int]:
    """Function's code → the budget so far in kroner."""
    return {one.function.code: int(one.year.budget_so_far) for one in economy_of(report)}


# Which lines


def test_report_answers_for_its_unit_and_those_below_without_a_report(
    report: UnitReport, schools: Unit, one_school: Unit, care: Unit, top: Unit
) -> None:
    for unit, amount in ((schools, 1), (one_school, 20), (care, 300), (top, 4000)):
        line(unit, amount, layer="original")
    assert budgets(report) == {"202": 21}


def test_report_does_not_answer_for_units_with_a_report_of_their_own(
    top: Unit, schools: Unit, one_school: Unit
) -> None:
    round_ = economy_round(top=top, units=[top, schools, one_school])
    below = Unit.objects.create(
        municipality=top.municipality, parent=one_school, kind="department", name="SFO", slug="sfo"
    )
    for unit, amount in ((top, 1), (schools, 20), (one_school, 300), (below, 4000)):
        line(unit, amount, layer="original")
    found = {one.unit.slug: budgets(one)["202"] for one in round_.reports.select_related("round__period", "unit")}
    assert found == {"testvik": 1, "skole": 20, "bakken-skole": 4300}


def test_report_has_the_functions_of_the_year_in_order(report: UnitReport, schools: Unit) -> None:
    line(schools, 5, function="222", layer="original")
    line(schools, 5, function="202")
    line(schools, 5, function="213", period=f"{YEAR - 1}-01")
    line(schools, 5, function="215", account_class="investment")
    line(schools, 5, function="223", period=f"{YEAR}-12")
    assert list(budgets(report)) == ["202", "222"]


# What must be explained


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(112_499, False), (112_500, True), (87_501, False), (87_500, True)],
    ids=["just under", "over the budget", "just over", "under the budget"],
)
def test_deviation_is_to_be_explained_from_both_limits_on(
    report: UnitReport, schools: Unit, actual: int, expected: bool
) -> None:
    """12,5 per cent of 800 000 is 100 000 kroner: the limit in kroner is the one that counts."""
    write_year(schools, actual=actual)
    (one,) = economy_of(report)
    assert (one.is_past, one.lacks_explanation) == (expected, expected)


def test_deviation_of_a_large_budget_is_held_against_per_cent(
    asked: ReportingRound, report: UnitReport, schools: Unit
) -> None:
    write_year(schools, budget=10_000_000, actual=10_150_000)
    assert [one.is_past for one in economy_of(report)] == [False]
    ReportingRound.objects.update(deviation_percent=Decimal("1.5"))
    assert [one.is_past for one in economy_of(report_of(asked, "skole"))] == [True]


# Completeness


def test_check_stops_at_a_deviation_without_cause_or_action(report: UnitReport, schools: Unit) -> None:
    write_year(schools, actual=150_000)
    write_year(schools, function="222")
    row = create(ReportEconomy(report=report, function=function(), cause="Vikarer."), by=None)
    found = completeness.check(report)
    assert ([one.function.code for one in found.deviations], found.is_stopped) == (["202"], True)
    assert [one.function.code for one in found.undecided] == ["202", "222"]
    ReportEconomy.objects.filter(pk=row.pk).update(action="Færre vikarer.")
    found = completeness.check(report)
    assert (found.deviations, found.is_stopped, found.is_asked_again) == ([], False, True)


def test_check_of_a_round_that_does_not_ask(top: Unit, schools: Unit) -> None:
    round_ = economy_round(top=top, units=[schools])
    write_year(schools, actual=150_000)
    ReportingRound.objects.update(asks_economy=False)
    report = report_of(round_, "skole")
    found = completeness.check(report)
    assert (found.deviations, found.undecided, summary_of(report)) == ([], [], None)


def test_check_of_a_whole_year_asks_for_no_forecast(top: Unit, schools: Unit) -> None:
    round_ = economy_round(top=top, units=[schools], of=f"{YEAR}")
    write_year(schools, actual=100_000)
    report = report_of(round_, "skole")
    assert [one.proposal.ground for one in economy_of(report)] == [Ground.YEAR_OVER]
    found = completeness.check(report)
    assert (len(found.deviations), found.undecided) == (1, []), "four months have no accounts"


# The queries


def test_economy_takes_the_same_queries_for_few_and_many(
    report: UnitReport, schools: Unit, one_school: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    line(schools, 5)
    with django_assert_num_queries(6):
        assert len(economy_of(report)) == 1
    for code in ("211", "213", "215", "221", "222", "223"):
        for unit in (schools, one_school):
            line(unit, 200_000, function=code)
    with django_assert_num_queries(6):
        assert len(economy_of(report)) == 7


# In 1 000 kroner


def test_in_thousands_adds_up_down_and_across(report: UnitReport, schools: Unit) -> None:
    for code, amount in (("202", "400.40"), ("211", "400.40"), ("213", "-1400.40")):
        line(schools, amount, function=code, layer="original")
        line(schools, "700", function=code)
    economies = economy_of(report)
    rows, total = in_thousands([one.year for one in economies], [one.expected for one in economies])
    assert [int(row.budget_so_far) for row in rows] == [0, 0, -1]
    for name in ("budget_so_far", "actual", "budget", "expected", "deviation", "expected_deviation"):
        assert sum(getattr(row, name) for row in rows) == getattr(total, name)
    assert total == Thousands(Decimal(-1), Decimal(2), Decimal(-1), Decimal(2), Decimal("-450.2"))


def test_in_thousands_has_no_percentage_of_a_budget_that_is_shown_as_nothing() -> None:
    year = YearSoFar(actual=Decimal(1_871_000), budget_so_far=Decimal("4.00"))
    assert [row.percent for row in in_thousands([year], [year.actual])[0]] == [None]


def test_in_thousands_of_nothing() -> None:
    assert in_thousands([], []) == ([], Thousands(*(Decimal(0),) * 4))


@pytest.mark.parametrize(
    ("kroner", "expected"),
    [(None, ""), (Decimal(0), "0"), (Decimal("4210000.00"), "4 210"), (Decimal("-1500.50"), "−1,5005")],
    ids=["none", "nothing", "thousands", "øre"],
)
def test_in_field(kroner: Decimal | None, expected: str) -> None:
    assert in_field(kroner) == expected


# Loading an example


def test_write_economy_decides_and_explains(report: UnitReport, schools: Unit, leader: User) -> None:
    write_year(schools, actual=150_000)
    write_year(schools, function="222", actual=50_000)
    write_year(schools, function="223")
    write_economy(report, text=lambda kind, turn: f"{kind} {turn}", turn=3, by=leader, reason="Eksempeldata")
    assert decided(report) == {"202": 1_600_000, "222": 800_000, "223": 1_200_000}
    assert said(report) == {
        "202": ("overspent_cause 3", "overspent_action 3"),
        "222": ("underspent_cause 4", "underspent_action 4"),
    }
    assert completeness.check(report).is_stopped is False
    write_economy(report, text=lambda kind, turn: "igjen", turn=3, by=leader, reason="Eksempeldata")
    assert said(report)["202"] == ("overspent_cause 3", "overspent_action 3")


def test_write_economy_without_lines_writes_nothing(report: UnitReport, leader: User) -> None:
    write_economy(report, text=lambda kind, turn: kind, turn=1, by=leader, reason="")
    assert (decided(report), said(report)) == ({}, {})


def test_summary_tells_what_stands_out(report: UnitReport, schools: Unit) -> None:
    write_year(schools, actual=150_000)
    write_year(schools, function="222")
    summary = summary_of(report)
    assert summary is not None
    assert [one.function.code for one, _figures in summary.past] == ["202"]
    assert (summary.undecided, summary.width, dict(summary.total)["Avvik"]) == (2, 7, "−400")


def test_tertials_are_asked_as_far_as_their_last_month(top: Unit, schools: Unit) -> None:
    economy_round(top=top, units=[schools])
    write_year(schools)
    first = open_tertial(top=top, units=[schools], of=f"{YEAR}-T1", asks_economy=True)
    (one,) = economy_of(report_of(first, "skole"))
    assert (one.year.budget_so_far, one.year.actual) == (Decimal(400_000), Decimal(400_000))
