"""Working on investment plans: typed in million kroner, kept in kroner."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import InvestmentProject
from organisation.models import User
from organisation.versions import save_version
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/investeringer/vann/"


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def facts(**changes: Any) -> dict[str, Any]:
    return {"name": "Ny ledning", "kind": "project", "base_version": 1, f"year_{YEAR}": "1,5"} | changes


def amounts(project: InvestmentProject) -> dict[int, Decimal]:
    return dict(project.amounts.values_list("year", "amount"))


def test_investment_plan_edit_shows_millions(as_controller: Client, place: Workplace) -> None:
    page = as_controller.get(PAGE)
    assert [(project.name, amounts) for project, amounts in page.context["rows"]] == [("Ny ledning", ["1,5", ""])]


def test_investment_project_edit_keeps_kroner(as_controller: Client, place: Workplace) -> None:
    address = reverse("budget:investment_project_edit", args=[place.project.pk])
    changed = {f"year_{YEAR}": "0,333333", "millions": "1 200,0", "new_year": YEAR + 1, "new_amount": "2"}
    assert as_controller.post(address, facts(**changed)).status_code == 302
    place.project.refresh_from_db()
    assert place.project.estimate == Decimal("1200000000.00")
    assert amounts(place.project) == {YEAR: Decimal("333333.00"), YEAR + 1: Decimal("2000000.00")}


def test_investment_project_edit_with_an_empty_year_has_no_amount(as_controller: Client, place: Workplace) -> None:
    address = reverse("budget:investment_project_edit", args=[place.project.pk])
    as_controller.post(address, facts(**{f"year_{YEAR}": ""}))
    assert amounts(place.project) == {}


def test_investment_project_edit_of_what_someone_else_saved(
    as_controller: Client, approver: User, place: Workplace
) -> None:
    save_version(InvestmentProject.objects.get(pk=place.project.pk), base_version=1, by=approver)
    place.project.amounts.update(amount=Decimal(9_000_000))
    address = reverse("budget:investment_project_edit", args=[place.project.pk])
    answer = as_controller.post(address, facts(**{f"year_{YEAR}": "7,0"}))
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs == [(f"Beløp {YEAR}, millioner kroner", "9,0")]
    assert amounts(place.project) == {YEAR: Decimal("9000000.00")}


def test_investment_project_add_with_a_name_that_is_taken(as_controller: Client, place: Workplace) -> None:
    answer = as_controller.post(reverse("budget:investment_project_add", args=["vann"]), facts())
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


def test_investment_plan_edit_runs_the_same_queries_for_one_project_and_for_many(
    as_controller: Client, place: Workplace, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(25) as few:
        as_controller.get(PAGE)
    for number in range(3):
        project = InvestmentProject.objects.create(plan=place.investments, name=f"{number}", position=number + 2)
        project.amounts.create(year=YEAR, amount=Decimal(1))
    with django_assert_max_num_queries(25) as many:
        as_controller.get(PAGE)
    assert len(many) == len(few)
