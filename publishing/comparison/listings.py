"""A list against what it was: its points and the titles over them. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from publishing.comparison.changes import Change, Wording, changed_group, wordings
from publishing.comparison.matching import Pairing, alike
from publishing.comparison.texts import shared, words_of
from publishing.structure import Entry, EntryGroup, Listing

SAME_ENTRY, SAME_GROUP = 0.5, 0.5
BETWEEN = "; "


class Placed(NamedTuple):
    """A point, and the index of the group it stands in."""

    group: int
    entry: Entry


def _placed(listing: Listing) -> list[Placed]:
    return [Placed(index, entry) for index, group in enumerate(listing.groups) for entry in group.entries]


def alone(listing: Listing, *, is_new: bool) -> tuple[Change, ...]:
    """The points of a list that is altogether new or gone."""
    return tuple(_alone(listing, placed, is_new=is_new) for placed in _placed(listing))


def _alone(listing: Listing, placed: Placed, *, is_new: bool) -> Change:
    entry = placed.entry
    said = [(_("Forklaring"), entry.note)] if entry.note else []
    said += [(_("Underpunkter"), BETWEEN.join(entry.children))] if entry.children else []
    within = listing.groups[placed.group].title
    if is_new:
        texts = tuple(Wording(what, after=text) for what, text in said)
        return Change("entry", "added", entry.text, within=within, wordings=texts)
    texts = tuple(Wording(what, before=text) for what, text in said)
    return Change("entry", "removed", entry.text, within=within, wordings=texts)


def changes(old: Listing, new: Listing) -> Iterator[Change]:
    """The titles and points that are new, gone, moved or not as they were, in the new order."""
    groups = _pair_groups(old, new)
    yield from _groups(old, new, groups)
    yield from _entries(old, new, groups)


def _pair_groups(old: Listing, new: Listing) -> Pairing[EntryGroup]:
    pairing = Pairing(old.groups, new.groups).by(lambda group: group, lambda group: group.title)
    return pairing.by_likeness(lambda one, other: alike(_texts(one), _texts(other)), least=SAME_GROUP)


def _texts(group: EntryGroup) -> frozenset[str]:
    return frozenset(entry.text for entry in group.entries)


def _groups(old: Listing, new: Listing, pairing: Pairing[EntryGroup]) -> Iterator[Change]:
    moved = pairing.moved()
    for before, after in pairing.merged():
        if after is None and before is not None:
            group = old.groups[before]
            if group.title or group.text:
                yield Change("group", "removed", group.title, wordings=wordings((_("Tekst"), group.text, "")))
        elif after is not None and before is None:
            group = new.groups[after]
            if group.title or group.text:
                yield Change("group", "added", group.title, wordings=wordings((_("Tekst"), "", group.text)))
        elif after is not None and before is not None:
            change = _group(old.groups[before], new.groups[after], is_moved=after in moved)
            if change.is_something:
                yield change


def _group(old: EntryGroup, new: EntryGroup, *, is_moved: bool) -> Change:
    return changed_group((old.title, new.title), wordings((_("Tekst"), old.text, new.text)), is_moved=is_moved)


def _entries(old: Listing, new: Listing, groups: Pairing[EntryGroup]) -> Iterator[Change]:
    now = groups.forth
    pairing = Pairing([one._replace(group=now.get(one.group, -1 - one.group)) for one in _placed(old)], _placed(new))
    pairing.by(lambda one: one, lambda one: (one.group, one.entry.text), lambda one: one.entry.text)
    pairing.by_likeness(_rewritten, least=SAME_ENTRY)
    moved = pairing.moved()
    for before, after in pairing.merged():
        if after is None and before is not None:
            yield _alone(old, _placed(old)[before], is_new=False)
        elif after is not None and before is None:
            yield _alone(new, pairing.new[after], is_new=True)
        elif after is not None and before is not None:
            one, other = pairing.old[before], pairing.new[after]
            move = _("Flyttet til en annen gruppe.") if one.group != other.group else ""
            if after in moved:
                move = move or _("Står nå på et annet sted i rekkefølgen.")
            change = _entry(one.entry, other.entry, within=new.groups[other.group].title, move=move)
            if change.is_something:
                yield change


def _rewritten(old: Placed, new: Placed) -> float:
    """How alike two points of one group are: most of their words."""
    return shared(words_of(old.entry.text), words_of(new.entry.text)) if old.group == new.group else 0.0


def _entry(old: Entry, new: Entry, *, within: str, move: str) -> Change:
    said = wordings(
        (_("Punkt"), old.text, new.text),
        (_("Forklaring"), old.note, new.note),
        (_("Underpunkter"), BETWEEN.join(old.children), BETWEEN.join(new.children)),
    )
    return Change("entry", "changed", new.text, within=within, move=move, wordings=said)
