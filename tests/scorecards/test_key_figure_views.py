"""Typing and arranging a key-figure table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Unit, User
from organisation.versions import save_version
from scorecards.models import Indicator, KeyFigureRow, Observation
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]
PAGE = "/arbeid/nokkeltall/tall-skole/"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def row_facts(**changes: Any) -> dict[str, Any]:
    return {"label": "Rad", "group": "", "indicator": "", "unit": "", "mark": "", "base_version": 1} | changes


def test_key_figures_edit_saves_a_value(as_leader: Client, place: Workplace) -> None:
    row, column = place.schools.table.rows.get(), place.schools.table.columns.get()
    name = f"cell-{row.pk}-{column.pk}"
    assert as_leader.post(PAGE, {name: "1 479,0", f"base-{name}": "1"}).status_code == 302
    assert Observation.objects.get(pk=place.schools.result.pk).text == "1 479,0"


def test_key_figures_edit_of_a_cell_without_an_address_is_not_typed_in(as_leader: Client, place: Workplace) -> None:
    KeyFigureRow.objects.create(table=place.schools.table, position=2, label="Bare tekst")
    cells = list(as_leader.get(PAGE).context["grid"].cells())
    assert [cell.is_editable for cell in cells] == [True, False]


def test_key_figures_edit_runs_the_same_queries_for_one_row_and_for_many(
    as_leader: Client, place: Workplace, django_assert_max_num_queries: Ceiling
) -> None:
    with django_assert_max_num_queries(25) as few:
        as_leader.get(PAGE)
    for number in range(2, 5):
        indicator = Indicator.objects.create(slug=f"tall-{number}", name="Tall", owner=place.schools.area.unit)
        KeyFigureRow.objects.create(table=place.schools.table, position=number, label="Tall", indicator=indicator)
    with django_assert_max_num_queries(25) as many:
        as_leader.get(PAGE)
    assert len(many) == len(few)


def test_key_figure_row_add_with_a_new_indicator_is_guarded_by_the_table(
    as_leader: Client, leader: User, place: Workplace
) -> None:
    table = place.schools.table
    address = reverse("scorecards:key_figure_row_add", args=[table.slug])
    assert as_leader.post(address, row_facts(new_indicator="Antall elever")).status_code == 302
    row = table.rows.get(label="Rad")
    assert row.indicator
    assert (row.indicator.slug, row.indicator.owner, row.position) == ("antall-elever", table.area.unit, 2)
    table.refresh_from_db()
    assert (table.version, table.history.latest().history_user) == (2, leader)


def test_key_figure_row_add_for_a_unit_makes_its_parts(as_leader: Client, one_school: Unit, place: Workplace) -> None:
    table = place.schools.table
    whole = Indicator.objects.create(slug="elever", name="Elever", owner=table.area.unit)
    table.columns.update(indicator=whole)
    address = reverse("scorecards:key_figure_row_add", args=[table.slug])
    as_leader.post(address, row_facts(label="Bakken", unit=one_school.pk))
    part = Indicator.objects.get(parent=whole, unit=one_school)
    assert part.name == "Elever, Bakken"
    assert [cell.is_editable for cell in as_leader.get(PAGE).context["grid"].cells()] == [True, True]


def test_key_figure_row_edit_reads_the_period(as_leader: Client, place: Workplace) -> None:
    row = place.schools.table.rows.get()
    address = reverse("scorecards:key_figure_row_edit", args=[row.pk])
    as_leader.post(address, row_facts(period_text="2023/2024"))
    row.refresh_from_db()
    assert row.period
    assert row.period.label == "2023/2024"
    assert as_leader.get(address).context["form"]["period_text"].value() == "2023/2024"


def test_key_figure_row_edit_with_a_period_that_is_none(as_leader: Client, place: Workplace) -> None:
    row = place.schools.table.rows.get()
    answer = as_leader.post(reverse("scorecards:key_figure_row_edit", args=[row.pk]), row_facts(period_text="i fjor"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["period_text"]


def test_key_figure_row_edit_after_someone_saved_the_table(
    as_leader: Client, controller: User, place: Workplace
) -> None:
    row = place.schools.table.rows.get()
    save_version(row.table, base_version=1, by=controller)
    KeyFigureRow.objects.filter(pk=row.pk).update(label="Deres")
    answer = as_leader.post(reverse("scorecards:key_figure_row_edit", args=[row.pk]), row_facts(label="Min"))
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs[0] == ("Tekst", "Deres")
    assert KeyFigureRow.objects.get(pk=row.pk).label == "Deres"


def test_key_figure_row_of_another_sector_does_not_exist(as_leader: Client, place: Workplace) -> None:
    row = place.care.table.rows.get()
    assert as_leader.get(reverse("scorecards:key_figure_row_edit", args=[row.pk])).status_code == 404
