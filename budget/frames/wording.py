"""Kroner in words and figures, as they stand on the pages."""

from decimal import ROUND_HALF_UP, Decimal

from organisation.numbers import show_number

HARD_SPACE = "\u00a0"
ONE_DECIMAL = Decimal("0.1")


def in_kroner(amount: Decimal, *, is_signed: bool = False) -> str:
    """1500000 → «1 500 000»; with øre only where there are any. `is_signed` sets a plus before what is above zero."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    text = show_number(amount, decimals=decimals).replace(" ", HARD_SPACE)
    return f"+{text}" if is_signed and amount > 0 else text


def in_percent(part: Decimal, whole: Decimal, *, is_signed: bool = True) -> str:
    """The part in per cent of the whole's size, with one decimal; nothing where there is no whole."""
    if not whole:
        return ""
    percent = (part / abs(whole) * 100).quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP)
    sign = "+" if is_signed and percent > 0 else ""
    return f"{sign}{show_number(percent, decimals=1)}{HARD_SPACE}%".replace(" ", HARD_SPACE)
