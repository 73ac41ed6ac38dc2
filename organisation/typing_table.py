"""A table made for typing: many cells, one save. Only what the person changed is written, and all of it or nothing."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.editing import Saving
from organisation.models import User
from organisation.versions import Conflict, VersionedModel

MINE, THEIRS = "mine", "theirs"
NARROWEST, WIDEST = 6, 24
VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(kw_only=True)
class Cell:
    """One place to type. `text` is what stands in it, `saved` what the database holds, in `version` (0: no value yet).

    `base` is the version that the person saw. `label` is what a screen reader calls it, `size` the
    width in characters.
    """

    name: str
    label: str
    saved: str = ""
    version: int = 0
    mark: str = ""
    is_editable: bool = True
    row: VersionedModel | None = None
    text: str = ""
    base: int = 0
    size: int = 8
    error: str = ""
    theirs: Saving | None = None

    def __post_init__(self) -> None:
        self.text, self.base = self.saved, self.version

    def take(self, data: Mapping[str, str]) -> None:
        """Take in what was typed, and which of two values to keep where somebody else saved meanwhile."""
        self.text = data.get(self.name, self.saved)
        choice = data.get(f"keep-{self.name}", "")
        if choice == THEIRS:
            self.text, self.base = self.saved, self.version
            return
        version = data.get(f"seen-{self.name}" if choice == MINE else f"base-{self.name}", "")
        if self.row is not None and VERSION.fullmatch(version):
            self.base = int(version)


@dataclass
class Line:
    """A row with its cells, one for each column. `mark` is a footnote mark, `is_sum` a row that sums others."""

    name: str
    cells: list[Cell]
    mark: str = ""
    is_sum: bool = False


@dataclass
class Part:
    """Rows under a common heading; `level` is 0 or, under another heading, 1."""

    title: str = ""
    note: str = ""
    level: int = 0
    lines: list[Line] = field(default_factory=list)


class TypingTable(ABC):
    """The columns and the rows of a page. A subclass knows what a cell's text is and how it is written."""

    def __init__(self, columns: Sequence[Any], parts: Sequence[Part]) -> None:
        self.columns = columns
        self.parts = parts
        self._set_sizes()

    def _set_sizes(self) -> None:
        """As wide as the longest text of the column, within reason."""
        lines = [line.cells for part in self.parts for line in part.lines]
        for column in zip(*lines, strict=True):
            longest = max(len(cell.text) for cell in column)
            for cell in column:
                cell.size = min(max(longest, NARROWEST), WIDEST)

    @abstractmethod
    def text_of(self, row: Any, cell: Cell) -> str:
        """What the cell shows of a row of the database, also of one of its historical rows."""

    @abstractmethod
    def write(self, cell: Cell, *, by: User) -> None:
        """Write what was typed. Raises ValueError with a sentence for the person, or `Conflict`."""

    def cells(self) -> Iterator[Cell]:
        """Every cell, in reading order."""
        for part in self.parts:
            for line in part.lines:
                yield from line.cells

    @property
    def is_editable(self) -> bool:
        """Whether the person may type in any cell."""
        return any(cell.is_editable for cell in self.cells())

    def store(self, data: Mapping[str, str], *, by: User) -> bool:
        """Write what was typed. False when anything could not be saved: then nothing is, and the cells say why."""
        self.take(data)
        with transaction.atomic():
            self.write_changed(by=by)
            transaction.set_rollback(bool(self.errors))
        return not self.errors

    def take(self, data: Mapping[str, str]) -> None:
        """Take in what was typed, where the person may type."""
        for cell in self.cells():
            if cell.is_editable:
                cell.take(data)

    def write_changed(self, *, by: User) -> None:
        """Write each cell that the person changed, within a transaction that is rolled back on `errors`."""
        for cell in self.changed():
            self._write(cell, by)

    def changed(self) -> list[Cell]:
        """The cells that the person changed."""
        return [cell for cell in self.cells() if cell.is_editable and self._is_changed(cell)]

    def _is_changed(self, cell: Cell) -> bool:
        """Whether the person typed something else than what is saved, and than what was seen before typing."""
        return cell.text != cell.saved and cell.text != self.seen(cell)

    def seen(self, cell: Cell) -> str:
        """What stood in the cell when the person began to type."""
        if cell.base == cell.version or cell.row is None:
            return cell.saved
        seen = cell.row.history.filter(version=cell.base).order_by("-history_id").first()
        return self.text_of(seen, cell) if seen else ""

    def _write(self, cell: Cell, by: User) -> None:
        try:
            self.write(cell, by=by)
        except Conflict as conflict:
            cell.theirs = Saving.last_of(conflict.theirs)
            cell.saved, cell.version = self.text_of(conflict.theirs, cell), conflict.theirs.version
            cell.error = _("Noen andre har lagret en annen verdi. Velg hvilken som skal stå.")
        except ValueError as error:
            cell.error = str(error)

    @property
    def errors(self) -> list[Cell]:
        """The cells that could not be saved, in reading order."""
        return [cell for cell in self.cells() if cell.error]

    @property
    def status(self) -> int:
        """The status of the page: 409 where somebody else saved meanwhile, 422 for what is not understood, else 200."""
        if any(cell.theirs for cell in self.errors):
            return 409
        return 422 if self.errors else 200
