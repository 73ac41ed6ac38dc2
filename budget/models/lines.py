"""Budget lines, and the decisions that move the budget during the year."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budget.kroner import KronerField
from budget.models.batches import ImportBatch
from budget.models.codes import KostraArt
from organisation.access import Person, Right, UnitScopedQuerySet
from organisation.models import KostraFunction, Period, Unit
from organisation.versions import VersionedModel


class BudgetAmendment(VersionedModel):
    """A numbered decision that moves budget during the year ("budsjettregulering") and keeps the sum.

    Its lines stand in the layer `revised`. Numbers run from 1 in each year.
    """

    year = models.PositiveSmallIntegerField(_("år"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("tittel"), max_length=200)
    reason = models.TextField(_("begrunnelse"), blank=True)
    decision = models.CharField(_("vedtak"), max_length=200, blank=True, help_text=_("For eksempel saksnummer."))
    decided_on = models.DateField(_("vedtatt"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="budget_amendments", verbose_name=_("ansvarlig enhet")
    )

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("budsjettregulering")
        verbose_name_plural = _("budsjettreguleringer")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="one_amendment_per_number_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year} {self.title}"

    def get_absolute_url(self) -> str:
        """The decision with what it moves."""
        return reverse("budget:amendment", args=[self.pk])


class BudgetLineQuerySet(UnitScopedQuerySet):
    def readable_by(self, user: Person) -> "BudgetLineQuerySet":
        """Lines of the units where the person has a part, and of those below: never of the units above their own."""
        return self.filter(unit__in=user.unit_ids(Right.READ))

    def of_year(self, year: int) -> "BudgetLineQuerySet":
        """What is for the year: of budgets that which was adopted for that very year, not earlier or for later ones."""
        return self.filter(plan_year=year, period__start__year=year)

    def of_plan(self, plan_year: int) -> "BudgetLineQuerySet":
        """Everything that was adopted together for a year: its budget, and the years ahead in the økonomiplan."""
        return self.filter(layer=BudgetLine.Layer.ORIGINAL, plan_year=plan_year)

    def of_examples(self, year: int) -> "BudgetLineQuerySet":
        """What is made up for the year as examples."""
        return self.filter(plan_year=year, batch__source__is_example=True)


class BudgetLine(models.Model):
    """An amount: unit × KOSTRA function × art × project × period. Lines are added and taken away, never changed.

    `amount` bears KOSTRA's sign: expenditure +, income −. The revised budget is the layers `original` and `revised`
    together: each fact once. `plan_year` is the year whose adopted budget the line belongs to: a budget adopted for one
    year holds lines for the years ahead as well. `batch` and `row` say which line of which file it came from.
    """

    class Layer(models.TextChoices):
        ORIGINAL = "original", _("opprinnelig budsjett")
        REVISED = "revised", _("endring av budsjettet")
        ACTUAL = "actual", _("regnskap")
        FORECAST = "forecast", _("prognose")

    class Account(models.TextChoices):
        OPERATIONS = "operations", _("drift")
        INVESTMENT = "investment", _("investering")

    layer = models.CharField(_("lag"), max_length=10, choices=Layer)
    account_class = models.CharField(_("regnskap"), max_length=10, choices=Account, default=Account.OPERATIONS)
    plan_year = models.PositiveSmallIntegerField(_("budsjettår"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="budget_lines", verbose_name=_("enhet"))
    function = models.ForeignKey(
        KostraFunction,
        on_delete=models.PROTECT,
        related_name="budget_lines",
        verbose_name=_("KOSTRA-funksjon"),
    )
    art = models.ForeignKey(KostraArt, on_delete=models.PROTECT, related_name="budget_lines", verbose_name=_("art"))
    project = models.CharField(_("prosjekt"), max_length=30, blank=True)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="budget_lines", verbose_name=_("periode"))
    amount = KronerField(_("beløp i kroner"))
    account = models.CharField(_("konto"), max_length=30, blank=True)
    text = models.CharField(_("tekst"), max_length=200, blank=True)
    amendment = models.ForeignKey(
        BudgetAmendment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("budsjettregulering"),
    )
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("import")
    )
    row = models.PositiveIntegerField(_("rad i fila"), null=True, blank=True)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budsjettlinje")
        verbose_name_plural = _("budsjettlinjer")
        indexes = [models.Index(fields=["plan_year", "layer", "account_class"], name="lines_of_a_year_and_layer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(layer="revised", amendment__isnull=False) | (~Q(layer="revised") & Q(amendment=None)),
                name="a_change_belongs_to_a_decision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.function}, {self.art}, {self.period}: {self.amount}"


class Forecast(VersionedModel):
    """What a leader expects a unit's function to have used by the end of the year, decided after a period.

    Of several decided in a year, the one after the latest period holds. Amount in kroner with KOSTRA's sign.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("enhet"))
    function = models.ForeignKey(
        KostraFunction, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("KOSTRA-funksjon")
    )
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("laget etter")
    )
    amount = KronerField(_("prognose for året i kroner"))

    class ForecastQuerySet(UnitScopedQuerySet):
        def readable_by(self, user: Person) -> "Forecast.ForecastQuerySet":
            """As for lines."""
            return self.filter(unit__in=user.unit_ids(Right.READ))

    objects = ForecastQuerySet.as_manager()

    class Meta:
        verbose_name = _("prognose")
        verbose_name_plural = _("prognoser")
        ordering = ["period__end", "unit__position", "function__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "function", "period"], name="one_forecast_per_unit_function_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.function}, {self.period}: {self.amount}"
