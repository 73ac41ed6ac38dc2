"""What is wrong or odd in a file: each finding with its place and what to do, and no more of them than one can read."""

from collections.abc import Hashable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

KEPT = 200
"""How many of each severity are kept; of the rest only the number is told."""


class Severity(StrEnum):
    """Errors block an import, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """Where in the file: the row number that Excel shows, the column's letter (or characters) and its heading."""

    row: int | None = None
    column: str = ""
    heading: str = ""


NOWHERE = Place()


class Sentence(NamedTuple):
    """What is wrong, and what the person can do about it."""

    what: str
    advice: str


@dataclass
class Finding:
    """One thing that was found. `row` is the first of `rows` rows where it is so."""

    severity: Severity
    what: str
    advice: str
    row: int | None
    column: str
    heading: str
    rows: int = 1

    @property
    def more_rows(self) -> int:
        """In how many rows below the first it is just so."""
        return self.rows - 1


@dataclass
class Findings:
    """Everything that is found in one file, in the order it was found."""

    kept: list[Finding] = field(default_factory=list)
    counts: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    _seen: dict[Hashable, Finding] = field(default_factory=dict)

    def error(self, sentence: Sentence, place: Place = NOWHERE, *, key: Hashable = None) -> None:
        """Something that must be put right. What bears the same `key` is told once, with how many rows it holds for."""
        self._add(Severity.ERROR, sentence, place, key)

    def warning(self, sentence: Sentence, place: Place = NOWHERE, *, key: Hashable = None) -> None:
        """Something that may be meant."""
        self._add(Severity.WARNING, sentence, place, key)

    @property
    def has_errors(self) -> bool:
        """Whether the file cannot be written."""
        return self.counts[Severity.ERROR] > 0

    def as_json(self) -> list[dict[str, Any]]:
        """Those that are kept, as they are stored."""
        return [asdict(one) for one in self.kept]

    def _add(self, severity: Severity, sentence: Sentence, place: Place, key: Hashable) -> None:
        if key is not None and (known := self._seen.get((severity, key))):
            known.rows += 1
            return
        self.counts[severity] += 1
        finding = Finding(severity, sentence.what, sentence.advice, place.row, place.column, place.heading)
        if key is not None:
            self._seen[severity, key] = finding
        if self.counts[severity] <= KEPT:
            self.kept.append(finding)
