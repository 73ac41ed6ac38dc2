"""Writing a measure: typed in 1 000 kroner without signs, kept in kroner with KOSTRA's sign."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Unit, User
from organisation.versions import save_version
from plans.models import Measure
from tests.plans.measures.made import add, effects, followed_up, last_saver, made, typed
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def test_measure_add_keeps_exact_kroner_with_the_sign_of_a_saving(
    as_leader: Client, schools: Unit, leader: User
) -> None:
    facts: dict[str, Any] = {
        f"saves_{YEAR}": "4 800,5",
        f"fewer_{YEAR}": "2,5",
        f"costs_{YEAR + 1}": "810,00050",
        f"more_{YEAR + 1}": "1",
    }
    answer = add(as_leader, schools, decision="Sak 12/23", decided_on=f"{YEAR - 1}-12-13", **facts)
    measure = Measure.objects.get()
    assert answer["Location"] == measure.get_absolute_url()
    assert effects(measure) == {
        YEAR: (Decimal("-4800500.00"), None, Decimal("-2.50"), None),
        YEAR + 1: (Decimal("810000.50"), None, Decimal("1.00"), None),
    }
    assert (measure.position, f"{measure.decided_on}", last_saver(measure)) == (1, f"{YEAR - 1}-12-13", leader)


def test_measure_add_comes_last_in_its_unit(as_leader: Client, schools: Unit, one_school: Unit) -> None:
    made(schools)
    made(one_school)
    add(as_leader, schools, title="Nytt")
    assert Measure.objects.get(title="Nytt").position == 2


def test_measure_add_offers_the_units_that_may_be_edited(
    as_leader: Client, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    form = as_leader.get(reverse("plans:measure_add", args=[YEAR])).context["form"]
    assert [pk for pk, _name in form.fields["unit"].choices] == ["", schools.pk, one_school.pk]
    answer = add(as_leader, care)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])


def test_measure_add_for_those_who_only_read_is_refused(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert client.get(reverse("plans:measure_add", args=[YEAR])).status_code == 403


@pytest.mark.parametrize("year", [1899, 2201])
def test_measure_add_of_an_impossible_year_does_not_exist(as_leader: Client, year: int) -> None:
    assert as_leader.get(reverse("plans:measure_add", args=[year])).status_code == 404


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({f"saves_{YEAR}": "-500"}, [f"saves_{YEAR}"]),
        ({f"saves_{YEAR}": "500", f"costs_{YEAR}": "100"}, [f"costs_{YEAR}"]),
        ({f"fewer_{YEAR}": "1", f"more_{YEAR}": "0"}, [f"more_{YEAR}"]),
        ({f"saves_{YEAR}": "100 000 000 000"}, [f"saves_{YEAR}"]),
        ({f"saves_{YEAR}": "1.5"}, [f"saves_{YEAR}"]),
        ({f"saves_{YEAR}": "0,000001"}, [f"saves_{YEAR}"]),
        ({f"fewer_{YEAR}": "1000000"}, [f"fewer_{YEAR}"]),
        ({"saves_new": "500"}, ["new_year"]),
        ({"new_year": YEAR, "saves_new": "500"}, ["new_year"]),
        ({"title": ""}, ["title"]),
    ],
    ids=[
        "minus", "both-amounts", "both-fte", "too-large", "point", "part-of-an-ore", "too-many", "no-year",
        "year-twice", "no-title",
    ],
)  # fmt: skip
def test_measure_add_of_what_cannot_be_meant_is_not_saved(
    as_leader: Client, schools: Unit, facts: dict[str, Any], wrong: list[str]
) -> None:
    answer = add(as_leader, schools, **facts)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, wrong)
    assert Measure.objects.count() == 0


def test_measure_edit_shows_what_was_typed_and_the_years_of_the_plan(as_leader: Client, schools: Unit) -> None:
    measure = made(schools, planned={YEAR - 3: -4_800_500, YEAR + 3: 500_000})
    form = as_leader.get(reverse("plans:measure_edit", args=[measure.pk])).context["form"]
    assert form.years == [YEAR - 3, YEAR - 2, YEAR - 1, YEAR, YEAR + 3]
    assert [form[f"saves_{YEAR - 3}"].value(), form[f"costs_{YEAR - 3}"].value()] == ["4 800,5", None]
    assert [form[f"saves_{YEAR + 3}"].value(), form[f"costs_{YEAR + 3}"].value()] == [None, "500"]


def test_measure_edit_leaves_what_was_achieved_alone(as_leader: Client, schools: Unit) -> None:
    measure = made(schools, planned={YEAR: -1_000})
    measure.effects.update(achieved_amount=Decimal(-700))
    facts = typed(schools, base_version=1, new_year=YEAR + 7, saves_new="5")
    assert as_leader.post(reverse("plans:measure_edit", args=[measure.pk]), facts).status_code == 302
    assert effects(measure) == {
        YEAR: (None, Decimal("-700.00"), None, None),
        YEAR + 7: (Decimal("-5000.00"), None, None, None),
    }


def test_measure_edit_keeps_a_goal_of_another_unit(as_leader: Client, place: Workplace, schools: Unit) -> None:
    goal = place.care.row.indicator
    measure = made(schools, indicator=goal)
    form = as_leader.get(reverse("plans:measure_edit", args=[measure.pk])).context["form"]
    assert goal in form.fields["indicator"].queryset
    facts = typed(schools, base_version=1, indicator=goal.pk)
    assert as_leader.post(reverse("plans:measure_edit", args=[measure.pk]), facts).status_code == 302
    assert Measure.objects.get().indicator == goal


def test_measure_edit_says_in_the_history_which_figures_were_changed(as_leader: Client, schools: Unit) -> None:
    measure = made(schools, planned={YEAR: -500_000, YEAR + 1: -1_000})
    facts = typed(schools, base_version=1, **{f"saves_{YEAR}": "400"})
    as_leader.post(reverse("plans:measure_edit", args=[measure.pk]), facts)
    reason = f"{YEAR}: innsparing 500 → innsparing 400; {YEAR + 1}: innsparing 1 → ingen"
    assert measure.history.latest().history_change_reason == reason
    assert effects(measure) == {YEAR: (Decimal("-400000.00"), None, None, None)}


def test_measure_edit_conflict_shows_both(as_leader: Client, schools: Unit, controller: User) -> None:
    measure = made(schools, planned={YEAR: -500_000})
    measure.title = "Deres navn"
    save_version(measure, base_version=1, by=controller)
    address = reverse("plans:measure_edit", args=[measure.pk])
    facts = typed(schools, base_version=1, **{f"saves_{YEAR}": "400"})
    answer = as_leader.post(address, facts)
    clash = answer.context["form"].clash
    assert (answer.status_code, clash.saving.by) == (409, "controller")
    assert clash.theirs == [("Tiltak", "Deres navn"), (f"Sparer {YEAR}", "500")]
    assert effects(measure) == {YEAR: (Decimal("-500000.00"), None, None, None)}
    assert as_leader.post(address, facts | {"overwrite": 2}).status_code == 302
    assert effects(measure) == {YEAR: (Decimal("-400000.00"), None, None, None)}


def test_measure_edit_of_the_municipality_is_not_a_leaders(as_leader: Client, top: Unit, care: Unit) -> None:
    own, other = made(top), made(care)
    assert as_leader.get(reverse("plans:measure", args=[own.pk])).status_code == 200
    assert as_leader.get(reverse("plans:measure_edit", args=[own.pk])).status_code == 403
    assert as_leader.get(reverse("plans:measure", args=[other.pk])).status_code == 404


def test_measure_move_stays_in_its_unit(as_leader: Client, schools: Unit, one_school: Unit) -> None:
    first, second, other = made(schools, "a"), made(schools, "b"), made(one_school, "c")
    answer = as_leader.post(reverse("plans:measure_move", args=[second.pk]), {"direction": "up"})
    assert answer["Location"] == f"/arbeid/tiltak/#measure-{second.pk}"
    assert list(Measure.objects.filter(unit=schools).order_by("position")) == [second, first]
    assert Measure.objects.get(pk=other.pk).position == 1


def test_measure_remove_of_one_that_was_never_followed_up(as_leader: Client, schools: Unit) -> None:
    measure = made(schools, planned={YEAR: -1})
    assert as_leader.post(reverse("plans:measure_remove", args=[measure.pk]))["Location"] == "/arbeid/tiltak/"
    assert (Measure.objects.count(), Measure.history.latest().history_type) == (0, "-")


def test_measure_remove_of_one_that_was_followed_up_is_refused(as_leader: Client, schools: Unit) -> None:
    measure = made(schools)
    followed_up(measure)
    address = reverse("plans:measure_remove", args=[measure.pk])
    assert (as_leader.get(address).status_code, as_leader.post(address).status_code) == (200, 409)
    assert Measure.objects.count() == 1
