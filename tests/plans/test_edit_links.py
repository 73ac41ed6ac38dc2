"""Where each block is edited, and by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from organisation.models import Unit, User
from plans.edit_links import edit_links, edit_url
from plans.models import DevelopmentItem, Document, Section
from scorecards.models import Indicator, Scorecard
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db


def block(place: Workplace, name: str, **parameters: str) -> Section:
    chapter = place.schools.chapter
    facts = {"kind": "block", "block": name, "parameters": parameters, "position": 9}
    return Section.objects.create(document=place.document, parent=chapter, unit=chapter.unit, **facts)


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("functions-and-services", {}, "/arbeid/tjenesteomrade/skole/tjenester/"),
        ("target-groups", {}, "/arbeid/tjenesteomrade/skole/malgrupper/"),
        ("responsibilities", {}, "/arbeid/tjenesteomrade/skole/leveranser/"),
        ("development", {}, f"/arbeid/tjenesteomrade/skole/utviklingsarbeid/{YEAR}/"),
        ("scorecard", {}, "/arbeid/malekort/malekort-skole/"),
        ("overall-goals", {}, None),
        ("key-figures", {"table": "tall-skole"}, "/arbeid/nokkeltall/tall-skole/"),
        ("key-figures", {}, None),
        ("investments", {"plan": "vann"}, "/arbeid/investeringer/vann/"),
        ("staffing", {}, "/arbeid/bemanning/"),
        ("plan-matrix", {}, f"/arbeid/planmatrise/{YEAR}/"),
        ("headline-figures", {}, None),
        ("unit-scorecard", {}, None),
        ("unit-staffing", {}, "/arbeid/bemanning/"),
        ("frames", {}, f"/arbeid/okonomi/rammer/{YEAR}/"),
        ("measures", {}, "/arbeid/tiltak/"),
        ("accounts-budget-deviation", {}, "/arbeid/okonomi/"),
        ("unit-economy", {"round": "t2"}, "/arbeid/runder/t2/"),
    ],
)
def test_edit_url_of_a_block(place: Workplace, name: str, parameters: dict[str, str], expected: str | None) -> None:
    assert edit_url(block(place, name, **parameters)) == expected


def test_edit_url_knows_every_block(place: Workplace) -> None:
    assert {edit_url(block(place, one)) for one in Section.Block.values} >= {"/arbeid/bemanning/", None}


def test_edit_url_of_a_scorecard_is_that_of_the_unit_or_of_the_top(place: Workplace, top: Unit) -> None:
    own, overall = block(place, "unit-scorecard"), block(place, "overall-goals")
    facts = {"title": "Målekort", "year": YEAR}
    Scorecard.objects.create(slug="enhetens", unit=place.schools.area.unit, **facts)
    assert [edit_url(own), edit_url(overall)] == ["/arbeid/malekort/enhetens/", None]
    Scorecard.objects.create(slug="kommunens", unit=top, **facts)
    assert [edit_url(own), edit_url(overall)] == ["/arbeid/malekort/enhetens/", "/arbeid/malekort/kommunens/"]


def test_edit_url_of_a_text(place: Workplace) -> None:
    assert edit_url(place.schools.text) == f"/arbeid/avsnitt/{place.schools.text.pk}/"


def links(place: Workplace, user: User) -> set[str]:
    return set(edit_links(place.document.sections.all(), user).values())


def test_edit_links_of_a_leader_are_the_own_ones(place: Workplace, leader: User) -> None:
    chapter, text = place.schools.chapter.pk, place.schools.text.pk
    assert links(place, leader) == {
        f"/arbeid/avsnitt/{chapter}/",
        f"/arbeid/avsnitt/{text}/",
        "/arbeid/malekort/malekort-skole/",
        "/arbeid/tjenesteomrade/skole/tjenester/",
        "/arbeid/tjenesteomrade/skole/malgrupper/",
    }


def test_edit_links_of_a_reader_are_none(place: Workplace, reader: User) -> None:
    assert links(place, reader) == set()


def test_edit_links_of_a_controller_are_all(place: Workplace, controller: User) -> None:
    assert len(edit_links(place.document.sections.all(), controller)) == place.document.sections.count()


def test_edit_links_lead_to_another_units_scorecard_with_an_own_row(place: Workplace, leader: User) -> None:
    Indicator.objects.filter(pk=place.care.row.indicator_id).update(owner=place.schools.area.unit)
    assert "/arbeid/malekort/malekort-omsorg/" in links(place, leader)


def test_edit_links_lead_to_development_work_of_an_own_unit(place: Workplace, leader: User, care: Unit) -> None:
    section = Section.objects.create(
        document=place.document, parent=place.care.chapter, unit=care, kind="block", block="development", position=9
    )
    assert section.pk not in edit_links([section], leader)
    DevelopmentItem.objects.filter(area=place.care.area).update(unit=place.schools.area.unit)
    assert section.pk in edit_links([section], leader)


def test_edit_links_take_the_same_queries_for_few_and_many(
    elverum_case: Document, django_assert_num_queries: Callable[[int], Any]
) -> None:
    user = User.objects.get(username="controller")
    sections = list(elverum_case.sections.all())
    by_block = {section.block: section for section in sections}
    user.unit_ids("edit")  # type: ignore[arg-type]
    with django_assert_num_queries(6):
        edit_links(by_block.values(), user)
    with django_assert_num_queries(6):
        assert len(edit_links(sections, user)) == len(sections)
