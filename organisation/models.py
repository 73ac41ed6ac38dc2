"""The municipality: its units, areas, functions and services, the periods it reports by, and its people."""

import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation import periods
from organisation.access import Right, Role, UnitScopedQuerySet, units_by_right
from organisation.versions import VersionedModel


class ValidityQuerySet(UnitScopedQuerySet):
    """Rows with a time of validity; no date means no limit."""

    def in_year(self, year: int) -> "ValidityQuerySet":
        """Rows that are valid on some day of the year."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=datetime.date(year, 12, 31)),
            Q(valid_to__isnull=True) | Q(valid_to__gte=datetime.date(year, 1, 1)),
        )


class ValidModel(models.Model):
    """Something that begins and ends: the plan of a year shows what was valid then."""

    valid_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_in(self, year: int) -> bool:
        """Whether it is valid on some day of the year."""
        starts = self.valid_from is None or self.valid_from.year <= year
        return starts and (self.valid_to is None or self.valid_to.year >= year)


class Municipality(models.Model):
    """A municipality. One owns the installation; the others are there for comparison."""

    number = models.CharField(_("kommunenummer"), max_length=4, unique=True)
    name = models.CharField(_("navn"), max_length=100)
    short_name = models.CharField(_("kortnavn"), max_length=50)
    is_owner = models.BooleanField(_("eier installasjonen"), default=False)

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["is_owner"], condition=Q(is_owner=True), name="one_owning_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(ValidityQuerySet):
    unit_path = "pk"


class Unit(ValidModel):
    """A node in the organisation tree; the municipality itself is the top."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("kommune")
        SECTOR = "sector", _("sektor")
        STAFF = "staff", _("stab")
        UNIT = "unit", _("enhet")
        DEPARTMENT = "department", _("avdeling")
        COMPANY = "company", _("selskap")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, verbose_name=_("kommune"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("hører under")
    )
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    succeeds = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="succeeded_by",
        verbose_name=_("etterfølger"),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisasjonsenhet")
        verbose_name_plural = _("organisasjonsenheter")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who logs in. What the person may do follows from the memberships alone."""

    is_demo = models.BooleanField(_("demobruker"), default=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def _units_by_right(self) -> dict[Right, frozenset[int]]:
        memberships = list(self.memberships.values_list("role", "unit_id"))
        return units_by_right(memberships, dict(Unit.objects.values_list("pk", "parent_id")))

    def unit_ids(self, right: Right) -> frozenset[int]:
        """Ids of the units where this person has the right. Two queries for each request, whatever is asked."""
        return self._units_by_right[right] if self.is_active else frozenset()

    def has_right(self, right: Right) -> bool:
        """Whether the person has the right anywhere."""
        return bool(self.unit_ids(right))


class Membership(models.Model):
    """A person's role in a unit and everything under it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("rolle"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("enhet"))

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="one_membership_per_role_and_unit")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"


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
    """A function of the national KOSTRA code list: three digits, a name and a time of validity."""

    code = models.CharField(_("kode"), max_length=3)
    name = models.CharField(_("navn"), max_length=200)
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


class PeriodQuerySet(models.QuerySet["Period"]):
    def for_span(self, span: periods.Span) -> "Period":
        """The period of the span; made if it is not there yet."""
        return self.get_or_create(kind=span.kind, start=span.start, end=span.end)[0]


class Period(models.Model):
    """A time that figures are for: a year, a tertial, a month, a school year, a day; `start` and `end` included."""

    class Kind(models.TextChoices):
        YEAR = "year", _("år")
        TERTIAL = "tertial", _("tertial")
        QUARTER = "quarter", _("kvartal")
        MONTH = "month", _("måned")
        SCHOOL_YEAR = "school_year", _("skoleår")
        DATE = "date", _("dato")

    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    start = models.DateField(_("fra og med"))
    end = models.DateField(_("til og med"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("periode")
        verbose_name_plural = _("perioder")
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "start", "end"], name="one_period_per_kind_and_dates"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="period_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """As people write it: 2024, 2023/2024, 1. tertial 2024, mars 2024, 31.08.2023."""
        return periods.label(self.kind, self.start, self.end)
