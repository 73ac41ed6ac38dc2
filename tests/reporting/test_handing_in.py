"""The way of a report: each deed's state, its step, and what it refuses."""

import datetime

import pytest
from django.utils import timezone

from organisation.models import User
from reporting import deadlines, handing_in
from reporting.handing_in import NotPossible
from reporting.models import ReportingRound, UnitReport

NEXT_WEEK = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=7))


@pytest.fixture
def report(tertial: ReportingRound) -> UnitReport:
    return tertial.reports.get(unit__slug="skole")


def steps(report: UnitReport) -> list[tuple[str, str]]:
    return [(step.kind, step.comment) for step in report.steps.order_by("at", "pk")]


def last_step(report: UnitReport) -> int:
    return report.steps.latest("at", "pk").pk


def test_hand_in_twice_is_once(report: UnitReport, leader: User) -> None:
    first = handing_in.hand_in(report=report, by=leader)
    again = handing_in.hand_in(report=report, by=leader)
    report.refresh_from_db()
    assert (report.state, first.pk, steps(report)) == ("handed-in", again.pk, [("opened", ""), ("handed-in", "")])


def test_sent_back_corrected_and_approved(report: UnitReport, leader: User, approver: User) -> None:
    handing_in.hand_in(report=report, by=leader)
    handing_in.send_back(
        report=report, comment="Tallet mangler.", due_at=NEXT_WEEK, seen_step=last_step(report), by=approver
    )
    report.refresh_from_db()
    assert (report.state, report.extended_to, report.due_at) == ("sent-back", NEXT_WEEK, NEXT_WEEK)
    handing_in.hand_in(report=report, by=leader)
    handing_in.approve(report=report, seen_step=last_step(report), by=approver)
    report.refresh_from_db()
    assert report.state == "approved"
    assert [kind for kind, _comment in steps(report)] == ["opened", "handed-in", "sent-back", "handed-in", "approved"]
    assert report.steps.get(kind="sent-back").comment == "Tallet mangler."


def test_approve_refuses_what_has_changed_since_it_was_seen(report: UnitReport, leader: User, approver: User) -> None:
    handing_in.hand_in(report=report, by=leader)
    seen = last_step(report)
    handing_in.send_back(report=report, comment="Nei.", due_at=NEXT_WEEK, seen_step=seen, by=approver)
    handing_in.hand_in(report=report, by=leader)
    with pytest.raises(NotPossible, match="levert av leder"):
        handing_in.approve(report=report, seen_step=seen, by=approver)
    report.refresh_from_db()
    assert report.state == "handed-in"


def test_hand_in_after_the_days_of_grace_is_refused(tertial: ReportingRound, report: UnitReport, leader: User) -> None:
    yesterday = deadlines.end_of(timezone.localdate() - datetime.timedelta(days=2))
    ReportingRound.objects.update(department_due_at=yesterday, unit_due_at=yesterday, sector_due_at=yesterday)
    with pytest.raises(NotPossible, match="låst"):
        handing_in.hand_in(report=report, by=leader)
    ReportingRound.objects.update(grace_days=5)
    assert handing_in.hand_in(report=report, by=leader).kind == "handed-in"


def test_closing_locks_and_reopening_opens(tertial: ReportingRound, report: UnitReport, controller: User) -> None:
    handing_in.close_round(round_=tertial, by=controller)
    report.refresh_from_db()
    tertial.refresh_from_db()
    assert (tertial.closed_at is None, report.is_locked(timezone.now())) == (False, True)
    with pytest.raises(NotPossible, match="passert"):
        handing_in.reopen(
            report=report, reason="Feil.", due_at=timezone.now() - datetime.timedelta(seconds=1), by=controller
        )
    handing_in.reopen(report=report, reason="Feil i tallet.", due_at=NEXT_WEEK, by=controller)
    report.refresh_from_db()
    assert (report.state, report.is_locked(timezone.now())) == ("open", False)
    assert steps(report) == [("opened", ""), ("closed", ""), ("reopened", "Feil i tallet.")]


@pytest.mark.parametrize(
    ("who", "expected"), [("leader", []), ("approver", ["omsorg", "skole"]), ("controller", ["omsorg", "skole"])]
)
def test_approvable_by_those_above(
    tertial: ReportingRound, request: pytest.FixtureRequest, who: str, expected: list[str]
) -> None:
    person = request.getfixturevalue(who)
    found = UnitReport.objects.approvable_by(person).order_by("unit__slug").values_list("unit__slug", flat=True)
    assert list(found) == expected
