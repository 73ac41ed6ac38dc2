"""Whether a target is reached. Pure, without the ORM.

Good and bad are said, never derived: without a direction that a person has set, a target and a number, the
outcome is "not assessable" with the reason. Two rules are this project's own choice:

- Nearly reached is a deviation of at most 5 % of the target's absolute value, or of `tolerance` where the
  indicator has one, in the target's own unit (percentage points for a percentage or a share). With the
  target 0 nothing is nearly reached unless a tolerance is set.
- A share («18 av 29») is compared as a share. Where the whole has changed, a note on the assessment says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scorecards.notation import Kind, Value, format_value
from scorecards.vocabulary import gettext_noop

NEARLY = Fraction(5, 100)
"""The part of the target's absolute value within which a target is nearly reached."""


class Direction(StrEnum):
    """What is good, as a person has set it."""

    UNSET = ""
    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    YES = "yes"

    @property
    def word(self) -> str:
        """The direction in Norwegian."""
        return _DIRECTION_WORDS[self]


class Outcome(StrEnum):
    """How it went."""

    REACHED = "reached"
    NEARLY = "nearly"
    MISSED = "missed"
    NOT_MEASURED = "not_measured"
    NOT_ASSESSABLE = "not_assessable"

    @property
    def word(self) -> str:
        """The outcome in Norwegian."""
        return _OUTCOME_WORDS[self]

    @property
    def symbol(self) -> str:
        """The sign that stands beside the word."""
        return _SYMBOLS[self]


ASSESSED = (Outcome.REACHED, Outcome.NEARLY, Outcome.MISSED)
"""The outcomes of what could be assessed, the best first."""


@dataclass(frozen=True)
class Assessment:
    """An outcome, and a Norwegian sentence where something must be said (`message` filled in with `params`).

    The sentence says why there is no assessment, or that a share was compared although the whole has changed.
    """

    outcome: Outcome
    message: str = ""
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def reason(self) -> str:
        """The sentence in Norwegian, or ""."""
        return self.message % self.params if self.message else ""

    @property
    def word(self) -> str:
        """The outcome in Norwegian."""
        return self.outcome.word

    @property
    def symbol(self) -> str:
        """The sign that stands beside the word."""
        return self.outcome.symbol


def assess(
    *,
    result: Value,
    target: Value,
    direction: Direction,
    tolerance: Decimal | None = None,
    reference: Value | None = None,
) -> Assessment:
    """The result against the target. Raises ValueError for a tolerance below 0.

    `tolerance` is absolute, in the target's unit. `reference` is the figure that a target such as «≤
    landssnitt» means.
    """
    if tolerance is not None and tolerance < 0:
        raise ValueError("A tolerance cannot be below 0.")
    direction = Direction(direction)
    if result.kind in (Kind.EMPTY, Kind.REASON):
        return _not_measured(result)
    if target.kind in (Kind.EMPTY, Kind.REASON):
        return _not_assessable(_NO_TARGET)
    if direction is Direction.UNSET:
        return _not_assessable(_NO_DIRECTION)
    if target.kind in (Kind.YES, Kind.NO):
        return _assess_yes(result, target, direction)
    if target.kind in (Kind.TEXT, Kind.SPLIT):
        return _not_assessable(_UNUSABLE_TARGET, target=format_value(target))
    return _assess_number(result, target, direction, tolerance, reference)


_OUTCOME_WORDS = {
    Outcome.REACHED: gettext_noop("Nådd"),
    Outcome.NEARLY: gettext_noop("Nesten nådd"),
    Outcome.MISSED: gettext_noop("Ikke nådd"),
    Outcome.NOT_MEASURED: gettext_noop("Ikke målt"),
    Outcome.NOT_ASSESSABLE: gettext_noop("Ikke vurderbar"),
}
_SYMBOLS = {
    Outcome.REACHED: "✓",
    Outcome.NEARLY: "≈",
    Outcome.MISSED: "✗",
    Outcome.NOT_MEASURED: "–",
    Outcome.NOT_ASSESSABLE: "?",
}
_DIRECTION_WORDS = {
    Direction.UNSET: gettext_noop("ikke satt"),
    Direction.HIGHER: gettext_noop("høyere er bedre"),
    Direction.LOWER: gettext_noop("lavere er bedre"),
    Direction.RANGE: gettext_noop("skal ligge i målområdet"),
    Direction.YES: gettext_noop("skal være ja"),
}
_MEANT = {
    "<": Direction.LOWER,
    "<=": Direction.LOWER,
    ">": Direction.HIGHER,
    ">=": Direction.HIGHER,
    "=": Direction.RANGE,
}
"""The direction that a target's comparator says."""

_NO_RESULT = gettext_noop("Resultatet er ikke registrert.")
_RESULT_IS_REASON = gettext_noop("Resultatet er oppgitt som «%(result)s».")
_NO_TARGET = gettext_noop("Ingen måltall.")
_NO_DIRECTION = gettext_noop("Retningen er ikke satt: ingen har sagt om høyere eller lavere er bedre.")
_UNUSABLE_TARGET = gettext_noop("Måltallet «%(target)s» kan ikke sammenlignes med et tall.")
_UNUSABLE_RESULT = gettext_noop("Resultatet «%(result)s» kan ikke sammenlignes med måltallet «%(target)s».")
_CONTRADICTION = gettext_noop("Måltallet «%(target)s» og retningen «%(direction)s» sier imot hverandre.")
_NO_REFERENCE = gettext_noop("Tallet for «%(reference)s» mangler.")
_OTHER_UNIT = gettext_noop("Resultat og mål har ulik enhet: «%(result)s» og «%(target)s».")
_OTHER_WHOLE = gettext_noop("Sammenlignet som andel, fordi nevneren er ulik: «%(result)s» mot «%(target)s».")


def _not_measured(result: Value) -> Assessment:
    if result.kind is Kind.EMPTY:
        return Assessment(Outcome.NOT_MEASURED, _NO_RESULT)
    return Assessment(Outcome.NOT_MEASURED, _RESULT_IS_REASON, {"result": format_value(result)})


def _not_assessable(message: str, **params: str) -> Assessment:
    return Assessment(Outcome.NOT_ASSESSABLE, message, params)


def _contradiction(target: Value, direction: Direction) -> Assessment:
    return _not_assessable(_CONTRADICTION, target=format_value(target), direction=direction.word)


def _assess_yes(result: Value, target: Value, direction: Direction) -> Assessment:
    if direction is not Direction.YES or target.kind is Kind.NO:
        return _contradiction(target, direction)
    if result.kind not in (Kind.YES, Kind.NO):
        return _unusable_result(result, target)
    return Assessment(Outcome.REACHED if result.kind is Kind.YES else Outcome.MISSED)


def _unusable_result(result: Value, target: Value) -> Assessment:
    return _not_assessable(_UNUSABLE_RESULT, result=format_value(result), target=format_value(target))


def _assess_number(
    result: Value, target: Value, direction: Direction, tolerance: Decimal | None, reference: Value | None
) -> Assessment:
    """Against a number, a range, a share or a reference."""
    if not _agrees(target, direction):
        return _contradiction(target, direction)
    goal = reference if target.kind is Kind.REFERENCE else target
    if goal is None or (goal is reference and not _is_plain(goal)):
        return _not_assessable(_NO_REFERENCE, reference=target.phrase)
    if not _is_plain(result):
        return _unusable_result(result, target)
    printed = {"result": format_value(result), "target": format_value(goal)}
    if not _have_same_unit(result, goal):
        return _not_assessable(_OTHER_UNIT, **printed)
    low, high = _bounds(goal, direction)
    outcome = _compare(amount_of(result), low, high, tolerance, is_strict=target.comparator in ("<", ">"))
    if goal.denominator is None or result.denominator in (None, goal.denominator):
        return Assessment(outcome)
    return Assessment(outcome, _OTHER_WHOLE, printed)


def _agrees(target: Value, direction: Direction) -> bool:
    """Whether the target's form and sign say the same as the direction."""
    if target.kind is Kind.RANGE:
        return direction is Direction.RANGE
    if target.comparator:
        return direction is _MEANT[target.comparator]
    return direction in (Direction.HIGHER, Direction.LOWER)


def _is_plain(value: Value) -> bool:
    """One number or one share, not a limit."""
    return value.kind in (Kind.NUMBER, Kind.SHARE) and value.comparator in ("", "=")


def _have_same_unit(result: Value, goal: Value) -> bool:
    """Whether they can be compared. A missing unit is another unit: nobody has said that 8,4 is a percentage.

    A share can be held against a percentage.
    """
    if result.kind is goal.kind:
        return result.unit == goal.unit
    return _unit(result) == _unit(goal)


def _unit(value: Value) -> str:
    return "%" if value.kind is Kind.SHARE else value.unit


def amount_of(value: Value) -> Fraction:
    """The number, exact; a share in per cent."""
    number = Fraction(value.number or 0)
    return number if value.denominator is None else 100 * number / Fraction(value.denominator)


def _bounds(goal: Value, direction: Direction) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and the highest amount that reaches the target; None where there is no bound."""
    amount = amount_of(goal)
    if direction is Direction.HIGHER:
        return amount, None
    if direction is Direction.LOWER:
        return None, amount
    return amount, amount if goal.upper is None else Fraction(goal.upper)


def _compare(
    amount: Fraction,
    low: Fraction | None,
    high: Fraction | None,
    tolerance: Decimal | None,
    *,
    is_strict: bool,
) -> Outcome:
    """Reached within the bounds; nearly reached within the tolerance of the bound that was missed."""
    if low is not None and (amount < low or (is_strict and amount == low)):
        missed = low
    elif high is not None and (amount > high or (is_strict and amount == high)):
        missed = high
    else:
        return Outcome.REACHED
    allowed = abs(missed) * NEARLY if tolerance is None else Fraction(tolerance)
    return Outcome.NEARLY if 0 < allowed >= abs(amount - missed) else Outcome.MISSED
