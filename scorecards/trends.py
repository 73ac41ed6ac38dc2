"""How far a result is from its target, and whether it goes the right way. Pure, without the database."""

from enum import StrEnum
from fractions import Fraction

from scorecards.assessment import Direction, amount_of
from scorecards.notation import Kind, Value


class Trend(StrEnum):
    """Which way a result has gone since the one before it."""

    UNKNOWN = ""
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


def trend(before: Value, after: Value, direction: Direction) -> Trend:
    """Better or worse by the direction that a person has set; unknown without one, or without two plain numbers."""
    if not all(value.kind in (Kind.NUMBER, Kind.SHARE) and not value.comparator for value in (before, after)):
        return Trend.UNKNOWN
    rise = amount_of(after) - amount_of(before)
    if not rise:
        return Trend.SAME
    if direction not in (Direction.HIGHER, Direction.LOWER):
        return Trend.UNKNOWN
    return Trend.BETTER if (rise > 0) == (direction is Direction.HIGHER) else Trend.WORSE


def distance(result: Value, target: Value) -> Fraction:
    """How far the result is from the target, as a part of the target: 4 against 5 is one fifth.

    With the target 0 it is the distance as it stands; what is no number, such as «nei» against «ja», is all of it.
    """
    if result.number is None or target.number is None:
        return Fraction(1)
    bounds = [amount_of(target)] + ([] if target.upper is None else [Fraction(target.upper)])
    nearest = min(bounds, key=lambda bound: abs(amount_of(result) - bound))
    return abs(amount_of(result) - nearest) / (abs(nearest) or 1)
