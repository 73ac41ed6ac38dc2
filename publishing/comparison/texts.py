"""Running text against running text: paragraph by paragraph, and word by word where a paragraph has changed. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from plans import richtext
from plans.word_diff import Piece, word_diff
from publishing.comparison.changes import Passage

SAME_PARAGRAPH = 0.4
"""How much two paragraphs must share to be read as one with changes in it, and not as one gone and one new."""

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a point of a list. `marked` is its words with the tags around them, `links` text and address."""

    text: str
    kind: str
    marked: str
    links: tuple[tuple[str, str], ...]

    @property
    def is_point(self) -> bool:
        """Whether it is of a list."""
        return bool(self.kind)


def paragraphs(html: str) -> list[Paragraph]:
    """The text's paragraphs, as its reader meets them."""
    reader = _Reader()
    reader.feed(richtext.clean(html))
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    """Gathers paragraphs. A line break ends one too; `lists` are those that the place is in, outermost first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self.lists: list[str] = []
        self.words: list[str] = []
        self.marked: list[str] = []
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("strong", "em", "a"):
            self.marked.append(f"<{tag}>")
            if tag == "a":
                self.links.append(("", dict(attrs).get("href") or ""))
            return
        self.end()
        if tag in ("ul", "ol"):
            self.lists.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("strong", "em", "a"):
            self.marked.append(f"</{tag}>")
            return
        self.end()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        if self.links and self.marked[-1:] == ["<a>"]:
            self.links[-1] = (_tidy(data), self.links[-1][1])
        self.words.append(data)
        self.marked.append(data)

    def end(self) -> None:
        """The paragraph is over."""
        text = _tidy("".join(self.words))
        if text:
            self.found.append(Paragraph(text, "/".join(self.lists), _tidy("".join(self.marked)), tuple(self.links)))
        self.words, self.marked, self.links = [], [], []


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def whole(html: str, *, is_new: bool) -> tuple[Passage, ...]:
    """A text that is altogether new or gone."""
    return tuple(_one_sided(paragraph, is_new=is_new) for paragraph in paragraphs(html))


def _one_sided(paragraph: Paragraph, *, is_new: bool) -> Passage:
    if is_new:
        return Passage("added", (Piece("added", paragraph.text),), is_point=paragraph.is_point)
    return Passage("removed", (Piece("removed", paragraph.text),), is_point=paragraph.is_point)


def redline(old: str, new: str) -> tuple[Passage, ...]:
    """The changes from one text to the other, with what is unchanged folded away; nothing where nothing differs."""
    if old == new:
        return ()
    found = list(_passages(paragraphs(old), paragraphs(new)))
    return tuple(_folded(found)) if any(passage.state != "kept" for passage in found) else ()


def _folded(passages: Sequence[Passage]) -> Iterator[Passage]:
    kept = 0
    for passage in passages:
        if passage.state == "kept":
            kept += 1
            continue
        if kept:
            yield Passage("kept", kept=kept)
        kept = 0
        yield passage
    if kept:
        yield Passage("kept", kept=kept)


def _passages(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Passage]:
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = old[old_from:old_to], new[new_from:new_to]
        if tag == "equal":
            yield from (_same_words(*pair) for pair in zip(before, after, strict=True))
        else:
            yield from _rewritten(before, after)


def _same_words(old: Paragraph, new: Paragraph) -> Passage:
    if (old.kind, old.marked, old.links) == (new.kind, new.marked, new.links):
        return Passage("kept", kept=1)
    note = _links(old, new) or _("Ordene er de samme. Det som er endret, er utheving, lenker eller punkter.")
    return Passage("changed", (Piece("same", new.text),), is_point=new.is_point, note=note)


def _links(old: Paragraph, new: Paragraph) -> str:
    """What has become of the links, in sentences."""
    before, after = Counter(old.links), Counter(new.links)
    said = [_("Lenke fjernet: «%(text)s» til %(address)s.") % _link(one) for one in (before - after).elements()]
    said += [_("Ny lenke: «%(text)s» til %(address)s.") % _link(one) for one in (after - before).elements()]
    return " ".join(said)


def _link(link: tuple[str, str]) -> dict[str, str]:
    return {"text": link[0], "address": link[1]}


def _rewritten(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Passage]:
    """Paragraphs that are not the same: those most alike are one with changes in it, the others gone or new."""
    first = second = 0
    for before, after in [*_alike(old, new), (len(old), len(new))]:
        yield from (_one_sided(paragraph, is_new=False) for paragraph in old[first:before])
        yield from (_one_sided(paragraph, is_new=True) for paragraph in new[second:after])
        if before < len(old):
            yield _changed(old[before], new[after])
        first, second = before + 1, after + 1


def _alike(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that share most, the most alike first chosen; in order, and never crossing."""
    words = [words_of(one.text) for one in old], [words_of(one.text) for one in new]
    scored = [(shared(b, a), -i, -j) for i, b in enumerate(words[0]) for j, a in enumerate(words[1])]
    chosen: list[tuple[int, int]] = []
    for score, before, after in sorted(scored, reverse=True):
        pair = -before, -after
        if score < SAME_PARAGRAPH:
            break
        if all((pair[0] < one[0] and pair[1] < one[1]) or (pair[0] > one[0] and pair[1] > one[1]) for one in chosen):
            chosen.append(pair)
    return sorted(chosen)


def _changed(old: Paragraph, new: Paragraph) -> Passage:
    return Passage("changed", tuple(word_diff(old.text, new.text)), is_point=new.is_point, note=_links(old, new))


def words_of(text: str) -> Counter[str]:
    """How often each word stands in the text, whatever marks stand beside it."""
    return Counter(_WORD.findall(text.casefold()))


def shared(before: Counter[str], after: Counter[str]) -> float:
    """How many of their words two texts share: 0 to 1."""
    return 2 * (before & after).total() / max(1, before.total() + after.total())
