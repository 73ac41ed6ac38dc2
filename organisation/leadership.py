"""Who leads what: the people in charge of a unit or, where it has nobody, of the nearest unit above it that has."""

from collections import defaultdict

from organisation.access import ROLE_RIGHTS, Right, Role, line_up
from organisation.models import Membership, Unit, User

LEADING = (Role.LEADER, Role.APPROVER)
"""The roles that answer for a unit, those who are asked first before the others."""

EDITING = tuple(role for role, rights in ROLE_RIGHTS.items() if Right.EDIT in rights)


class Leadership:
    """Where the units stand in the tree, and what the active people may edit of them. Two queries."""

    def __init__(self) -> None:
        units = Unit.objects.order_by().values_list("pk", "parent_id", "position", "name")
        self._units = {pk: (parent, position, name) for pk, parent, position, name in units}
        self._members: dict[int, list[Membership]] = defaultdict(list)
        members = Membership.objects.filter(user__is_active=True, role__in=EDITING).select_related("user")
        for one in members.order_by("user__last_name", "user__first_name", "user__username"):
            self._members[one.unit_id].append(one)

    def above(self, unit: int) -> int | None:
        """The unit that this one belongs to; None for the top."""
        return self._units[unit][0]

    def line_up(self, unit: int | None) -> list[int]:
        """The unit and those above it, up to the top."""
        return line_up(unit, {one: above for one, (above, *_place) in self._units.items()})

    def place(self, unit: int) -> list[tuple[int, str]]:
        """What sorts the units in the order of the organisation."""
        return [self._units[one][1:] for one in reversed(self.line_up(unit))]

    def editors_of(self, unit: int) -> list[User]:
        """The people who may change what belongs to the unit, those nearest to it first."""
        return list(dict.fromkeys(one.user for above in self.line_up(unit) for one in self._members[above]))

    def holders(self, unit: int, *roles: str) -> list[User]:
        """The people who hold one of the roles in the unit itself, in the order of the roles."""
        found = [one for one in self._members[unit] if one.role in roles]
        found.sort(key=lambda one: roles.index(one.role))
        return list(dict.fromkeys(one.user for one in found))

    def nearest(self, unit: int | None, *roles: str) -> int | None:
        """The unit itself, or the nearest above it, where somebody holds one of the roles; None where nobody does."""
        return next((one for one in self.line_up(unit) if self.holders(one, *roles)), None)

    def leaders_in(self, unit: int) -> list[User]:
        """The people who lead or approve in the unit itself, leaders first."""
        return self.holders(unit, *LEADING)

    def leaders_of(self, unit: int | None) -> list[User]:
        """Those of the unit itself, else of the nearest unit above that has any; none without a unit."""
        near = self.nearest(unit, *LEADING)
        return [] if near is None else self.leaders_in(near)
