"""Ordering PDFs, which are drawn in the background: of a draft, of a publication, and again what failed."""

from django.db import transaction

from organisation.models import User
from plans.models import Document
from publishing import json_form
from publishing.book.pdf import Edition
from publishing.models import PdfOrder, Publication
from publishing.structure import Contents
from publishing.tasks import draw_pdf, file_names

LOOK = 2
"""How a PDF looks. Raise it with every change of that, so that what was drawn before is drawn anew."""


def order_draft(*, document: Document, contents: Contents, before: Contents | None, by: User) -> PdfOrder:
    """Order the contents, which this person may see, as a PDF with UTKAST on each page. Returns the order.

    `before` is what changes are told since, in an appendix; None for no appendix. Where the same has been drawn
    already the order is done at once; where this person has ordered it already, it is that order. Call it outside a
    transaction, since the drawing may begin in the call.
    """
    drawn = {
        "contents": json_form.to_json(contents),
        "before": json_form.to_json(before) if before else None,
        "date": Edition.draft().date.isoformat(),
    }
    order = PdfOrder(
        document=document,
        contents=json_form.canonical(drawn),
        checksum=_checksum(drawn),
        has_changes=before is not None,
        name=f"{document.slug}-utkast{'-med-endringer' if before else ''}.pdf",
        ordered_by=by,
    )
    order, is_to_be_drawn = _find_or_make(order)
    return send(order) if is_to_be_drawn else order


def order_publication(*, publication: Publication, has_changes: bool, by: User) -> PdfOrder:
    """Order the PDFs of a publication. Returns the order, which is drawn when it is sent."""
    drawn = {"publication": publication.sha256, "version": publication.version, "has_changes": has_changes}
    return PdfOrder.objects.create(
        document=publication.document,
        publication=publication,
        checksum=_checksum(drawn),
        has_changes=has_changes and publication.version > 1,
        name=file_names(publication)[0],
        ordered_by=by,
    )


def send(order: PdfOrder) -> PdfOrder:
    """Have an order that waits drawn: at once or by a worker, as is set up. Returns it as it stands afterwards.

    Call it when the order is committed, and outside a transaction.
    """
    draw_pdf.enqueue(order.pk)
    return PdfOrder.objects.without_contents().get(pk=order.pk)


def try_again(*, order: PdfOrder) -> PdfOrder:
    """Draw what failed or stopped once more; nothing where someone has asked for that already."""
    return send(order) if order.ask_again() else order


@transaction.atomic
def _find_or_make(order: PdfOrder) -> tuple[PdfOrder, bool]:
    """The person's order of just this, and whether it is to be drawn. Two clicks wait for each other here."""
    Document.objects.select_for_update().get(pk=order.document_id)
    PdfOrder.objects.remove_old()
    alike = PdfOrder.objects.of_drafts().filter(checksum=order.checksum)
    if own := alike.filter(ordered_by=order.ordered_by).without_contents().first():
        return own, own.ask_again()
    if same := alike.filter(status=PdfOrder.Status.DONE).first():
        for name in ("status", "percent", "content", "finished_at"):
            setattr(order, name, getattr(same, name))
        order.contents = ""
    order.save()
    return order, not order.is_done


def _checksum(drawn: json_form.Json) -> str:
    return json_form.digest(json_form.canonical(drawn | {"look": LOOK}).encode())
