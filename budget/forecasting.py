"""What a year will end at: the forecast that is proposed to a leader, and the rule behind it. Pure.

The rule has two ways, and the first is taken wherever it can be trusted:

1. **Last year's rhythm.** The accounts so far are divided by the part of last year's accounts that had come by the same
   month. It is trusted where more than `LEAST_SHARE` and no more than all of last year had come, and where this year
   so far bears the same sign and is between half and twice as large as last year at the same time. Else something has
   happened once, has moved, or is new, and last year says nothing of this one.
2. **The rest of the budget.** The accounts so far, and the budget of the months that are left.

In December the year is over, and the forecast is the accounts. Amounts are kroner with KOSTRA's sign, and what is
computed is rounded to the øre, halves away from zero.
"""

from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from budget.kroner import from_ore
from budget.variance import HUNDRED, deviation

NOTHING = Decimal("0.00")
MONTHS = 12
LEAST_SHARE = Fraction(5, 100)
LIKE = (Fraction(1, 2), Fraction(2))
"""How many times last year's accounts at the same time this year's may be, least and most."""


class Ground(StrEnum):
    """Why a forecast was computed the way it was: by last year's rhythm, or what is wrong with that."""

    RHYTHM = "rhythm"
    YEAR_OVER = "year-over"
    NO_YEAR_BEFORE = "no-year-before"
    NOTHING_YET = "nothing-yet"
    TOO_LITTLE_BEFORE = "too-little-before"
    MORE_THAN_ALL_BEFORE = "more-than-all-before"
    UNLIKE_BEFORE = "unlike-before"


@dataclass(frozen=True)
class YearSoFar:
    """A year up to and with some month, in kroner: accounts, budget, and last year's accounts.

    `budget_so_far` is as in `budget.ledger.summing.Sums`. `year_before` is last year's accounts of the same months,
    `whole_year_before` all of them, `budget` the whole year's, revised.
    """

    actual: Decimal = NOTHING
    budget_so_far: Decimal = NOTHING
    budget: Decimal = NOTHING
    year_before: Decimal = NOTHING
    whole_year_before: Decimal = NOTHING

    def __add__(self, other: "YearSoFar") -> "YearSoFar":
        return YearSoFar(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def budget_left(self) -> Decimal:
        """The budget of the months that are left."""
        return self.budget - self.budget_so_far

    @property
    def deviation(self) -> Decimal:
        """The budget so far less the accounts so far."""
        return deviation(self.budget_so_far, self.actual)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither budget nor accounts of the year."""
        return not (self.actual or self.budget_so_far or self.budget)

    @property
    def share_before(self) -> Decimal | None:
        """How many per cent of last year's accounts had come by the same month; None where there were none."""
        if not self.whole_year_before:
            return None
        return (self.year_before / self.whole_year_before * HUNDRED).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Proposal:
    """A forecast of the year in kroner, and on what ground it was computed so."""

    amount: Decimal
    ground: Ground


def propose(year: YearSoFar, *, months: int) -> Proposal:
    """The forecast of the year by the rule above, after month number `months`."""
    ground = _ground(year, months)
    if ground is Ground.YEAR_OVER:
        return Proposal(year.actual, ground)
    if ground is Ground.RHYTHM:
        return Proposal(_times(year.actual, Fraction(year.whole_year_before) / Fraction(year.year_before)), ground)
    return Proposal(year.actual + year.budget_left, ground)


def _ground(year: YearSoFar, months: int) -> Ground:
    if months >= MONTHS:
        return Ground.YEAR_OVER
    if not year.whole_year_before:
        return Ground.NO_YEAR_BEFORE
    if not year.actual:
        return Ground.NOTHING_YET
    return _held_against(Fraction(year.year_before), year)


def _held_against(before: Fraction, year: YearSoFar) -> Ground:
    """What last year's accounts of the same months are good for, where both years have accounts."""
    share = before / Fraction(year.whole_year_before)
    if share <= LEAST_SHARE:
        return Ground.TOO_LITTLE_BEFORE
    if share > 1:
        return Ground.MORE_THAN_ALL_BEFORE
    least, most = LIKE
    return Ground.RHYTHM if least <= Fraction(year.actual) / before <= most else Ground.UNLIKE_BEFORE


def _times(amount: Decimal, factor: Fraction) -> Decimal:
    ore = Fraction(amount) * factor * 100
    whole = (abs(ore) + Fraction(1, 2)) // 1
    return from_ore(whole if ore >= 0 else -whole)
