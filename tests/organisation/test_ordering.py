"""Moving a row one step up or down."""

import pytest

from organisation.models import ServiceArea, TargetGroup, Unit
from organisation.ordering import Direction, move, next_position


@pytest.fixture
def area(schools: Unit) -> ServiceArea:
    return ServiceArea.objects.create(
        municipality=schools.municipality, unit=schools, name="Skole", slug="skole", position=1
    )


def _rows(area: ServiceArea, *positions: int) -> list[TargetGroup]:
    return [
        TargetGroup.objects.create(area=area, text=letter, position=position)
        for letter, position in zip("abc", positions, strict=False)
    ]


@pytest.mark.parametrize(
    ("index", "direction", "expected"),
    [
        (1, "up", [("b", 1), ("a", 2), ("c", 3)]),
        (1, "down", [("a", 1), ("c", 2), ("b", 3)]),
        (0, "up", [("a", 1), ("b", 2), ("c", 3)]),
        (2, "down", [("a", 1), ("b", 2), ("c", 3)]),
    ],
)
def test_move_by_one_step(area: ServiceArea, index: int, direction: Direction, expected: list[tuple[str, int]]) -> None:
    rows = _rows(area, 1, 2, 3)
    move(rows[index], siblings=area.target_groups.all(), direction=direction)
    assert list(area.target_groups.order_by("position").values_list("text", "position")) == expected


def test_move_among_equal_positions_makes_the_order_whole(area: ServiceArea) -> None:
    rows = _rows(area, 7, 7, 7)
    move(rows[2], siblings=area.target_groups.all(), direction="up")
    found = list(area.target_groups.order_by("position").values_list("text", "position"))
    assert found == [("a", 1), ("c", 2), ("b", 3)]


def test_move_leaves_other_lists_alone(area: ServiceArea, care: Unit) -> None:
    other = ServiceArea.objects.create(
        municipality=care.municipality, unit=care, name="Omsorg", slug="omsorg", position=2
    )
    TargetGroup.objects.create(area=other, text="x", position=9)
    rows = _rows(area, 1, 2)
    move(rows[0], siblings=area.target_groups.all(), direction="down")
    assert list(other.target_groups.values_list("text", "position")) == [("x", 9)]


def test_next_position_after_the_last(area: ServiceArea) -> None:
    assert next_position(area.target_groups.all()) == 1
    _rows(area, 4, 9)
    assert next_position(area.target_groups.all()) == 10
