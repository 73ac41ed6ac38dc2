"""How a round stands: stages, outcomes, what changed since last time, and the order of the tree."""

import datetime

import pytest
from django.utils import timezone

from organisation.access import Right
from organisation.models import Unit, User
from organisation.versions import save_version
from reporting import deadlines, handing_in
from reporting.models import ReportingRound, ReportText, UnitReport
from reporting.standing import Overview, overview
from scorecards.models import Indicator
from scorecards.registration import register
from tests.workplace import YEAR, Workplace, add_row, open_tertial, year_period

NEXT_WEEK = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=7))


def stand(round_: ReportingRound, person: User) -> Overview:
    reports = UnitReport.objects.readable_by(person)
    return overview(round_, reports, within=person.unit_ids(Right.READ), now=timezone.now())


def aim(indicator: Indicator, target: str) -> None:
    """Set a target for the year, and that higher is better."""
    Indicator.objects.filter(pk=indicator.pk).update(direction="higher")
    register(indicator=indicator, period=year_period(), kind="target", text=target, by=None)


def answer(round_: ReportingRound, indicator: Indicator, text: str) -> None:
    register(indicator=indicator, period=round_.period, kind="result", text=text, by=None)


@pytest.fixture
def earlier(place: Workplace) -> ReportingRound:
    """The round of the first tertial, for the school sector alone."""
    return open_tertial(top=place.document.unit, units=[place.schools.card.unit], of=f"{YEAR}-T1")


@pytest.fixture
def compared(tertial: ReportingRound, earlier: ReportingRound) -> ReportingRound:
    """The round of the second tertial, after that of the first."""
    tertial.previous = earlier
    tertial.save()
    return tertial


def test_stage_follows_the_report(tertial: ReportingRound, place: Workplace, leader: User, approver: User) -> None:
    def stage() -> str:
        (line,) = stand(tertial, leader).lines
        return str(line.stage)

    report = tertial.reports.get(unit__slug="skole")
    found = [stage()]
    answer(tertial, place.schools.row.indicator, "4,1")
    found.append(stage())
    handing_in.hand_in(report=report, by=leader)
    found.append(stage())
    seen = report.steps.latest("at", "pk").pk
    handing_in.send_back(report=report, comment="Se på den.", due_at=NEXT_WEEK, seen_step=seen, by=approver)
    found.append(stage())
    step = handing_in.hand_in(report=report, by=leader)
    handing_in.approve(report=report, seen_step=step.pk, by=approver)
    found.append(stage())
    assert found == ["not-begun", "under-way", "handed-in", "sent-back", "approved"]


def test_stage_of_a_report_with_a_text_is_begun(tertial: ReportingRound, leader: User) -> None:
    text = ReportText.objects.filter(report__unit__slug="skole").first()
    assert text is not None
    text.body = "<p>Vi er i rute.</p>"
    save_version(text, base_version=text.version, by=leader)
    assert [line.stage for line in stand(tertial, leader).lines] == ["under-way"]


@pytest.mark.parametrize(("grace", "stage"), [(30, "not-begun"), (0, "locked")])
def test_late_report_counts_the_days(place: Workplace, leader: User, grace: int, stage: str) -> None:
    late = open_tertial(top=place.document.unit, units=[place.schools.card.unit], days_left=-3, grace_days=grace)
    (line,) = stand(late, leader).lines
    assert (line.stage, line.is_late, line.days_late) == (stage, True, 3)


def test_change_is_counted_against_the_round_before(
    compared: ReportingRound, earlier: ReportingRound, place: Workplace, leader: User
) -> None:
    """Target 5: the first went from reached to missed, the second the other way, the third was not measured before."""
    rows = [place.schools.row, *(add_row(place.schools.card, name, owner=place.schools.card.unit) for name in "BC")]
    report = compared.reports.get(unit__slug="skole")
    for position, (row, before, now) in enumerate(zip(rows, ("5", "4", ""), ("4", "5", "4"), strict=True), start=1):
        report.rows.get_or_create(indicator=row.indicator, defaults={"position": position})
        aim(row.indicator, "5")
        answer(compared, row.indicator, now)
        if before:
            answer(earlier, row.indicator, before)
    found = stand(compared, leader)
    tally = found.tally
    assert (tally.reached, tally.nearly, tally.missed, tally.better, tally.worse) == (1, 0, 2, 1, 1)
    assert (tally.asked, tally.answered) == (3, 3)
    assert [(one.row.indicator.name, one.is_newly_missed) for one in found.misses] == [("Trivsel", True), ("C", False)]


def test_without_a_round_before_nothing_is_compared(tertial: ReportingRound, place: Workplace, leader: User) -> None:
    aim(place.schools.row.indicator, "5")
    answer(tertial, place.schools.row.indicator, "4")
    found = stand(tertial, leader)
    assert (found.compares, found.tally.missed, found.tally.worse) == (False, 1, 0)


def test_misses_of_a_shared_indicator_stand_once(place: Workplace, schools: Unit, care: Unit, controller: User) -> None:
    indicator = place.schools.row.indicator
    indicator.shared_with.add(care)
    round_ = open_tertial(top=place.document.unit, units=[schools, care])
    aim(indicator, "5")
    answer(round_, indicator, "4")
    found = stand(round_, controller)
    assert ([one.row.indicator for one in found.misses], found.tally.missed) == ([indicator], 2)


def test_tree_is_grouped_by_sector(
    place: Workplace, top: Unit, schools: Unit, one_school: Unit, care: Unit, controller: User
) -> None:
    round_ = open_tertial(top=top, units=[care, one_school, schools, top])
    groups = stand(round_, controller).groups
    assert [(one.unit, [(line.report.unit, line.depth) for line in one.lines]) for one in groups] == [
        ("Testvik kommune", [(top, 0)]),
        ("Sektor for omsorg", [(care, 0)]),
        ("Sektor for skole", [(schools, 0), (one_school, 1)]),
    ]


def test_tree_names_a_sector_that_does_not_report(
    place: Workplace, one_school: Unit, controller: User, leader: User
) -> None:
    round_ = open_tertial(top=place.document.unit, units=[one_school])
    for person in (controller, leader):
        (group,) = stand(round_, person).groups
        assert (group.unit, group.has_heading, [line.depth for line in group.lines]) == ("Sektor for skole", True, [1])


def test_tree_of_a_leader_begins_with_the_own_unit(tertial: ReportingRound, leader: User, one_school: Unit) -> None:
    leader.memberships.update(unit=one_school)
    UnitReport.objects.create(round=tertial, unit=one_school)
    found = stand(tertial, leader)
    assert [(one.unit, one.has_heading, len(one.lines)) for one in found.groups] == [("Bakken skole", False, 1)]
