"""The plans the municipality steers by, and the year's development work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import AreaScopedQuerySet, ServiceArea, Unit
from organisation.versions import VersionedModel
from scorecards.models import Indicator


class StrategicPlan(models.Model):
    """A plan of the municipality's plan register; `starts` and `ends` are years, both inside."""

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    starts = models.PositiveSmallIntegerField(_("fra år"), null=True, blank=True)
    ends = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class PlanContribution(VersionedModel):
    """A cross in the plan × area matrix: in this year the area's services help to reach the plan's goals."""

    plan = models.ForeignKey(
        StrategicPlan, on_delete=models.CASCADE, related_name="contributions", verbose_name=_("plan")
    )
    area = models.ForeignKey(
        ServiceArea, on_delete=models.CASCADE, related_name="contributions", verbose_name=_("tjenesteområde")
    )
    year = models.PositiveSmallIntegerField(_("år"))

    objects = AreaScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("bidrag til plan")
        verbose_name_plural = _("bidrag til planer")
        ordering = ["plan__position", "area__position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "area", "year"], name="one_cross_per_plan_area_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.plan} – {self.area}"


class DevelopmentItem(VersionedModel):
    """A piece of development work that a unit plans to do within a service area in a year."""

    area = models.ForeignKey(
        ServiceArea, on_delete=models.CASCADE, related_name="development_items", verbose_name=_("tjenesteområde")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="development_items", verbose_name=_("ansvarlig enhet")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    heading = models.CharField(_("overskrift"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("del av")
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="development_items",
        verbose_name=_("indikator"),
    )
    text = models.TextField(_("hva som skal gjøres"))
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("utviklingsarbeid")
        verbose_name_plural = _("utviklingsarbeid")
        ordering = ["area", "position"]

    def __str__(self) -> str:
        return self.text[:80]
