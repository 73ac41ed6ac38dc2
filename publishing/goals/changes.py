"""What has become of the goals from one publication to another. Pure, without the ORM.

Goals are the same when they are of the same indicator, or of one that succeeds it. The order of outcomes is missed,
nearly reached, reached; between two that are missed or nearly reached, the one that is nearer its target is better.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from publishing.goals.goal import Figure, Goal
from scorecards.assessment import Outcome
from scorecards.vocabulary import gettext_noop

RANKS = {Outcome.MISSED: 0, Outcome.NEARLY: 1, Outcome.REACHED: 2}


class Turn(StrEnum):
    """Which way a goal has gone."""

    WORSE = "worse"
    BETTER = "better"
    UNASSESSED = "unassessed"
    ASSESSED = "assessed"
    NEW = "new"
    DROPPED = "dropped"
    SAME = "same"

    @property
    def word(self) -> str:
        """The turn in Norwegian."""
        return _WORDS[self]


_WORDS = {
    Turn.WORSE: gettext_noop("Dårligere"),
    Turn.BETTER: gettext_noop("Bedre"),
    Turn.UNASSESSED: gettext_noop("Ikke vurdert lenger"),
    Turn.ASSESSED: gettext_noop("Vurdert nå, men ikke sist"),
    Turn.NEW: gettext_noop("Nye mål"),
    Turn.DROPPED: gettext_noop("Ikke med denne gangen"),
    Turn.SAME: gettext_noop("Som sist"),
}


@dataclass(frozen=True)
class Change:
    """One goal before and after; None where it was not there."""

    turn: Turn
    before: Goal | None
    after: Goal | None

    @property
    def goal(self) -> Goal:
        """The goal as it is now, or as it was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("A change is of a goal.")
        return found

    @property
    def has_moved_target(self) -> bool:
        """Whether it is held against another target than before."""
        return bool(self.before and self.after and self.before.figure.target != self.after.figure.target)


@dataclass(frozen=True)
class Changes:
    """Every goal of two publications, by what has become of it."""

    by_turn: Mapping[Turn, list[Change]]

    @property
    def groups(self) -> list[tuple[Turn, list[Change]]]:
        """Those that have changed, the worse first; turns that none has taken are left out."""
        return [(turn, self.by_turn[turn]) for turn in Turn if turn is not Turn.SAME and self.by_turn[turn]]

    @property
    def same(self) -> int:
        """How many are as they were."""
        return len(self.by_turn[Turn.SAME])

    @property
    def is_comparable(self) -> bool:
        """Whether the two have any goal in common."""
        return any(change.before and change.after for changes in self.by_turn.values() for change in changes)


def changes(before: Iterable[Goal], after: Iterable[Goal], succeeded: Mapping[str, str]) -> Changes:
    """What has become of each goal. `succeeded` is the slug of an indicator → that of the one it carries on."""
    by_turn: dict[Turn, list[Change]] = {turn: [] for turn in Turn}
    for change in _pairs(_by_slug(before), _by_slug(after), succeeded):
        by_turn[change.turn].append(change)
    return Changes(by_turn)


def _pairs(before: dict[str, Goal], after: dict[str, Goal], succeeded: Mapping[str, str]) -> Iterator[Change]:
    left = dict(before)
    for slug, goal in after.items():
        was = left.pop(slug, None) or left.pop(succeeded.get(slug, ""), None)
        yield Change(turn(was.figure, goal.figure) if was else Turn.NEW, was, goal)
    yield from (Change(Turn.DROPPED, goal, None) for goal in left.values())


def _by_slug(goals: Iterable[Goal]) -> dict[str, Goal]:
    """Each indicator's goal, the first where it stands in several chapters."""
    found: dict[str, Goal] = {}
    for goal in goals:
        found.setdefault(goal.figure.indicator_slug, goal)
    return found


def turn(before: Figure, after: Figure) -> Turn:
    """Which way a goal has gone."""
    was, now = RANKS.get(Outcome(before.outcome)), RANKS.get(Outcome(after.outcome))
    if was is None or now is None:
        return Turn.SAME if was == now else Turn.ASSESSED if was is None else Turn.UNASSESSED
    standing_before, standing_now = (was, -_distance(before)), (now, -_distance(after))
    if standing_before == standing_now:
        return Turn.SAME
    return Turn.BETTER if standing_now > standing_before else Turn.WORSE


def _distance(figure: Figure) -> Decimal:
    """How far from the target; nothing where it is reached."""
    return figure.distance if figure.distance is not None and figure.outcome != Outcome.REACHED else Decimal(0)
