"""How far accounts are from the budget. Pure. Amounts bear KOSTRA's sign: expenditure +, income −.

A deviation is the budget less the accounts: above zero less was used, or more came in, than was planned
("mindreforbruk"); below zero it is the other way round ("merforbruk").
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


def deviation(budget: Decimal, actual: Decimal) -> Decimal:
    """The budget less the accounts."""
    return budget - actual


def percent_of(deviation: Decimal, budget: Decimal, *, decimals: int = 1) -> Decimal | None:
    """The deviation in per cent of the budget's size, never a negative zero; None where nothing was budgeted."""
    if not budget:
        return None
    return (deviation / abs(budget) * HUNDRED).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0


@dataclass(frozen=True)
class Threshold:
    """From what size a deviation, either way, is to be explained: in per cent of the budget and in kroner, both."""

    percent: Decimal
    kroner: Decimal

    def is_passed(self, *, budget: Decimal, actual: Decimal) -> bool:
        """Whether the deviation is at least so large. Where nothing was budgeted, kroner alone decide."""
        size = abs(deviation(budget, actual))
        if not size or size < self.kroner:
            return False
        return not budget or size / abs(budget) * HUNDRED >= self.percent
