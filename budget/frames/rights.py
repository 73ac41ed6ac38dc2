"""Who reads and who decides frames and decisions that move the budget.

They are read by those the unit belongs to and those above it, never by those below or beside. Nobody sets the frame
that is set for them: they are changed by those who publish for the unit.
"""

from typing import Any

from organisation.access import Person, Right, UnitScopedQuerySet
from organisation.models import Unit


class ControlledRows(UnitScopedQuerySet):
    """Rows that do not exist for those who may not read them, and that only those who publish may change."""

    def visible_to(self, user: Person) -> UnitScopedQuerySet:
        """Rows of the units that the person may read."""
        return self._within(user, Right.READ)

    def editable_by(self, user: Person) -> UnitScopedQuerySet:
        """Rows of the units that the person publishes for."""
        return self._within(user, Right.PUBLISH)


class ControlledUnits(ControlledRows):
    unit_path = "pk"


class ControlledChanges(ControlledRows):
    unit_path = "frame__unit"


def municipality() -> ControlledUnits:
    """The municipality itself, at the top of the tree: decisions that move its budget belong to it."""
    return ControlledUnits(Unit).filter(kind=Unit.Kind.MUNICIPALITY, parent__isnull=True, municipality__is_owner=True)


def controlled(rows: Any) -> ControlledRows:
    """The rows of a model that belong to a unit directly, under these rights."""
    return ControlledRows(rows)
