"""The units whose lines a person may read, and how sums go up their tree."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from budget.ledger.standings import Standing
from organisation.access import Person, Right, line_up
from organisation.models import Unit
from organisation.unit_tree import in_tree_order


class ReadableUnits:
    """Every unit, and which of them may be read the lines of. One query.

    Who may read a unit may read those below it: what is not readable lies above or beside.
    """

    def __init__(self, readable: Collection[int] | None = None) -> None:
        """`readable` are the ids of those that may be read; every one where it is None."""
        self.all: dict[int, Unit] = {unit.pk: unit for unit in Unit.objects.order_by("position", "name", "pk")}
        self.readable = {pk: unit for pk, unit in self.all.items() if readable is None or pk in readable}

    @classmethod
    def of(cls, user: Person) -> "ReadableUnits":
        """The units whose lines the person may read."""
        return cls(user.unit_ids(Right.READ))

    @cached_property
    def _children(self) -> dict[int | None, list[Unit]]:
        found: dict[int | None, list[Unit]] = defaultdict(list)
        for unit in self.readable.values():
            found[unit.parent_id].append(unit)
        return found

    @property
    def tops(self) -> list[Unit]:
        """The readable units with none above them that is readable."""
        return [unit for unit in self.readable.values() if unit.parent_id not in self.readable]

    def below(self, unit: Unit) -> list[Unit]:
        """The units that stand right under it, in their order."""
        return self._children.get(unit.pk, [])

    def within(self, unit: Unit) -> list[Unit]:
        """The unit and every one under it."""
        return in_tree_order(self.readable.values(), top=unit)

    def way_to(self, unit: Unit) -> list[Unit]:
        """The readable units above it from the top down, and the unit itself."""
        return [self.readable[pk] for pk in reversed(self.line_up(unit.pk)) if pk in self.readable]

    def line_up(self, pk: int) -> list[int]:
        """The unit and those above it, from it upwards, readable or not."""
        return line_up(pk, self._parents)

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return {pk: unit.parent_id for pk, unit in self.all.items()}

    def summed_up(self, own: Mapping[int, Standing]) -> dict[int, Standing]:
        """How each readable unit stands with every one under it, from what each has itself."""
        found = {pk: own.get(pk, Standing()) for pk in self.readable}
        for top in self.tops:
            for unit in reversed(self.within(top)):
                if unit.parent_id in found:
                    found[unit.parent_id] += found[unit.pk]
        return found
