"""The years that a budget can be for."""

from django.http import Http404

FIRST, LAST = 1900, 2200


def budget_year(year: int) -> int:
    """The year of an address. Raises 404 for what is no year."""
    if not FIRST <= year <= LAST:
        raise Http404
    return year


def around(year: int) -> list[int]:
    """The year before, the year, and the next."""
    return [one for one in (year - 1, year, year + 1) if FIRST <= one <= LAST]
