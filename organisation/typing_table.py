"""A table made for typing: many cells, one save. Only what the person changed is written, and all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.editing import Saving
from organisation.versions import Conflict, VersionedModel

MINE, THEIRS = "mine", "theirs"


@dataclass(kw_only=True)
class Cell:
    """One place to type. `text` is what stands in it, `saved` what the database holds, in the version `version` (0: no value yet).

    `base` is the version that the person saw. `label` is what a screen reader calls it.
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
    error: str = ""
    theirs: Saving | None = None

    def __post_init__(self) -> None:
        self.text, self.base = self.saved, self.version

    def take(self, data: Mapping[str, str]) -> None:
        """Take in what was typed, and which of two values to keep where somebody else saved meanwhile."""
        self.text = data.get(self.name, self.saved)
        base, choice, keep_version = (data.get(f"{part}-{self.name}", "") for part in ("base", "keep", "seen"))
        if choice == THEIRS:
            self.text, self.base = self.saved, self.version
        else:
            version = keep_version if choice == MINE else base
            self.base = int(version) if version.isdecimal() else self.version

    def was(self) -> str:
        """The text that the person saw before typing."""
        if self.base == self.version or self.row is None:
            return self.saved
        seen = self.row.history.filter(version=self.base).order_by("-history_id").first() if self.base else None
        return str(seen.text) if seen else ""

    @property
    def is_changed(self) -> bool:
        """Whether the person typed something else than what was seen, and than what is saved now."""
        return self.is_editable and self.text != self.saved and self.text != self.was()


class TypingTable:
    """The cells of a page. `register` writes one cell and raises ValueError with a sentence for the person, or `Conflict`."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.cells = {cell.name: cell for cell in cells}

    def store(self, data: Mapping[str, str], register: Callable[[Cell], object]) -> bool:
        """Write what was typed. False when anything could not be saved: then nothing is, and the cells say why."""
        for cell in self.cells.values():
            if cell.is_editable:
                cell.take(data)
        with transaction.atomic():
            for cell in self.cells.values():
                if cell.is_changed:
                    self._write(cell, register)
            transaction.set_rollback(self.status != 200)
        return self.status == 200

    def _write(self, cell: Cell, register: Callable[[Cell], object]) -> None:
        try:
            register(cell)
        except Conflict as conflict:
            cell.theirs = Saving.last_of(conflict.theirs)
            cell.version = conflict.theirs.version
            cell.error = _("Noen andre har lagret en annen verdi. Velg hvilken som skal stå.")
        except ValueError as error:
            cell.error = _(error.message) % error.params if hasattr(error, "message") else str(error)

    @property
    def errors(self) -> list[Cell]:
        """The cells that could not be saved, in reading order."""
        return [cell for cell in self.cells.values() if cell.error]

    @property
    def status(self) -> int:
        """409 where somebody else saved meanwhile, 422 for what is not understood, else 200."""
        if any(cell.theirs for cell in self.cells.values()):
            return 409
        return 422 if self.errors else 200
