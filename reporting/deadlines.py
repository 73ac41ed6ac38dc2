"""Deadlines as people mean them: through the end of a day in Norway, kept as an instant. Pure, without the database."""

import datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def end_of(day: datetime.date) -> datetime.datetime:
    """The instant when the day is over in Norway: 23 hours after it began when summer time comes, 25 when it goes."""
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min, tzinfo=OSLO)
    return midnight.astimezone(datetime.UTC)


def day_of(due_at: datetime.datetime) -> datetime.date:
    """The last day before the deadline: what `end_of` was given."""
    return (due_at.astimezone(OSLO) - datetime.timedelta(microseconds=1)).date()


def later(due_at: datetime.datetime, *, days: int) -> datetime.datetime:
    """The deadline so many whole days later, by the calendar."""
    return end_of(day_of(due_at) + datetime.timedelta(days=days))
