"""Service areas: the functions and services in them, whom they are for and who delivers what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models.units import Municipality, Unit
from organisation.models.validity import ValidityQuerySet, ValidModel
from organisation.versions import VersionedModel


class ServiceArea(ValidModel):
    """A service area ("tjenesteområde"): the citizen's view of the municipality, across the organisation."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, verbose_name=_("kommune"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("ansvarlig enhet"))
    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("tjenesteområde")
        verbose_name_plural = _("tjenesteområder")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class KostraFunction(ValidModel):
    """A function of the national KOSTRA code list: three digits, a name and a time of validity.

    `is_operational` and `is_investment` say in which of the two accounts it may be used.
    """

    code = models.CharField(_("kode"), max_length=3)
    name = models.CharField(_("navn"), max_length=200)
    is_operational = models.BooleanField(_("brukes i drift"), default=True)
    is_investment = models.BooleanField(_("brukes i investering"), default=True)
    name_status = models.CharField(_("hvor sikkert navnet er"), max_length=100, blank=True)
    note = models.CharField(_("merknad"), max_length=300, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("KOSTRA-funksjon")
        verbose_name_plural = _("KOSTRA-funksjoner")
        ordering = ["code", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="one_name_per_function_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AreaFunction(ValidModel, VersionedModel):
    """A KOSTRA function (now and then two) as one service area contains it, under the municipality's own name."""

    area = models.ForeignKey(
        ServiceArea, on_delete=models.CASCADE, related_name="area_functions", verbose_name=_("tjenesteområde")
    )
    functions = models.ManyToManyField(
        KostraFunction, related_name="area_functions", verbose_name=_("KOSTRA-funksjoner")
    )
    name = models.CharField(_("navn i kommunen"), max_length=200)
    description = models.TextField(_("beskrivelse"), blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    class AreaFunctionQuerySet(ValidityQuerySet):
        unit_path = "area__unit"

    objects = AreaFunctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("funksjon i tjenesteområde")
        verbose_name_plural = _("funksjoner i tjenesteområder")
        ordering = ["area", "position"]

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> list[str]:
        """The function codes, in order."""
        return sorted(function.code for function in self.functions.all())

    @property
    def title(self) -> str:
        """As it stands in a plan: "Funksjon 340 og 345 – Produksjon og distribusjon av vann"."""
        codes = " og ".join(self.codes)
        return f"Funksjon {codes} – {self.name}" if codes else self.name


class Service(ValidModel, VersionedModel):
    """What a function contains in this municipality."""

    area_function = models.ForeignKey(
        AreaFunction, on_delete=models.CASCADE, related_name="services", verbose_name=_("funksjon")
    )
    name = models.CharField(_("navn"), max_length=500)
    description = models.TextField(_("beskrivelse"), blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    class ServiceQuerySet(ValidityQuerySet):
        unit_path = "area_function__area__unit"

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tjeneste")
        verbose_name_plural = _("tjenester")
        ordering = ["area_function", "position"]

    def __str__(self) -> str:
        return self.name


class AreaScopedQuerySet(ValidityQuerySet):
    unit_path = "area__unit"


class TargetGroup(ValidModel, VersionedModel):
    """Whom the services of an area are for ("målgruppe")."""

    area = models.ForeignKey(
        ServiceArea, on_delete=models.CASCADE, related_name="target_groups", verbose_name=_("tjenesteområde")
    )
    text = models.CharField(_("målgruppe"), max_length=500)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    objects = AreaScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("målgruppe")
        verbose_name_plural = _("målgrupper")
        ordering = ["area", "position"]

    def __str__(self) -> str:
        return self.text


class Delivery(ValidModel, VersionedModel):
    """Which unit delivers what within a service area ("organisering av tjenesteproduksjonen")."""

    area = models.ForeignKey(
        ServiceArea, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("tjenesteområde")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("enhet"))
    functions = models.ManyToManyField(
        AreaFunction, blank=True, related_name="deliveries", verbose_name=_("funksjoner")
    )
    text = models.TextField(_("hva enheten gjør"), blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    objects = AreaScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("leveranse")
        verbose_name_plural = _("leveranser")
        ordering = ["area", "position"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.area}"
