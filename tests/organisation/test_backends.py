"""Who may log in, and what Django's administration lets them do."""

import pytest
from django.contrib.auth import authenticate, get_user
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from organisation.loading import give_demo_password
from organisation.models import User


@pytest.fixture
def demo_leader(leader: User) -> User:
    User.objects.filter(pk=leader.pk).update(is_demo=True)
    give_demo_password(password="kjent-for-alle")
    return User.objects.get(pk=leader.pk)


def test_authenticate_demo_person_with_debug_on(demo_leader: User, settings: Settings) -> None:
    settings.DEBUG = True
    assert authenticate(username="leder", password="kjent-for-alle") == demo_leader


def test_authenticate_demo_person_with_debug_off_is_refused(demo_leader: User, settings: Settings) -> None:
    settings.DEBUG = False
    assert authenticate(username=demo_leader.username, password="kjent-for-alle") is None


def test_authenticate_other_person_with_debug_off(leader: User, settings: Settings) -> None:
    settings.DEBUG = False
    assert authenticate(username="leder", password="leder-passord") == leader


def test_session_of_a_demo_person_ends_when_debug_is_turned_off(
    demo_leader: User, client: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    client.force_login(demo_leader)
    request = HttpRequest()
    request.session = client.session
    assert get_user(request) == demo_leader
    settings.DEBUG = False
    assert get_user(request).is_authenticated is False


def test_give_demo_password_leaves_other_people_alone(demo_leader: User, controller: User) -> None:
    assert give_demo_password(password="nytt-for-alle") == [demo_leader]
    assert User.objects.get(pk=controller.pk).check_password("controller-passord") is True


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        ("organisation.view_unit", True),
        ("organisation.add_user", True),
        ("organisation.change_kostrafunction", True),
        ("organisation.delete_membership", True),
        ("organisation.delete_user", False),
        ("organisation.delete_unit", False),
        ("scorecards.view_indicator", False),
        ("publishing.change_publication", False),
    ],
)
def test_has_perm_of_an_administrator(administrator: User, *, permission: str, expected: bool) -> None:
    assert administrator.has_perm(permission) is expected


def test_has_perm_of_others_is_none(leader: User, controller: User, approver: User, reader: User) -> None:
    people = (leader, controller, approver, reader)
    assert [person.has_perm("organisation.view_unit") for person in people] == [False] * 4
    assert [person.has_module_perms("organisation") for person in people] == [False] * 4


def test_has_module_perms_of_an_administrator(administrator: User) -> None:
    apps = ("organisation", "scorecards", "plans", "publishing", "admin")
    assert [app for app in apps if administrator.has_module_perms(app)] == ["organisation"]


def test_get_all_permissions_are_none(administrator: User) -> None:
    assert administrator.get_all_permissions() == set()
