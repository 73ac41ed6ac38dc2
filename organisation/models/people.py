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
    def _units_by_right(self) -> dict[Right, frozenset[int]]:
        own = FilteredRelation("memberships", condition=Q(memberships__user=self))
        rows = list(Unit.objects.order_by().annotate(own=own).values_list("pk", "parent_id", "own__role"))
        memberships = [(role, unit) for unit, _parent, role in rows if role]
        return units_by_right(memberships, {unit: parent for unit, parent, _role in rows})

    def unit_ids(self, right: Right) -> frozenset[int]:
        """Ids of the units where this person has the right. One query for each request, whatever is asked."""
        return self._units_by_right[right] if self.is_active else frozenset()

    def has_right(self, right: Right) -> bool:
        """Whether the person has the right anywhere."""
        return bool(self.unit_ids(right))


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
