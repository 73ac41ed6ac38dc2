"""Goals and figures that have gone from one table to another: none is said to be dropped that was moved. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from publishing.comparison.alignment import Node
from publishing.comparison.changes import Spot
from publishing.comparison.naming import place_of
from publishing.comparison.rows import GOAL_TABLES, Crossing, Elsewhere
from publishing.comparison.tables import TablePair, placed_rows
from publishing.structure import Contents, IndicatorFacts, Row, Table

NOTHING = Crossing()


class Standing(NamedTuple):
    """A row that its table has in one version only."""

    node: Node
    table: Table
    place: int
    row: Row

    @property
    def sign(self) -> tuple[str, str]:
        """The indicator, and the kind of table: goals go from scorecard to scorecard."""
        kind = "goal" if self.table.kind in GOAL_TABLES else self.table.kind
        return self.row.key, kind


class Crossings:
    """Every pair of tables of two versions, and the rows that have changed table."""

    def __init__(self, before: Node, after: Node) -> None:
        """Pair the rows of all tables."""
        self.tables = {node: TablePair(*pair) for node, pair in _pairs(after)}
        self.units = _units(before, after)
        gone, come = _alone(before, self.tables, is_new=False), _alone(after, self.tables, is_new=True)
        pairs = [(gone[sign], come[sign]) for sign in gone if sign in come]
        self._old: dict[Node, set[int]] = {}
        self._new: dict[Node, dict[int, Elsewhere]] = {}
        for old, new in pairs:
            self._old.setdefault(old.node, set()).add(old.place)
            spot = Spot(old.node.spot.chapter, old.row.anchor)
            source = Elsewhere(old.table, old.row, spot, place_of(old.node))
            self._new.setdefault(new.node, {})[new.place] = source

    def of(self, old: Node | None, new: Node | None) -> Crossing:
        """What a table must know of the rows that it has given and got."""
        gone = self._old.get(old, set()) if old else set()
        come = self._new.get(new, {}) if new else {}
        return Crossing(self.units, frozenset(gone), come)

    @property
    def successors(self) -> dict[str, str]:
        """The slugs of indicators that have been replaced in their row → those that have taken it."""
        pairs = (pair for tables in self.tables.values() for pair in tables.rows.pairs)
        return {old.row.key: new.row.key for old, new in pairs if old.row.key and old.row.key != new.row.key}


def _pairs(after: Node) -> Iterator[tuple[Node, tuple[Table, Table]]]:
    for node in after.walk():
        if node.partner and isinstance(node.thing, Table) and isinstance(node.partner.thing, Table):
            yield node, (node.partner.thing, node.thing)


def _alone(root: Node, tables: Mapping[Node, TablePair], *, is_new: bool) -> dict[tuple[str, str], Standing]:
    """The rows of indicators that their table has in this version only, where there is one such row of each."""
    found = [standing for standing in _standing(root, tables, is_new=is_new) if standing.row.key]
    counts = Counter(standing.sign for standing in found)
    return {standing.sign: standing for standing in found if counts[standing.sign] == 1}


def _standing(root: Node, tables: Mapping[Node, TablePair], *, is_new: bool) -> Iterator[Standing]:
    for node in root.walk():
        table = node.thing
        if not isinstance(table, Table):
            continue
        rows = placed_rows(table)
        shared = tables.get(node if is_new else node.partner) if node.partner else None
        left = range(len(rows)) if shared is None else shared.rows.added if is_new else shared.rows.removed
        yield from (Standing(node, table, index, rows[index].row) for index in left)


def _units(before: Node, after: Node) -> dict[str, str]:
    """The unit of measure of each indicator that has the same one in both versions."""
    old, new = ({one.slug: one for one in _facts(root)} for root in (before, after))
    both = ((slug, facts, old.get(slug, facts)) for slug, facts in new.items())
    return {slug: facts.unit_of_measure for slug, facts, was in both if facts.unit_of_measure == was.unit_of_measure}


def _facts(root: Node) -> tuple[IndicatorFacts, ...]:
    return root.thing.indicators if isinstance(root.thing, Contents) else ()
