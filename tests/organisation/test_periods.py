"""Periods as people and files write them."""

import datetime

import pytest

from organisation import periods
from organisation.models import Period
from organisation.periods import Span


def _span(kind: str, start: str, end: str) -> Span:
    return Span(kind, datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))


FORMS = [
    ("2024", _span("year", "2024-01-01", "2024-12-31"), "2024"),
    ("2022/2023", _span("school_year", "2022-08-01", "2023-07-31"), "2022/2023"),
    ("2024-T1", _span("tertial", "2024-01-01", "2024-04-30"), "1. tertial 2024"),
    ("2024-T3", _span("tertial", "2024-09-01", "2024-12-31"), "3. tertial 2024"),
    ("2023-Q1", _span("quarter", "2023-01-01", "2023-03-31"), "1. kvartal 2023"),
    ("2024-02", _span("month", "2024-02-01", "2024-02-29"), "februar 2024"),
    ("2023-12", _span("month", "2023-12-01", "2023-12-31"), "desember 2023"),
    ("2023-12-15", _span("date", "2023-12-15", "2023-12-15"), "15.12.2023"),
    (" 2024 ", _span("year", "2024-01-01", "2024-12-31"), "2024"),
]


@pytest.mark.parametrize(("text", "expected", "_label"), FORMS)
def test_parse_of_a_form(text: str, expected: Span, _label: str) -> None:
    assert periods.parse(text) == expected


@pytest.mark.parametrize(("_text", "span", "expected"), FORMS)
def test_label_is_what_people_write(_text: str, span: Span, expected: str) -> None:
    assert periods.label(span.kind, span.start, span.end) == expected


@pytest.mark.parametrize("text", ["", "24", "2024-T4", "2024-Q5", "2024-13", "2024-02-30", "2023*", "mars 2024"])
def test_parse_of_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        periods.parse(text)


def test_parse_of_a_school_year_that_skips_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match="Et skoleår går over to år som følger på hverandre, ikke 2022/2024"):
        periods.parse("2022/2024")


def test_for_span_makes_the_period_once(db: None) -> None:
    first = Period.objects.for_span(periods.parse("2024-T2"))
    assert (first.label, Period.objects.for_span(periods.parse("2024-T2"))) == ("2. tertial 2024", first)
    assert Period.objects.count() == 1
