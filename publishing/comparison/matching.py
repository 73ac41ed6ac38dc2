"""Which of the old things is which of the new, and which of them have changed places. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence, Set
from typing import Generic, TypeVar

T = TypeVar("T")
Sign = Callable[[T], Hashable | None]
Likeness = Callable[[T, T], float]


class Pairing(Generic[T]):
    """Pairs of old and new things. What is paired once stays so: ask the surest sign first."""

    def __init__(self, old: Sequence[T], new: Sequence[T]) -> None:
        """Begin with no pairs."""
        self.old, self.new = old, new
        self.forth: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def by(self, *signs: Sign[T]) -> "Pairing[T]":
        """Pair those that bear the same sign, the first with the first; None is no sign."""
        for sign in signs:
            waiting: dict[Hashable, list[int]] = defaultdict(list)
            for index in self.added:
                waiting[sign(self.new[index])].append(index)
            for index in self.removed:
                found = sign(self.old[index])
                if found is not None and waiting[found]:
                    self.join(index, waiting[found].pop(0))
        return self

    def by_likeness(self, likeness: Likeness[T], *, least: float) -> "Pairing[T]":
        """Pair those left that are at least so much alike (0 to 1), the most alike first."""
        found = [
            (-alike, abs(before - after), before, after)
            for before in self.removed
            for after in self.added
            if (alike := likeness(self.old[before], self.new[after])) >= least
        ]
        for _alike, _distance, before, after in sorted(found):
            if before not in self.forth and after not in self.back:
                self.join(before, after)
        return self

    def join(self, before: int, after: int) -> None:
        """Pair the old and the new of these indexes."""
        self.forth[before] = after
        self.back[after] = before

    @property
    def removed(self) -> list[int]:
        """Indexes of the old that are paired with none."""
        return [index for index in range(len(self.old)) if index not in self.forth]

    @property
    def added(self) -> list[int]:
        """Indexes of the new that are paired with none."""
        return [index for index in range(len(self.new)) if index not in self.back]

    @property
    def pairs(self) -> list[tuple[T, T]]:
        """Old and new, in the new order."""
        return [(self.old[before], self.new[after]) for after, before in sorted(self.back.items())]

    def moved(self) -> set[int]:
        """Indexes of the new that stand in another order than before."""
        return set(out_of_order([(before, after) for after, before in sorted(self.back.items())]))

    def merged(self) -> list[tuple[int | None, int | None]]:
        """Indexes of old and new in the new order, with each removed one after what it used to follow."""
        order: list[tuple[int | None, int | None]] = [(self.back.get(index), index) for index in range(len(self.new))]
        for index in self.removed:
            before = [place for place, (old, _new) in enumerate(order) if old is not None and old == index - 1]
            order.insert(before[0] + 1 if before else 0, (index, None))
        return order


def out_of_order(places: Sequence[tuple[int, int]]) -> list[int]:
    """Of (old place, name) in the new order, the names of the fewest that must move to bring the old order back."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for number, (place, _name) in enumerate(places):
        at = bisect_left(ends, place)
        before.append(holders[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        holders[at : at + 1] = [number]
    kept = set()
    number = holders[-1] if holders else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return [name for number, (_place, name) in enumerate(places) if number not in kept]


def alike(first: Set[Hashable], second: Set[Hashable]) -> float:
    """How much two sets share: 0 where they share nothing or are empty, 1 where they are the same."""
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
