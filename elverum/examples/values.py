"""Values of the demo's rounds, worked out from what the plan prints. Pure, without the database.

Nobody has published what Elverum reported in the tertials of 2024, so the demo makes examples by a rule that anyone can
work through again:

- **Result**: the newest plain number among the results of the years, moved as large a part of the way to the target of
  the year as has passed of it: one third in the first tertial, two thirds in the second. Every fourth indicator of a
  unit's report moves as far the other way, so that some miss.
- A number is never moved below 0 or a percentage above 100, unless that is where it was or is to go. It is rounded to
  the decimals, and keeps the unit, that the result was printed with; one printed without a unit gets the target's.
- A share («18 av 29») keeps its whole and moves its part to a whole number. A yes or a no stays as it was.
- Results without a number give «Måles ikke», and no result at all is left empty.
- **Forecast** for the year: the number of the target where the value moves to it, else the same as the result.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from organisation.periods import Span
from scorecards.notation import Kind, Value, as_number, format_value, parse
from scorecards.numerals import HARD_SPACE

MONTHS = 12
AWAY_EVERY = 4
"""Of so many rows of a report, the last moves away from its target."""

WHOLE = Decimal(100)
"""A percentage of all there is."""

EMPTY = parse("")
NOT_MEASURED = "Måles ikke"


def example_row(results: Sequence[Value], target: Value, span: Span, position: int) -> tuple[str, str]:
    """What to type as the result of the period and as the forecast for its year.

    `results` are those of earlier years, oldest first; `position` is the row's place in the report, from 1.
    """
    result, is_away = _with_unit(newest(results), target), position % AWAY_EVERY == 0
    value = example_value(result, target, span.end.month, MONTHS, is_away=is_away)
    goal = None if is_away else _goal(result, target)
    if goal is None:
        return value, value
    return value, _printed(result, goal, decimals=target.decimals or 0)


def newest(results: Sequence[Value]) -> Value:
    """The newest with a number, else the newest that says anything; an empty value where none does."""
    stated = [one for one in results if one.kind is not Kind.EMPTY]
    return next((one for one in reversed(stated) if _is_figure(one)), stated[-1] if stated else EMPTY)


def _with_unit(result: Value, target: Value) -> Value:
    """A plain number without a unit in the target's."""
    is_bare = result.kind is target.kind is Kind.NUMBER and not result.unit
    return replace(result, unit=target.unit) if is_bare else result


def example_value(result: Value, target: Value, step: int, of: int, *, is_away: bool = False) -> str:
    """The result moved `step` parts of `of` of the way to the target, or as far the other way; as one would type it."""
    if result.kind in (Kind.EMPTY, Kind.YES, Kind.NO):
        return result.phrase
    if not _is_figure(result):
        return NOT_MEASURED
    start, goal = Fraction(result.number or 0), _goal(result, target)
    goal = start if goal is None else goal
    moved = start + (goal - start) * Fraction(-step if is_away else step, of)
    return _printed(result, _kept_possible(moved, result, start, goal), decimals=result.decimals or 0)


def _is_figure(value: Value) -> bool:
    """Whether it is a plain number or a share."""
    return as_number(value) is not None or (value.kind is Kind.SHARE and not value.comparator)


def _goal(result: Value, target: Value) -> Fraction | None:
    """Where the target is, in the result's own unit; None where it names no single number."""
    if not _is_figure(result) or target.kind not in (Kind.NUMBER, Kind.SHARE):
        return None
    number = Fraction(target.number or 0)
    if result.kind is target.kind is Kind.NUMBER:
        return number
    whole = target.denominator or (WHOLE if target.unit == "%" else None)
    own = result.denominator or (WHOLE if result.unit == "%" else None)
    return number / Fraction(whole) * Fraction(own) if whole and own else None


def _kept_possible(moved: Fraction, result: Value, start: Fraction, goal: Fraction) -> Fraction:
    """Not below 0, and not above the whole, unless the result or the target is."""
    least = min(Fraction(0), start, goal)
    whole = result.denominator or (WHOLE if result.unit == "%" else None)
    return max(least, moved if whole is None else min(moved, max(Fraction(whole), start, goal)))


def _printed(result: Value, amount: Fraction, *, decimals: int) -> str:
    """The amount as the result is written; the part of a share is whole."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    places = Decimal(1).scaleb(0 if result.denominator else -decimals)
    number = exact.quantize(places, ROUND_HALF_UP) + 0  # no minus in front of a nought
    value = format_value(replace(result, number=number, comparator="", is_signed=False, mark=""))
    return value.replace(HARD_SPACE, " ")
