"""How the goals of a published document stand, chapter by chapter. Pure: it counts rows that are read already."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from scorecards.assessment import Outcome

ASSESSED = (Outcome.REACHED, Outcome.NEARLY, Outcome.MISSED)


class Figure(Protocol):
    """What is counted: one indicator's outcome in its chapter."""

    chapter_slug: str
    chapter_title: str
    outcome: str


@dataclass(frozen=True)
class Segment:
    """A part of a bar: its outcome, and where it starts and how long it is, in indicators."""

    outcome: Outcome
    start: int
    length: int


@dataclass
class Standing:
    """How many indicators of a chapter, or of all of them, have each outcome."""

    title: str
    slug: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def reached(self) -> int:
        """Goals reached."""
        return self.counts[Outcome.REACHED]

    @property
    def nearly(self) -> int:
        """Goals nearly reached."""
        return self.counts[Outcome.NEARLY]

    @property
    def missed(self) -> int:
        """Goals missed."""
        return self.counts[Outcome.MISSED]

    @property
    def assessed(self) -> int:
        """Goals that can be assessed."""
        return sum(self.counts[outcome] for outcome in ASSESSED)

    @property
    def unassessed(self) -> int:
        """Indicators without a result, a target or a direction."""
        return self.total - self.assessed

    @property
    def total(self) -> int:
        """All the indicators."""
        return self.counts.total()

    @property
    def segments(self) -> Iterator[Segment]:
        """The bar: reached, nearly, missed, and then those that cannot be assessed, each where there are any."""
        start = 0
        for outcome, length in (
            *((outcome, self.counts[outcome]) for outcome in ASSESSED),
            (Outcome.NOT_ASSESSABLE, self.unassessed),
        ):
            if length:
                yield Segment(outcome, start, length)
            start += length


def by_chapter(figures: Iterable[Figure]) -> list[Standing]:
    """One standing for each chapter, in the order in which the chapters first occur."""
    standings: dict[str, Standing] = {}
    for figure in figures:
        standing = standings.setdefault(figure.chapter_slug, Standing(figure.chapter_title, figure.chapter_slug))
        standing.counts[figure.outcome] += 1
    return list(standings.values())


def in_all(standings: Iterable[Standing], title: str) -> Standing:
    """The standings added together, under a title of its own."""
    whole = Standing(title)
    for standing in standings:
        whole.counts += standing.counts
    return whole
