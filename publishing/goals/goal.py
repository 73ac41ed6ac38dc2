"""A published goal as it is shown: how it went in sign and word, since when, which way it goes, and its small line.

Pure, without the ORM.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from django.utils.translation import gettext as _

from organisation import periods
from publishing.cells import hard_spaces
from publishing.goals.issues import Issue
from scorecards import notation
from scorecards.assessment import Outcome
from scorecards.sparkline import MOST
from scorecards.trends import Trend
from scorecards.vocabulary import gettext_noop

TREND_WORDS = {
    Trend.BETTER: gettext_noop("Bedre enn forrige måling"),
    Trend.SAME: gettext_noop("Uendret siden forrige måling"),
    Trend.WORSE: gettext_noop("Dårligere enn forrige måling"),
}


class Figure(Protocol):
    """One goal as it was published, with its verdict. See `PublishedFigure`."""

    chapter_slug: str
    chapter_title: str
    is_area: bool
    sector: str
    row_anchor: str
    indicator_slug: str
    name: str
    period: str
    result: str
    target: str
    outcome: str
    reason: str
    distance: Decimal | None
    trend: str
    missed_since: str
    comment: str


@dataclass(frozen=True)
class Point:
    """One result: its period's code and last day, as printed, and its number if it is one."""

    period: str
    ends_on: datetime.date
    text: str
    value: Decimal | None


@dataclass(frozen=True)
class Goal:
    """A goal in an issue. `area_query` is what its area's address needs to show that issue."""

    figure: Figure
    issue: Issue
    area_query: str = ""
    points: Sequence[Point] = ()

    @property
    def outcome(self) -> Outcome:
        """How it went."""
        return Outcome(self.figure.outcome)

    @property
    def period(self) -> str:
        """What the result is of, as people write it; "" without a result."""
        return periods.label_of(self.figure.period) if self.figure.period else ""

    @property
    def since(self) -> str:
        """The period since which it has been missed, as people write it; "" where it is not missed."""
        return periods.label_of(self.figure.missed_since) if self.figure.missed_since else ""

    @property
    def trend(self) -> str:
        """Which way it goes, in words; "" where that is not known."""
        return _(TREND_WORDS[Trend(self.figure.trend)]) if self.figure.trend else ""

    @cached_property
    def line(self) -> list[Point]:
        """The newest results of periods of the same kind as the last one."""
        if not self.figure.period:
            return []
        kind = periods.parse(self.figure.period).kind
        return [point for point in self.points if periods.parse(point.period).kind == kind][-MOST:]

    @property
    def values(self) -> list[Decimal | None]:
        """The numbers of the line."""
        return [point.value for point in self.line]

    @property
    def goal_line(self) -> Decimal | None:
        """Where the target lies beside the results, where it is one number."""
        value = notation.parse(self.figure.target, as_text=True)
        return value.number if value.kind is notation.Kind.NUMBER else None

    @property
    def in_words(self) -> str:
        """What the line shows, such as «2021: 3,1 %. 2022: 2,4 %. Mål: 2 %.» in a row."""
        said = [f"{periods.label_of(point.period)}: {hard_spaces(point.text)}." for point in self.line]
        target = [_("Mål: %(target)s.") % {"target": hard_spaces(self.figure.target)}] if self.figure.target else []
        return " ".join([*said, *target])


def of_outcome(goals: Iterable[Goal], *outcomes: Outcome) -> list[Goal]:
    """The goals that went so."""
    return [goal for goal in goals if goal.outcome in outcomes]


def largest_first(goals: Iterable[Goal]) -> list[Goal]:
    """The goals by how far from the target they are, as a part of it; those alike as they stand in the document."""
    return sorted(goals, key=lambda goal: -(goal.figure.distance or 0))
