"""Imports of figures: where files come from, what their columns and codes mean, and each file that was read."""

import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.kroner import KronerField
from organisation.access import UnitScopedQuerySet
from organisation.models import Unit, User
from organisation.versions import VersionedModel

LONGEST = datetime.timedelta(minutes=30)
"""Work on a batch that has said nothing for so long has died."""


class LedgerSource(VersionedModel):
    """Where files of one kind come from, and how they are read: kept from one import to the next.

    `columns` is field → heading in the file. `factor` is how many kroner 1 in the file is; `is_reversed` says that
    income is above zero in the file.
    """

    class Form(models.TextChoices):
        TABLE = "table", _("tabell (Excel, ODS eller CSV)")
        KOSTRA = "kostra", _("KOSTRA-fil (48 tegn)")

    class Factor(models.IntegerChoices):
        KRONER = 1, _("kroner")
        THOUSAND = 1_000, _("1 000 kroner")

    name = models.CharField(_("navn"), max_length=100)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="ledger_sources", verbose_name=_("ansvarlig enhet")
    )
    form = models.CharField(_("filtype"), max_length=10, choices=Form, default=Form.TABLE)
    columns = models.JSONField(_("kolonner"), default=dict, blank=True)
    factor = models.PositiveSmallIntegerField(_("beløpene står i"), choices=Factor, default=Factor.KRONER)
    is_reversed = models.BooleanField(_("inntekter står uten minus, utgifter med"), default=False)
    is_example = models.BooleanField(_("eksempeldata"), default=False)

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kilde")
        verbose_name_plural = _("kilder")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="one_source_per_name")]

    def __str__(self) -> str:
        return self.name


class CodeMapping(models.Model):
    """What a code of a source means here. `target` is a unit's address, a function's code or an art's code."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("ansvar")
        FUNCTION = "function", _("tjeneste")
        ART = "art", _("konto")

    source = models.ForeignKey(
        LedgerSource, on_delete=models.CASCADE, related_name="code_mappings", verbose_name=_("kilde")
    )
    kind = models.CharField(_("type"), max_length=10, choices=Kind)
    code = models.CharField(_("kode i fila"), max_length=50)
    target = models.CharField(_("betyr"), max_length=100)

    class Meta:
        verbose_name = _("kode")
        verbose_name_plural = _("koder")
        ordering = ["source", "kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "code"], name="one_meaning_per_code_of_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.target}"


class ImportBatch(models.Model):
    """A file of figures: read, checked and shown before it is written; written whole or not at all; can be undone.

    `findings` are errors and warnings with row and column, `preview` what was understood (`budget.importing`).
    `content` is thrown away when the file is written or given up; name, checksum, person and times stay.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("kontrolleres")
        CHECKED = "checked", _("kontrollert")
        WRITING = "writing", _("leses inn")
        WRITTEN = "written", _("lest inn")
        UNDONE = "undone", _("angret")
        DROPPED = "dropped", _("forkastet")
        FAILED = "failed", _("mislyktes")

    source = models.ForeignKey(LedgerSource, on_delete=models.PROTECT, related_name="batches", verbose_name=_("kilde"))
    layer = models.CharField(_("hva fila inneholder"), max_length=10)
    plan_year = models.PositiveSmallIntegerField(_("budsjettår"), null=True, blank=True)
    amendment_facts = models.JSONField(_("budsjettregulering"), default=dict, blank=True)
    file_name = models.CharField(_("filnavn"), max_length=255)
    content = models.BinaryField(_("fil"), null=True)
    size = models.PositiveIntegerField(_("størrelse i byte"))
    sha256 = models.CharField(_("kontrollsum av fila"), max_length=64, db_index=True)
    control_sum = KronerField(_("kontrollsum i kroner"), null=True, blank=True)
    control_count = models.PositiveIntegerField(_("antall linjer"), null=True, blank=True)
    state = models.CharField(_("tilstand"), max_length=10, choices=State, default=State.CHECKING)
    percent = models.PositiveSmallIntegerField(_("prosent"), default=0)
    problem = models.CharField(_("hva som gikk galt"), max_length=500, blank=True)
    findings = models.JSONField(_("funn"), default=list, blank=True)
    preview = models.JSONField(_("det som ble forstått"), default=dict, blank=True)
    line_count = models.PositiveIntegerField(_("linjer"), default=0)
    amount = KronerField(_("sum i kroner"), default=0)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("av"))
    uploaded_at = models.DateTimeField(_("lastet opp"), default=timezone.now)
    heard_at = models.DateTimeField(_("sist hørt fra"), default=timezone.now)
    written_at = models.DateTimeField(_("lest inn"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("angret av")
    )
    undone_at = models.DateTimeField(_("angret"), null=True, blank=True)

    class ImportBatchQuerySet(UnitScopedQuerySet):
        unit_path = "source__unit"

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("importer")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """How far it has come, what was understood, and what is wrong."""
        return reverse("budget:import_batch", args=[self.pk])
