"""How the system itself prints numbers: Norwegian, with a space between thousands and a decimal comma."""

from decimal import ROUND_HALF_UP, Decimal


def printed_number(number: Decimal, decimals: int) -> str:
    """The number with so many decimals: 1479 → "1 479,0". Halves are rounded away from zero."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{decimals}f}".replace(",", " ").replace(".", ",").replace("-", "−")
