"""The money of Elverum's demo: a ledger in balance, frames that tie to it, and measures that tie to the frames."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from budget.frames.comparing import FrameTable, frame_table
from budget.ledger.areas import AreasOfYear
from budget.ledger.units import ReadableUnits
from budget.models import (
    BudgetAmendment,
    BudgetLine,
    Frame,
    FrameChange,
    ImportBatch,
    InvestmentProject,
    LedgerSource,
)
from budget.statutory.control import findings_of
from elverum import cases
from elverum.examples.ledger_loading import MONTHS
from organisation.models import Unit
from plans.measures.frames import ties
from plans.models import Document, Measure, MeasureStatus
from publishing.building import contents
from publishing.structure import Contents
from reporting.economy.reading import economy_of
from reporting.measures_in_reports import lines_of_measures, missing_measures
from reporting.models import ReportingRound, UnitReport

ELVERUM = cases.FIXTURES / "elverum"
SUCCESSORS = {"257", "258"}


@pytest.fixture(scope="module")
def plan_before(loaded_case: Document, django_db_blocker: DjangoDbBlocker) -> Contents:
    """The plan as it is put together before there are any examples."""
    with django_db_blocker.unblock():
        return contents.build(loaded_case)


@pytest.fixture(scope="module")
def case(loaded_case: Document, plan_before: Contents, django_db_blocker: DjangoDbBlocker) -> Iterator[Document]:
    """The case with its examples, loaded once for all tests of this file, which only read or take back."""
    with django_db_blocker.unblock(), transaction.atomic():
        cases.load_examples(folder=ELVERUM, document=loaded_case)
        yield loaded_case
        transaction.set_rollback(True)


def _frames(year: int) -> FrameTable:
    return frame_table(frames=Frame.objects.all(), year=year, lines=BudgetLine.objects.all())


def _counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def _past(round_: ReportingRound) -> list[tuple[str, str, bool]]:
    """Unit, function and whether it is explained, of each deviation that the round asks about."""
    reports = UnitReport.objects.filter(round=round_).select_related("round__period", "unit")
    found = ((report, one) for report in reports for one in economy_of(report) if one.is_past)
    return [(report.unit.slug, one.function.code, not one.lacks_explanation) for report, one in found]


def test_loading_twice_changes_nothing(case: Document, db: None) -> None:
    before = _counts()
    cases.load_examples(folder=ELVERUM, document=case)
    assert _counts() == before


def test_the_examples_leave_the_plan_as_it_was(case: Document, plan_before: Contents) -> None:
    assert contents.build(case) == plan_before


def test_the_ledger_is_marked_as_examples(case: Document) -> None:
    source = LedgerSource.objects.get(unit=case.unit, is_example=True)
    assert source.name == "Eksempeldata"
    assert BudgetLine.objects.exclude(batch__source=source, batch__state=ImportBatch.State.WRITTEN).count() == 0
    actual = BudgetLine.objects.filter(layer="actual").order_by("period__end")
    last = {year: actual.filter(plan_year=year).last() for year in MONTHS}
    assert {year: line.period.end.month for year, line in last.items() if line} == MONTHS


def test_the_ledger_is_in_balance_but_for_what_the_plan_itself_has_in_no_area(case: Document) -> None:
    assert findings_of(2023) == []
    assert [(one.rule, one.subject) for one in findings_of(2024)] == [
        ("parts-differ", "2024/original/appropriations"),
        ("parts-differ", "2024/revised/appropriations"),
    ]


@pytest.mark.parametrize("year", MONTHS)
def test_what_is_in_no_area_is_finance_and_the_successors_of_an_ended_function(case: Document, year: int) -> None:
    lines = BudgetLine.objects.filter(AreasOfYear(year, ReadableUnits()).lines_of(None), plan_year=year)
    codes = set(lines.values_list("function__code", flat=True))
    assert {code for code in codes if code < "800"} == (SUCCESSORS if year == 2024 else set())


def test_units_have_the_functions_that_the_case_gives_them(case: Document) -> None:
    found = BudgetLine.objects.filter(unit__slug="kulturskolen")
    assert set(found.values_list("function__code", flat=True)) == {"383"}


def test_decisions_are_dated_while_there_are_accounts_and_touch_no_depreciation(case: Document) -> None:
    rows = BudgetAmendment.objects.order_by("year", "number")
    assert [f"{one.decided_on:%Y-%m-%d}" for one in rows] == [
        f"{year}-{day}" for year in MONTHS for day in ("04-24", "06-19", "08-28")
    ]
    assert BudgetLine.objects.filter(layer="revised", art__code__in=("590", "990")).count() == 0


@pytest.mark.parametrize("year", MONTHS)
def test_every_sector_and_staff_has_a_frame_that_is_its_budget(case: Document, year: int) -> None:
    lines = _frames(year).lines
    wanted = set(Unit.objects.filter(kind__in=("sector", "staff")).values_list("slug", flat=True))
    assert {line.frame.unit.slug for line in lines if line.frame} == wanted
    assert [line.left for line in lines] == [Decimal(0)] * len(wanted)
    assert [line.budget for line in lines if line.budget <= 0] == []


def test_a_frame_starts_where_the_one_before_ended_and_has_two_to_four_changes(case: Document) -> None:
    assert [line.frame for line in _frames(2024).lines if line.starts_elsewhere] == []
    counts = {frame.changes.count() for frame in Frame.objects.all()}
    assert counts == {2, 3, 4}


@pytest.mark.parametrize("year", MONTHS)
def test_wages_and_prices_grow_as_they_do(case: Document, year: int) -> None:
    grown = [line.changes[FrameChange.Kind.WAGES_AND_PRICES] / line.opening * 100 for line in _frames(year).lines]
    assert [part for part in grown if not 2 < part < 7] == []


def test_measures_tie_to_the_frames(case: Document) -> None:
    found = ties(list(Unit.objects.values_list("pk", flat=True)))
    assert len(found) == 7
    assert [tie for tie in found if tie.difference] == []


def test_measures_are_marked_and_have_effects_and_statuses(case: Document) -> None:
    measures = Measure.objects.all()
    assert measures.count() == 8
    assert [one for one in measures if not one.title.startswith("Eksempel:")] == []
    assert [one for one in measures if sorted(one.effects.values_list("year", flat=True)) != [*range(2024, 2028)]] == []
    last = MeasureStatus.objects.filter(period__end__month=8).values_list("status", flat=True)
    assert sorted(last) == ["begun"] * 3 + ["done"] * 3 + ["dropped"] + ["not-started"]


def test_each_round_has_a_handful_to_explain_and_what_is_approved_is_explained(case: Document) -> None:
    first, second = ReportingRound.objects.order_by("period__end")
    for round_ in (first, second):
        assert 4 <= len(_past(round_)) <= 12
    assert ("skole", "222", True) in _past(first)
    approved = set(first.reports.filter(state="approved").values_list("unit__slug", flat=True))
    assert [one for one in _past(first) if one[0] in approved and not one[2]] == []


def test_the_rounds_ask_for_measures_and_what_is_approved_lacks_none(case: Document) -> None:
    assert [one.asks_measures for one in ReportingRound.objects.all()] == [True, True]
    asked = [one for one in UnitReport.objects.select_related("round__period") if lines_of_measures(one)]
    assert len(asked) == 2 * 7
    assert [one for one in asked if missing_measures(one)] == []


def test_projects_of_the_plan_are_numbered_and_the_ledger_has_the_plans_own_amounts(case: Document) -> None:
    numbered = InvestmentProject.objects.exclude(code="")
    assert [one for one in numbered if not one.code.startswith("Eksempel-")] == []
    lines = BudgetLine.objects.filter(account_class="investment", layer="original", plan_year=2024).exclude(project="")
    assert sum(line.amount for line in lines) == 30_000_000
