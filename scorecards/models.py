"""What is measured, what was found, and how it is set up as scorecards and key-figure tables."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import KostraFunction, Period, ServiceArea, Unit, ValidityQuerySet, ValidModel
from organisation.versions import VersionedModel
from scorecards import notation
from scorecards.assessment import Direction


class IndicatorQuerySet(ValidityQuerySet):
    unit_path = "owner"


class Indicator(ValidModel, VersionedModel):
    """Something measured. A person sets the direction; without it nothing is said to be good or bad."""

    class DirectionChoice(models.TextChoices):
        HIGHER = Direction.HIGHER.value, _("høyere er bedre")
        LOWER = Direction.LOWER.value, _("lavere er bedre")
        RANGE = Direction.RANGE.value, _("skal ligge i målområdet")
        YES = Direction.YES.value, _("skal være ja")

    class Frequency(models.TextChoices):
        MONTH = "month", _("hver måned")
        TERTIAL = "tertial", _("hvert tertial")
        YEAR = "year", _("hvert år")
        SCHOOL_YEAR = "school-year", _("hvert skoleår")
        BIENNIAL = "biennial", _("annethvert år")

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    name = models.CharField(_("navn"), max_length=500)
    definition = models.TextField(_("definisjon"), blank=True)
    unit_of_measure = models.CharField(_("måleenhet"), max_length=50, blank=True)
    scale = models.CharField(_("skala"), max_length=200, blank=True)
    direction = models.CharField(_("retning"), max_length=10, choices=DirectionChoice, blank=True)
    tolerance = models.DecimalField(
        _("slingringsmonn"), max_digits=14, decimal_places=4, null=True, blank=True,
        help_text=_("Avvik fra målet, i målets enhet, som teller som «nesten nådd»."),
    )  # fmt: skip
    frequency = models.CharField(_("hvor ofte"), max_length=20, choices=Frequency, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("eier"))
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="breakdown", verbose_name=_("del av")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gjelder enheten")
    )
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="twins", verbose_name=_("samme mål som")
    )
    succeeds = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="succeeded_by",
        verbose_name=_("etterfølger"),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ReferenceGroup(models.Model):
    """Whom one compares with: "landssnitt", a group of municipalities."""

    name = models.CharField(_("navn"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("sammenligningsgruppe")
        verbose_name_plural = _("sammenligningsgrupper")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ObservationQuerySet(UnitScopedQuerySet):
    unit_path = "indicator__owner"


class Observation(VersionedModel):
    """One value: an indicator, a period, a kind. Keeps the text as typed and, beside it, what was understood."""

    class Kind(models.TextChoices):
        RESULT = "result", _("resultat")
        TARGET = "target", _("måltall")
        FORECAST = "forecast", _("prognose")
        REFERENCE = "reference", _("sammenligning")

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="observations", verbose_name=_("indikator")
    )
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="observations", verbose_name=_("periode"))
    kind = models.CharField(_("type"), max_length=10, choices=Kind)
    reference_group = models.ForeignKey(
        ReferenceGroup, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("sammenligningsgruppe")
    )
    text = models.CharField(_("verdi"), max_length=200, blank=True)
    mark = models.CharField(_("fotnotemerke"), max_length=5, blank=True)
    note = models.TextField(_("kommentar"), blank=True)
    value_kind = models.CharField(_("forstått som"), max_length=20, editable=False)
    comparator = models.CharField(_("sammenligningstegn"), max_length=2, blank=True, editable=False)
    number = models.DecimalField(_("tall"), max_digits=24, decimal_places=8, null=True, editable=False)
    upper = models.DecimalField(_("øvre grense"), max_digits=24, decimal_places=8, null=True, editable=False)
    denominator = models.DecimalField(_("nevner"), max_digits=24, decimal_places=8, null=True, editable=False)
    unit_of_measure = models.CharField(_("måleenhet"), max_length=50, blank=True, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observasjon")
        verbose_name_plural = _("observasjoner")
        ordering = ["indicator", "period", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "kind"],
                condition=Q(reference_group__isnull=True),
                name="one_value_per_cell",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "kind", "reference_group"],
                condition=Q(reference_group__isnull=False),
                name="one_value_per_cell_and_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}: {self.text}"

    @property
    def value(self) -> notation.Value:
        """The text, understood."""
        return notation.parse(self.text, as_text=True, units=[self.unit_of_measure])

    @property
    def printed(self) -> str:
        """As it stands in a table: the text as typed, with its footnote mark."""
        return f"{self.text} {self.mark}" if self.mark else self.text


class FootnotedModel(models.Model):
    """A table with footnotes: one on each line, the mark first ("* Tallene gjelder …")."""

    footnotes = models.TextField(
        _("fotnoter"), blank=True, help_text=_("Én fotnote på hver linje, med merket først: «* Tallene gjelder …».")
    )

    class Meta:
        abstract = True

    def footnote_list(self) -> list[tuple[str, str]]:
        """(mark, text) for each footnote."""
        lines = (line.strip() for line in self.footnotes.splitlines())
        return [(mark, text) for mark, _space, text in (line.partition(" ") for line in lines if line)]


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
            """The scorecards with their columns, groups, rows and indicators, in three more queries."""
            columns = models.Prefetch("columns", queryset=ScorecardColumn.objects.select_related("period"))
            rows = models.Prefetch("rows", queryset=ScorecardRow.objects.select_related("indicator"))
            return self.prefetch_related(columns, "groups", rows)

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
