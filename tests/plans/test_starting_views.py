"""The page where a document is started."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.access import Role
from organisation.models import Membership, Unit, User
from plans.models import Document
from publishing.models import Publication

pytestmark = pytest.mark.django_db
ADDRESS = "/arbeid/dokument/nytt/"


@pytest.fixture
def as_controller(controller: User, client: Client) -> Client:
    client.force_login(controller)
    return client


def form(unit: Unit, **changes: object) -> dict[str, object]:
    return {"kind": "unit-report", "unit": unit.pk, "year": 2024} | changes


def test_document_add_offers_the_units_in_the_order_of_the_tree(
    as_controller: Client, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    page = as_controller.get(ADDRESS)
    assert page.status_code == 200
    assert [name for _pk, name in page.context["form"].fields["unit"].choices] == [
        "Testvik kommune",
        "Sektor for omsorg",
        "Sektor for skole",
        "Bakken skole",
    ]
    assert [name for _kind, name in page.context["form"].fields["kind"].choices] == ["Enhetsrapport", "Lederavtale"]


def test_document_add_makes_it_and_goes_there(as_controller: Client, schools: Unit) -> None:
    answer = as_controller.post(ADDRESS, form(schools))
    document = Document.objects.get()
    assert (document.kind, document.unit, document.year) == ("unit-report", schools, 2024)
    assert (answer.status_code, answer.headers["Location"]) == (302, document.get_absolute_url())
    assert as_controller.get(document.get_absolute_url()).status_code == 200


def test_document_add_of_one_there_is_leads_to_it(as_controller: Client, schools: Unit) -> None:
    as_controller.post(ADDRESS, form(schools))
    answer = as_controller.post(ADDRESS, form(schools))
    document = Document.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count(f'href="{document.get_absolute_url()}"') == 1
    assert page.count("Det finnes allerede en enhetsrapport for Sektor for skole i 2024:") == 1


@pytest.mark.parametrize(
    "changes", [{"kind": "annual-plan"}, {"unit": 0}, {"year": ""}, {"year": "1899"}], ids="-".join
)
def test_document_add_with_what_cannot_be_chosen(
    as_controller: Client, schools: Unit, changes: dict[str, object]
) -> None:
    assert as_controller.post(ADDRESS, form(schools) | changes).status_code == 422
    assert Document.objects.count() == 0


def test_document_add_of_a_sectors_controller_is_for_the_sector_alone(
    client: Client, schools: Unit, one_school: Unit, care: Unit, leader: User
) -> None:
    Membership.objects.create(user=leader, role=Role.CONTROLLER, unit=one_school)
    client.force_login(leader)
    assert client.post(ADDRESS, form(schools)).status_code == 422
    assert client.post(ADDRESS, form(care)).status_code == 422
    assert client.post(ADDRESS, form(one_school)).status_code == 302


def test_document_add_is_not_for_those_who_only_lead(client: Client, leader: User, schools: Unit) -> None:
    client.force_login(leader)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, form(schools)).status_code == 403


def test_document_add_does_not_exist_for_those_who_see_nothing(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    assert client.get(ADDRESS).status_code == 404


def test_document_list_leads_there_those_who_publish(client: Client, controller: User, leader: User) -> None:
    found = []
    for user in (controller, leader):
        client.force_login(user)
        found.append(client.get(reverse("plans:document_list")).content.decode().count(f'href="{ADDRESS}"'))
    assert found == [1, 0]


def test_leader_agreement_is_not_public_until_somebody_publishes_it(as_controller: Client, schools: Unit) -> None:
    as_controller.post(ADDRESS, form(schools, kind="leader-agreement"))
    document = Document.objects.get()
    as_controller.logout()
    assert as_controller.get(reverse("publishing:document", args=[document.slug])).status_code == 404
    assert as_controller.get(reverse("publishing:draft", args=[document.slug])).status_code == 302
    assert Publication.objects.count() == 0
