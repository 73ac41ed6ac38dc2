"""How the goals of a published document stand: by chapter, by sector and in all, in counts and in words.

Pure: it counts rows that are read already.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scorecards.assessment import ASSESSED, Outcome


class Figure(Protocol):
    """What is counted: one indicator's outcome in its chapter."""

    chapter_slug: str
    chapter_title: str
    sector: str
    outcome: str


@dataclass(frozen=True)
class Segment:
    """A part of a bar: its outcome, and where it starts and how long it is, in indicators."""

    outcome: Outcome
    start: int
    length: int


@dataclass
class Standing:
    """How many indicators of a chapter, of a sector, or of all of them, have each outcome."""

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
    def not_measured(self) -> int:
        """Goals without a result."""
        return self.counts[Outcome.NOT_MEASURED]

    @property
    def not_assessable(self) -> int:
        """Goals whose result cannot be held against a target."""
        return self.counts[Outcome.NOT_ASSESSABLE]

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
    return _counted((figure.chapter_slug, figure.chapter_title, figure.outcome) for figure in figures)


def by_sector(figures: Iterable[Figure], unnamed: str) -> list[Standing]:
    """One standing for each sector by name, and last, under the title `unnamed`, what belongs to none."""
    found = _counted((figure.sector, figure.sector or unnamed, figure.outcome) for figure in figures)
    return sorted(found, key=lambda one: (not one.slug, one.title.casefold()))


def _counted(goals: Iterable[tuple[str, str, str]]) -> list[Standing]:
    """Key, title and outcome of each goal → the standing of each key."""
    standings: dict[str, Standing] = {}
    for key, title, outcome in goals:
        standings.setdefault(key, Standing(title, key)).counts[outcome] += 1
    return list(standings.values())


def in_all(standings: Iterable[Standing], title: str) -> Standing:
    """The standings added together, under a title of its own."""
    whole = Standing(title)
    for standing in standings:
        whole.counts += standing.counts
    return whole


def reached_in_words(standing: Standing) -> str:
    """How many are reached: «5 av 12 vurderte mål» and so on."""
    if not standing.assessed:
        return _("Ingen av målene kan vurderes.")
    said = {"reached": standing.reached, "assessed": standing.assessed}
    return _("%(reached)s av %(assessed)s vurderte mål er nådd.") % said


def rest_in_words(standing: Standing) -> str:
    """How many are nearly reached and how many are not assessed; "" where there are none of either."""
    nearly, unassessed = standing.nearly, standing.unassessed
    found = [
        (nearly, ngettext("%(number)s er nesten nådd.", "%(number)s er nesten nådd.", nearly)),
        (
            unassessed,
            ngettext(
                "%(number)s er ikke målt eller kan ikke vurderes.",
                "%(number)s er ikke målt eller kan ikke vurderes.",
                unassessed,
            ),
        ),
    ]
    return " ".join(said % {"number": number} for number, said in found if number)
