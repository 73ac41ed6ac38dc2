"""People and their roles."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from organisation.access import Right, Role, units_by_right
from organisation.models.units import Unit


class User(AbstractUser):
    """A person who logs in. What the person may do follows from the memberships alone."""

    is_demo = models.BooleanField(_("demobruker"), default=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def _tree(self) -> list[tuple[int, int | None, str | None]]:
        """Every unit's id, the id of the one above it, and the person's role there; twice where there are two roles."""
        own = FilteredRelation("memberships", condition=Q(memberships__user=self))
        return list(Unit.objects.order_by().annotate(own=own).values_list("pk", "parent_id", "own__role"))

    @cached_property
    def _units_by_right(self) -> dict[Right, frozenset[int]]:
        memberships = [(role, unit) for unit, _parent, role in self._tree if role]
        return units_by_right(memberships, {unit: parent for unit, parent, _role in self._tree})

    def unit_ids(self, right: Right) -> frozenset[int]:
        """Ids of the units where this person has the right. One query for each request, whatever is asked."""
        return self._units_by_right[right] if self.is_active else frozenset()

    def has_right(self, right: Right) -> bool:
        """Whether the person has the right anywhere."""
        return bool(self.unit_ids(right))

    @property
    def may_publish(self) -> bool:
        """Whether the person publishes and imports for some unit."""
        return self.has_right(Right.PUBLISH)

    @property
    def may_read_all(self) -> bool:
        """Whether the person may read what belongs to the whole municipality and everything in it."""
        tops = {unit for unit, parent, _role in self._tree if parent is None}
        return not tops.isdisjoint(self.unit_ids(Right.READ))


class Membership(models.Model):
    """A person's role in a unit and everything under it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("rolle"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("enhet"))

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="one_membership_per_role_and_unit")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"
