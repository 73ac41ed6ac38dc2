"""How far measures have come: the newest status of each, with a sign and a word."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from plans.models import MeasureStatus

Status = MeasureStatus.Status

SYMBOLS = {
    Status.NOT_STARTED: "○",
    Status.BEGUN: "→",
    Status.DONE: "✓",
    Status.NOT_DONE: "✗",
    Status.DROPPED: "–",
}
CLOSED = (Status.DONE, Status.NOT_DONE, Status.DROPPED)
"""Statuses after which nothing more is asked of a measure that gives nothing in the year."""


def status_choices() -> list[tuple[str, str]]:
    """The statuses to choose among, each with its word."""
    return [(status.value, str(status.label).capitalize()) for status in Status]


@dataclass(frozen=True)
class Standing:
    """A status as it is shown. `row` has its period loaded."""

    row: MeasureStatus

    @property
    def kind(self) -> str:
        """The status as a code."""
        return self.row.status

    @property
    def word(self) -> str:
        """The status in words."""
        return str(self.row.get_status_display())

    @property
    def symbol(self) -> str:
        """The sign that stands beside the word."""
        return SYMBOLS[Status(self.row.status)]

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.row.status in CLOSED


def newest(measures: Iterable[int], *, before: datetime.date | None = None) -> dict[int, Standing]:
    """Measure id → its status after the latest period, or the latest that ended before a day. One query.

    Of periods that end on the same day the longest counts: a year over its last tertial.
    """
    rows = MeasureStatus.objects.filter(measure__in=list(measures)).select_related("period")
    if before:
        rows = rows.filter(period__end__lt=before)
    return {row.measure_id: Standing(row) for row in rows.order_by("period__end", "-period__start", "pk")}
