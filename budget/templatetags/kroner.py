"""Kroner as they stand on the pages."""

from decimal import Decimal

from django import template

from budget.frames.wording import HARD_SPACE, in_kroner, in_percent
from budget.investments.millions import in_millions

register = template.Library()


@register.filter
def kroner(amount: Decimal | None) -> str:
    """«1 500 000», with øre only where there are any; nothing for no amount."""
    return "" if amount is None else in_kroner(amount)


@register.filter
def millions(amount: Decimal | None) -> str:
    """Kroner in millions with the decimals it takes: «1,5»; nothing for no amount."""
    return in_millions(amount).replace(" ", HARD_SPACE)


@register.filter
def kroner_moved(amount: Decimal) -> str:
    """A change: «+1 500 000», «−200», «0»."""
    return in_kroner(amount, is_signed=True)


@register.filter
def percent_of(part: Decimal, whole: Decimal) -> str:
    """A change in per cent of what it changes: «+2,4 %»."""
    return in_percent(part, whole)
