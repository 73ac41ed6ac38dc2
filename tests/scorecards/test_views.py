"""Typing a scorecard: only what was changed is saved, all of it or nothing, and nobody's value is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Unit, User
from organisation.versions import save_version
from scorecards.models import Indicator, Observation, ScorecardRow
from scorecards.registration import register
from tests.workplace import Workplace, add_row, year_period

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]
PAGE = "/arbeid/malekort/malekort-skole/"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def name_of(row: ScorecardRow, kind: str) -> str:
    return f"cell-{row.pk}-{row.scorecard.columns.get(kind=kind).pk}"


def post(client: Client, cells: dict[str, tuple[str, int]], **more: str) -> Any:
    """Post texts with the versions that were seen."""
    texts = {name: text for name, (text, _base) in cells.items()}
    bases = {f"base-{name}": base for name, (_text, base) in cells.items()}
    return client.post(PAGE, texts | bases | more)


def values(row: ScorecardRow) -> dict[str, str]:
    return dict(Observation.objects.filter(indicator=row.indicator).values_list("kind", "text"))


def test_scorecard_edit_saves_only_what_was_changed(as_leader: Client, leader: User, place: Workplace) -> None:
    row = place.schools.row
    answer = post(as_leader, {name_of(row, "result"): ("4,5", 1), name_of(row, "target"): ("≥ 4,8", 0)})
    assert answer.status_code == 302
    assert answer["Location"] == PAGE
    assert values(row) == {"result": "4,5", "target": "≥ 4,8"}
    assert [one.history_user for one in Observation.history.order_by("history_id")][-1] == leader
    assert Observation.objects.get(kind="result", indicator=row.indicator).version == 1


def test_scorecard_edit_with_one_text_not_understood_saves_nothing(as_leader: Client, place: Workplace) -> None:
    row = place.schools.row
    answer = post(as_leader, {name_of(row, "result"): ("4,9", 1), name_of(row, "target"): ("1.479", 0)})
    assert answer.status_code == 422
    assert values(row) == {"result": "4,5"}
    grid = answer.context["grid"]
    assert [cell.text for cell in grid.cells()] == ["4,9", "1.479"]
    sentence = "Mener du 1\u00a0479 eller 1,479? Skriv tusener med mellomrom og desimaler med komma."
    assert [(cell.label, cell.error) for cell in grid.errors] == [("Trivsel, Mål", sentence)]
    page = answer.content.decode()
    assert page.count(sentence) == 2
    assert page.count(f'href="#{name_of(row, "target")}"') == 1


def seen_by_both(leader: User, controller: User, row: ScorecardRow) -> Observation:
    """The controller saves 4,7 after the leader has opened the page with 4,5."""
    theirs = Observation.objects.get(indicator=row.indicator, kind="result")
    return register(
        indicator=row.indicator, period=theirs.period, kind="result", text="4,7", base_version=1, by=controller
    )


def test_scorecard_edit_of_a_value_someone_else_saved(
    as_leader: Client, leader: User, controller: User, place: Workplace
) -> None:
    row = place.schools.row
    seen_by_both(leader, controller, row)
    answer = post(as_leader, {name_of(row, "result"): ("4,9", 1), name_of(row, "target"): ("5,0", 0)})
    assert answer.status_code == 409
    assert values(row) == {"result": "4,7"}
    cell = answer.context["grid"].errors[0]
    assert (cell.text, cell.saved, cell.base, cell.version, cell.theirs.by) == ("4,9", "4,7", 1, 2, "controller")


def test_scorecard_edit_does_not_take_back_what_it_left_alone(
    as_leader: Client, leader: User, controller: User, place: Workplace
) -> None:
    """The page was opened with 4,5; the other person's 4,7 must stand, and this is no conflict."""
    row = place.schools.row
    seen_by_both(leader, controller, row)
    answer = post(as_leader, {name_of(row, "result"): ("4,5", 1), name_of(row, "target"): ("5,0", 0)})
    assert answer.status_code == 302
    assert values(row) == {"result": "4,7", "target": "5,0"}


@pytest.mark.parametrize(("choice", "expected"), [("mine", "4,9"), ("theirs", "4,7")])
def test_scorecard_edit_after_choosing_between_two_values(
    as_leader: Client, leader: User, controller: User, place: Workplace, choice: str, expected: str
) -> None:
    row = place.schools.row
    name = name_of(row, "result")
    seen_by_both(leader, controller, row)
    answer = post(as_leader, {name: ("4,9", 1)}, **{f"seen-{name}": "2", f"keep-{name}": choice})
    assert answer.status_code == 302
    assert values(row) == {"result": expected}


def test_scorecard_edit_of_a_value_that_someone_else_was_first_to_type(
    as_leader: Client, controller: User, place: Workplace
) -> None:
    row = place.schools.row
    register(indicator=row.indicator, period=year_period(), kind="target", text="5", by=controller)
    answer = post(as_leader, {name_of(row, "target"): ("6", 0)})
    assert answer.status_code == 409
    assert values(row)["target"] == "5"


@pytest.mark.parametrize("base", ["", "x", "-1", "9" * 5000])
def test_scorecard_edit_with_a_version_that_is_none(as_leader: Client, place: Workplace, base: str) -> None:
    row = place.schools.row
    name = name_of(row, "result")
    answer = as_leader.post(PAGE, {name: "4,9", f"base-{name}": base})
    assert answer.status_code == 302
    assert values(row) == {"result": "4,9"}


def test_scorecard_edit_keeps_the_footnote_mark(as_leader: Client, place: Workplace) -> None:
    row = place.schools.row
    Observation.objects.filter(pk=place.schools.result.pk).update(mark="*")
    post(as_leader, {name_of(row, "result"): ("4,9", 1)})
    assert Observation.objects.get(pk=place.schools.result.pk).printed == "4,9 *"


def test_scorecard_edit_leaves_rows_of_other_units_alone(as_leader: Client, care: Unit, place: Workplace) -> None:
    row = add_row(place.schools.card, "Andres", owner=care)
    page = as_leader.get(PAGE)
    assert [cell.is_editable for cell in page.context["grid"].cells()] == [True, True, False, False]
    post(as_leader, {name_of(row, "result"): ("1", 0)})
    assert values(row) == {}


def test_scorecard_edit_of_another_units_card_for_an_own_row(as_leader: Client, place: Workplace) -> None:
    address = reverse("scorecards:scorecard_edit", args=["malekort-omsorg"])
    assert as_leader.get(address).status_code == 404
    add_row(place.care.card, "Min", owner=place.schools.area.unit)
    page = as_leader.get(address)
    assert [cell.is_editable for cell in page.context["grid"].cells()] == [False, False, True, True]
    assert page.context["may_arrange"] is False


def test_scorecard_edit_for_a_reader_is_forbidden(client: Client, reader: User, place: Workplace) -> None:
    client.force_login(reader)
    assert client.get(PAGE).status_code == 403
    assert post(client, {name_of(place.schools.row, "result"): ("1", 1)}).status_code == 403


def test_scorecard_edit_runs_the_same_queries_for_one_row_and_for_many(
    as_leader: Client, place: Workplace, django_assert_max_num_queries: Ceiling
) -> None:
    with django_assert_max_num_queries(25) as few:
        as_leader.get(PAGE)
    for number in range(3):
        row = add_row(place.schools.card, f"Rad {number}", owner=place.schools.area.unit)
        register(indicator=row.indicator, period=year_period(), kind="result", text="1", by=None)
    with django_assert_max_num_queries(25) as many:
        as_leader.get(PAGE)
    assert len(many) == len(few)


def test_row_add_with_a_new_indicator(as_leader: Client, leader: User, place: Workplace) -> None:
    group = place.schools.card.groups.get()
    facts = {"group": group.pk, "name": "Sykefravær i året", "direction": "lower", "unit_of_measure": "%"}
    facts |= {"owner": place.schools.area.unit_id, "is_new": "on"}
    answer = as_leader.post(reverse("scorecards:row_add", args=["malekort-skole"]), facts)
    assert answer["Location"] == f"{PAGE}oppsett/"
    row = ScorecardRow.objects.get(indicator__slug="sykefravaer-i-aret")
    assert (row.name, row.position, row.is_new) == ("Sykefravær i året", 2, True)
    assert (row.indicator.direction, row.indicator.unit_of_measure) == ("lower", "%")
    assert row.indicator.history.get().history_user == leader


@pytest.mark.parametrize(
    ("name", "is_chosen", "owner", "errors"),
    [("", False, True, ["name"]), ("Ny", True, True, ["name"]), ("Ny", False, False, ["owner"])],
)
def test_row_add_takes_one_indicator_with_an_owner(
    as_leader: Client, place: Workplace, name: str, is_chosen: bool, owner: bool, errors: list[str]
) -> None:
    other = Indicator.objects.create(slug="annen", name="Annen", owner=place.schools.area.unit)
    facts = {"group": place.schools.card.groups.get().pk, "name": name, "indicator": other.pk if is_chosen else ""}
    facts |= {"owner": place.schools.area.unit_id if owner else ""}
    answer = as_leader.post(reverse("scorecards:row_add", args=["malekort-skole"]), facts)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == errors
    assert place.schools.card.rows.count() == 1


def test_row_edit_to_another_group_comes_last_there(as_leader: Client, place: Workplace) -> None:
    card, row = place.schools.card, place.schools.row
    group = card.groups.create(title="Annen", position=2)
    other = Indicator.objects.create(slug="annen", name="Annen", owner=card.unit)
    card.rows.create(group=group, indicator=other, position=1)
    facts = {"group": group.pk, "label": "Kortere", "base_version": row.version}
    as_leader.post(reverse("scorecards:row_edit", args=[row.pk]), facts)
    row.refresh_from_db()
    assert (row.group, row.position, row.name) == (group, 2, "Kortere")


def test_row_remove_keeps_the_values(as_leader: Client, place: Workplace) -> None:
    as_leader.post(reverse("scorecards:row_remove", args=[place.schools.row.pk]))
    assert place.schools.card.rows.count() == 0
    assert Observation.objects.filter(pk=place.schools.result.pk).exists()


def test_scorecard_arrange_saves_the_text_around_the_rows(as_leader: Client, place: Workplace) -> None:
    facts = {"title": "Målekort", "caption": "Hva vi måler", "footnotes": "* Foreløpig.", "base_version": 1}
    as_leader.post(f"{PAGE}oppsett/", facts)
    place.schools.card.refresh_from_db()
    assert place.schools.card.footnote_list() == [("*", "Foreløpig.")]


def test_indicator_edit_reads_a_decimal_comma(as_leader: Client, place: Workplace) -> None:
    indicator = place.schools.row.indicator
    facts = {"name": "Trivsel", "owner": indicator.owner_id, "base_version": 1, "tolerance": "0,25"}
    as_leader.post(reverse("scorecards:indicator_edit", args=[indicator.pk]), facts)
    indicator.refresh_from_db()
    assert f"{indicator.tolerance:f}" == "0.2500"
    page = as_leader.get(reverse("scorecards:indicator_edit", args=[indicator.pk]))
    assert page.content.decode().count('value="0,25"') == 1


def test_indicator_edit_of_what_someone_else_saved_shows_both(
    as_leader: Client, controller: User, place: Workplace
) -> None:
    indicator = Indicator.objects.get(pk=place.schools.row.indicator_id)
    indicator.direction = "higher"
    save_version(indicator, base_version=1, by=controller)
    facts = {"name": "Trivsel", "owner": indicator.owner_id, "base_version": 1, "direction": "lower"}
    answer = as_leader.post(reverse("scorecards:indicator_edit", args=[indicator.pk]), facts)
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs == [("Retning", "høyere er bedre")]
    assert answer.context["form"]["direction"].value() == "lower"
