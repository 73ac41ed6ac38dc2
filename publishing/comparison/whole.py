"""A whole comparison: every change, and how many there are of each kind."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import cached_property

from publishing.comparison.changes import Change
from publishing.comparison.summary import summarised


@dataclass(frozen=True)
class Comparison:
    """Every change from one version to another. `versions` are their numbers, where they have any."""

    changes: tuple[Change, ...] = ()
    versions: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.changes

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The changes counted, in words: «12 mål endret, 3 fjernet», «1 avsnitt flyttet»."""
        return summarised(self.changes)

    def between(self, old: int, new: int) -> "Comparison":
        """The same, said to be between these versions."""
        return dataclasses.replace(self, versions=(old, new))

    def walk(self) -> Iterator[Change]:
        """Every change, in reading order."""
        for change in self.changes:
            yield from change.walk()

    def _of(self, what: str) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.what == what)

    @property
    def document(self) -> tuple[Change, ...]:
        """What the title page says otherwise; at most one."""
        return self._of("document")

    @property
    def chapters(self) -> tuple[Change, ...]:
        """The chapters with something to tell."""
        return self._of("chapter")

    @property
    def indicators(self) -> tuple[Change, ...]:
        """The indicators of which something else is said than before."""
        return self._of("indicator")
