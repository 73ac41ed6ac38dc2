"""Who may do what. The one table of roles and rights, and the two guards every working page goes through."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person's part in a unit and everything under it."""

    LEADER = "leader", _("Leder")
    APPROVER = "approver", _("Godkjenner")
    CONTROLLER = "controller", _("Controller")
    ADMINISTRATOR = "administrator", _("Administrator")
    READER = "reader", _("Leser")


class Right(StrEnum):
    """What a role may do with what belongs to a unit.

    SEE holds for the units above one's own too; READ does not, and guards what is only for those it belongs to and for
    those above them, as a unit's report.
    """

    SEE = "see"
    READ = "read"
    EDIT = "edit"
    APPROVE = "approve"
    PUBLISH = "publish"
    ADMINISTER = "administer"


ROLE_RIGHTS: dict[str, frozenset[Right]] = {
    Role.LEADER: frozenset({Right.SEE, Right.READ, Right.EDIT}),
    Role.APPROVER: frozenset({Right.SEE, Right.READ, Right.EDIT, Right.APPROVE}),
    Role.CONTROLLER: frozenset({Right.SEE, Right.READ, Right.EDIT, Right.APPROVE, Right.PUBLISH}),
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
    Role.READER: frozenset({Right.SEE, Right.READ}),
}


def units_by_right(memberships: list[tuple[str, int]], parents: dict[int, int | None]) -> dict[Right, frozenset[int]]:
    """For each right, the ids of the units it holds for: the unit of the membership and everything under it.

    `memberships` is (role, unit id), `parents` maps each unit id to its parent's. What lies above one's own unit is
    common matter: it can be seen, not changed.
    """
    found: dict[Right, set[int]] = {right: set() for right in Right}
    for role, unit in memberships:
        below = {candidate for candidate in parents if unit in line_up(candidate, parents)}
        for right in ROLE_RIGHTS[role]:
            found[right] |= below
        if Right.SEE in ROLE_RIGHTS[role]:
            found[Right.SEE] |= {*line_up(unit, parents)}
    return {right: frozenset(units) for right, units in found.items()}


def line_up(unit: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those above it, up to the top. `parents` maps each unit's id to that of the one above."""
    line: list[int] = []
    while unit is not None and unit not in line:
        line.append(unit)
        unit = parents.get(unit)
    return line


class Person(Protocol):
    """Someone whose rights are known: a signed-in `organisation.models.User`."""

    def unit_ids(self, right: Right) -> frozenset[int]:
        """Ids of the units where the person has the right."""


class UnitScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to a unit. `unit_path` is the lookup from the row to its unit."""

    unit_path = "unit"

    def _within(self, user: Person, right: Right) -> "UnitScopedQuerySet":
        return self.filter(**{f"{self.unit_path}__in": user.unit_ids(right)})

    def visible_to(self, user: Person) -> "UnitScopedQuerySet":
        """Rows whose draft this person may read."""
        return self._within(user, Right.SEE)

    def editable_by(self, user: Person) -> "UnitScopedQuerySet":
        """Rows that this person may change."""
        return self._within(user, Right.EDIT)

    def publishable_by(self, user: Person) -> "UnitScopedQuerySet":
        """Rows that this person may publish."""
        return self._within(user, Right.PUBLISH)


def get_for_view(request: HttpRequest, rows: UnitScopedQuerySet, **lookup: Any) -> Any:
    """The row, or 404: a page that you may not see does not exist."""
    return get_object_or_404(rows.visible_to(_person(request)), **lookup)


def get_for_edit(request: HttpRequest, rows: UnitScopedQuerySet, **lookup: Any) -> Any:
    """The row, 404 if it may not be seen, 403 if it may be seen but not changed."""
    row = get_for_view(request, rows, **lookup)
    if not rows.editable_by(_person(request)).filter(pk=row.pk).exists():
        raise PermissionDenied
    return row


def get_for_publishing(request: HttpRequest, rows: UnitScopedQuerySet, **lookup: Any) -> Any:
    """The row, 404 if it may not be seen, 403 if it may be seen but not published."""
    row = get_for_view(request, rows, **lookup)
    if not rows.publishable_by(_person(request)).filter(pk=row.pk).exists():
        raise PermissionDenied
    return row


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
