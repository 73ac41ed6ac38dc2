"""Who is reminded, on which days, of what."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from organisation.access import Role
from organisation.models import Membership, Unit, User
from reporting import deadlines, handing_in
from reporting.models import ReportingRound, UnitReport
from reporting.reminding import Mail, outstanding
from scorecards.models import Indicator
from scorecards.registration import register
from tests.workplace import Workplace, add_row, open_tertial

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
LAST_DAY = TODAY + 7 * DAY
"""The last day before the deadline of the round of the tests."""


def told(mails: list[Mail]) -> dict[str, tuple[list[str], list[str]]]:
    """User name → the units of what is due, and of what is late below."""
    return {
        mail.person.username: ([one.unit.slug for one in mail.due], [one.unit.slug for one in mail.below])
        for mail in mails
    }


def register_result(indicator: Indicator, round_: ReportingRound) -> None:
    register(indicator=indicator, period=round_.period, kind="result", text="4,6", by=None)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-4, {}),
        (-3, {"leder": (["skole"], [])}),
        (-2, {}),
        (0, {"leder": (["skole"], [])}),
        (1, {"leder": (["skole"], [])}),
        (2, {}),
        (3, {"leder": (["skole"], []), "godkjenner": ([], ["skole"])}),
        (4, {}),
        (7, {"leder": (["skole"], []), "godkjenner": ([], ["skole"])}),
        (8, {}),
    ],
)
def test_reminded_on_the_days_around_the_deadline(
    place: Workplace,
    top: Unit,
    schools: Unit,
    leader: User,
    approver: User,
    reader: User,
    days: int,
    expected: dict[str, Any],
) -> None:
    open_tertial(top=top, units=[schools])
    assert told(outstanding().on(LAST_DAY + days * DAY)) == expected


def test_reminded_where_a_unit_has_no_leader_is_the_nearest_above(
    tertial: ReportingRound, one_school: Unit, leader: User, approver: User
) -> None:
    """Nobody leads the school or the care sector; what stands above the one who is told instead, is told later."""
    UnitReport.objects.create(round=tertial, unit=one_school)
    assert told(outstanding().on(LAST_DAY + 3 * DAY)) == {
        "godkjenner": (["omsorg"], ["bakken-skole", "skole"]),
        "leder": (["bakken-skole", "skole"], []),
    }


def test_reminded_is_nobody_who_has_left(tertial: ReportingRound, leader: User, approver: User) -> None:
    User.objects.filter(pk=leader.pk).update(is_active=False)
    assert told(outstanding().on(LAST_DAY)) == {"godkjenner": (["omsorg", "skole"], [])}


def test_reminded_is_whoever_answers_for_an_indicator_until_it_has_a_result(
    tertial: ReportingRound, place: Workplace, schools: Unit, leader: User
) -> None:
    other = User.objects.create_user("rektor")
    Membership.objects.create(user=other, role=Role.CONTROLLER, unit=schools)
    Indicator.objects.filter(pk=place.schools.row.indicator_id).update(responsible=other)
    assert told(outstanding().on(LAST_DAY)) == {"leder": (["skole"], []), "rektor": (["skole"], [])}
    register_result(place.schools.row.indicator, tertial)
    assert told(outstanding().on(LAST_DAY)) == {"leder": (["skole"], [])}


def test_reminded_of_all_that_is_owed_where_something_is_due(
    tertial: ReportingRound, place: Workplace, top: Unit, schools: Unit, leader: User
) -> None:
    later = open_tertial(top=top, units=[schools], of="2024-T3", days_left=60)
    [mail] = outstanding().on(LAST_DAY)
    assert [one.round for one in mail.own] == [tertial, later]
    assert [one.round for one in mail.due] == [tertial]


def test_reminded_of_a_new_deadline(tertial: ReportingRound, leader: User, approver: User) -> None:
    report = tertial.reports.get(unit__slug="skole")
    handing_in.hand_in(report=report, by=leader)
    new = deadlines.end_of(LAST_DAY + 20 * DAY)
    seen = report.steps.latest("at", "pk").pk
    handing_in.send_back(report=report, comment="Se på tallet.", due_at=new, seen_step=seen, by=approver)
    assert "leder" not in told(outstanding().on(LAST_DAY))
    [mail] = outstanding().on(LAST_DAY + 20 * DAY)
    assert [one.unit.slug for one in mail.due] == ["skole"]


@pytest.mark.parametrize(
    "facts",
    [{"state": "handed-in"}, {"state": "approved"}, {"locked_at": timezone.now()}],
    ids=["handed in", "approved", "locked"],
)
def test_reminded_of_nothing_that_is_not_with_the_unit(
    tertial: ReportingRound, leader: User, approver: User, facts: dict[str, Any]
) -> None:
    tertial.reports.filter(unit__slug="skole").update(**facts)
    assert told(outstanding().on(LAST_DAY + 3 * DAY)) == {"godkjenner": (["omsorg"], [])}


def test_reminded_of_nothing_in_a_closed_round(
    tertial: ReportingRound, leader: User, approver: User, controller: User
) -> None:
    handing_in.close_round(round_=tertial, by=controller)
    tertial.reports.update(locked_at=None)
    assert outstanding().reports == []


def test_late_is_told_to_the_owners_on_any_day(tertial: ReportingRound, leader: User, approver: User) -> None:
    assert outstanding().late(tertial, LAST_DAY) == []
    mails = outstanding().late(tertial, LAST_DAY + 2 * DAY)
    assert told(mails) == {"godkjenner": (["omsorg"], []), "leder": (["skole"], [])}


def test_late_in_another_round_is_no_reason(
    tertial: ReportingRound, place: Workplace, top: Unit, schools: Unit, leader: User
) -> None:
    open_tertial(top=top, units=[schools], of="2024-T1", days_left=-2)
    assert outstanding().late(tertial, TODAY) == []


def test_following_is_the_first_day_on_which_somebody_is_told(
    tertial: ReportingRound, leader: User, approver: User
) -> None:
    def following(day: datetime.date, told: set[int]) -> set[tuple[datetime.date, str]]:
        return {(one.day, one.person.username) for one in outstanding().following(tertial, day, told=told)}

    first = LAST_DAY - 3 * DAY
    both = {"leder", "godkjenner"}
    assert following(TODAY, set()) == {(first, name) for name in both}
    assert following(first, {leader.pk}) == {(first, "godkjenner")}
    assert following(first, {leader.pk, approver.pk}) == {(LAST_DAY, name) for name in both}
    assert following(LAST_DAY + 8 * DAY, set()) == set()


def test_outstanding_asks_the_same_queries_for_few_and_many(
    tertial: ReportingRound,
    place: Workplace,
    top: Unit,
    schools: Unit,
    leader: User,
    approver: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    with django_assert_max_num_queries(10) as few:
        outstanding().on(LAST_DAY)
    for number in range(3):
        name = f"skole-{number}"
        unit = Unit.objects.create(municipality=top.municipality, parent=schools, kind="unit", name=name, slug=name)
        add_row(place.schools.card, f"Rad {number}", owner=unit)
        person = User.objects.create_user(name)
        Membership.objects.create(user=person, role=Role.LEADER, unit=unit)
    units = Unit.objects.filter(parent=schools)
    open_tertial(top=top, units=units, of="2024-T3")
    with django_assert_max_num_queries(10) as many:
        assert len(outstanding().on(LAST_DAY)) == 5
    assert len(many) == len(few)
