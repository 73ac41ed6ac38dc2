"""Measures ("tiltak"): what is decided to be done, what it is to give, and what came of it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budget.kroner import KronerField
from organisation.access import UnitScopedQuerySet
from organisation.models import KostraFunction, Period, Unit
from organisation.versions import VersionedModel
from plans.models.strategy import StrategicPlan
from scorecards.models import Indicator


class Measure(VersionedModel):
    """Something decided to be done by a unit ("tiltak"), with its effect year by year and how far it has come."""

    title = models.CharField(pgettext_lazy("measure", "tiltak"), max_length=300)
    group = models.CharField(_("gruppe"), max_length=200, blank=True)
    why = models.TextField(_("hvorfor"), blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="measures", verbose_name=_("ansvarlig enhet"))
    function = models.ForeignKey(
        KostraFunction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("KOSTRA-funksjon"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("målet tiltaket skal bidra til"),
    )
    plan = models.ForeignKey(
        StrategicPlan,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("planen tiltaket kommer fra"),
    )
    decision = models.CharField(
        _("vedtatt i"), max_length=200, blank=True, help_text=_("For eksempel saksnummer eller handlingsprogram.")
    )
    decided_on = models.DateField(_("vedtatt"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("measure", "tiltak")
        verbose_name_plural = pgettext_lazy("measure", "tiltak")
        ordering = ["unit__position", "position"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The measure with its effect and its follow-up."""
        return reverse("plans:measure", args=[self.pk])


class MeasureEffect(models.Model):
    """What a measure is to give in a year, and what it gave, against a year without it. Saved with its measure.

    Kroner with KOSTRA's sign, so a saving is below zero; `fte` are full-time equivalents, fewer below zero.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="effects", verbose_name=pgettext_lazy("measure", "tiltak")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    planned_amount = KronerField(_("planlagt effekt i kroner"), null=True, blank=True)
    planned_fte = models.DecimalField(_("planlagte årsverk"), max_digits=8, decimal_places=2, null=True, blank=True)
    achieved_amount = KronerField(_("oppnådd effekt i kroner"), null=True, blank=True)
    achieved_fte = models.DecimalField(_("oppnådde årsverk"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("effekt av tiltak")
        verbose_name_plural = _("effekter av tiltak")
        ordering = ["measure", "year"]
        constraints = [models.UniqueConstraint(fields=["measure", "year"], name="one_effect_per_measure_and_year")]

    def __str__(self) -> str:
        return f"{self.measure}, {self.year}"


class MeasureStatus(VersionedModel):
    """How far a measure had come at the end of a period, in the words of the unit."""

    class Status(models.TextChoices):
        NOT_STARTED = "not-started", _("ikke påbegynt")
        BEGUN = "begun", _("påbegynt")
        DONE = "done", _("gjennomført")
        NOT_DONE = "not-done", _("ikke gjennomført")
        DROPPED = "dropped", _("droppet")

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="statuses", verbose_name=pgettext_lazy("measure", "tiltak")
    )
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="measure_statuses", verbose_name=_("periode")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    comment = models.TextField(_("kommentar"), blank=True)

    class MeasureStatusQuerySet(UnitScopedQuerySet):
        unit_path = "measure__unit"

    objects = MeasureStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status for tiltak")
        verbose_name_plural = _("statuser for tiltak")
        ordering = ["measure", "period__end"]
        constraints = [models.UniqueConstraint(fields=["measure", "period"], name="one_status_per_measure_and_period")]

    def __str__(self) -> str:
        return f"{self.measure}, {self.period}: {self.get_status_display()}"
