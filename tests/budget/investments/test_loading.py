"""Loading an investment plan with all that may be said of it."""

from decimal import Decimal
from typing import Any

import pytest

from budget.investments.loading import load_investments
from budget.models import InvestmentPlan
from organisation.bulk import LoadingError
from organisation.models import Unit

pytestmark = pytest.mark.django_db


def plan(unit: Unit, **facts: Any) -> dict[str, Any]:
    project = {
        "name": "Ledning",
        "amounts": {"2024": "1,5", "2025": "0,5"},
        "code": "4711",
        "status": "under-way",
        "status_comment": "I rute.",
    }
    known = {"slug": "vann", "title": "Vann", "unit": unit.slug, "price_level": "millioner 2023-kr"}
    return known | {"years": ["2024", "2025"], "groups": [{"title": "Ledninger", "projects": [project]}]} | facts


def load(facts: dict[str, Any]) -> InvestmentPlan:
    load_investments(plans=[facts], place="investments.yaml")
    return InvestmentPlan.objects.get()


def test_load_investments_with_status_number_provisional_years_and_financing(top: Unit) -> None:
    financing = [{"kind": "loan", "amounts": {"2024": "1,0"}}, {"kind": "tax", "amounts": {"2024": "0,5"}}]
    made = load(plan(top, provisional=["2025"], financing=financing))
    project = made.projects.get()
    assert (project.code, project.status, project.status_comment) == ("4711", "under-way", "I rute.")
    assert list(project.amounts.values_list("year", "is_provisional")) == [(2024, False), (2025, True)]
    rows = made.financing.order_by("position").values_list("kind", "year", "amount", "position")
    assert list(rows) == [("loan", 2024, Decimal(1_000_000), 1), ("tax", 2024, Decimal(500_000), 3)]
    assert made.financing.first().history.count() == 1  # type: ignore[union-attr]


def test_load_investments_without_what_may_be_left_out(top: Unit) -> None:
    project = {"name": "Ledning", "amounts": {"2024": "1,5"}}
    made = load(plan(top, groups=[{"title": "", "projects": [project]}]))
    assert (made.financing.count(), made.projects.get().status, made.projects.get().code) == (0, "", "")
    assert made.projects.get().amounts.get().is_provisional is False


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"provisional": ["2030"]}, "året 2030 er ikke blant planens år"),
        ({"financing": [{"kind": "lotto", "amounts": {}}]}, "«lotto» er ikke blant"),
        ({"financing": [{"kind": "loan", "amounts": {"2030": "1"}}]}, "året 2030 er ikke blant planens år"),
    ],
    ids=["provisional year", "kind of financing", "year of financing"],
)
def test_load_investments_that_say_what_is_not_there(top: Unit, facts: dict[str, Any], problem: str) -> None:
    with pytest.raises(LoadingError, match=problem):
        load(plan(top, **facts))


def test_load_investments_with_a_status_that_is_not_one(top: Unit) -> None:
    project = {"name": "Ledning", "amounts": {}, "status": "snart"}
    with pytest.raises(LoadingError, match="«snart» er ikke blant"):
        load(plan(top, groups=[{"title": "", "projects": [project]}]))
