"""The figures of a measure: kroner and full-time equivalents, how they are said and how they add up. Pure.

Both bear KOSTRA's sign: a saving, and fewer people, are below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.rounding import THOUSAND, apportioned, rounded
from organisation.numbers import decimals_of, show_number

NOTHING = Decimal(0)
Amounts = Sequence[Decimal | None]


@dataclass(frozen=True)
class Figures:
    """What a measure gives in a year: kroner, a saving below zero; full-time equivalents, fewer below zero.

    None where nothing is said.
    """

    amount: Decimal | None = None
    fte: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self.amount is None and self.fte is None

    @property
    def words(self) -> list[str]:
        """What is said, in words, kroner in thousands."""
        return [words for words in (say_amount(self.amount), say_fte(self.fte)) if words]

    def __str__(self) -> str:
        return ", ".join(self.words)


def number(value: Decimal, *, decimals: int = 0) -> str:
    """The number with at least so many decimals, and with hard spaces, so that no line ends within it."""
    return show_number(value, decimals=max(decimals, decimals_of(value))).replace(" ", "\u00a0")


def say_amount(amount: Decimal | None) -> str:
    """Kroner in words, in thousands and exact: "innsparing 4 800", "koster 500 mer"."""
    if amount is None:
        return ""
    size = number(abs(amount) / THOUSAND)
    if not amount:
        return _("ingen virkning i kroner")
    return _("innsparing %(size)s") % {"size": size} if amount < 0 else _("koster %(size)s mer") % {"size": size}


def say_fte(fte: Decimal | None) -> str:
    """Full-time equivalents in words: "2,5 færre årsverk"."""
    if fte is None:
        return ""
    size = number(abs(fte), decimals=1)
    if not fte:
        return _("ingen årsverk")
    return _("%(size)s færre årsverk") % {"size": size} if fte < 0 else _("%(size)s flere årsverk") % {"size": size}


def total(amounts: Amounts) -> Decimal | None:
    """The sum of those that are said; None where none is."""
    said = [amount for amount in amounts if amount is not None]
    return sum(said, NOTHING) if said else None


def in_thousands(groups: Sequence[Amounts]) -> tuple[list[list[Decimal | None]], list[Decimal | None], Decimal | None]:
    """The amounts of each group in 1 000 kroner, the sum of each group, and the sum of all.

    The rounded amounts of a group add up to its rounded sum, and the groups' sums to that of all.
    """
    exact = [total(group) for group in groups]
    whole = total(exact)
    sums = _rounded(exact, None if whole is None else rounded(whole))
    return [_rounded(group, of_group) for group, of_group in zip(groups, sums, strict=True)], sums, total(sums)


def _rounded(amounts: Amounts, wanted: Decimal | None) -> list[Decimal | None]:
    said = [amount for amount in amounts if amount is not None]
    found = iter(apportioned(said, total=wanted))
    return [None if amount is None else next(found) for amount in amounts]
