"""What a value means and how it is printed. Pure, without the ORM; read by way of `scorecards.notation`."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from scorecards.numerals import HARD_SPACE, show
from scorecards.vocabulary import PRINTED_COMPARATORS, SINGULAR, Reason


class Kind(StrEnum):
    """What a value was understood as."""

    NUMBER = "number"
    RANGE = "range"
    SHARE = "share"
    SPLIT = "split"
    YES = "yes"
    NO = "no"
    REASON = "reason"
    REFERENCE = "reference"
    TEXT = "text"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as typed and as understood.

    `comparator` is "", <, <=, >, >= or =. `number` is the number, the lower bound («2–5»), the part («18 av
    29») or the first part («65/35»); `upper` the upper bound or the second part; `denominator` the whole
    («29»). Percent stays as printed: 99,9 % is 99.9 with the unit %. `decimals` is the number of decimals
    typed in `number`. `phrase` is the tidy form of words that are no number.
    """

    text: str
    kind: Kind
    comparator: str = ""
    number: Decimal | None = None
    upper: Decimal | None = None
    denominator: Decimal | None = None
    unit: str = ""
    decimals: int | None = None
    is_signed: bool = False
    mark: str = ""
    reason: Reason | None = None
    phrase: str = ""


def format_value(value: Value) -> str:
    """The value with Norwegian typography and the decimals as typed: «1 479,0», «2,4 %», «≥ 0», «2–5 %».

    Hard spaces stand between thousands, before the unit and after the comparator.
    """
    body = f"{_figures(value)}{_unit(value)}" if value.number is not None else value.phrase
    comparator = PRINTED_COMPARATORS[value.comparator]
    gap = HARD_SPACE if value.mark.endswith(")") else ""
    return f"{comparator}{HARD_SPACE if comparator else ''}{body}{gap}{value.mark}"


def as_number(value: Value) -> Decimal | None:
    """The number of a plain number, for spreadsheets and charts; None for all else, as «<20» and «18 av 29».

    The number is the printed one: 99,9 % is 99.9 and 73,0 mill. kr is 73.0, so the unit must stand beside it.
    """
    return value.number if value.kind is Kind.NUMBER and value.comparator in ("", "=") else None


def means_the_same(one: Value, other: Value) -> bool:
    """Whether two values were understood alike, however they were typed."""
    return replace(one, text="") == replace(other, text="")


def _figures(value: Value) -> str:
    first = show(value.number, plus=value.is_signed) if value.number is not None else ""
    if value.denominator is not None:
        return f"{first} av {show(value.denominator)}"
    if value.upper is None:
        return first
    if value.kind is Kind.SPLIT:
        return f"{first}/{show(value.upper)}"
    return f"{first} til {show(value.upper)}" if value.upper.is_signed() else f"{first}–{show(value.upper)}"


def _unit(value: Value) -> str:
    if not value.unit:
        return ""
    is_one = value.kind is Kind.NUMBER and value.number == 1 and value.decimals == 0
    unit = SINGULAR.get(value.unit, value.unit) if is_one else value.unit
    return HARD_SPACE + unit.replace(" ", HARD_SPACE)
