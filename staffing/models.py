"""Full-time equivalents ("årsverk")."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import Unit
from organisation.versions import VersionedModel


class StaffingFigure(VersionedModel):
    """Full-time equivalents in the staffing plan of a unit on a date.

    The municipality's own figure is the printed sum.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staffing_figures", verbose_name=_("enhet"))
    counted_on = models.DateField(_("dato"))
    fte = models.DecimalField(_("årsverk"), max_digits=8, decimal_places=1)
    label = models.CharField(_("navn i tabellen"), max_length=200, blank=True)

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("årsverkstall")
        verbose_name_plural = _("årsverkstall")
        ordering = ["counted_on", "unit__position"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "counted_on"], name="one_staffing_figure_per_unit_and_date")
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.counted_on:%d.%m.%Y}: {self.fte}"

    @property
    def is_total(self) -> bool:
        """Whether it is the printed sum for the whole municipality."""
        return self.unit.kind == Unit.Kind.MUNICIPALITY
