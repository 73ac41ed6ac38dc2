"""Numbers and dates of workbooks as cells."""

import datetime
import re
from decimal import Context, Decimal, InvalidOperation, Overflow

from budget.reading.cells import Cell

SIGNIFICANT = Context(prec=15, Emax=308, Emin=-308, traps=[InvalidOperation, Overflow])
PLAIN = re.compile(r"0|[1-9][0-9]*")
NUMERAL = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")


def number_cell(text: str, *, digits: int = 0) -> Cell:
    """The number that a workbook holds as text, such as 1234.5600000000002, with the 15 digits that Excel itself keeps.

    Workbooks count in floating point: what is beyond those digits was never typed. With `digits`, whole numbers are
    filled with zeros on the left, as the cell's format shows them: art 10 is 010.
    """
    if len(text) <= SIGNIFICANT.prec and PLAIN.fullmatch(text):
        return Cell("number", text.zfill(digits), Decimal(text))
    if not NUMERAL.fullmatch(text):
        return Cell("error", text)
    try:
        number = SIGNIFICANT.create_decimal(text)
    except (InvalidOperation, Overflow):
        return Cell("error", text)
    shown = shown_number(number)
    if digits and shown.isdecimal():
        shown = shown.zfill(digits)
    return Cell("number", shown, Decimal(shown.replace(",", ".")))


def shown_number(number: Decimal) -> str:
    """The number with decimal comma, and neither zeros at the end nor blanks between thousands."""
    digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits.replace(".", ",")


def date_cell(moment: datetime.date | datetime.time | datetime.timedelta) -> Cell:
    """A date as 31.03.2024, with the time of day where there is one; a time alone as 12:30."""
    if isinstance(moment, datetime.timedelta):
        return Cell("date", str(moment))
    if isinstance(moment, datetime.time):
        return Cell("date", f"{moment:%H:%M}")
    day = f"{moment.day:02}.{moment.month:02}.{moment.year:04}"
    if isinstance(moment, datetime.datetime) and moment.time() != datetime.time():
        return Cell("date", f"{day} {moment:%H:%M}")
    return Cell("date", day)


def iso_date_cell(text: str) -> Cell:
    """A date or a moment as 2024-03-31 or 2024-03-31T12:30:00."""
    try:
        return date_cell(datetime.datetime.fromisoformat(text.strip()))
    except ValueError:
        return Cell("error", text)
