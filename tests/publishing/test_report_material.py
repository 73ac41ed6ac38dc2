"""Which of a round's values a report may show: what is approved, as it was approved, and how it has changed since."""

import datetime

import pytest
from django.utils import timezone

from organisation.models import User
from publishing.freeze import freeze
from reporting import deadlines, handing_in
from reporting.models import ReportingRound, ReportRow
from scorecards.models import Scorecard
from tests.publishing.reporting_round import approve, goal_row, report_of, report_value, set_goal, table
from tests.workplace import Workplace, open_tertial, year_period

pytestmark = pytest.mark.django_db

SCORECARD = "reported-scorecard"
SOON = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=7))


def test_report_not_approved_gives_an_empty_row(missed: ReportingRound) -> None:
    row = goal_row(missed)
    assert (row.label, row.cells, row.note, row.verdict) == ("Trivsel", ("", "", ""), "Ikke rapportert", None)


def test_report_handed_in_is_not_enough(missed: ReportingRound, leader: User) -> None:
    handing_in.hand_in(report=report_of(missed, "skole"), by=leader)
    assert goal_row(missed).note == "Ikke rapportert"


def test_report_reopened_is_not_shown(missed: ReportingRound, approver: User) -> None:
    approve(report_of(missed, "skole"), approver)
    handing_in.reopen(report=report_of(missed, "skole"), reason="Feil.", due_at=SOON, by=approver)
    assert goal_row(missed).cells == ("", "", "")


def test_result_changed_after_the_approval_is_shown_as_approved(
    missed: ReportingRound, place: Workplace, approver: User
) -> None:
    approve(report_of(missed, "skole"), approver)
    report_value(place.schools.row.indicator, missed.period, "4,9")
    assert goal_row(missed).cells[0] == "4,5"


def test_forecast_of_a_later_round_does_not_change_the_report(
    missed: ReportingRound, place: Workplace, approver: User
) -> None:
    report_value(place.schools.row.indicator, year_period(), "4,8", kind="forecast")
    approve(report_of(missed, "skole"), approver)
    report_value(place.schools.row.indicator, year_period(), "3,0", kind="forecast")
    assert goal_row(missed).cells[2] == "4,8"


def test_result_first_typed_after_the_approval_is_not_shown(
    tertial: ReportingRound, place: Workplace, approver: User
) -> None:
    approve(report_of(tertial, "skole"), approver)
    report_value(place.schools.row.indicator, tertial.period, "4,9")
    row = goal_row(tertial)
    assert (row.cells[0], row.note, row.verdict and row.verdict.outcome) == ("", "", "not_measured")


def test_result_of_the_year_before_waits_for_its_own_approval(
    missed: ReportingRound, place: Workplace, approver: User
) -> None:
    approve(report_of(missed, "skole"), approver)
    indicator, last_year = place.schools.row.indicator, year_period(2023)
    report_value(indicator, last_year, "4,1")
    assert goal_row(missed).cells[:3] == ("4,1", "4,5", "5,0")
    Scorecard.objects.create(slug="forrige", title="Målekort", year=2023, unit=place.schools.card.unit)
    earlier = open_tertial(top=place.document.unit, units=[place.schools.card.unit], of="2023")
    ReportRow.objects.create(report=earlier.reports.get(), indicator=indicator, position=1)
    assert goal_row(missed).cells[:3] == ("4,5", "5,0", "")
    approve(earlier.reports.get(), approver)
    assert goal_row(missed).cells[:3] == ("4,1", "4,5", "5,0")


@pytest.fixture
def shared(place: Workplace, approver: User) -> ReportingRound:
    """A round in which both sectors report on the schools' indicator, and the one of care is approved."""
    indicator = place.schools.row.indicator
    indicator.shared_with.add(place.care.card.unit)
    set_goal(indicator, "5,0")
    found = open_tertial(top=place.document.unit, units=[place.schools.card.unit, place.care.card.unit])
    report_value(indicator, found.period, "4,5")
    for unit in ("skole", "omsorg"):
        rows = ReportRow.objects.filter(report=report_of(found, unit), indicator=indicator)
        rows.update(comment=f"Sagt av {unit}.")
    approve(report_of(found, "omsorg"), approver)
    return found


def test_shared_indicator_shows_the_words_of_the_approved_report(shared: ReportingRound) -> None:
    assert [row.cells for row in table(shared, "skole", SCORECARD).rows()] == [("4,5", "5,0", "", "Sagt av omsorg.")]


def test_shared_indicator_keeps_what_was_approved_while_the_other_unit_writes(
    shared: ReportingRound, place: Workplace
) -> None:
    report_value(place.schools.row.indicator, shared.period, "1,0")
    assert goal_row(shared).cells[0] == "4,5"


def test_shared_indicator_names_the_units_when_both_are_approved(shared: ReportingRound, approver: User) -> None:
    approve(report_of(shared, "skole"), approver)
    said = "Sektor for omsorg: Sagt av omsorg.\nSektor for skole: Sagt av skole."
    assert [row.cells[3] for row in table(shared, "skole", SCORECARD).rows()] == [said]


# A result that was corrected


def test_corrected_result_is_marked_in_every_later_version(
    missed: ReportingRound, place: Workplace, approver: User
) -> None:
    approve(report_of(missed, "skole"), approver)
    freeze(document=missed.document, stage="tertial", by=approver)
    assert goal_row(missed).note == ""
    handing_in.reopen(report=report_of(missed, "skole"), reason="Feil.", due_at=SOON, by=approver)
    assert goal_row(missed).note == "Ikke rapportert (4,5 i versjon 1)"
    report_value(place.schools.row.indicator, missed.period, "4,2")
    approve(report_of(missed, "skole"), approver)
    assert goal_row(missed).note == "Rettet: 4,5 i versjon 1"
    freeze(document=missed.document, stage="tertial", by=approver, reason="Rettet trivsel")
    assert goal_row(missed).note == "Rettet: 4,5 i versjon 1"
    assert [figure.result for figure in missed.document.publications.get(version=1).figures.all()] == ["4,5"]


def test_result_typed_another_way_is_not_corrected(missed: ReportingRound, place: Workplace, approver: User) -> None:
    approve(report_of(missed, "skole"), approver)
    freeze(document=missed.document, stage="tertial", by=approver)
    handing_in.reopen(report=report_of(missed, "skole"), reason="Pynt.", due_at=SOON, by=approver)
    report_value(place.schools.row.indicator, missed.period, "4.5")
    approve(report_of(missed, "skole"), approver)
    assert (goal_row(missed).cells[0], goal_row(missed).note) == ("4.5", "")
