"""The organisation from the top down. Pure: it puts units in order that are read already."""

from collections import defaultdict
from collections.abc import Iterable

from organisation.models import Unit


def in_tree_order(units: Iterable[Unit], *, top: Unit | None = None) -> list[Unit]:
    """The units, each after the one above it; with `top` only that one and those under it.

    Units that stand side by side keep the order in which they come.
    """
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    found, waiting = [], [top] if top else [*below[None]]
    while waiting:
        unit = waiting.pop(0)
        found.append(unit)
        waiting = [*below[unit.pk], *waiting]
    return found
