"""PDFs on order: what is to be drawn, how far it has come, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from plans.models import Document
from publishing.models.publications import Publication


class PdfOrder(models.Model):
    """Someone's order of a PDF, which takes seconds to draw: of a published version, or of a draft as they see it.

    `contents` is the canonical JSON of what is drawn, `checksum` is taken over all that decides how the file becomes.
    The file of a publication is stored as its `PublishedFile`s, that of a draft in `content`.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("venter")
        DRAWING = "drawing", _("lages")
        DONE = "done", _("ferdig")
        FAILED = "failed", _("mislyktes")

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="pdf_orders", verbose_name=_("dokument")
    )
    publication = models.ForeignKey(
        Publication,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="pdf_orders",
        verbose_name=_("publikasjon"),
    )
    checksum = models.CharField(_("kontrollsum"), max_length=64, db_index=True)
    contents = models.TextField(_("innhold som JSON"), blank=True)
    has_changes = models.BooleanField(_("med endringer siden forrige versjon"), default=False)
    status = models.CharField(_("tilstand"), max_length=10, choices=Status, default=Status.WAITING)
    percent = models.PositiveSmallIntegerField(_("prosent"), default=0)
    step = models.CharField(_("trinn"), max_length=200, blank=True)
    problem = models.CharField(_("hva som gikk galt"), max_length=500, blank=True)
    name = models.CharField(_("filnavn"), max_length=150)
    content = models.BinaryField(_("fil"), null=True)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("bestilt av"))
    ordered_at = models.DateTimeField(_("bestilt"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ferdig"), null=True)

    class Meta:
        verbose_name = _("PDF-bestilling")
        verbose_name_plural = _("PDF-bestillinger")
        ordering = ["-ordered_at"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_status_display()}"
