"""What was changed between two versions of a text, word by word. Pure, without the database."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple


class Piece(NamedTuple):
    """A stretch of text that is in both versions, only in the older one, or only in the newer one."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The two texts as one, in order. Blanks go with the word before them; line breaks are words."""
    before, after = _words(old), _words(new)
    return list(_pieces(before, after, SequenceMatcher(None, before, after, autojunk=False)))


def _words(text: str) -> list[str]:
    return re.findall(r"\n|[^\s]+[^\S\n]*|[^\S\n]+", text)


def _pieces(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> Iterator[Piece]:
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[old_from:old_to]))
            continue
        if old_from < old_to:
            yield Piece("removed", "".join(before[old_from:old_to]))
        if new_from < new_to:
            yield Piece("added", "".join(after[new_from:new_to]))
