"""Periods as people and files write them: 2023, 2022/2023, 2023-03, 2023-12-15, 2023-T1, 2023-Q1.

Pure, without the database.
"""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """A period: its kind (see `Period.Kind`) and its first and last day."""

    kind: str
    start: datetime.date
    end: datetime.date


def year(number: int) -> Span:
    """A calendar year."""
    return Span("year", datetime.date(number, 1, 1), datetime.date(number, 12, 31))


def month(number: int, of: int) -> Span:
    """Month `number` (1–12) of the year `of`."""
    return _months("month", of, number, number)


def parse(text: str) -> Span:
    """The period that the text names. Raises ValueError with a sentence for the person."""
    for pattern, build in _FORMS:
        if match := re.fullmatch(pattern, text.strip()):
            return build(*(int(part) for part in match.groups()))
    raise ValueError(
        _("«%(text)s» er ikke en periode. Skriv for eksempel 2024, 2023/2024, 2024-T1, 2024-03 eller 2024-08-31.")
        % {"text": text}
    )


def code(span: Span) -> str:
    """The period as `parse` reads it: 2024, 2023/2024, 2024-T1, 2024-Q3, 2024-03, 2023-12-15."""
    start, end = span.start, span.end
    match span.kind:
        case "year":
            return f"{start.year}"
        case "school_year":
            return f"{start.year}/{end.year}"
        case "tertial":
            return f"{start.year}-T{end.month // 4}"
        case "quarter":
            return f"{start.year}-Q{end.month // 3}"
        case "month":
            return f"{start:%Y-%m}"
        case _:
            return f"{start:%Y-%m-%d}"


def label_of(text: str) -> str:
    """The period that a code names, as people write it. Raises ValueError."""
    span = parse(text)
    return label(span.kind, span.start, span.end)


def label(kind: str, start: datetime.date, end: datetime.date) -> str:
    """As people write it: 2024, 2023/2024, 1. tertial 2024, mars 2024, 31.08.2023."""
    match kind:
        case "year":
            return f"{start.year}"
        case "school_year":
            return f"{start.year}/{end.year}"
        case "tertial":
            return f"{end.month // 4}. tertial {start.year}"
        case "quarter":
            return f"{end.month // 3}. kvartal {start.year}"
        case "month":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case _:
            return f"{start:%d.%m.%Y}"


def _months(kind: str, of: int, first: int, last: int) -> Span:
    last_day = calendar.monthrange(of, last)[1]
    return Span(kind, datetime.date(of, first, 1), datetime.date(of, last, last_day))


def _school_year(first: int, second: int) -> Span:
    if second != first + 1:
        raise ValueError(
            _("Et skoleår går over to år som følger på hverandre, ikke %(first)s/%(second)s.")
            % {"first": first, "second": second}
        )
    return Span("school_year", datetime.date(first, 8, 1), datetime.date(second, 7, 31))


def _date(year_number: int, month_number: int, day: int) -> Span:
    date = datetime.date(year_number, month_number, day)
    return Span("date", date, date)


_FORMS = (
    (r"(\d{4})", year),
    (r"(\d{4})/(\d{4})", _school_year),
    (r"(\d{4})-T([1-3])", lambda of, part: _months("tertial", of, part * 4 - 3, part * 4)),
    (r"(\d{4})-Q([1-4])", lambda of, part: _months("quarter", of, part * 3 - 2, part * 3)),
    (r"(\d{4})-(\d{2})", lambda of, part: month(part, of)),
    (r"(\d{4})-(\d{2})-(\d{2})", _date),
)
