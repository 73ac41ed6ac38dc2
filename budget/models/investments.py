"""Investments: plans, projects with amounts year by year, and what pays for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.kroner import KronerField
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

    class Status(models.TextChoices):
        PLANNED = "planned", _("planlagt")
        UNDER_WAY = "under-way", _("i gang")
        DONE = "done", _("ferdig")
        POSTPONED = "postponed", _("utsatt")
        DROPPED = "dropped", _("droppet")

    plan = models.ForeignKey(InvestmentPlan, on_delete=models.CASCADE, related_name="projects", verbose_name=_("plan"))
    kind = models.CharField(_("type"), max_length=12, choices=Kind, default=Kind.PROJECT)
    group = models.CharField(_("gruppe"), max_length=200, blank=True)
    name = models.CharField(_("navn"), max_length=300)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    estimate = KronerField(_("kostnadsanslag i kroner"), null=True, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)
    code = models.CharField(_("prosjektnummer i regnskapet"), max_length=30, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, blank=True)
    status_comment = models.TextField(_("kommentar til status"), blank=True)

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
    """What a project is planned to cost in one year, in kroner. Saved together with its project.

    `is_provisional` is for years that are not yet decided.
    """

    project = models.ForeignKey(
        InvestmentProject, on_delete=models.CASCADE, related_name="amounts", verbose_name=_("prosjekt")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    amount = KronerField(_("beløp i kroner"))
    is_provisional = models.BooleanField(_("foreløpig"), default=False)

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


class InvestmentFinancing(VersionedModel):
    """What pays for a plan's projects in one year: loans, grants, refunded tax, sales, funds. Kroner, above zero."""

    class Kind(models.TextChoices):
        LOAN = "loan", _("bruk av lån")
        GRANT = "grant", _("tilskudd fra andre")
        TAX = "tax", _("kompensasjon for merverdiavgift")
        SALE = "sale", _("salg av varige driftsmidler")
        FUND = "fund", _("bruk av fond")
        OPERATIONS = "operations", _("overføring fra drift")

    plan = models.ForeignKey(InvestmentPlan, on_delete=models.CASCADE, related_name="financing", verbose_name=_("plan"))
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    kind = models.CharField(_("finansiering"), max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField(_("år"))
    amount = KronerField(_("beløp i kroner"))

    class InvestmentFinancingQuerySet(UnitScopedQuerySet):
        unit_path = "plan__unit"

    objects = InvestmentFinancingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finansiering av investeringer")
        verbose_name_plural = _("finansiering av investeringer")
        ordering = ["plan", "year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "year"], name="one_financing_per_plan_kind_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.year}: {self.amount}"
