"""What is done in the background: drawing the PDFs that are ordered."""

import dataclasses
import datetime
import json
import time

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from publishing.book import archive, pdf
from publishing.comparison import Comparison, compare
from publishing.files.packing import packed
from publishing.json_form import from_json, from_text
from publishing.models import PdfOrder, Publication, PublishedFile
from publishing.structure import Contents

PDF = "application/pdf"
READERS, ARCHIVES, METADATA = "pdf", "-arkiv.pdf", "-arkiv.xml"
"""How the names of a publication's PDFs end: the readers', the archive's, and what the archive is told of it."""
PAUSE = 1.0
"""Seconds between two words on how far the drawing has come."""

DONE = 100
"""Per cent. Said by the order itself, when the file is stored."""


def file_names(publication: Publication) -> list[str]:
    """The files that come after the publication, the readers' PDF first."""
    return [packed(publication, ending, "", b"").name for ending in (READERS, ARCHIVES, METADATA)]


@task()
def draw_pdf(pk: int) -> None:
    """Draw what was ordered, store it, and say on the order how it went. Does nothing when someone has begun on it.

    What goes wrong is told on the order, and raised again for the log.
    """
    order = PdfOrder.objects.begin(pk)
    if order is None:
        return
    try:
        if order.publication:
            _draw_publication(order, order.publication)
        else:
            order.finish(_same_as(order) or _drawn_draft(order))
    except BaseException as error:
        error.add_note(f"PDF order {pk}, {order.name}")
        order.fail(_("Noe gikk galt da PDF-en ble laget. Prøv igjen, eller si fra til dem som driver systemet."))
        raise


def _draw_publication(order: PdfOrder, publication: Publication) -> None:
    """Store the PDFs and what the archive needs, all or nothing; what another try has stored, stands."""
    frozen = from_text(publication.contents)
    edition = pdf.Edition.of_publication(publication)
    changes = _changes(publication, frozen) if order.has_changes else None
    readable, archived = pdf.render_both(frozen, edition, changes=changes, on_step=_Progress(order))
    drawn = [packed(publication, READERS, PDF, readable), packed(publication, ARCHIVES, PDF, archived)]
    files = [*publication.files.exclude(name__in=file_names(publication)).defer("content"), *drawn]
    drawn.append(packed(publication, METADATA, "application/xml", archive.metadata(publication, files)))
    with transaction.atomic():
        PublishedFile.objects.bulk_create(drawn, ignore_conflicts=True)
        order.finish()


def _changes(publication: Publication, frozen: Contents) -> Comparison | None:
    before = publication.document.publications.filter(version__lt=publication.version).newest()
    return compare(from_text(before.contents), frozen) if before else None


def _drawn_draft(order: PdfOrder) -> bytes:
    said = json.loads(order.contents)
    drawn = from_json(said["contents"])
    edition = dataclasses.replace(pdf.Edition.draft(), date=datetime.date.fromisoformat(said["date"]))
    changes = compare(from_json(said["before"]), drawn) if said["before"] else None
    return pdf.render(drawn, edition, changes=changes, on_step=_Progress(order))


def _same_as(order: PdfOrder) -> bytes | None:
    """The file that was drawn of just the same, perhaps while this order waited."""
    same = PdfOrder.objects.of_drafts().filter(checksum=order.checksum, status=PdfOrder.Status.DONE).first()
    return bytes(same.content) if same and same.content else None


class _Progress:
    """Tells the order how far its drawing has come, no more often than someone looks."""

    def __init__(self, order: PdfOrder) -> None:
        self.order = order
        self.told_at = float("-inf")

    def __call__(self, percent: int, step: str) -> None:
        now = time.monotonic()
        if now - self.told_at >= PAUSE and percent < DONE:
            self.told_at = now
            self.order.tell(percent, step)
