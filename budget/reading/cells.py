"""What a file of figures holds once it is read: a sheet with headings, lines and cells. Pure, without the database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes. A ledger of 200 000 lines takes a tenth of it."""
MOST_LINES = 1_000_000
MOST_HEADINGS = 100

Kind = Literal["text", "number", "date", "formula", "error", "empty", "truth"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    `text` is as a person reads it: a number with decimal comma and no blanks between thousands, a date as 31.03.2024,
    a formula as it was typed, with the equals sign. `number` is only there for numbers.
    """

    kind: Kind
    text: str
    number: Decimal | None = None


EMPTY = Cell("empty", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row under the headings: as many cells as there are headings.

    `number` is the row number that Excel shows, from 1.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Lines:
    """Lines that are read from the file each time they are walked through, so that memory stays flat.

    Walking raises `Unreadable` where the file turns out to be broken further down.
    """

    walk: Callable[[], Iterator[Line]]

    def __iter__(self) -> Iterator[Line]:
        return self.walk()


@dataclass(frozen=True)
class Sheet:
    """The table of a file. `name` is "" for a CSV file; a column without a heading has the heading ""."""

    name: str
    headings: tuple[str, ...]
    heading_row: int
    lines: Iterable[Line]
    warnings: tuple[str, ...] = ()


class Unreadable(Exception):
    """A file that cannot be read: `message` says where, what is wrong and what to do, in Norwegian."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(where, sentence)
        self.where = where
        self.sentence = sentence

    @property
    def message(self) -> str:
        """The whole message: "«regnskap.xlsx», arket «Ark1»: …"."""
        return f"{self.where}: {self.sentence}"

    def __str__(self) -> str:
        return self.message


def column_letter(index: int) -> str:
    """The column as Excel names it: 0 → "A", 26 → "AA"."""
    letters = ""
    position = index + 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
