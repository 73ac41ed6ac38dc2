"""The year's development work of a service area."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import User
from plans.models import DevelopmentItem
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db
PAGE = f"/arbeid/tjenesteomrade/skole/utviklingsarbeid/{YEAR}/"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def test_development_of_another_sector_does_not_exist(as_leader: Client, place: Workplace) -> None:
    address = reverse("plans:development", args=["omsorg", YEAR])
    assert as_leader.get(address).status_code == 404
    DevelopmentItem.objects.filter(area=place.care.area).update(unit=place.schools.area.unit)
    assert as_leader.get(address).status_code == 200


def test_development_of_a_reader_has_no_tools(client: Client, reader: User, place: Workplace) -> None:
    client.force_login(reader)
    page = client.get(PAGE)
    assert [item.text for item in page.context["items"]] == ["utvikle"]
    assert page.content.decode().count("Rediger") == 0


def test_development_item_add_comes_last(as_leader: Client, leader: User, place: Workplace) -> None:
    facts = {"text": "mer", "heading": "", "unit": place.schools.area.unit_id}
    answer = as_leader.post(reverse("plans:development_item_add", args=["skole", YEAR]), facts)
    assert answer["Location"] == PAGE
    added = DevelopmentItem.objects.get(text="mer")
    assert (added.position, added.year, added.history.get().history_user) == (2, YEAR, leader)


def test_development_item_add_for_another_unit_is_not_saved(as_leader: Client, place: Workplace) -> None:
    facts = {"text": "mer", "heading": "", "unit": place.care.area.unit_id}
    answer = as_leader.post(reverse("plans:development_item_add", args=["skole", YEAR]), facts)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["unit"]


def test_development_part_add_takes_all_but_the_text_from_the_whole(as_leader: Client, place: Workplace) -> None:
    whole = place.schools.development
    as_leader.post(reverse("plans:development_part_add", args=[whole.pk]), {"text": "del"})
    part = DevelopmentItem.objects.get(text="del")
    assert (part.parent, part.area, part.unit, part.year, part.position) == (whole, whole.area, whole.unit, YEAR, 1)


def test_development_item_move_stays_among_its_own(as_leader: Client, place: Workplace) -> None:
    area, unit = place.schools.area, place.schools.area.unit
    second = DevelopmentItem.objects.create(area=area, unit=unit, year=YEAR, text="b", position=2)
    other_year = DevelopmentItem.objects.create(area=area, unit=unit, year=YEAR + 1, text="c", position=1)
    address = reverse("plans:development_item_move", args=[second.pk])
    assert as_leader.post(address, {"direction": "up"})["Location"] == f"{PAGE}#development_item-{second.pk}"
    rows = DevelopmentItem.objects.filter(area=area).order_by("year", "position").values_list("text", "position")
    assert list(rows) == [("b", 1), ("utvikle", 2), ("c", other_year.position)]
