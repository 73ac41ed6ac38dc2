"""Key-figure tables: rows of indicators over periods."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import Period, ServiceArea, Unit
from organisation.versions import VersionedModel
from scorecards.models.footnotes import FootnotedModel
from scorecards.models.indicators import Indicator, Observation


class KeyFigureTable(FootnotedModel, VersionedModel):
    """Rows of indicators over periods. See `scorecards/cells.py` for how a row and a column meet in a value."""

    class Chart(models.TextChoices):
        NONE = "none", _("ingen")
        LINE = "line", _("linje")
        BAR = "bar", _("stolper")

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, related_name="key_figure_tables", verbose_name=_("tjenesteområde")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    caption = models.CharField(_("tabelltekst"), max_length=300)
    row_heading = models.CharField(_("overskrift over radene"), max_length=100, blank=True)
    unit_of_measure = models.CharField(_("måleenhet"), max_length=50, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)
    chart = models.CharField(_("diagram"), max_length=10, choices=Chart, default=Chart.NONE)
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indikator for hele tabellen"),
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    class KeyFigureTableQuerySet(UnitScopedQuerySet):
        unit_path = "area__unit"

        def with_axes(self) -> "KeyFigureTable.KeyFigureTableQuerySet":
            """The tables with their rows and columns, and what these name, in two more queries."""
            rows = models.Prefetch("rows", queryset=KeyFigureRow.objects.select_related("period", "indicator"))
            columns = models.Prefetch("columns", queryset=KeyFigureColumn.objects.select_related("period"))
            return self.prefetch_related(rows, columns)

    objects = KeyFigureTableQuerySet.as_manager()

    class Meta:
        verbose_name = _("nøkkeltallstabell")
        verbose_name_plural = _("nøkkeltallstabeller")
        ordering = ["area", "position"]

    def __str__(self) -> str:
        return self.caption


class KeyFigureAxis(models.Model):
    """What a row or a column says about the values in it."""

    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    label = models.CharField(_("tekst"), max_length=500)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("indikator")
    )
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("periode")
    )

    class Meta:
        abstract = True
        ordering = ["table", "position"]

    def __str__(self) -> str:
        return self.label


class KeyFigureColumn(KeyFigureAxis):
    """A column: a period, an indicator, both, or a month of the row's year; perhaps under a common heading."""

    table = models.ForeignKey(
        KeyFigureTable, on_delete=models.CASCADE, related_name="columns", verbose_name=_("tabell")
    )
    heading = models.CharField(_("overskrift over kolonnene"), max_length=200, blank=True)
    kind = models.CharField(_("type"), max_length=10, choices=Observation.Kind, default=Observation.Kind.RESULT)
    month = models.PositiveSmallIntegerField(_("måned"), null=True, blank=True)

    class Meta(KeyFigureAxis.Meta):
        verbose_name = _("kolonne")
        verbose_name_plural = _("kolonner")


class KeyFigureRow(KeyFigureAxis):
    """A row: an indicator, a period, or a unit that the columns' indicators are broken down by."""

    table = models.ForeignKey(KeyFigureTable, on_delete=models.CASCADE, related_name="rows", verbose_name=_("tabell"))
    group = models.CharField(_("gruppeoverskrift"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    is_sum = models.BooleanField(_("sum av radene over"), default=False)
    mark = models.CharField(_("fotnotemerke"), max_length=5, blank=True)

    class Meta(KeyFigureAxis.Meta):
        verbose_name = _("rad")
        verbose_name_plural = _("rader")
