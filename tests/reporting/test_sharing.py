"""An indicator that two units report, one leader with two units, and one person with two tabs."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.access import Role
from organisation.models import Membership, Unit, User
from reporting.models import ReportRow
from scorecards.models import Observation
from tests.workplace import Workplace, add_row, open_tertial

SAVED, CONFLICT = 200, 409


@pytest.fixture
def rows(place: Workplace, schools: Unit, care: Unit, top: Unit) -> dict[str, ReportRow]:
    """The shared indicator's row in each unit's report, by the unit's address."""
    shared = add_row(place.schools.card, "Felles", owner=schools).indicator
    shared.shared_with.add(care)
    open_tertial(top=top, units=[schools, care])
    return {row.report.unit.slug: row for row in ReportRow.objects.filter(indicator=shared)}


@pytest.fixture
def caregiver(care: Unit) -> User:
    """Leads the other sector."""
    user = User.objects.create_user("omsorgsleder")
    Membership.objects.create(user=user, role=Role.LEADER, unit=care)
    return user


def save(person: User, row: ReportRow, text: str, **more: str) -> int:
    client = Client()
    client.force_login(person)
    form = {f"value-{row.pk}": text, f"base-value-{row.pk}": "0"}
    return client.post(reverse("reporting:row_save", args=[row.pk]), form | more).status_code


def test_shared_indicator_has_one_value_and_no_lost_text(
    rows: dict[str, ReportRow], leader: User, caregiver: User
) -> None:
    assert save(leader, rows["skole"], "4,1") == SAVED
    assert save(caregiver, rows["omsorg"], "4,2") == CONFLICT
    name = f"value-{rows['omsorg'].pk}"
    assert save(caregiver, rows["omsorg"], "4,2", **{f"keep-{name}": "mine", f"seen-{name}": "1"}) == SAVED
    value = Observation.objects.get(indicator=rows["skole"].indicator)
    history = value.history.order_by("history_id").values_list("text", "history_user__username")
    assert list(history) == [("4,1", "leder"), ("4,2", "omsorgsleder")]


def test_shared_indicator_is_explained_to_both(rows: dict[str, ReportRow], leader: User, caregiver: User) -> None:
    save(leader, rows["skole"], "4,1")
    value = Observation.objects.get(indicator=rows["skole"].indicator)
    page = reverse("scorecards:observation_explain", args=[value.pk])
    found = []
    for person in (leader, caregiver):
        client = Client()
        client.force_login(person)
        found.append(client.get(page).status_code)
    assert found == [200, 200]


def test_rows_of_another_unit_cannot_be_saved_by_guessing(rows: dict[str, ReportRow], leader: User) -> None:
    assert save(leader, rows["omsorg"], "4,1") == 404
    assert Observation.objects.filter(indicator=rows["skole"].indicator).count() == 0


def test_second_tab_with_the_same_text_is_no_conflict(rows: dict[str, ReportRow], leader: User) -> None:
    """So is a save that is sent again because its answer was lost."""
    answers = [save(leader, rows["skole"], text) for text in ("4,1", "4,1", "4,3")]
    assert answers == [SAVED, SAVED, CONFLICT]
    assert Observation.objects.get(indicator=rows["skole"].indicator).history.count() == 1


def test_leader_of_two_units_has_two_tasks(rows: dict[str, ReportRow], leader: User, care: Unit) -> None:
    Membership.objects.create(user=leader, role=Role.LEADER, unit=care)
    client = Client()
    client.force_login(leader)
    tasks = client.get("/arbeid/").context["tasks"].to_write
    assert sorted(task.report.unit.slug for task in tasks) == ["omsorg", "skole"]
