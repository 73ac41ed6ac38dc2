"""A deadline is the end of a day in Norway, also where the clock is moved."""

import datetime

import pytest

from reporting import deadlines

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime.date(2024, 1, 31), datetime.datetime(2024, 1, 31, 23, tzinfo=UTC)),
        (datetime.date(2024, 3, 30), datetime.datetime(2024, 3, 30, 23, tzinfo=UTC)),
        (datetime.date(2024, 3, 31), datetime.datetime(2024, 3, 31, 22, tzinfo=UTC)),
        (datetime.date(2024, 10, 27), datetime.datetime(2024, 10, 27, 23, tzinfo=UTC)),
    ],
)
def test_end_of_a_day(day: datetime.date, expected: datetime.datetime) -> None:
    assert deadlines.end_of(day) == expected
    assert deadlines.day_of(expected) == day


def test_later_counts_days_of_the_calendar() -> None:
    """From the eve of summer time, one day is 23 hours."""
    before = deadlines.end_of(datetime.date(2024, 3, 30))
    assert deadlines.later(before, days=1) - before == datetime.timedelta(hours=23)
