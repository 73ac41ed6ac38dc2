"""A unit's report: its indicators, its texts, and the steps from the leader's desk to the locked report."""

import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.access import Person, Right, UnitScopedQuerySet
from organisation.models import KostraFunction, Unit, User
from organisation.versions import VersionedModel
from reporting import deadlines
from reporting.models.rounds import ReportingRound
from scorecards.models import Indicator, Observation


class UnitReportQuerySet(UnitScopedQuerySet):
    def readable_by(self, user: Person) -> "UnitReportQuerySet":
        """Reports of the units where the person has a part, and of those below: never of the units above their own."""
        return self.filter(unit__in=user.unit_ids(Right.READ))

    def approvable_by(self, user: Person) -> "UnitReportQuerySet":
        """Reports that this person approves: of the units below those where the person approves.

        Nobody approves for their own unit. What the top of the tree reports, those who publish for it approve.
        """
        is_above = Q(unit__parent__in=user.unit_ids(Right.APPROVE))
        return self.filter(is_above | Q(unit__parent__isnull=True, unit__in=user.unit_ids(Right.PUBLISH)))

    def waiting_for(self, user: Person) -> "UnitReportQuerySet":
        """Reports that are handed in and wait for this person to approve them or send them back."""
        return self.approvable_by(user).filter(state=UnitReport.State.HANDED_IN)

    def reopenable_by(self, user: Person) -> "UnitReportQuerySet":
        """Reports that this person may open again: those they approve, and those of the rounds they run."""
        return self.approvable_by(user) | self.filter(round__unit__in=user.unit_ids(Right.PUBLISH))

    def with_progress(self) -> "UnitReportQuerySet":
        """With how many indicators are `asked` for and `answered` by a result of the period, and whether `is_begun`.

        A report is begun by a result, or by a word in a row, a text or on the economy.
        """
        rows = ReportRow.objects.filter(report=OuterRef("pk")).order_by()
        texts = ReportText.objects.filter(report=OuterRef("pk"))
        progress = self.annotate(asked=_number_of(rows), answered=_number_of(rows.answered()))
        economy = ReportEconomy.objects.filter(report=OuterRef("pk"))
        is_written = Exists(rows.filter(version__gt=1)) | Exists(texts.filter(version__gt=1)) | Exists(economy)
        return progress.annotate(is_begun=Q(answered__gt=0) | is_written)


def _number_of(rows: models.QuerySet) -> Coalesce:
    """How many of a report's rows, as a part of a query over reports."""
    return Coalesce(Subquery(rows.values("report").annotate(number=Count("pk")).values("number")), 0)


class UnitReport(models.Model):
    """What one unit owes in one round, and how far it has come."""

    class State(models.TextChoices):
        OPEN = "open", _("under arbeid")
        HANDED_IN = "handed-in", _("levert")
        SENT_BACK = "sent-back", _("sendt tilbake")
        APPROVED = "approved", _("godkjent")

    round = models.ForeignKey(ReportingRound, on_delete=models.CASCADE, related_name="reports", verbose_name=_("runde"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", verbose_name=_("enhet"))
    state = models.CharField(_("tilstand"), max_length=10, choices=State, default=State.OPEN)
    extended_to = models.DateTimeField(_("ny frist"), null=True, blank=True)
    locked_at = models.DateTimeField(_("låst"), null=True, blank=True)

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("enhetsrapport")
        verbose_name_plural = _("enhetsrapporter")
        ordering = ["round", "unit__position", "unit__name"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="one_report_per_round_and_unit")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.round}"

    def get_absolute_url(self) -> str:
        """Where the report is written and read."""
        return reverse("reporting:report", args=[self.round.slug, self.unit.slug])

    @property
    def due_at(self) -> datetime.datetime:
        """The deadline: a new one where the report was sent back or reopened, else that of the unit's kind."""
        return self.extended_to or self.round.due_at(self.unit.kind)

    @property
    def due_on(self) -> datetime.date:
        """The last day before the deadline."""
        return deadlines.day_of(self.due_at)

    @property
    def locks_at(self) -> datetime.datetime:
        """When it can no longer be written in."""
        return self.extended_to or self.round.locks_at(self.unit.kind)

    @property
    def is_with_the_unit(self) -> bool:
        """Whether it is the unit's turn."""
        return self.state in (self.State.OPEN, self.State.SENT_BACK)

    def is_locked(self, now: datetime.datetime) -> bool:
        """Whether nothing more can be written: it is handed in, the time is past, or the round is closed."""
        return not self.is_with_the_unit or self.locked_at is not None or now >= self.locks_at

    def is_late(self, now: datetime.datetime) -> bool:
        """Whether the deadline is past and the report still with the unit."""
        return self.is_with_the_unit and now >= self.due_at


EXPLANATION = ("cause", "action", "expected")
"""The fields of a row that a miss asks for."""

ROW_TEXTS = ("comment", *EXPLANATION)
"""What a leader may say of an indicator."""


class ReportRowQuerySet(UnitScopedQuerySet):
    unit_path = "report__unit"

    def answered(self) -> "ReportRowQuerySet":
        """Rows whose indicator has a result for the round's period."""
        return self.filter(Exists(_results_of_the_period()))

    def unanswered(self) -> "ReportRowQuerySet":
        """Rows whose indicator has none."""
        return self.filter(~Exists(_results_of_the_period()))


def _results_of_the_period() -> models.QuerySet:
    """The result that a row asks for, as a part of a query over rows."""
    results = Observation.objects.filter(kind=Observation.Kind.RESULT, reference_group__isnull=True).exclude(text="")
    return results.filter(indicator=OuterRef("indicator"), period=OuterRef("report__round__period"))


class ReportRow(VersionedModel):
    """An indicator in a unit's report.

    The result and the forecast are observations; here stands what the leader says about them. A miss asks for cause,
    action and when it is expected to be reached.
    """

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="rows", verbose_name=_("rapport"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="report_rows", verbose_name=_("indikator")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    comment = models.TextField(_("kommentar"), blank=True)
    cause = models.TextField(_("årsak"), blank=True)
    action = models.TextField(_("tiltak"), blank=True)
    expected = models.CharField(_("når målet ventes nådd"), max_length=100, blank=True)

    objects = ReportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("rad i enhetsrapport")
        verbose_name_plural = _("rader i enhetsrapporter")
        ordering = ["report", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="one_report_row_per_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.report}"

    @property
    def is_explained(self) -> bool:
        """Whether everything that a miss asks for is there."""
        return all(getattr(self, name).strip() for name in EXPLANATION)


class ReportEconomy(VersionedModel):
    """What a leader says of the accounts of one function in a unit's report: cause and action of a deviation.

    The amounts are budget lines and the forecast is a `budget.models.Forecast`; here are the words alone. A row is made
    when something is first written.
    """

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="economy", verbose_name=_("rapport"))
    function = models.ForeignKey(
        KostraFunction, on_delete=models.PROTECT, related_name="report_economy", verbose_name=_("KOSTRA-funksjon")
    )
    cause = models.TextField(_("årsak"), blank=True)
    action = models.TextField(_("tiltak"), blank=True)

    class ReportEconomyQuerySet(UnitScopedQuerySet):
        unit_path = "report__unit"

    objects = ReportEconomyQuerySet.as_manager()

    class Meta:
        verbose_name = _("økonomi i enhetsrapport")
        verbose_name_plural = _("økonomi i enhetsrapporter")
        ordering = ["report", "function__code"]
        constraints = [
            models.UniqueConstraint(fields=["report", "function"], name="one_economy_row_per_report_and_function")
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.report}"

    @property
    def is_explained(self) -> bool:
        """Whether everything that a deviation asks for is there."""
        return bool(self.cause.strip() and self.action.strip())


class ReportText(VersionedModel):
    """A text of a unit's report, as clean HTML."""

    class Kind(models.TextChoices):
        STATUS = "status", _("Status")
        DEVIATIONS = "deviations", _("Avvik")
        CHALLENGES = "challenges", _("Utfordringer framover")

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="texts", verbose_name=_("rapport"))
    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    body = models.TextField(_("tekst"), blank=True)

    class ReportTextQuerySet(UnitScopedQuerySet):
        unit_path = "report__unit"

    objects = ReportTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("tekst i enhetsrapport")
        verbose_name_plural = _("tekster i enhetsrapporter")
        ordering = ["report", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="one_text_per_report_and_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.report}"


class ReportStep(models.Model):
    """One step of a unit's report, with who and when. Steps are added, never changed."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("åpnet")
        HANDED_IN = "handed-in", _("levert")
        SENT_BACK = "sent-back", _("sendt tilbake")
        APPROVED = "approved", _("godkjent")
        REOPENED = "reopened", _("åpnet igjen")
        CLOSED = "closed", _("låst da runden ble avsluttet")

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="steps", verbose_name=_("rapport"))
    kind = models.CharField(_("skritt"), max_length=10, choices=Kind)
    comment = models.TextField(_("begrunnelse"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("hvem"))
    at = models.DateTimeField(_("når"), default=timezone.now)

    class Meta:
        verbose_name = _("skritt")
        verbose_name_plural = _("skritt")
        ordering = ["report", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.report}"


class KeptEntry(models.Model):
    """What a person typed in a row when it could no longer be saved. Shown to the writer alone; never lost.

    `typed` is the row's fields by name (`reporting.entry.FIELDS`).
    """

    row = models.ForeignKey(ReportRow, on_delete=models.CASCADE, related_name="kept", verbose_name=_("rad"))
    writer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("hvem"))
    typed = models.JSONField(_("det som ble skrevet"))
    kept_at = models.DateTimeField(_("når"), auto_now=True)

    class Meta:
        verbose_name = _("tekst som ikke ble lagret")
        verbose_name_plural = _("tekster som ikke ble lagret")
        constraints = [models.UniqueConstraint(fields=["row", "writer"], name="one_kept_entry_per_row_and_writer")]

    def __str__(self) -> str:
        return f"{self.writer}, {self.row}"
