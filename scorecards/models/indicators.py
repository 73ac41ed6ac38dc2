"""What is measured and what was found: indicators and observations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import Period, Unit, User, ValidityQuerySet, ValidModel
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
    responsible = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("ansvarlig person"),
        help_text=_("Når det er en annen enn enhetens leder."),
    )
    shared_with = models.ManyToManyField(
        Unit, blank=True, related_name="shared_indicators", verbose_name=_("rapporteres også av")
    )
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
