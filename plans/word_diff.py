"""What was changed between two versions of a text, word by word. Pure, without the database."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple


class Piece(NamedTuple):
    """A stretch of text that is in both versions, only in the older one, or only in the newer one."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The two texts as one, in order. Blanks go with the word before them; line breaks are words.

    A word is the same whatever blanks follow it.
    """
    before, after = _words(old), _words(new)
    pieces = (piece for piece in _pieces(before, after) if piece.text)
    runs = groupby(pieces, key=lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in run)) for kind, run in runs]


def _words(text: str) -> list[str]:
    return re.findall(r"\n|[^\s]+[^\S\n]*|[^\S\n]+", text)


def _bare(word: str) -> str:
    return word.rstrip() or word


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [_bare(word) for word in before], [_bare(word) for word in after], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            for pair in zip(before[old_from:old_to], after[new_from:new_to], strict=True):
                yield from _same_word(*pair)
            continue
        yield Piece("removed", "".join(before[old_from:old_to]))
        yield Piece("added", "".join(after[new_from:new_to]))


def _same_word(old: str, new: str) -> Iterator[Piece]:
    """The word, and the blanks after it where they are not the same."""
    if old == new:
        yield Piece("same", old)
        return
    yield Piece("same", _bare(old))
    yield Piece("removed", old.removeprefix(_bare(old)))
    yield Piece("added", new.removeprefix(_bare(new)))
