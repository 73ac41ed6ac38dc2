"""Amounts shown in thousands or millions, rounded so that what is shown still adds up. Pure.

The method of the largest remainder: each part is rounded down, and what the sum lacks is given, one unit each, to the
parts that lost most. No part is then shown more than one unit from what it is, and none that is whole is changed.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

THOUSAND, MILLION = Decimal(1_000), Decimal(1_000_000)


def rounded(amount: Decimal, *, unit: Decimal = THOUSAND) -> Decimal:
    """How many whole units the amount is; halves away from zero. Never a negative zero."""
    return (amount / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) + 0


def apportioned(parts: Sequence[Decimal], *, total: Decimal | None = None, unit: Decimal = THOUSAND) -> list[Decimal]:
    """The parts as whole units that add up to `total` units; without it, to their own sum rounded.

    Where two parts lost the same, the larger amount is given first, then the one that comes first. Raises ValueError
    where no rounding of the parts, up or down, adds up to the total.
    """
    exact = [part / unit for part in parts]
    floors = [part.quantize(Decimal(1), rounding=ROUND_FLOOR) for part in exact]
    wanted = rounded(sum(parts, Decimal(0)), unit=unit) if total is None else total
    lacking = int(wanted - sum(floors, Decimal(0)))
    lost = [(part - floor, abs(part), -index) for index, (part, floor) in enumerate(zip(exact, floors, strict=True))]
    givable = sorted((one for one in lost if one[0]), reverse=True)
    if not 0 <= lacking <= len(givable):
        raise ValueError(f"{len(parts)} parts cannot be rounded to {wanted}")
    for _remainder, _size, index in givable[:lacking]:
        floors[-index] += 1
    return floors
