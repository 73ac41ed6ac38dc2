"""Django's administration: whom it lets in, and that it saves by the same door as everyone."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from organisation.models import Membership, ServiceArea, TargetGroup, Unit, User

MODELS = sorted(model._meta.label_lower for model in admin.site._registry)
KEPT = [label for label in MODELS if label.startswith("organisation.") or label == "budget.kostraart"]
OTHERS = [label for label in MODELS if label not in KEPT]


def _page(label: str, page: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}")


@pytest.fixture
def superuser(db: None) -> User:
    """Someone whom Django itself lets do everything: shows whether the pages are set up right."""
    return User.objects.create_superuser("drift", password="drift-passord")


@pytest.mark.parametrize("page", ["changelist", "add"])
def test_pages_of_every_model_open(client: Client, superuser: User, page: str) -> None:
    client.force_login(superuser)
    frozen = {
        "scorecards.observation",
        "publishing.publication",
        "publishing.publishedfile",
        "publishing.pdforder",
        "django_tasks_database.dbtaskresult",
        "budget.budgetamendment",
        "budget.importbatch",
    }
    expected = {label: 403 if page == "add" and label in frozen else 200 for label in MODELS}
    assert len(MODELS) > 20
    assert {label: client.get(_page(label, page)).status_code for label in MODELS} == expected


def test_administrator_sees_people_and_code_lists_only(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    found = {label: client.get(_page(label, "changelist")).status_code for label in MODELS}
    assert found == dict.fromkeys(KEPT, 200) | dict.fromkeys(OTHERS, 403)


@pytest.mark.parametrize("role", ["leader", "controller", "approver", "reader"])
def test_others_are_sent_to_log_in(client: Client, request: pytest.FixtureRequest, role: str) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("admin:index")).status_code == 302


def test_administrator_cannot_delete_a_person(client: Client, administrator: User, leader: User) -> None:
    client.force_login(administrator)
    assert client.post(reverse("admin:organisation_user_delete", args=[leader.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=leader.pk).exists() is True


def _person_form(person: User, role: Membership, **changes: str) -> dict[str, str]:
    return {
        "username": person.username,
        "is_active": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": f"{role.pk}",
        "memberships-0-user": f"{person.pk}",
        "memberships-0-role": role.role,
        "memberships-0-unit": f"{role.unit_id}",
    } | changes


def test_person_who_becomes_administrator_is_let_in(client: Client, administrator: User, leader: User) -> None:
    client.force_login(administrator)
    address = reverse("admin:organisation_user_change", args=[leader.pk])
    role = leader.memberships.get()
    changes = {"memberships-0-role": "administrator", "is_superuser": "on"}
    assert client.post(address, _person_form(leader, role, **changes)).status_code == 302
    assert User.objects.values_list("is_staff", "is_superuser").get(pk=leader.pk) == (True, False)


def test_person_who_loses_the_role_is_shut_out(client: Client, administrator: User, leader: User) -> None:
    Membership.objects.filter(user=leader).update(role="administrator")
    User.objects.filter(pk=leader.pk).update(is_staff=True)
    client.force_login(administrator)
    address = reverse("admin:organisation_user_change", args=[leader.pk])
    form = _person_form(leader, leader.memberships.get(), **{"memberships-0-DELETE": "on"})
    assert client.post(address, form).status_code == 302
    assert (leader.memberships.count(), User.objects.get(pk=leader.pk).is_staff) == (0, False)


@pytest.fixture
def group(schools: Unit) -> TargetGroup:
    area = ServiceArea.objects.create(
        municipality=schools.municipality, unit=schools, name="Skole", slug="skole", position=1
    )
    return TargetGroup.objects.create(area=area, text="Elever", position=1)


def test_saving_a_row_with_a_version_makes_a_new_one(client: Client, administrator: User, group: TargetGroup) -> None:
    client.force_login(administrator)
    address = reverse("admin:organisation_targetgroup_change", args=[group.pk])
    form = {"area": f"{group.area_id}", "text": "Elever 6–16 år", "position": "1"}
    assert client.post(address, form).status_code == 302
    assert TargetGroup.objects.values_list("text", "version").get() == ("Elever 6–16 år", 2)
    newest = TargetGroup.history.latest("history_id")
    assert (newest.text, newest.version, newest.history_user) == ("Elever 6–16 år", 2, administrator)
