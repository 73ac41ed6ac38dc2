"""What a service area consists of: adding, changing, moving and removing it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import AreaFunction, Delivery, Service, TargetGroup, User
from organisation.versions import save_version
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.mark.parametrize("name", ["area_functions", "target_groups", "deliveries"])
def test_list_page_of_an_area(
    as_leader: Client, place: Workplace, name: str, django_assert_max_num_queries: Ceiling
) -> None:
    with django_assert_max_num_queries(25) as few:
        assert as_leader.get(reverse(f"organisation:{name}", args=["skole"])).status_code == 200
    for number in range(2, 5):
        TargetGroup.objects.create(area=place.schools.area, text="flere", position=number)
        Service.objects.create(area_function=place.schools.function, name="flere", position=number)
        Delivery.objects.create(area=place.schools.area, unit=place.schools.area.unit, position=number)
    with django_assert_max_num_queries(25) as many:
        as_leader.get(reverse(f"organisation:{name}", args=["skole"]))
    assert len(many) == len(few)
    assert as_leader.get(reverse(f"organisation:{name}", args=["omsorg"])).status_code == 404


def test_target_group_add_comes_last_and_back_to_the_list(as_leader: Client, leader: User, place: Workplace) -> None:
    answer = as_leader.post(reverse("organisation:target_group_add", args=["skole"]), {"text": "voksne"})
    assert answer["Location"] == "/arbeid/tjenesteomrade/skole/malgrupper/"
    added = TargetGroup.objects.get(text="voksne")
    assert (added.position, added.version, added.history.get().history_user) == (2, 1, leader)


def test_target_group_edit_without_text_is_not_saved(as_leader: Client, place: Workplace) -> None:
    address = reverse("organisation:target_group_edit", args=[place.schools.target_group.pk])
    assert as_leader.post(address, {"text": "", "base_version": 1}).status_code == 422
    assert TargetGroup.objects.get(pk=place.schools.target_group.pk).text == "alle"


def test_target_group_edit_of_what_someone_else_saved(as_leader: Client, controller: User, place: Workplace) -> None:
    row = place.schools.target_group
    row.text = "deres"
    save_version(row, base_version=1, by=controller)
    address = reverse("organisation:target_group_edit", args=[row.pk])
    answer = as_leader.post(address, {"text": "mine", "base_version": 1})
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs == [("Målgruppe", "deres")]
    assert answer.context["form"]["text"].value() == "mine"


@pytest.mark.parametrize(("direction", "expected"), [("down", ["b", "alle"]), ("up", ["alle", "b"])])
def test_target_group_move(as_leader: Client, place: Workplace, direction: str, expected: list[str]) -> None:
    TargetGroup.objects.create(area=place.schools.area, text="b", position=2)
    address = reverse("organisation:target_group_move", args=[place.schools.target_group.pk])
    answer = as_leader.post(address, {"direction": direction})
    assert answer["Location"].endswith(f"malgrupper/#target_group-{place.schools.target_group.pk}")
    assert list(place.schools.area.target_groups.values_list("text", flat=True)) == expected


def test_target_group_move_is_not_done_by_a_link(as_leader: Client, place: Workplace) -> None:
    address = reverse("organisation:target_group_move", args=[place.schools.target_group.pk])
    assert as_leader.get(address).status_code == 405


def test_target_group_remove_asks_first_and_keeps_the_history(
    as_leader: Client, leader: User, place: Workplace
) -> None:
    row = place.schools.target_group
    address = reverse("organisation:target_group_remove", args=[row.pk])
    assert as_leader.get(address).status_code == 200
    assert TargetGroup.objects.filter(pk=row.pk).exists()
    as_leader.post(address)
    last = TargetGroup.history.filter(id=row.pk).latest()
    assert (last.history_type, last.text, last.history_user) == ("-", "alle", leader)


def test_area_function_edit_saves_its_codes(as_leader: Client, place: Workplace) -> None:
    row, other = place.schools.function, place.care.function.functions.get()
    facts = {"name": "Undervisning", "functions": [other.pk], "base_version": 1}
    as_leader.post(reverse("organisation:area_function_edit", args=[row.pk]), facts)
    changed = AreaFunction.objects.get(pk=row.pk)
    assert (changed.name, changed.codes) == ("Undervisning", [other.code])


def test_service_add_stands_in_its_function(as_leader: Client, place: Workplace) -> None:
    as_leader.post(reverse("organisation:service_add", args=[place.schools.function.pk]), {"name": "skyss"})
    assert [one.name for one in place.schools.function.services.all()] == ["drift", "skyss"]


def test_delivery_edit_offers_the_functions_of_the_area(as_leader: Client, place: Workplace) -> None:
    page = as_leader.get(reverse("organisation:delivery_edit", args=[place.schools.delivery.pk]))
    assert list(page.context["form"].fields["functions"].queryset) == [place.schools.function]
