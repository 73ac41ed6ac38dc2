"""The round: what is asked for, of whom, and by when."""

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budget.kroner import KronerField
from organisation.access import UnitScopedQuerySet
from organisation.models import Period, Unit, User
from organisation.versions import VersionedModel
from plans.models import Document
from reporting import deadlines


class ReportingRound(VersionedModel):
    """A reporting round ("rapporteringsrunde"): the units report on one period. `document` gathers what they report.

    Deadlines are instants, meant as the end of a day in Norway, and come later the higher a unit stands. When the days
    of grace after a unit's deadline have passed, its report is locked.
    """

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    title = models.CharField(_("tittel"), max_length=200)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("periode"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("ansvarlig enhet"))
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next", verbose_name=_("forrige runde")
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="round", verbose_name=_("rapport som samler runden")
    )
    frequencies = models.JSONField(_("indikatorer som måles"), default=list)
    asks_forecast = models.BooleanField(_("be om prognose for året"), default=True)
    asks_texts = models.BooleanField(_("be om tekster fra enhetene"), default=True)
    asks_economy = models.BooleanField(_("be om forklaring av økonomien"), default=False)
    deviation_percent = models.DecimalField(
        _("avvik som skal forklares, prosent"), max_digits=4, decimal_places=1, default=Decimal(2)
    )
    deviation_kroner = KronerField(_("avvik som skal forklares, kroner"), default=Decimal(100_000))
    asks_measures = models.BooleanField(_("be om status for tiltak"), default=False)
    instructions = models.TextField(_("veiledning til lederne"), blank=True)
    department_due_at = models.DateTimeField(_("frist for avdelinger"))
    unit_due_at = models.DateTimeField(_("frist for enheter"))
    sector_due_at = models.DateTimeField(_("frist for sektorer og staber"))
    grace_days = models.PositiveSmallIntegerField(_("dager etter fristen før rapporten låses"), default=3)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    opened_at = models.DateTimeField(_("åpnet"))
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("åpnet av")
    )
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    class ReportingRoundQuerySet(UnitScopedQuerySet):
        def open(self) -> "ReportingRound.ReportingRoundQuerySet":
            """Rounds that are not closed."""
            return self.filter(closed_at__isnull=True)

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapporteringsrunde")
        verbose_name_plural = _("rapporteringsrunder")
        ordering = ["-period__end", "-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(department_due_at__lte=F("unit_due_at")) & Q(unit_due_at__lte=F("sector_due_at")),
                name="deadlines_go_upwards",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The round as a tree of units."""
        return reverse("reporting:round_overview", args=[self.slug])

    def due_at(self, kind: str) -> datetime.datetime:
        """The deadline of units of this kind (`Unit.Kind`): departments first, sectors and staffs last."""
        if kind == Unit.Kind.DEPARTMENT:
            return self.department_due_at
        return self.unit_due_at if kind in (Unit.Kind.UNIT, Unit.Kind.COMPANY) else self.sector_due_at

    def locks_at(self, kind: str) -> datetime.datetime:
        """When the days of grace of units of this kind have passed."""
        return deadlines.later(self.due_at(kind), days=self.grace_days)
