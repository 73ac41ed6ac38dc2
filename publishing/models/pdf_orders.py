"""PDFs on order: what is to be drawn, how far it has come, and what came of it."""

import datetime

from django.db import models
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.access import Right
from organisation.models import User
from plans.models import Document
from publishing.models.publications import Publication

LONGEST = datetime.timedelta(minutes=15)
"""An order that is not finished by then never will be: whoever drew it has died."""
KEPT = datetime.timedelta(days=7)
"""How long the PDF of a draft is kept."""


class PdfOrderQuerySet(models.QuerySet["PdfOrder"]):
    def visible_to(self, user: User) -> "PdfOrderQuerySet":
        """A person's own orders, and those of publications where the person publishes."""
        publishes = models.Q(publication__isnull=False, document__unit__in=user.unit_ids(Right.PUBLISH))
        return self.filter(models.Q(ordered_by=user) | publishes)

    def of_drafts(self) -> "PdfOrderQuerySet":
        """Those whose file is kept for a while only."""
        return self.filter(publication=None)

    def unfinished(self) -> "PdfOrderQuerySet":
        """Those whose file is not there."""
        return self.exclude(status=PdfOrder.Status.DONE)

    def to_list(self) -> "PdfOrderQuerySet":
        """Drafts and what is still to come of publications, newest first: without what is drawn, `size` in bytes."""
        mine = models.Q(publication=None) | ~models.Q(status=PdfOrder.Status.DONE)
        return self.filter(mine).without_contents().order_by("-ordered_at")

    def without_contents(self) -> "PdfOrderQuerySet":
        """The orders without what is drawn and the file, whose `size` in bytes is told instead."""
        return self.defer("contents", "content").annotate(size=Length("content"))

    def remove_old(self) -> None:
        """Throw away the PDFs of drafts that have been kept long enough."""
        self.of_drafts().filter(ordered_at__lt=timezone.now() - KEPT).delete()

    def begin(self, pk: int) -> "PdfOrder | None":
        """Take an order that waits, so that nobody else draws it. None where it does not wait any more."""
        begun = self.filter(pk=pk, status=PdfOrder.Status.WAITING).update(status=PdfOrder.Status.DRAWING)
        return self.select_related("publication").get(pk=pk) if begun else None


class PdfOrder(models.Model):
    """Someone's order of a PDF, which takes seconds to draw: of a published version, or of a draft as they see it.

    `contents` is the canonical JSON of what is drawn, `checksum` is taken over all that decides how the file becomes.
    The file of a publication is stored as its `PublishedFile`s, that of a draft in `content`. `ordered_at` is when it
    was last asked for, and tells one try from the next: what an earlier try has to say is not listened to.
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

    objects = PdfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("PDF-bestilling")
        verbose_name_plural = _("PDF-bestillinger")
        ordering = ["-ordered_at"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        """How far it has come."""
        return reverse("publishing:pdf_order", args=[self.pk])

    @property
    def is_done(self) -> bool:
        """Whether the file is there."""
        return self.status == self.Status.DONE

    @property
    def is_stopped(self) -> bool:
        """Whether it was begun or should have been, and nobody is drawing it any more."""
        is_asked = self.status in (self.Status.WAITING, self.Status.DRAWING)
        return is_asked and self.ordered_at < timezone.now() - LONGEST

    @property
    def can_be_retried(self) -> bool:
        """Whether there will be no file unless someone asks again."""
        return self.status == self.Status.FAILED or self.is_stopped

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to wait for."""
        return not self.is_done and not self.can_be_retried

    def tell(self, percent: int, step: str) -> None:
        """Say how far the drawing has come. It never goes backwards."""
        self._this_try().filter(percent__lte=percent).update(percent=min(percent, 99), step=step[:200])

    def finish(self, content: bytes | None = None) -> None:
        """The file is there; a draft's is stored with the order, and what it was drawn from is thrown away."""
        facts = {"status": self.Status.DONE, "percent": 100, "step": "", "finished_at": timezone.now()}
        self._this_try().update(content=content, contents="", **facts)

    def fail(self, problem: str) -> None:
        """Say why there is no file, in a sentence for the one who waits."""
        facts = {"status": self.Status.FAILED, "step": "", "finished_at": timezone.now()}
        self._this_try().update(problem=problem[:500], **facts)

    def ask_again(self) -> bool:
        """Put an order that failed or stopped back among those that wait. False where someone has done so already."""
        if not self.can_be_retried:
            return False
        facts = {"percent": 0, "step": "", "problem": "", "finished_at": None, "ordered_at": timezone.now()}
        same = PdfOrder.objects.filter(pk=self.pk, status=self.status, ordered_at=self.ordered_at)
        return bool(same.update(status=self.Status.WAITING, **facts))

    def _this_try(self) -> PdfOrderQuerySet:
        return PdfOrder.objects.filter(pk=self.pk, status=self.Status.DRAWING, ordered_at=self.ordered_at)
