"""Amounts and counts as the ledger's templates print them."""

from decimal import Decimal

from django import template

from organisation.numbers import show_number
from publishing.cells import hard_spaces

register = template.Library()


@register.filter
def kroner(amount: Decimal) -> str:
    """The amount to the øre: «−1 234,50»."""
    return hard_spaces(show_number(amount, decimals=2))


@register.filter
def whole(count: int) -> str:
    """The count: «12 345»."""
    return hard_spaces(show_number(Decimal(count), decimals=0))
