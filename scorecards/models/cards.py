"""Scorecards: the indicators of an area, a unit or the whole municipality for one year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import KostraFunction, Period, ServiceArea, Unit
from organisation.versions import VersionedModel
from scorecards.models.footnotes import FootnotedModel
from scorecards.models.indicators import Indicator, Observation


class Scorecard(FootnotedModel, VersionedModel):
    """The indicators of one area, unit or the whole municipality for one year, grouped and ordered."""

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    title = models.CharField(_("tittel"), max_length=200)
    caption = models.CharField(_("tabelltekst"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("år"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="scorecards", verbose_name=_("ansvarlig enhet")
    )
    area = models.ForeignKey(
        ServiceArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scorecards",
        verbose_name=_("tjenesteområde"),
    )

    class ScorecardQuerySet(UnitScopedQuerySet):
        def with_rows(self) -> "Scorecard.ScorecardQuerySet":
            """The scorecards with their columns, groups, functions, rows and indicators, in four more queries."""
            columns = models.Prefetch("columns", queryset=ScorecardColumn.objects.select_related("period"))
            rows = models.Prefetch("rows", queryset=ScorecardRow.objects.select_related("indicator"))
            return self.prefetch_related(columns, "groups__functions", rows)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("målekort")
        verbose_name_plural = _("målekort")
        ordering = ["year", "area__position"]

    def __str__(self) -> str:
        return f"{self.title}, {self.area or self.unit}"


class ScorecardColumn(models.Model):
    """A column of a scorecard: results or targets of one period."""

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="columns", verbose_name=_("målekort")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    label = models.CharField(_("overskrift"), max_length=50)
    kind = models.CharField(_("type"), max_length=10, choices=Observation.Kind)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", verbose_name=_("periode"))

    class Meta:
        verbose_name = _("kolonne")
        verbose_name_plural = _("kolonner")
        ordering = ["scorecard", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "kind", "period"], name="one_column_per_kind_and_period")
        ]

    def __str__(self) -> str:
        return self.label


class ScorecardGroup(VersionedModel):
    """A heading in a scorecard: one or more functions, a quality dimension, a user survey."""

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="groups", verbose_name=_("målekort")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("hører under")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    title = models.CharField(_("overskrift"), max_length=300, blank=True)
    note = models.TextField(_("forklaring"), blank=True)
    functions = models.ManyToManyField(
        KostraFunction, blank=True, related_name="+", verbose_name=_("KOSTRA-funksjoner")
    )

    class ScorecardGroupQuerySet(UnitScopedQuerySet):
        unit_path = "scorecard__unit"

    objects = ScorecardGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("gruppe i målekort")
        verbose_name_plural = _("grupper i målekort")
        ordering = ["scorecard", "position"]

    def __str__(self) -> str:
        return self.title


class ScorecardRow(VersionedModel):
    """An indicator's place in a scorecard."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="rows", verbose_name=_("målekort"))
    group = models.ForeignKey(ScorecardGroup, on_delete=models.CASCADE, related_name="rows", verbose_name=_("gruppe"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="scorecard_rows", verbose_name=_("indikator")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    label = models.CharField(_("navn i dette målekortet"), max_length=500, blank=True)
    is_new = models.BooleanField(_("ny"), default=False)
    mark = models.CharField(_("fotnotemerke"), max_length=5, blank=True)
    note = models.CharField(_("merknad"), max_length=500, blank=True)

    class ScorecardRowQuerySet(UnitScopedQuerySet):
        unit_path = "scorecard__unit"

    objects = ScorecardRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("rad i målekort")
        verbose_name_plural = _("rader i målekort")
        ordering = ["scorecard", "group__position", "position"]
        constraints = [models.UniqueConstraint(fields=["scorecard", "indicator"], name="one_row_per_indicator")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The indicator's name, or the name it bears in this scorecard."""
        return self.label or self.indicator.name
