"""Loading a case's budget lines and frames."""

from decimal import Decimal
from typing import Any

import pytest

from budget.loading import load_budget
from budget.models import BudgetLine, Frame
from organisation.bulk import LoadingError
from organisation.models import Unit
from tests.budget.money import load_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _codes(schools: Unit) -> None:
    load_codes()


def line(**changes: Any) -> dict[str, Any]:
    facts = {"unit": "skole", "layer": "actual", "function": "202", "art": "010"}
    return facts | {"amounts": {"2023": "1 000,50", "2024-03": "-20"}} | changes


def frame(**changes: Any) -> dict[str, Any]:
    change = {"kind": "demography", "reason": "Flere elever", "amount": "250 000"}
    return {"unit": "skole", "year": "2024", "opening": "1 000 000", "changes": [change]} | changes


def load(*, lines: Any = (), frames: Any = ()) -> None:
    load_budget(lines=lines, frames=frames, place="budget.yaml")


def test_load_budget_writes_a_line_for_each_amount() -> None:
    load(lines=[line()])
    found = BudgetLine.objects.order_by("plan_year").values_list("plan_year", "period__kind", "amount", "account_class")
    assert list(found) == [
        (2023, "year", Decimal("1000.50"), "operations"),
        (2024, "month", Decimal("-20.00"), "operations"),
    ]


def test_load_budget_twice_is_once() -> None:
    for _time in range(2):
        load(lines=[line(), line(layer="original")], frames=[frame()])
    assert (BudgetLine.objects.count(), Frame.objects.count()) == (4, 1)


def test_load_budget_writes_frames_with_their_changes() -> None:
    load(frames=[frame()])
    [found] = Frame.objects.all()
    assert (found.unit.slug, found.year, found.amount, found.history.count()) == ("skole", 2024, Decimal(1_250_000), 1)


MISTAKES = {
    "unit": (line(unit="skolen"), "enheten «skolen» finnes ikke"),
    "function": (line(function="999"), "KOSTRA-funksjonen «999» finnes ikke"),
    "art": (line(art="999"), "KOSTRA-arten «999» finnes ikke"),
    "layer": (line(layer="revised"), "«revised» er ikke blant original, actual, forecast"),
    "period": (line(amounts={"i fjor": "1"}), "«i fjor» er ikke en periode"),
    "amount": (line(amounts={"2024": "1.000"}), "«1.000» er ikke et tall"),
    "decimals": (line(amounts={"2024": "1,005"}), "mer enn to desimaler"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_load_budget_names_a_mistake_and_writes_nothing(mistake: str) -> None:
    facts, message = MISTAKES[mistake]
    with pytest.raises(LoadingError, match=rf"^budget\.yaml, lines.*{message}"):
        load(lines=[line(layer="original"), facts])
    assert BudgetLine.objects.count() == 0


def test_load_budget_refuses_an_unknown_kind_of_change() -> None:
    wrong = frame(changes=[{"kind": "luck", "reason": "Flaks", "amount": "1"}])
    with pytest.raises(LoadingError, match=r"budget\.yaml, frames, skole 2024: «luck» er ikke blant"):
        load(frames=[wrong])
    assert Frame.objects.count() == 0
