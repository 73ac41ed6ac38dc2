"""Typing full-time equivalents."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client

from organisation.models import User
from organisation.versions import save_version
from staffing.models import StaffingFigure
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/bemanning/"


def cell_of(figure: StaffingFigure) -> str:
    return f"cell-{figure.unit_id}-{figure.counted_on:%Y%m%d}"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def test_figures_edit_saves_what_was_typed(as_leader: Client, leader: User, place: Workplace) -> None:
    name = cell_of(place.staffing)
    assert as_leader.post(PAGE, {name: "1 440,5", f"base-{name}": 1}).status_code == 302
    place.staffing.refresh_from_db()
    assert place.staffing.fte == Decimal("1440.5")
    assert place.staffing.history.latest().history_user == leader


@pytest.mark.parametrize("typed", ["1.440", "-3", "mange", "", "1,25", "99999999"])
def test_figures_edit_with_what_is_no_number_saves_nothing(as_leader: Client, place: Workplace, typed: str) -> None:
    name = cell_of(place.staffing)
    answer = as_leader.post(PAGE, {name: typed, f"base-{name}": 1})
    assert answer.status_code == 422
    assert [cell.text for cell in answer.context["grid"].errors] == [typed]
    assert StaffingFigure.objects.get(pk=place.staffing.pk).version == 1


def test_figures_edit_after_someone_saved(as_leader: Client, controller: User, place: Workplace) -> None:
    theirs = StaffingFigure.objects.get(pk=place.staffing.pk)
    theirs.fte = Decimal("441.0")
    save_version(theirs, base_version=1, by=controller)
    name = cell_of(place.staffing)
    answer = as_leader.post(PAGE, {name: "442,0", f"base-{name}": 1})
    assert answer.status_code == 409
    assert answer.context["grid"].errors[0].saved == "441,0"


def test_figures_edit_of_a_date_without_a_figure_makes_one(client: Client, controller: User, place: Workplace) -> None:
    client.force_login(controller)
    earlier = datetime.date(YEAR - 1, 8, 31)
    StaffingFigure.objects.create(unit=place.care.area.unit, counted_on=earlier, fte=Decimal(1))
    name = f"cell-{place.schools.area.unit_id}-{earlier:%Y%m%d}"
    assert client.post(PAGE, {name: "437,4", f"base-{name}": 0}).status_code == 302
    made = StaffingFigure.objects.get(unit=place.schools.area.unit, counted_on=earlier)
    assert (made.fte, made.version) == (Decimal("437.4"), 1)


def test_figures_edit_shows_only_units_that_may_be_seen(as_leader: Client, place: Workplace) -> None:
    lines = as_leader.get(PAGE).context["grid"].parts[0].lines
    assert [line.name for line in lines] == ["Sektor for skole"]
