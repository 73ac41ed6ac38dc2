"""The municipality and its organisation tree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models.validity import ValidityQuerySet, ValidModel


class Municipality(models.Model):
    """A municipality. One owns the installation; the others are there for comparison."""

    number = models.CharField(_("kommunenummer"), max_length=4, unique=True)
    name = models.CharField(_("navn"), max_length=100)
    short_name = models.CharField(_("kortnavn"), max_length=50)
    is_owner = models.BooleanField(_("eier installasjonen"), default=False)

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["is_owner"], condition=Q(is_owner=True), name="one_owning_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(ValidityQuerySet):
    unit_path = "pk"

    def parents(self) -> dict[int, int | None]:
        """Each unit's id → that of the unit above it; None for the top."""
        return dict(self.order_by().values_list("pk", "parent_id"))


class Unit(ValidModel):
    """A node in the organisation tree; the municipality itself is the top."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("kommune")
        SECTOR = "sector", _("sektor")
        STAFF = "staff", _("stab")
        UNIT = "unit", _("enhet")
        DEPARTMENT = "department", _("avdeling")
        COMPANY = "company", _("selskap")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, verbose_name=_("kommune"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("hører under")
    )
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    succeeds = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="succeeded_by",
        verbose_name=_("etterfølger"),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisasjonsenhet")
        verbose_name_plural = _("organisasjonsenheter")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
