"""From two versions that are aligned to what a reader is told, chapter by chapter. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from publishing.comparison import indicators, listings, texts
from publishing.comparison.alignment import Node, align
from publishing.comparison.changes import Change, Passage, State, Wording, same, wordings
from publishing.comparison.crossings import Crossings
from publishing.comparison.matching import Pairing, out_of_order
from publishing.comparison.naming import name_of, place_of
from publishing.comparison.rows import added_rows, changed_rows, removed_rows
from publishing.comparison.whole import Comparison
from publishing.structure import Chapter, Contents, Headline, Listing, Section, Table, Text

Pair = tuple[Node | None, Node | None]


def compare(old: Contents, new: Contents) -> Comparison:
    """The changes that make the new version of the old one."""
    before, after = align(old, new)
    crossings = Crossings(before, after)
    chapters = (_chapter(*pair, crossings) for pair in _merged(before, after))
    return Comparison(
        (
            *_document(old, new),
            *(change for change in chapters if change.is_something),
            *indicators.changes(old, new, crossings.successors),
        )
    )


def _document(old: Contents, new: Contents) -> Iterator[Change]:
    said = wordings(
        (_("Tittel"), old.title, new.title),
        (_("Undertittel"), old.subtitle, new.subtitle),
        (_("Kommune"), old.municipality, new.municipality),
        (_("År"), f"{old.year}", f"{new.year}"),
    )
    if said:
        yield Change("document", "changed", new.title, wordings=said)


def _merged(old: Node | None, new: Node | None) -> list[Pair]:
    """What stands under both, in the new order; what is gone comes after what it used to follow."""
    order: list[Pair] = [(child.partner, child) for child in new.children] if new else []
    last: Node | None = None
    for child in old.children if old else []:
        if child.partner is None:
            places = [place for place, (before, _after) in enumerate(order) if last is not None and before is last]
            order.insert(places[0] + 1 if places else 0, (child, None))
        last = child
    return order


def _state(old: Node | None, new: Node | None) -> State:
    return "removed" if new is None else "added" if old is None else "changed"


def _move(node: Node | None) -> str:
    """Where the thing stood, or which it follows now; "" where it stands as before."""
    if node is None or node.partner is None or node.parent is None or node.partner.parent is None:
        return ""
    if node.partner.parent.partner is not node.parent:
        return _("Flyttet fra %(place)s.") % {"place": place_of(node.partner.parent)}
    if node not in _out_of_order(node.parent):
        return ""
    before = node.parent.children[: node.parent.children.index(node)]
    if not before:
        return _("Flyttet. Står nå først.")
    return _("Flyttet. Står nå etter «%(name)s».") % {"name": name_of(before[-1])}


def _out_of_order(parent: Node) -> set[Node]:
    """Those under it that stand in another order than before."""
    old = parent.partner.children if parent.partner else []
    places = {child: place for place, child in enumerate(old)}
    stayed = [child for child in parent.children if child.partner in places]
    order = [(places[child.partner], index) for index, child in enumerate(stayed) if child.partner]
    return {stayed[index] for index in out_of_order(order)}


def _chapter(old: Node | None, new: Node | None, crossings: Crossings) -> Change:
    """A chapter, and those of its sections that have something to tell, whatever their level, one after another."""
    was, now = _as_chapter(old), _as_chapter(new)
    title = wordings((_("Tittel"), was.title, now.title)) if old and new else ()
    said = wordings((_("Ansvarlig"), was.responsible, now.responsible)) if old and new else ()
    return Change(
        "chapter",
        _state(old, new),
        (now if new else was).title,
        old=old.spot if old else None,
        new=new.spot if new else None,
        number=(now if new else was).number,
        move=_move(new),
        is_renamed=bool(title),
        wordings=title + said,
        cells=tuple(_headlines(was, now)) if old and new else (),
        parts=tuple(_sections(old, new, crossings, ())),
    )


def _as_chapter(node: Node | None) -> Chapter:
    return node.thing if node and isinstance(node.thing, Chapter) else Chapter("", "", "", "")


def _headlines(old: Chapter, new: Chapter) -> Iterator[Wording]:
    pairing = Pairing(old.headlines, new.headlines).by(lambda one: one, lambda one: one.label)
    for before, after in pairing.merged():
        was = old.headlines[before] if before is not None else Headline("", "")
        now = new.headlines[after] if after is not None else Headline("", "")
        yield from wordings((now.label or was.label, _figure(was), _figure(now)))


def _figure(headline: Headline) -> str:
    return f"{headline.value} {headline.note}".strip()


def _sections(old: Node | None, new: Node | None, crossings: Crossings, path: tuple[str, ...]) -> Iterator[Change]:
    """The sections under both with something to tell, and after each those below it."""
    for before, after in _merged(old, new):
        either = after or before
        if either is None or not isinstance(either.thing, Section):
            continue
        change = _section(before, after, crossings, path)
        if change.is_something:
            yield change
        if before and after:
            yield from _sections(before, after, crossings, (*path, name_of(after)))


def _section(old: Node | None, new: Node | None, crossings: Crossings, path: tuple[str, ...]) -> Change:
    """A section with its items. One that is new or gone has the sections below it among its parts."""
    heading = wordings((_("Overskrift"), name_of(old), name_of(new))) if old and new else ()
    parts = tuple(item for item in _items(old, new, crossings) if item.is_something)
    if not (old and new):
        parts += tuple(_sections(old, new, crossings, (*path, name_of(new or old))))
    return Change(
        "section",
        _state(old, new),
        name_of(new or old),
        old=old.spot if old else None,
        new=new.spot if new else None,
        within=" › ".join(path),
        move=_move(new),
        is_renamed=bool(heading),
        wordings=heading,
        parts=parts,
    )


def _items(old: Node | None, new: Node | None, crossings: Crossings) -> Iterator[Change]:
    for before, after in _merged(old, new):
        either = after or before
        if either and not isinstance(either.thing, Section):
            yield _item(before, after, crossings)


def _item(old: Node | None, new: Node | None, crossings: Crossings) -> Change:
    frame = Change(
        "text",
        _state(old, new),
        name_of(new or old),
        old=old.spot if old else None,
        new=new.spot if new else None,
        move=_move(new),
    )
    either = new or old
    match either and either.thing:
        case Text():
            return replace(frame, passages=_passages(old, new))
        case Listing():
            return _listing(frame, old, new)
    return _table(frame, old, new, crossings)


def _passages(old: Node | None, new: Node | None) -> tuple[Passage, ...]:
    before, after = (node.thing.html if node and isinstance(node.thing, Text) else "" for node in (old, new))
    if old and new:
        return texts.redline(before, after)
    return texts.whole(after if new else before, is_new=new is not None)


def _listing(frame: Change, old: Node | None, new: Node | None) -> Change:
    was, now = (node.thing if node and isinstance(node.thing, Listing) else None for node in (old, new))
    if was and now and was.groups == now.groups and was.caption == now.caption:
        return replace(frame, what="list")
    if was and now:
        caption = wordings((_("Tittel"), was.caption, now.caption))
        parts = tuple(listings.changes(was, now))
        return replace(frame, what="list", is_renamed=bool(caption), wordings=caption, parts=parts)
    either = now or was
    return replace(frame, what="list", parts=listings.alone(either, is_new=now is not None) if either else ())


def _table(frame: Change, old: Node | None, new: Node | None, crossings: Crossings) -> Change:
    was, now = (node.thing if node and isinstance(node.thing, Table) else None for node in (old, new))
    crossing = crossings.of(old, new)
    chapters = (old.spot.chapter if old else "", new.spot.chapter if new else "")
    if was and now and new:
        tables = crossings.tables[new]
        if tables.is_same:
            return replace(frame, what="table")
        rows = tuple(changed_rows(tables, chapters, crossing))
        return replace(
            frame,
            what="table",
            number=now.number,
            is_renamed=not same(was.caption, now.caption),
            wordings=tables.words(),
            parts=(*tables.parts(), *rows),
            unit=now.unit_of_measure,
            sums=tables.sums() if rows else (),
        )
    if now:
        parts = added_rows(now, chapters[1], crossing)
        return replace(frame, what="table", number=now.number, unit=now.unit_of_measure, parts=parts)
    if was:
        parts = removed_rows(was, chapters[0], crossing)
        return replace(frame, what="table", number=was.number, unit=was.unit_of_measure, parts=parts)
    return frame
