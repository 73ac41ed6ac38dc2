"""The crosses of the plan × area matrix."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import User
from plans.models import PlanContribution
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> str:
    return reverse("plans:plan_matrix_edit", args=[YEAR])


def pair(place: Workplace, whose: str) -> str:
    area = place.schools.area if whose == "schools" else place.care.area
    return f"{place.plan.pk}-{area.pk}"


def test_plan_matrix_edit_writes_what_was_changed(
    client: Client, controller: User, place: Workplace, address: str
) -> None:
    client.force_login(controller)
    client.post(address, {"was": [pair(place, "schools")], "cross": [pair(place, "care")]})
    assert [cross.area for cross in PlanContribution.objects.all()] == [place.care.area]
    kinds = PlanContribution.history.filter(history_user=controller).values_list("history_type", flat=True)
    assert sorted(kinds) == ["+", "-"]


def test_plan_matrix_edit_leaves_what_someone_else_set(
    client: Client, controller: User, place: Workplace, address: str
) -> None:
    """The other cross came after this page was shown, so it is neither in what was nor in what is."""
    client.force_login(controller)
    client.post(address, {"was": [], "cross": [pair(place, "care")]})
    assert PlanContribution.objects.count() == 2


def test_plan_matrix_edit_ignores_pairs_that_do_not_exist(
    client: Client, controller: User, place: Workplace, address: str
) -> None:
    client.force_login(controller)
    client.post(address, {"cross": ["999999-1", "x", "1-", "9" * 30 + "-1"]})
    assert PlanContribution.objects.count() == 1
