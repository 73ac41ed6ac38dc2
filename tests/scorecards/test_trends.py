"""How far a result is from its target, and which way it goes."""

from fractions import Fraction

import pytest

from scorecards import notation
from scorecards.assessment import Direction
from scorecards.trends import distance, trend


def value(text: str) -> notation.Value:
    return notation.parse(text, as_text=True)


@pytest.mark.parametrize(
    ("result", "target", "expected"),
    [
        ("4", "5", Fraction(1, 5)),
        ("6", "5", Fraction(1, 5)),
        ("3 av 4", "100 %", Fraction(1, 4)),
        ("8", "2–4", Fraction(1)),
        ("3", "0", Fraction(3)),
        ("nei", "ja", Fraction(1)),
    ],
)
def test_distance_is_a_part_of_the_target(result: str, target: str, expected: Fraction) -> None:
    assert distance(value(result), value(target)) == expected


@pytest.mark.parametrize(
    ("before", "after", "direction", "expected"),
    [
        ("4,5", "5", "higher", "better"),
        ("4,5", "5", "lower", "worse"),
        ("1 av 4", "25 %", "higher", "same"),
        ("5", "5,0", "", "same"),
        ("4", "5", "", ""),
        ("4", "5", "range", ""),
        ("<4", "5", "higher", ""),
        ("–", "5", "higher", ""),
        ("ja", "nei", "yes", ""),
    ],
)
def test_trend_needs_two_numbers_and_a_direction(before: str, after: str, direction: str, expected: str) -> None:
    assert trend(value(before), value(after), Direction(direction)) == expected
