"""What a comparison tells: a tree of changes. Its words are Norwegian, as a reader meets them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from plans.word_diff import Piece, word_diff
from publishing.structure import Verdict

State = Literal["changed", "added", "removed"]

WORDS_SIDE_BY_SIDE = 6
"""What is longer than this is read as one text with its changes in it, not as «fra … til …»."""

_BLANKS = re.compile(r"\s+")


def same(before: str, after: str) -> bool:
    """Whether a reader sees the same: blanks and minus signs come in several kinds."""
    return _plain(before) == _plain(after)


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip().replace("\u2212", "-")


@dataclass(frozen=True)
class Spot:
    """Where a thing stands in a version: the chapter's slug, and the anchor in it; "" for the chapter itself."""

    chapter: str
    anchor: str = ""


@dataclass(frozen=True)
class Wording:
    """What was said or printed and what is now, "" where nothing; `what` it is of: a column, a caption, a note.

    `difference` is of an amount or of full-time equivalents: «+1,5».
    """

    what: str
    before: str = ""
    after: str = ""
    difference: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it reads best as one text with its changes in it."""
        return bool(self.before and self.after) and max(len(self.before.split()), len(self.after.split())) > (
            WORDS_SIDE_BY_SIDE
        )

    @cached_property
    def pieces(self) -> list[Piece]:
        """Both as one text, word by word."""
        return word_diff(self.before, self.after)


def wordings(*triples: tuple[str, str, str]) -> tuple[Wording, ...]:
    """Those of (what, before, after) that are not the same."""
    return tuple(Wording(*triple) for triple in triples if not same(triple[1], triple[2]))


@dataclass(frozen=True)
class Passage:
    """A paragraph of a text with its changes in it; or `kept`, how many that are as before.

    `note` says what has changed besides the words: a link, the type. `is_point` is of a list.
    """

    state: Literal["kept", "changed", "added", "removed"]
    pieces: tuple[Piece, ...] = ()
    kept: int = 0
    is_point: bool = False
    note: str = ""


@dataclass(frozen=True)
class Change:
    """A thing that is new, gone or not as it was, and what has changed in it.

    `what` is document, chapter, section, text, list, entry, table, column, group, row, goal, footnote or indicator.
    `number` is a chapter's or a table's; `within` is what it stands under, `move` the sentence on where it stood.
    `cells` are figures and other cells, or a chapter's headline figures; of what is added or removed they are all
    there. `unit` is a table's, of its sums too. `parts` are what has changed below.
    """

    what: str
    state: State
    name: str
    old: Spot | None = None
    new: Spot | None = None
    number: str = ""
    within: str = ""
    move: str = ""
    is_renamed: bool = False
    wordings: tuple[Wording, ...] = ()
    passages: tuple[Passage, ...] = ()
    cells: tuple[Wording, ...] = ()
    verdicts: tuple[Verdict | None, Verdict | None] | None = None
    unit: str = ""
    sums: tuple[Wording, ...] = ()
    parts: tuple["Change", ...] = ()

    @property
    def is_something(self) -> bool:
        """Whether it tells anything."""
        told = (self.wordings, self.passages, self.cells, self.sums, self.parts)
        return self.state != "changed" or bool(self.move or self.verdicts or any(told))

    @property
    def is_altered(self) -> bool:
        """Whether the thing itself is not as it was, apart from its name, its place and what stands below it."""
        others = self.wordings[1:] if self.is_renamed else self.wordings
        return self.state == "changed" and bool(others or self.passages or self.cells or self.verdicts)

    @property
    def is_frame(self) -> bool:
        """Whether it only holds what has changed below it."""
        return self.what in ("chapter", "section") and not (self.state != "changed" or self.move or self.wordings)

    @property
    def rows(self) -> tuple["Change", ...]:
        """A table's rows that have changed, or a list's points."""
        return tuple(part for part in self.parts if part.what in ("row", "goal", "entry"))

    @property
    def others(self) -> tuple["Change", ...]:
        """What has changed in a table besides its rows: columns, groups and footnotes."""
        return tuple(part for part in self.parts if part.what not in ("row", "goal", "entry"))

    def walk(self) -> Iterator["Change"]:
        """The change and everything below it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def changed_group(titles: tuple[str, str], said: tuple[Wording, ...], *, is_moved: bool) -> Change:
    """A group of a table or a list that is not as it was: its title before and after, and what else is said of it."""
    renamed = wordings((_("Navn"), *titles))
    return Change(
        "group",
        "changed",
        titles[1] or titles[0] or _("Gruppe uten navn"),
        move=_("Står nå på et annet sted i rekkefølgen.") if is_moved else "",
        is_renamed=bool(renamed),
        wordings=renamed + said,
    )
