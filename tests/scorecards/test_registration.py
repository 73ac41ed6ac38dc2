"""The one door a value comes in through."""

from decimal import Decimal
from typing import Any

import pytest

from organisation import periods
from organisation.models import Period, Unit, User
from organisation.versions import Conflict
from scorecards.models import Indicator, Observation, ReferenceGroup
from scorecards.notation import NotationError
from scorecards.registration import register


@pytest.fixture
def indicator(schools: Unit) -> Indicator:
    return Indicator.objects.create(slug="trivsel", name="Trivsel 7. trinn", owner=schools)


@pytest.fixture
def year(db: None) -> Period:
    return Period.objects.for_span(periods.parse("2024"))


def test_register_keeps_the_text_and_what_was_understood(indicator: Indicator, year: Period, leader: User) -> None:
    row = register(indicator=indicator, period=year, kind="target", text="<20 %", by=leader, mark="*")
    stored = Observation.objects.get()
    assert stored == row
    assert (stored.text, stored.mark, stored.version) == ("<20 %", "*", 1)
    assert (stored.value_kind, stored.comparator, stored.number, stored.unit_of_measure) == (
        "number",
        "<",
        Decimal(20),
        "%",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 479,0", ("number", "", Decimal("1479.0"), None, None)),
        ("2-5 %", ("range", "", Decimal(2), Decimal(5), None)),
        ("18 av 29", ("share", "", Decimal(18), None, Decimal(29))),
        ("Ja", ("yes", "", None, None, None)),
        ("Måles ikke", ("reason", "", None, None, None)),
    ],
)
def test_register_stores_the_parts(
    indicator: Indicator, year: Period, leader: User, text: str, expected: tuple[object, ...]
) -> None:
    register(indicator=indicator, period=year, kind="result", text=text, by=leader)
    parts = ("value_kind", "comparator", "number", "upper", "denominator")
    assert Observation.objects.values_list(*parts).get() == expected


def test_register_again_is_a_new_version_with_history(
    indicator: Indicator, year: Period, leader: User, controller: User
) -> None:
    cell: dict[str, Any] = {"indicator": indicator, "period": year, "kind": "result"}
    first = register(**cell, text="4,1", by=leader)
    register(**cell, text="4,2", by=controller, base_version=first.version, reason="Rettet")
    assert Observation.objects.values_list("text", "number", "version").get() == ("4,2", Decimal("4.2"), 2)
    history = Observation.history.order_by("history_id")
    assert list(history.values_list("text", "version", "history_user", "history_change_reason")) == [
        ("4,1", 1, leader.pk, ""),
        ("4,2", 2, controller.pk, "Rettet"),
    ]


def test_register_over_what_another_has_registered_is_a_conflict(
    indicator: Indicator, year: Period, leader: User
) -> None:
    cell: dict[str, Any] = {"indicator": indicator, "period": year, "kind": "result"}
    register(**cell, text="4,1", by=leader)
    with pytest.raises(Conflict) as raised:
        register(**cell, text="4,9", by=leader)  # the writer saw an empty cell
    assert raised.value.theirs == Observation.objects.get()
    assert Observation.objects.values_list("text", "version").get() == ("4,1", 1)
    assert Observation.history.count() == 1


def test_register_what_is_not_understood_stores_nothing(indicator: Indicator, year: Period, leader: User) -> None:
    with pytest.raises(NotationError):
        register(indicator=indicator, period=year, kind="result", text="omtrent 4", by=leader)
    assert (Observation.objects.count(), Observation.history.count()) == (0, 0)


def test_register_a_new_version_of_nothing_is_a_mistake(indicator: Indicator, year: Period, leader: User) -> None:
    with pytest.raises(ValueError, match="observations are never deleted"):
        register(indicator=indicator, period=year, kind="result", text="4", by=leader, base_version=3)


def test_register_for_a_reference_group_stands_beside_the_own_value(
    indicator: Indicator, year: Period, leader: User
) -> None:
    group = ReferenceGroup.objects.create(name="Landet")
    cell: dict[str, Any] = {"indicator": indicator, "period": year, "kind": "reference"}
    register(**cell, text="4,1", by=leader)
    register(**cell, text="4,3", by=leader, reference_group=group)
    found = Observation.objects.order_by("number").values_list("text", "reference_group")
    assert list(found) == [("4,1", None), ("4,3", group.pk)]
