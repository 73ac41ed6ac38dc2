"""Who answers for an indicator, which indicators nobody answers for, and handing them over."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisation.access import Role
from organisation.models import Membership, Unit, User
from organisation.versions import create
from scorecards import ownership
from scorecards.models import Indicator
from tests.workplace import Workplace, add_row

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]
PAGE = "/arbeid/eierskap/"


def add(name: str, owner: Unit, **facts: Any) -> Indicator:
    slug = f"indikator-{Indicator.objects.count()}"
    made: Indicator = create(Indicator(slug=slug, name=name, owner=owner, **facts), by=None)
    return made


def someone(username: str, role: Role, unit: Unit, **facts: Any) -> User:
    person = User.objects.create_user(username, **facts)
    Membership.objects.create(user=person, role=role, unit=unit)
    return person


def answering(indicator: Indicator) -> list[str]:
    return [person.username for person in ownership.answerable([indicator])[indicator.pk]]


# Who answers


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([("a", Role.APPROVER, "skole"), ("l", Role.LEADER, "skole"), ("t", Role.LEADER, "testvik")], ["l", "a"]),
        ([("t", Role.APPROVER, "testvik"), ("l", Role.LEADER, "bakken-skole")], ["t"]),
        ([("c", Role.CONTROLLER, "skole"), ("r", Role.READER, "skole"), ("o", Role.LEADER, "omsorg")], []),
    ],
)
def test_answerable_without_a_responsible_person(
    schools: Unit, one_school: Unit, care: Unit, people: list[tuple[str, Role, str]], expected: list[str]
) -> None:
    for username, role, unit in people:
        someone(username, role, Unit.objects.get(slug=unit))
    assert answering(add("Trivsel", schools)) == expected


def test_answerable_is_the_responsible_person(schools: Unit, leader: User, controller: User) -> None:
    assert answering(add("Trivsel", schools, responsible=controller)) == ["controller"]


def test_answerable_is_not_who_has_left(schools: Unit, care: Unit, leader: User) -> None:
    gone = someone("sluttet", Role.LEADER, schools, is_active=False)
    moved = someone("flyttet", Role.LEADER, care)
    read_only = someone("leser", Role.READER, schools)
    found = [answering(add("Trivsel", schools, responsible=one)) for one in (gone, moved, read_only)]
    assert found == [["leder"], ["leder"], ["leder"]]


def test_answerable_is_not_an_inactive_leader(schools: Unit, approver: User) -> None:
    someone("sluttet", Role.LEADER, schools, is_active=False)
    assert answering(add("Trivsel", schools)) == ["godkjenner"]


def test_answerable_takes_two_queries(
    schools: Unit, one_school: Unit, care: Unit, leader: User, django_assert_num_queries: Ceiling
) -> None:
    rows = [add(f"{number}", unit) for number in range(3) for unit in (schools, one_school, care)]
    with django_assert_num_queries(2):
        assert len(ownership.answerable(rows)) == 9


# What nobody answers for


def found(user: User) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Unit, and for each reason the names."""
    return [
        (one.unit.slug, [(gap.why, [row.name for row in gap.indicators]) for gap in one.gaps.values()])
        for one in ownership.unanswered(User.objects.get(pk=user.pk))
    ]


NO_LEADER = "Enheten har ingen leder, og ingen annen person er satt som ansvarlig."


def test_unanswered_is_what_has_no_leader_of_its_own(place: Workplace, leader: User, controller: User) -> None:
    assert found(controller) == [("omsorg", [(NO_LEADER, ["Trivsel"])])]


def test_unanswered_says_who_left_and_how(
    place: Workplace, schools: Unit, care: Unit, leader: User, controller: User
) -> None:
    gone = someone("sluttet", Role.LEADER, schools, is_active=False)
    moved = someone("flyttet", Role.LEADER, care)
    for name, who in (("Fravær", gone), ("Mobbing", moved), ("Lesing", gone), ("Regning", controller)):
        row = add_row(place.schools.card, name, owner=schools)
        Indicator.objects.filter(pk=row.indicator_id).update(responsible=who)
    assert found(controller) == [
        (
            "skole",
            [
                ("sluttet er satt som ansvarlig, men har sluttet.", ["Fravær", "Lesing"]),
                ("flyttet er satt som ansvarlig, men kan ikke lenger skrive for enheten.", ["Mobbing"]),
            ],
        )
    ]


def test_unanswered_leaves_out_what_is_in_no_scorecard_or_has_ended(
    place: Workplace, leader: User, controller: User, care: Unit
) -> None:
    add("Uten målekort", care)
    ended = timezone.localdate() - datetime.timedelta(days=1)
    Indicator.objects.filter(pk=place.care.row.indicator_id).update(valid_to=ended)
    assert found(controller) == []


def test_unanswered_is_for_the_units_one_publishes_for(place: Workplace, schools: Unit) -> None:
    assert [unit for unit, _gaps in found(someone("c", Role.CONTROLLER, schools))] == ["skole"]


def test_ownership_counts_and_links(client: Client, place: Workplace, leader: User, controller: User) -> None:
    client.force_login(controller)
    page = client.get(PAGE)
    text = page.content.decode()
    assert page.context["count"] == 1
    assert text.count("1 indikator i målekortene har ingen som svarer for den i sin egen enhet.") == 1
    assert text.count(f'href="{PAGE}omsorg/?next={PAGE}"') == 1
    assert text.count(f'href="/arbeid/indikator/{place.care.row.indicator_id}/?next={PAGE}"') == 1


def test_ownership_with_nothing_missing_says_so(
    client: Client, place: Workplace, leader: User, care: Unit, controller: User
) -> None:
    someone("omsorgsleder", Role.LEADER, care)
    client.force_login(controller)
    answer = client.get(PAGE).content.decode()
    assert answer.count("Alle indikatorer i målekortene har en som svarer for dem.") == 1


def test_ownership_runs_the_same_queries_for_few_and_for_many(
    client: Client, place: Workplace, one_school: Unit, controller: User, django_assert_max_num_queries: Ceiling
) -> None:
    client.force_login(controller)
    with django_assert_max_num_queries(12) as few:
        client.get(PAGE)
    for number in range(3):
        gone = someone(f"sluttet-{number}", Role.LEADER, one_school, is_active=False)
        row = add_row(place.schools.card, f"Rad {number}", owner=one_school)
        Indicator.objects.filter(pk=row.indicator_id).update(responsible=gone)
    with django_assert_max_num_queries(12) as many:
        client.get(PAGE)
    assert len(many) == len(few)
