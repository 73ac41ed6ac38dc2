"""Budget frames: what a unit has to manage with in a year, and what changed since the year before."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budget.kroner import KronerField
from organisation.access import UnitScopedQuerySet
from organisation.models import Unit
from organisation.versions import VersionedModel


class Frame(VersionedModel):
    """The net frame ("ramme") of a unit in a year: what it starts from, and the changes, in kroner, KOSTRA's sign."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="frames", verbose_name=_("enhet"))
    year = models.PositiveSmallIntegerField(_("år"))
    opening = KronerField(_("ramme før endringer"))
    comment = models.TextField(_("kommentar"), blank=True)

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ramme")
        verbose_name_plural = _("rammer")
        ordering = ["year", "unit__position"]
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_frame_per_unit_and_year")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.year}"

    @property
    def amount(self) -> Decimal:
        """The frame with every change; reads the changes, which may be prefetched."""
        return self.opening + sum((change.amount for change in self.changes.all()), Decimal(0))


class FrameChange(VersionedModel):
    """One reason why a frame is not what it started from. `amount` above zero gives the unit more to spend."""

    class Kind(models.TextChoices):
        WAGES_AND_PRICES = "wages-and-prices", _("lønns- og prisvekst")
        MEASURES = "measures", pgettext_lazy("measure", "tiltak")
        DEMOGRAPHY = "demography", _("flere eller færre brukere")
        DUTIES = "duties", _("nye eller endrede oppgaver")
        MOVED = "moved", _("flyttet mellom enheter")
        OTHER = "other", _("annet")

    frame = models.ForeignKey(Frame, on_delete=models.CASCADE, related_name="changes", verbose_name=_("ramme"))
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    reason = models.CharField(_("hva og hvorfor"), max_length=300)
    amount = KronerField(_("endring i kroner"))

    class FrameChangeQuerySet(UnitScopedQuerySet):
        unit_path = "frame__unit"

    objects = FrameChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("endring av ramme")
        verbose_name_plural = _("endringer av rammer")
        ordering = ["frame", "position"]

    def __str__(self) -> str:
        return self.reason
