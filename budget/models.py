"""Money. Amounts are kroner in Decimal; "millioner" and rounding are presentation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet
from organisation.models import Unit
from organisation.versions import VersionedModel


class InvestmentPlan(VersionedModel):
    """A group of investment projects that are decided together, over some years."""

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    title = models.CharField(_("tittel"), max_length=300)
    price_level = models.CharField(_("prisnivå"), max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="investment_plans", verbose_name=_("ansvarlig enhet")
    )

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("investeringsplan")
        verbose_name_plural = _("investeringsplaner")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class InvestmentProject(VersionedModel):
    """A project, what is not yet shared out on projects, or the printed sum."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("prosjekt")
        UNALLOCATED = "unallocated", _("ikke fordelt")
        TOTAL = "total", _("sum")

    plan = models.ForeignKey(InvestmentPlan, on_delete=models.CASCADE, related_name="projects", verbose_name=_("plan"))
    kind = models.CharField(_("type"), max_length=12, choices=Kind, default=Kind.PROJECT)
    group = models.CharField(_("gruppe"), max_length=200, blank=True)
    name = models.CharField(_("navn"), max_length=300)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    estimate = models.DecimalField(_("kostnadsanslag i kroner"), max_digits=16, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)

    class InvestmentProjectQuerySet(UnitScopedQuerySet):
        unit_path = "plan__unit"

    objects = InvestmentProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("investeringsprosjekt")
        verbose_name_plural = _("investeringsprosjekter")
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="one_project_per_name_and_plan")]

    def __str__(self) -> str:
        return self.name


class InvestmentAmount(models.Model):
    """What a project is planned to cost in one year, in kroner. Saved together with its project."""

    project = models.ForeignKey(
        InvestmentProject, on_delete=models.CASCADE, related_name="amounts", verbose_name=_("prosjekt")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    amount = models.DecimalField(_("beløp i kroner"), max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = _("investeringsbeløp")
        verbose_name_plural = _("investeringsbeløp")
        ordering = ["project", "year"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="one_amount_per_project_and_year"),
            models.CheckConstraint(condition=Q(year__gte=1900), name="investment_year_is_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.year}: {self.amount}"
