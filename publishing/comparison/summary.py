"""How many changes there are of each kind, in words. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.comparison.changes import Change

ALTERED, REMOVED, ADDED, MOVED, RENAMED = "altered", "removed", "added", "moved", "renamed"


@dataclass(frozen=True)
class Noun:
    """What a kind of change is of. `after` gives its form after a number: 1 tekst, 2 tekster."""

    after: Callable[[int], str]
    is_neuter: bool


NOUNS: dict[str, Noun] = {
    "document": Noun(lambda number: ngettext("tittelside", "tittelsider", number), is_neuter=False),
    "goal": Noun(lambda number: ngettext("mål", "mål", number), is_neuter=True),
    "row": Noun(lambda number: ngettext("tabellrad", "tabellrader", number), is_neuter=False),
    "text": Noun(lambda number: ngettext("tekst", "tekster", number), is_neuter=False),
    "entry": Noun(lambda number: ngettext("punkt i en liste", "punkter i lister", number), is_neuter=True),
    "list": Noun(lambda number: ngettext("liste", "lister", number), is_neuter=False),
    "table": Noun(lambda number: ngettext("tabell", "tabeller", number), is_neuter=False),
    "column": Noun(lambda number: ngettext("kolonne", "kolonner", number), is_neuter=False),
    "group": Noun(lambda number: ngettext("gruppe", "grupper", number), is_neuter=False),
    "footnote": Noun(lambda number: ngettext("fotnote", "fotnoter", number), is_neuter=False),
    "section": Noun(lambda number: ngettext("avsnitt", "avsnitt", number), is_neuter=True),
    "chapter": Noun(lambda number: ngettext("kapittel", "kapitler", number), is_neuter=True),
    "indicator": Noun(
        lambda number: ngettext("forklaring til en indikator", "forklaringer til indikatorer", number), is_neuter=False
    ),
}

PHRASES = {
    ALTERED: (gettext_lazy("%(number)s %(things)s endret"), gettext_lazy("%(number)s endret")),
    REMOVED: (gettext_lazy("%(number)s %(things)s fjernet"), gettext_lazy("%(number)s fjernet")),
    ADDED: (gettext_lazy("%(number)s %(new)s %(things)s"), gettext_lazy("%(number)s %(new)s")),
    MOVED: (gettext_lazy("%(number)s %(things)s flyttet"), gettext_lazy("%(number)s flyttet")),
    RENAMED: (gettext_lazy("%(number)s %(things)s med nytt navn"), gettext_lazy("%(number)s med nytt navn")),
}
"""The phrase with its noun, and without it where the noun has just been said."""


def summarised(changes: Iterable[Change]) -> tuple[str, ...]:
    """A phrase for each kind of thing that has changed: «12 mål endret, 3 fjernet, 2 nye», «2 tekster endret»."""
    counts = Counter(kind for change in changes for kind in _counted(change))
    return tuple(phrase for what in NOUNS if (phrase := _phrase(what, counts)))


def _counted(change: Change) -> Iterator[tuple[str, str]]:
    """What the change and those below it count as.

    Of what went or came with a whole chapter, section or table, the goals alone are counted too.
    """
    if change.state != "changed":
        yield change.what, change.state
        yield from ((one.what, one.state) for one in change.walk() if one.what == "goal" and one is not change)
        return
    if change.is_altered:
        yield change.what, ALTERED
    if change.is_renamed:
        yield change.what, RENAMED
    if change.move:
        yield change.what, MOVED
    for part in change.parts:
        yield from _counted(part)


def _phrase(what: str, counts: Counter[tuple[str, str]]) -> str:
    noun = NOUNS[what]
    said: list[str] = []
    for state, (first, later) in PHRASES.items():
        if number := counts[what, state]:
            words = {"number": number, "things": noun.after(number), "new": _new(number, is_neuter=noun.is_neuter)}
            said.append((later if said else first) % words)
    return ", ".join(said)


def _new(number: int, *, is_neuter: bool) -> str:
    if number != 1:
        return _("nye")
    return _("nytt") if is_neuter else _("ny")
