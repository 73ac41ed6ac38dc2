"""The documents the municipality writes: trees of sections, each a text or a named view of data."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.access import Person, Right, UnitScopedQuerySet
from organisation.models import ServiceArea, Unit
from organisation.versions import VersionedModel

OF_ONE_UNIT = ("unit-report", "leader-agreement")
"""The kinds of documents that are about one unit: its economy, its goals, and what its leader has agreed to."""


class DocumentQuerySet(UnitScopedQuerySet):
    kind_path = "kind"

    def visible_to(self, user: Person) -> "DocumentQuerySet":
        """Rows whose draft this person may read; of what is about one unit alone those it belongs to, and those above.

        Leaders see the units above their own, but not what is between those and their leaders.
        """
        is_common = ~Q(**{f"{self.kind_path}__in": OF_ONE_UNIT})
        may_read = Q(**{f"{self.unit_path}__in": user.unit_ids(Right.READ)})
        return super().visible_to(user).filter(is_common | may_read)  # type: ignore[return-value]


class Document(models.Model):
    """A living plan or report: a tree of sections. What the public reads are its publications."""

    class Kind(models.TextChoices):
        ANNUAL_PLAN = "annual-plan", _("virksomhetsplan")
        TERTIAL_REPORT = "tertial-report", _("tertialrapport")
        UNIT_REPORT = "unit-report", _("enhetsrapport")
        ANNUAL_REPORT = "annual-report", _("årsmelding")
        STRATEGIC_PLAN = "strategic-plan", _("strategisk plan")
        SECTOR_ANALYSIS = "sector-analysis", _("sektoranalyse")
        LEADER_AGREEMENT = "leader-agreement", _("lederavtale")

    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    title = models.CharField(_("tittel"), max_length=200)
    subtitle = models.CharField(_("undertittel"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("år"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", verbose_name=_("ansvarlig enhet")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumenter")
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the document is worked on."""
        return reverse("plans:document", args=[self.slug])


class SectionQuerySet(DocumentQuerySet):
    kind_path = "document__kind"

    def chapters(self) -> "SectionQuerySet":
        """The top level of the tree."""
        return self.filter(parent__isnull=True)


class Section(VersionedModel):
    """A part of a document: a text or a named view of data, under a heading or as a piece of its parent."""

    class Kind(models.TextChoices):
        TEXT = "text", _("tekst")
        BLOCK = "block", _("tabell eller liste")

    class Block(models.TextChoices):
        FUNCTIONS_AND_SERVICES = "functions-and-services", _("funksjoner og tjenester")
        TARGET_GROUPS = "target-groups", _("målgrupper")
        KEY_FIGURES = "key-figures", _("nøkkeltallstabell")
        SCORECARD = "scorecard", _("målekort")
        RESPONSIBILITIES = "responsibilities", _("hvem som gjør hva")
        DEVELOPMENT = "development", _("utviklingsarbeid")
        OVERALL_GOALS = "overall-goals", _("overordnede styringsmål")
        STAFFING = "staffing", _("bemanning")
        PLAN_MATRIX = "plan-matrix", _("planer og tjenesteområder")
        INVESTMENTS = "investments", _("investeringer")
        ASSESSMENT_COUNTS = "assessment-counts", _("måloppnåelse i tall")
        DEVIATIONS = "deviations", _("avvik")
        REPORTED_SCORECARD = "reported-scorecard", _("rapportert målekort")
        UNIT_TEXTS = "unit-texts", _("enhetenes vurderinger")
        UNIT_ECONOMY = "unit-economy", _("enhetenes økonomi")
        REPORTED_MEASURES = "reported-measures", _("rapporterte tiltak")
        HEADLINE_FIGURES = "headline-figures", _("hovedtall")
        UNIT_SCORECARD = "unit-scorecard", _("enhetens målekort")
        UNIT_STAFFING = "unit-staffing", _("enhetens årsverk")
        ACCOUNTS = "accounts-budget-deviation", _("regnskap, budsjett og avvik")
        BUDGET_BY_UNIT = "budget-by-unit", _("budsjett per enhet")
        BUDGET_BY_FUNCTION = "budget-by-function", _("budsjett per funksjon")
        STATUTORY_BUDGET = "statutory-budget", _("bevilgningsoversikt")
        FRAMES = "frames", _("rammer")
        MEASURES = "measures", pgettext_lazy("measure", "tiltak")

    class State(models.TextChoices):
        DRAFT = "draft", _("under arbeid")
        READY = "ready", _("ferdig")

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="sections", verbose_name=_("dokument")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("hører under")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    heading = models.CharField(_("overskrift"), max_length=200, blank=True)
    slug = models.SlugField(_("adresse"), max_length=100, blank=True)
    kind = models.CharField(_("type"), max_length=10, choices=Kind, default=Kind.TEXT)
    body = models.TextField(_("tekst"), blank=True)
    block = models.CharField(_("innhold"), max_length=30, choices=Block, blank=True)
    parameters = models.JSONField(_("valg"), default=dict, blank=True)
    area = models.ForeignKey(
        ServiceArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("tjenesteområde"),
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sections", verbose_name=_("ansvarlig enhet"))
    state = models.CharField(_("tilstand"), max_length=10, choices=State, default=State.DRAFT)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "slug"], condition=Q(parent__isnull=True), name="one_chapter_per_address"
            )
        ]

    def __str__(self) -> str:
        return self.heading or (self.get_block_display() if self.block else self.get_kind_display())

    @property
    def chapter(self) -> "Section":
        """The chapter it stands in; itself when it is one."""
        return self.parent.chapter if self.parent else self


class FindingAcceptance(models.Model):
    """A finding of the control that a person has accepted, with the reason; `key` is `Finding.key`."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="acceptances", verbose_name=_("dokument")
    )
    key = models.CharField(_("funn"), max_length=200)
    reason = models.TextField(_("begrunnelse"))
    accepted_by = models.ForeignKey(
        "organisation.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("godtatt av")
    )
    accepted_at = models.DateTimeField(_("godtatt"), auto_now_add=True)

    class Meta:
        verbose_name = _("godtatt funn")
        verbose_name_plural = _("godtatte funn")
        ordering = ["document", "key"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="one_acceptance_per_finding")]

    def __str__(self) -> str:
        return self.key
