"""What the public counts, filters, searches and charts over: rows copied from a publication's contents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation import periods
from publishing.models.publications import Publication


class PublishedIndicator(models.Model):
    """What was said of an indicator when it was published: what it measures and how it is to be read."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("publikasjon")
    )
    slug = models.SlugField(_("adresse"), max_length=100)
    name = models.CharField(_("navn"), max_length=500)
    definition = models.TextField(_("definisjon"), blank=True)
    unit_of_measure = models.CharField(_("måleenhet"), max_length=50, blank=True)
    scale = models.CharField(_("skala"), max_length=200, blank=True)
    direction = models.CharField(_("retning"), max_length=10, blank=True)
    tolerance = models.CharField(_("slingringsmonn"), max_length=30, blank=True)
    frequency = models.CharField(_("hvor ofte"), max_length=20, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)
    owner = models.CharField(_("eier"), max_length=200)
    sector = models.CharField(_("sektor"), max_length=200, blank=True)
    same_as = models.SlugField(_("samme mål som"), max_length=100, blank=True)
    succeeds = models.SlugField(_("etterfølger"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("publisert indikator")
        verbose_name_plural = _("publiserte indikatorer")
        ordering = ["publication", "name"]
        constraints = [models.UniqueConstraint(fields=["publication", "slug"], name="one_published_indicator_per_slug")]

    def __str__(self) -> str:
        return self.name


class PublishedFigure(models.Model):
    """One goal as it was published: a scorecard row with its verdict."""

    class Trend(models.TextChoices):
        BETTER = "better", _("bedre")
        SAME = "same", _("uendret")
        WORSE = "worse", _("dårligere")
        UNKNOWN = "", _("ikke kjent")

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="figures", verbose_name=_("publikasjon")
    )
    chapter_slug = models.SlugField(_("kapittel"), max_length=100)
    chapter_title = models.CharField(_("kapitteltittel"), max_length=200)
    is_area = models.BooleanField(_("kapitlet er et tjenesteområde"), default=False)
    sector = models.CharField(_("sektor"), max_length=200, blank=True)
    functions = models.CharField(_("KOSTRA-funksjoner"), max_length=200, blank=True)
    plans = models.JSONField(_("planer som tjenesteområdet bidrar til"), default=list, blank=True)
    group = models.CharField(_("gruppe"), max_length=300, blank=True)
    table_anchor = models.CharField(_("tabell"), max_length=150)
    row_anchor = models.CharField(_("rad"), max_length=250)
    indicator_slug = models.SlugField(_("indikator"), max_length=100)
    name = models.CharField(_("navn"), max_length=500)
    period = models.CharField(_("periode"), max_length=20, blank=True)
    result = models.CharField(_("resultat"), max_length=200, blank=True)
    target = models.CharField(_("måltall"), max_length=200, blank=True)
    outcome = models.CharField(_("måloppnåelse"), max_length=20)
    reason = models.CharField(_("begrunnelse"), max_length=300, blank=True)
    distance = models.DecimalField(_("avvik som del av målet"), max_digits=24, decimal_places=6, null=True)
    trend = models.CharField(_("utvikling"), max_length=10, choices=Trend, blank=True)
    missed_since = models.CharField(_("ikke nådd siden"), max_length=20, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)
    position = models.PositiveIntegerField(_("rekkefølge"))

    class Meta:
        verbose_name = _("publisert mål")
        verbose_name_plural = _("publiserte mål")
        ordering = ["publication", "position"]

    def __str__(self) -> str:
        return self.name


class PublishedObservation(models.Model):
    """One value as it was published: of an indicator, a period and a kind (result, target, forecast, reference).

    `period` is the code that `organisation.periods.parse` reads; `value` the number where the cell is one.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="observations", verbose_name=_("publikasjon")
    )
    indicator_slug = models.SlugField(_("indikator"), max_length=100)
    kind = models.CharField(_("type"), max_length=10)
    period = models.CharField(_("periode"), max_length=20)
    period_ends_on = models.DateField(_("perioden slutter"))
    text = models.CharField(_("som trykt"), max_length=210)
    value = models.DecimalField(_("tall"), max_digits=24, decimal_places=8, null=True)
    chapter_slug = models.SlugField(_("kapittel"), max_length=100)
    table_anchor = models.CharField(_("tabell"), max_length=150)
    row_anchor = models.CharField(_("rad"), max_length=250)
    column = models.PositiveSmallIntegerField(_("kolonne"))
    position = models.PositiveIntegerField(_("rekkefølge"))

    class Meta:
        verbose_name = _("publisert verdi")
        verbose_name_plural = _("publiserte verdier")
        ordering = ["publication", "position"]
        indexes = [models.Index(fields=["indicator_slug", "kind", "period_ends_on"], name="published_series")]

    def __str__(self) -> str:
        return f"{self.indicator_slug}, {self.period}: {self.text}"

    @property
    def period_label(self) -> str:
        """The period as people write it."""
        return periods.label_of(self.period)


class PublishedPassage(models.Model):
    """A piece of a publication that a search may find: a heading, a text, a table or a row, at its address.

    `folded` is the text in small letters, for databases that know no Norwegian word forms.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="passages", verbose_name=_("publikasjon")
    )
    chapter_slug = models.SlugField(_("kapittel"), max_length=100)
    chapter_title = models.CharField(_("kapitteltittel"), max_length=200)
    anchor = models.CharField(_("sted"), max_length=250)
    heading = models.CharField(_("overskrift"), max_length=500)
    text = models.TextField(_("tekst"))
    folded = models.TextField(_("tekst med små bokstaver"))
    position = models.PositiveIntegerField(_("rekkefølge"))

    class Meta:
        verbose_name = _("publisert tekststykke")
        verbose_name_plural = _("publiserte tekststykker")
        ordering = ["publication", "position"]

    def __str__(self) -> str:
        return self.heading
