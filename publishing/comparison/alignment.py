"""Which chapter, section, text, list and table of the old contents is which of the new, wherever it stands. Pure."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property

from publishing.comparison.changes import Spot
from publishing.comparison.matching import Pairing, alike
from publishing.comparison.texts import paragraphs, shared, words_of
from publishing.structure import Chapter, Contents, Item, Listing, Section, Table, Text

Thing = Contents | Chapter | Section | Item
Leaf = tuple[Hashable, ...]

MOSTLY_THE_SAME = 0.5
"""How much two things must share to be one that has been renamed or moved."""
SAME_NAME = 0.3
"""How much less they need to share when they have the same name."""
SAME_TEXT = 0.75
"""How much two texts of different sections must share to be one that has been moved."""
TELLING_WORDS = 20
"""So many words a text must have to be known again elsewhere: «Ingen avvik» may stand in many chapters."""


class Node:
    """A thing where it stands. `partner` is what it is in the other version; None where it is not there.

    `leaves` are the rows, points and texts under it; `telltale` those of them that stand nowhere else in the version.
    """

    def __init__(self, thing: Thing, parent: "Node | None" = None) -> None:
        """Take the thing and everything below it, paired with nothing."""
        self.thing = thing
        self.parent = parent
        self.partner: Node | None = None
        self.children: list[Node] = [Node(child, self) for child in _below(thing)]
        self.leaves: frozenset[Leaf] = frozenset(_leaves(thing)).union(*(child.leaves for child in self.children))
        self.telltale: frozenset[Leaf] = frozenset()

    def walk(self) -> Iterator["Node"]:
        """The thing and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def root(self) -> "Node":
        """The chapter that it is or stands in; the whole document for the document."""
        if self.parent is None or isinstance(self.thing, Chapter):
            return self
        return self.parent.root

    @property
    def chapter(self) -> Chapter | None:
        """The same chapter as it is; None for the whole document."""
        return self.root.thing if isinstance(self.root.thing, Chapter) else None

    @property
    def spot(self) -> Spot:
        """Its address."""
        anchor = "" if isinstance(self.thing, (Chapter, Contents)) else self.thing.anchor
        return Spot(self.chapter.slug if self.chapter else "", anchor)

    @cached_property
    def whole(self) -> Hashable | None:
        """The same for two things that hold the same under the same name; None where they hold nothing."""
        return (*_kind(self.thing), _name(self.thing), self.leaves) if self.leaves else None

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in it."""
        return words_of(" ".join(str(leaf[-1]) for leaf in self.leaves))


def _below(thing: Thing) -> Sequence[Thing]:
    match thing:
        case Contents():
            return thing.chapters
        case Chapter():
            return thing.sections
        case Section():
            return (*thing.items, *thing.sections)
    return ()


def _kind(thing: Thing) -> tuple[str, str]:
    return type(thing).__name__, thing.kind if isinstance(thing, (Table, Listing)) else ""


def _name(thing: Thing) -> str:
    match thing:
        case Section():
            return thing.heading
        case Table() | Listing():
            return thing.caption
        case Chapter() | Contents():
            return thing.title
    return ""


def _leaves(thing: Thing) -> Iterator[Leaf]:
    """What the thing can be known by, apart from what stands below it."""
    match thing:
        case Table():
            yield from (("row", thing.kind, row.key or row.label) for row in thing.rows())
        case Listing():
            yield from (("entry", thing.kind, entry.text) for group in thing.groups for entry in group.entries)
        case Text():
            found = [one.text for one in paragraphs(thing.html)]
            is_telling = sum(len(text.split()) for text in found) >= TELLING_WORDS
            yield from (("text" if is_telling else "short", text) for text in found)


def align(old: Contents, new: Contents) -> tuple[Node, Node]:
    """Both versions, with everything that is in both paired."""
    before, after = Node(old), Node(new)
    _mark_telltales(before)
    _mark_telltales(after)
    _join(before, after)
    for kind in (Chapter, Section, Table, Listing, Text):
        _find_elsewhere(before, after, kind)
    _pair_rewritten(before)
    return before, after


def _mark_telltales(root: Node) -> None:
    items = [node for node in root.walk() if not node.children]
    counts = Counter(leaf for node in items for leaf in node.leaves)
    for node in root.walk():
        node.telltale = frozenset(leaf for leaf in node.leaves if counts[leaf] == 1 and leaf[0] != "short")


def _join(old: Node, new: Node) -> None:
    """Pair the two, and what stands under both: what is unchanged first, then by name, at last by what it holds."""
    old.partner, new.partner = new, old
    pairing = Pairing(_free(old.children), _free(new.children)).by(lambda node: node.whole)
    for sign in (_same_name, _same_caption):
        pairing.by_likeness(_alike_where(sign), least=SAME_NAME).by(sign)
    pairing.by_likeness(_siblings_alike, least=MOSTLY_THE_SAME).by(_same_anchor)
    for pair in pairing.pairs:
        _join(*pair)


def _free(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if node.partner is None]


def _alike_where(sign: Callable[[Node], Hashable | None]) -> Callable[[Node, Node], float]:
    """How alike two things are that bear the same sign; others are not."""

    def share(old: Node, new: Node) -> float:
        found = sign(old)
        return alike(old.leaves, new.leaves) if found is not None and found == sign(new) else 0.0

    return share


def _siblings_alike(old: Node, new: Node) -> float:
    if _kind(old.thing) != _kind(new.thing):
        return 0.0
    if isinstance(old.thing, Text):
        return shared(old.words, new.words)
    is_bare = isinstance(old.thing, Section) and not old.children and not new.children
    return 1.0 if is_bare else alike(old.leaves, new.leaves)


def _find_elsewhere(before: Node, after: Node, kind: type[Thing]) -> None:
    """Pair what has been moved away from where it stood."""
    old, new = (_free(node for node in root.walk() if isinstance(node.thing, kind)) for root in (before, after))
    if not old or not new:
        return
    single = _said_once(before) & _said_once(after)
    pairing = Pairing(old, new).by(lambda node: node.whole if node.whole in single and node.telltale else None)
    for one, other in pairing.by_likeness(_alike_elsewhere, least=MOSTLY_THE_SAME).pairs:
        if one.partner is None and other.partner is None:
            _join(one, other)


def _said_once(root: Node) -> set[Hashable | None]:
    counts = Counter(node.whole for node in root.walk())
    return {whole for whole, count in counts.items() if count == 1}


def _alike_elsewhere(old: Node, new: Node) -> float:
    """How surely the one has become the other. In its own chapter a thing is known by its name and what it holds."""
    if _kind(old.thing) != _kind(new.thing):
        return 0.0
    is_named_alike = bool(_name(old.thing)) and _name(old.thing) == _name(new.thing)
    if is_named_alike and old.root.partner is new.root:
        return 1.0 if old.leaves == new.leaves else alike(old.leaves, new.leaves)
    if not old.telltale or not new.telltale:
        return 0.0
    if isinstance(old.thing, Text):
        share = shared(old.words, new.words)
        return share if share >= SAME_TEXT else 0.0
    return alike(old.telltale, new.telltale) + (SAME_NAME if is_named_alike else 0.0)


def _pair_rewritten(root: Node) -> None:
    """Texts of one section that share too little to be known again: the first left is what the first left was."""
    for node in root.walk():
        if node.partner:
            texts = (
                _free(one for one in side.children if isinstance(one.thing, Text)) for side in (node, node.partner)
            )
            for pair in zip(*texts, strict=False):
                _join(*pair)


def _same_name(node: Node) -> Hashable | None:
    match node.thing:
        case Chapter(slug=slug):
            return "chapter", slug
        case Section(heading=heading):
            return "section", heading
        case Table(kind=kind, anchor=anchor, caption=caption):
            return kind, anchor, caption
        case Listing(kind=kind, caption=caption):
            return kind, caption
    return None


def _same_caption(node: Node) -> Hashable | None:
    match node.thing:
        case Chapter(title=title):
            return "chapter", title
        case Table(kind=kind, caption=caption):
            return kind, caption
    return None


def _same_anchor(node: Node) -> Hashable | None:
    match node.thing:
        case Table(kind=kind, anchor=anchor) | Listing(kind=kind, anchor=anchor):
            return kind, anchor
    return None
