"""Periods as they stand in the cells of a file. What can be read in two ways is refused, never guessed."""

import datetime
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.reading.cells import Cell
from organisation import periods
from organisation.periods import MONTHS, Span

EARLIEST, LATEST = 1950, 2150
"""Years. What is outside them is something else than a year."""
MONTH_COUNT = 12
LONGEST_QUOTE = 40
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
LONG_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}

PLAIN = re.compile(r"([0-9]{4})(?:-(?:[Tt][1-3]|[Qq][1-4]|[0-9]{2}))?")
JOINED = re.compile(r"([0-9]{4})([0-9]{2})")
MONTH_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})")
NAMED = re.compile(r"([^\W\d_]+)\.?[ \u00a0-]*([0-9]{4})")
ORDINAL = re.compile(r"([1-4])\.[ \u00a0]*(tertial|kvartal)[ \u00a0]*([0-9]{4})", re.IGNORECASE)
DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?: [0-9]{2}:[0-9]{2})?")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_period(cell: Cell) -> Span:
    """A year, tertial, quarter or month; a date gives its month. Raises ValueError with a sentence."""
    text = _plain_text(cell, _("Perioden"))
    span = _month_of_date(text) or _month(text) or _part(text)
    if span is None:
        raise ValueError(
            _("«%(text)s» er ikke en periode. Skriv for eksempel 2024, 2024-03, 2024-T1, mars 2024 eller 31.03.2024.")
            % {"text": text[:LONGEST_QUOTE]}
        )
    return span


def read_month(cell: Cell) -> int:
    """A month, 1–12, by number or name; a date gives its month. Raises ValueError with a sentence."""
    text = _plain_text(cell, _("Måneden"))
    named = _month_named(text.rstrip("."))
    if named:
        return named
    if cell.kind == "date":
        return read_period(cell).start.month
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise ValueError(_("«%(text)s» er ikke en måned. Skriv 1 til 12.") % {"text": text[:LONGEST_QUOTE]})
    return _checked_month(int(text), text)


def read_year(cell: Cell) -> int:
    """A year of four digits; a date gives its year. Raises ValueError with a sentence."""
    text = _plain_text(cell, _("Året"))
    if cell.kind == "date":
        return read_period(cell).start.year
    if not re.fullmatch(r"[0-9]{4}", text):
        raise ValueError(_("«%(text)s» er ikke et årstall med fire siffer.") % {"text": text[:LONGEST_QUOTE]})
    return _checked_year(int(text), text)


def _plain_text(cell: Cell, what: str) -> str:
    """What stands in the cell, of the kinds that can name a time."""
    refusals = {
        "empty": _("%(what)s mangler."),
        "formula": _("%(what)s er formelen «%(text)s». Kopier kolonnen og lim inn verdiene."),
        "error": _("%(what)s viser feilen «%(text)s». Rett den i regnearket."),
        "truth": _("%(what)s er «%(text)s». Skriv for eksempel 2024 eller 2024-03."),
    }
    if cell.kind in refusals:
        raise ValueError(refusals[cell.kind] % {"what": what, "text": cell.text[:LONGEST_QUOTE]})
    is_whole = cell.number is None or cell.number == cell.number.to_integral_value()
    return f"{Decimal(cell.number or 0):.0f}" if cell.kind == "number" and is_whole else cell.text.strip()


def _month_of_date(text: str) -> Span | None:
    """The month of 31.03.2024 or 2024-03-31: in Norway the day comes before the month."""
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = (int(match[part]) for part in (1, 2, 3))
    elif match := ISO_DAY.fullmatch(text):
        year, month, day = (int(match[part]) for part in (1, 2, 3))
    else:
        return None
    try:
        datetime.date(year, month, day)
    except ValueError as error:
        raise ValueError(_("Datoen «%(text)s» finnes ikke.") % {"text": text}) from error
    return periods.month(month, _checked_year(year, text))


def _month(text: str) -> Span | None:
    """Months with the year before or after: 202403, 03.2024, 2024/3, mars 2024."""
    if match := JOINED.fullmatch(text) or YEAR_FIRST.fullmatch(text):
        year, month = int(match[1]), int(match[2])
    elif match := MONTH_FIRST.fullmatch(text):
        month, year = int(match[1]), int(match[2])
    elif (match := NAMED.fullmatch(text)) and (named := _month_named(match[1])):
        month, year = named, int(match[2])
    else:
        return None
    return periods.month(_checked_month(month, text), _checked_year(year, text))


def _part(text: str) -> Span | None:
    """A year, tertial or quarter, or a month as 2024-03."""
    if match := ORDINAL.fullmatch(text):
        text = f"{match[3]}-{'T' if match[2].lower() == 'tertial' else 'Q'}{match[1]}"
    match = PLAIN.fullmatch(text)
    if match is None:
        return None
    _checked_year(int(match[1]), text)
    end = text.partition("-")[2]
    if end.isdecimal():
        _checked_month(int(end), text)
    return periods.parse(text.upper())


def _month_named(text: str) -> int:
    """The month's number; 0 for another word."""
    name = text.casefold()
    return LONG_MONTHS.get(name, SHORT_MONTHS.get(name, 0))


def _checked_month(number: int, text: str) -> int:
    if number > MONTH_COUNT:
        raise ValueError(
            _("«%(text)s»: måned %(number)s finnes ikke. Før linjer fra årsavslutningen på måned 12.")
            % {"text": text[:LONGEST_QUOTE], "number": number}
        )
    if not number:
        raise ValueError(_("«%(text)s»: måned 0 finnes ikke.") % {"text": text[:LONGEST_QUOTE]})
    return number


def _checked_year(number: int, text: str) -> int:
    if not EARLIEST <= number <= LATEST:
        raise ValueError(
            _("«%(text)s»: %(number)s er ikke et årstall.") % {"text": text[:LONGEST_QUOTE], "number": number}
        )
    return number
