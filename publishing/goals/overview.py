"""What the overview says of an issue's goals: how they stand, the largest misses, what has changed, what is unknown.

Pure, without the ORM.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from publishing.goals import progress
from publishing.goals.changes import Changes, changes
from publishing.goals.goal import Goal, largest_first, of_outcome
from publishing.goals.issues import Issue, period_before, version_before
from publishing.goals.progress import Standing
from scorecards.assessment import Outcome

IN_FULL = 6
"""How many of the largest misses stand open; the others are folded."""

READING_ORDER = (Outcome.MISSED, Outcome.NEARLY, Outcome.NOT_MEASURED, Outcome.NOT_ASSESSABLE, Outcome.REACHED)


@dataclass(frozen=True)
class Overview:
    """The goals of one issue, as they stand in the document."""

    goals: list[Goal]

    @cached_property
    def standings(self) -> list[Standing]:
        """Chapter by chapter: service areas, and the goals of the municipality itself."""
        return progress.by_chapter(goal.figure for goal in self.goals)

    @cached_property
    def whole(self) -> Standing:
        """All of them."""
        return progress.in_all(self.standings, _("Hele kommunen"))

    @cached_property
    def sectors(self) -> list[Standing]:
        """Sector by sector."""
        return progress.by_sector((goal.figure for goal in self.goals), _("Ingen sektor oppgitt"))

    @cached_property
    def missed_in_order(self) -> list[Goal]:
        """The missed goals, as they stand in the document."""
        return of_outcome(self.goals, Outcome.MISSED)

    @cached_property
    def missed(self) -> list[Goal]:
        """The missed goals, the largest miss first."""
        return largest_first(self.missed_in_order)

    @property
    def most_missed(self) -> list[Goal]:
        """The largest of them."""
        return self.missed[:IN_FULL]

    @property
    def missed_more(self) -> list[Goal]:
        """The others."""
        return self.missed[IN_FULL:]

    @property
    def unknown(self) -> list[tuple[Outcome, list[Goal]]]:
        """Goals without measurement, then those that cannot be assessed; each kind where there are any."""
        return self._each((Outcome.NOT_MEASURED, Outcome.NOT_ASSESSABLE))

    @property
    def reached_in_words(self) -> str:
        """How many of those that can be assessed are reached."""
        return progress.reached_in_words(self.whole)

    @property
    def rest_in_words(self) -> str:
        """How many are nearly reached and how many are not assessed."""
        return progress.rest_in_words(self.whole)

    @property
    def by_outcome(self) -> list[tuple[Outcome, list[Goal]]]:
        """The goals as they are read: missed, nearly reached, not measured, not assessable, reached."""
        return self._each(READING_ORDER)

    def _each(self, outcomes: Iterable[Outcome]) -> list[tuple[Outcome, list[Goal]]]:
        return [(outcome, found) for outcome in outcomes if (found := of_outcome(self.goals, outcome))]


@dataclass(frozen=True)
class Since:
    """What has changed since another issue."""

    issue: Issue
    changes: Changes
    is_version: bool = False


def earlier(issue: Issue, issues: Iterable[Issue]) -> list[tuple[Issue, bool]]:
    """What the issue is held against, as far as there is any: the period before, and the version before.

    Whether it is a version stands beside it.
    """
    known = list(issues)
    found = ((period_before(issue, known), False), (version_before(issue, known), True))
    return [(one, is_version) for one, is_version in found if one]


def since(
    held_against: Iterable[tuple[Issue, bool]],
    now: Iterable[Goal],
    goals: Mapping[int, list[Goal]],
    succeeded: Mapping[str, str],
) -> list[Since]:
    """What has changed since each of them. `goals` is an issue's pk → its goals."""
    after = list(now)
    return [
        Since(issue, changes(goals.get(issue.pk, ()), after, succeeded), is_version)
        for issue, is_version in held_against
    ]
