"""What the rounds ask of a person: reports to write, to approve, rounds to run."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from organisation.access import Role
from organisation.models import Membership, Period, Unit, User
from organisation.versions import save_version
from reporting import deadlines, handing_in
from reporting.models import ReportingRound, ReportText, UnitReport
from reporting.report_tasks import ReportTask, due_in, report_tasks
from scorecards.models import Indicator
from scorecards.registration import register
from tests.workplace import Workplace, open_tertial

NEXT_WEEK = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=7))
DAY = datetime.date(2024, 5, 15)


def fresh(user: User) -> User:
    """The person as in a request of its own: rights are read once a request."""
    return User.objects.get(pk=user.pk)


def names(tasks: list[ReportTask]) -> list[tuple[str, str]]:
    return [(task.report.unit.slug, task.stage.value) for task in tasks]


def hand_in(report: UnitReport, by: User) -> int:
    return handing_in.hand_in(report=report, by=by).pk


@pytest.fixture
def report(tertial: ReportingRound) -> UnitReport:
    return tertial.reports.get(unit__slug="skole")


@pytest.fixture
def school_report(tertial: ReportingRound, one_school: Unit) -> UnitReport:
    """A report of a unit below the leader's sector, which has no leader of its own."""
    return UnitReport.objects.create(round=tertial, unit=one_school)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-2, "2 dager over fristen"),
        (-1, "1 dag over fristen"),
        (0, "i dag"),
        (1, "i morgen"),
        (2, "om 2 dager"),
    ],
)
def test_due_in_as_people_say_it(days: int, expected: str) -> None:
    assert due_in(DAY + datetime.timedelta(days=days), DAY) == expected


def test_report_tasks_of_a_leader_are_the_own_report(report: UnitReport, leader: User) -> None:
    tasks = report_tasks(leader)
    assert names(tasks.to_write) == [("skole", "not-begun")]
    assert (tasks.unled, tasks.to_approve, tasks.further, tasks.rounds) == ([], [], [], [])


def test_report_tasks_without_a_leader_go_to_the_nearest_above(school_report: UnitReport, leader: User) -> None:
    assert names(report_tasks(leader).to_write) == [("bakken-skole", "not-begun"), ("skole", "not-begun")]
    head = User.objects.create_user("rektor")
    Membership.objects.create(user=head, role=Role.LEADER, unit=school_report.unit)
    assert names(report_tasks(fresh(leader)).to_write) == [("skole", "not-begun")]
    assert names(report_tasks(head).to_write) == [("bakken-skole", "not-begun")]
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert names(report_tasks(fresh(leader)).to_write) == [("bakken-skole", "not-begun"), ("skole", "not-begun")]


def test_report_tasks_at_the_top_are_the_few_without_a_leader(
    tertial: ReportingRound, leader: User, approver: User, controller: User
) -> None:
    """The schools have a leader, the care sector has none; the controller writes nobody's report."""
    tasks = report_tasks(approver)
    assert (names(tasks.to_write), tasks.unled) == ([("omsorg", "not-begun")], [])
    tasks = report_tasks(controller)
    assert (tasks.to_write, tasks.unled) == ([], [])


def test_report_tasks_at_the_top_are_a_count_where_many_have_no_leader(
    tertial: ReportingRound, care: Unit, leader: User, approver: User
) -> None:
    facts = {"municipality": care.municipality, "kind": "unit", "parent": care}
    homes = [Unit.objects.create(name=f"Hjem {one}", slug=f"hjem-{one}", **facts) for one in range(3)]
    UnitReport.objects.bulk_create(UnitReport(round=tertial, unit=home) for home in homes)
    tasks = report_tasks(approver)
    assert (tasks.to_write, tasks.unled) == ([], [(tertial, 4)])


def test_report_tasks_of_who_is_responsible_for_an_indicator(
    report: UnitReport, place: Workplace, controller: User
) -> None:
    Indicator.objects.filter(pk=place.schools.row.indicator_id).update(responsible=controller)
    tasks = report_tasks(controller).to_write
    assert [(task.report, task.own_rows) for task in tasks] == [(report, 1)]


def test_report_tasks_of_who_is_responsible_but_may_not_edit(
    report: UnitReport, place: Workplace, leader: User
) -> None:
    Indicator.objects.filter(pk=place.care.row.indicator_id).update(responsible=leader)
    assert names(report_tasks(leader).to_write) == [("skole", "not-begun")]


def test_stage_follows_what_is_typed_and_written(
    tertial: ReportingRound, report: UnitReport, place: Workplace, leader: User
) -> None:
    text = report.texts.get(kind=ReportText.Kind.STATUS)
    text.body = "<p>Det går bra.</p>"
    save_version(text, base_version=1, by=leader)
    task = report_tasks(leader).to_write[0]
    assert (task.stage.value, task.report.answered, task.report.asked) == ("under-way", 0, 1)
    register(indicator=place.schools.row.indicator, period=tertial.period, kind="result", text="4,6", by=leader)
    assert report_tasks(leader).to_write[0].report.answered == 1


@pytest.mark.parametrize(("grace", "expected"), [(5, ("not-begun", True)), (0, ("locked", False))])
def test_late_until_the_days_of_grace_have_passed(
    report: UnitReport, leader: User, grace: int, expected: tuple[str, bool]
) -> None:
    due = deadlines.end_of(timezone.localdate() - datetime.timedelta(days=2))
    ReportingRound.objects.update(department_due_at=due, unit_due_at=due, sector_due_at=due, grace_days=grace)
    task = report_tasks(leader).to_write[0]
    assert (task.stage.value, task.is_late) == expected
    assert task.due_in == "2 dager over fristen"


def test_sent_back_comes_first_and_done_comes_last(
    tertial: ReportingRound, report: UnitReport, school_report: UnitReport, leader: User, approver: User
) -> None:
    school_report.steps.create(kind="opened")
    hand_in(report, leader)
    assert names(report_tasks(leader).to_write) == [("bakken-skole", "not-begun"), ("skole", "handed-in")]
    later = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=30))
    seen = report.steps.latest("at", "pk").pk
    handing_in.send_back(report=report, comment="Tallet mangler.", due_at=later, seen_step=seen, by=approver)
    tasks = report_tasks(leader).to_write
    assert names(tasks) == [("skole", "sent-back"), ("bakken-skole", "not-begun")]
    steps = [task.given_back and (task.given_back.comment, task.given_back.by) for task in tasks]
    assert steps == [("Tallet mangler.", approver), None]


def test_reports_of_closed_rounds_are_no_tasks(tertial: ReportingRound, leader: User, controller: User) -> None:
    handing_in.close_round(round_=tertial, by=controller)
    assert report_tasks(leader).to_write == []
    assert report_tasks(controller).rounds == []


def test_to_approve_as_the_nearest_and_a_count_of_what_somebody_is_nearer_to(
    tertial: ReportingRound, report: UnitReport, school_report: UnitReport, leader: User, approver: User
) -> None:
    hand_in(report, leader)
    hand_in(school_report, leader)
    tasks = report_tasks(approver)
    assert (names(tasks.to_approve), tasks.further) == ([("bakken-skole", "handed-in"), ("skole", "handed-in")], [])
    assert report_tasks(leader).to_approve == []
    Membership.objects.create(user=leader, role=Role.APPROVER, unit=report.unit)
    tasks = report_tasks(fresh(approver))
    assert (names(tasks.to_approve), tasks.further) == ([("skole", "handed-in")], [(tertial, 1)])
    tasks = report_tasks(fresh(leader))
    assert (names(tasks.to_approve), names(tasks.to_write)) == (
        [("bakken-skole", "handed-in")],
        [("skole", "handed-in")],
    )


def test_rounds_are_shown_to_those_who_run_them(
    tertial: ReportingRound, report: UnitReport, leader: User, controller: User
) -> None:
    hand_in(report, leader)
    care = tertial.reports.get(unit__slug="omsorg")
    due = deadlines.end_of(timezone.localdate() - datetime.timedelta(days=1))
    UnitReport.objects.filter(pk=care.pk).update(extended_to=due)
    tasks = report_tasks(controller)
    assert [(one.round, one.handed_in, one.asked, one.late) for one in tasks.rounds] == [(tertial, 1, 2, 1)]
    assert (tasks.to_approve, tasks.further) == ([], [(tertial, 1)])


@pytest.mark.parametrize("who", ["reader", "administrator"])
def test_report_tasks_of_those_who_write_nothing(
    tertial: ReportingRound, request: pytest.FixtureRequest, who: str
) -> None:
    tasks = report_tasks(request.getfixturevalue(who))
    assert (tasks.to_write, tasks.unled, tasks.to_approve, tasks.further, tasks.rounds) == ([], [], [], [], [])


@pytest.mark.parametrize("who", ["leader", "approver", "controller"])
def test_report_tasks_run_the_same_queries_for_few_and_many(
    tertial: ReportingRound,
    schools: Unit,
    request: pytest.FixtureRequest,
    who: str,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    person = request.getfixturevalue(who)
    UnitReport.objects.filter(unit__slug="omsorg").update(state="handed-in")
    with django_assert_max_num_queries(15) as few:
        report_tasks(fresh(person))
    facts = {"municipality": schools.municipality, "kind": "unit"}
    units = [
        Unit.objects.create(parent=schools, name=f"Skole {number}", slug=f"skole-{number}", **facts)
        for number in range(30)
    ]
    other = open_tertial(top=tertial.unit, units=units, of="2024-T1")
    UnitReport.objects.filter(round=other, unit__in=units[:15]).update(state="handed-in")
    assert Period.objects.filter(rounds__isnull=False).count() == 2
    with django_assert_max_num_queries(15) as many:
        tasks = report_tasks(fresh(person))
    assert len(many) == len(few)
    assert len(tasks.to_write) == {"leader": 31, "approver": 1, "controller": 0}[who]
