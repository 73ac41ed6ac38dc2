"""Roles and rights: who may see, change and publish what."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from organisation import access
from organisation.access import Right, Role, units_by_right
from organisation.models import Membership, Unit, User

TREE: dict[int, int | None] = {1: None, 2: 1, 3: 1, 4: 2, 5: 4}
"""Municipality 1 with the sectors 2 and 3; unit 4 in sector 2, department 5 in unit 4."""

NOTHING: dict[str, set[int]] = {}


@pytest.mark.parametrize(
    ("memberships", "expected"),
    [
        ([], NOTHING),
        ([(Role.LEADER, 2)], {"see": {1, 2, 4, 5}, "read": {2, 4, 5}, "edit": {2, 4, 5}}),
        ([(Role.LEADER, 5)], {"see": {1, 2, 4, 5}, "read": {5}, "edit": {5}}),
        (
            [(Role.APPROVER, 2)],
            {"see": {1, 2, 4, 5}, "read": {2, 4, 5}, "edit": {2, 4, 5}, "approve": {2, 4, 5}},
        ),
        (
            [(Role.CONTROLLER, 1)],
            {right: {1, 2, 3, 4, 5} for right in ("see", "read", "edit", "approve", "publish")},
        ),
        ([(Role.READER, 3)], {"see": {1, 3}, "read": {3}}),
        ([(Role.ADMINISTRATOR, 1)], {"administer": {1, 2, 3, 4, 5}}),
        ([(Role.READER, 1), (Role.LEADER, 3)], {"see": {1, 2, 3, 4, 5}, "read": {1, 2, 3, 4, 5}, "edit": {3}}),
        ([(Role.LEADER, 2), (Role.LEADER, 3)], {"see": {1, 2, 3, 4, 5}, "read": {2, 3, 4, 5}, "edit": {2, 3, 4, 5}}),
    ],
)
def test_units_by_right_follow_the_memberships(
    memberships: list[tuple[str, int]], expected: dict[str, set[int]]
) -> None:
    assert units_by_right(memberships, TREE) == {right: frozenset(expected.get(right, ())) for right in Right}


def test_units_by_right_of_a_ring_of_units_ends() -> None:
    assert units_by_right([(Role.LEADER, 1)], {1: 2, 2: 1})[Right.EDIT] == {1, 2}


def test_unit_ids_of_an_inactive_person_are_none(controller: User) -> None:
    controller.is_active = False
    assert [controller.unit_ids(right) for right in Right] == [frozenset()] * len(Right)


def test_unit_ids_take_one_query(leader: User, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):
        assert leader.has_right(Right.EDIT) is True
        assert leader.has_right(Right.PUBLISH) is False


def _request(person: User) -> HttpRequest:
    request = HttpRequest()
    request.user = person
    return request


def test_get_for_view_of_own_unit(leader: User, one_school: Unit) -> None:
    assert access.get_for_view(_request(leader), Unit.objects.all(), pk=one_school.pk) == one_school


def test_get_for_view_of_the_municipality_above(leader: User, top: Unit) -> None:
    assert access.get_for_view(_request(leader), Unit.objects.all(), pk=top.pk) == top


def test_get_for_view_of_another_sector_does_not_exist(leader: User, care: Unit) -> None:
    with pytest.raises(Http404):
        access.get_for_view(_request(leader), Unit.objects.all(), pk=care.pk)


def test_get_for_edit_of_own_unit(leader: User, one_school: Unit) -> None:
    assert access.get_for_edit(_request(leader), Unit.objects.all(), pk=one_school.pk) == one_school


def test_get_for_edit_of_what_may_only_be_seen_is_refused(leader: User, top: Unit) -> None:
    with pytest.raises(PermissionDenied):
        access.get_for_edit(_request(leader), Unit.objects.all(), pk=top.pk)


def test_get_for_edit_of_another_sector_does_not_exist(leader: User, care: Unit) -> None:
    with pytest.raises(Http404):
        access.get_for_edit(_request(leader), Unit.objects.all(), pk=care.pk)


def test_get_for_edit_by_a_reader_is_refused(reader: User, care: Unit) -> None:
    with pytest.raises(PermissionDenied):
        access.get_for_edit(_request(reader), Unit.objects.all(), pk=care.pk)


def test_get_for_edit_by_an_administrator_does_not_exist(administrator: User, care: Unit) -> None:
    with pytest.raises(Http404):
        access.get_for_edit(_request(administrator), Unit.objects.all(), pk=care.pk)


def test_get_for_publishing_by_the_controller(controller: User, top: Unit) -> None:
    assert access.get_for_publishing(_request(controller), Unit.objects.all(), pk=top.pk) == top


def test_get_for_publishing_by_a_leader_is_refused(leader: User, one_school: Unit) -> None:
    with pytest.raises(PermissionDenied):
        access.get_for_publishing(_request(leader), Unit.objects.all(), pk=one_school.pk)


def test_get_for_publishing_of_another_sector_does_not_exist(leader: User, care: Unit) -> None:
    Membership.objects.filter(user=leader).update(role=Role.CONTROLLER)
    with pytest.raises(Http404):
        access.get_for_publishing(_request(leader), Unit.objects.all(), pk=care.pk)
