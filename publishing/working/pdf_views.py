"""PDFs on order: how far they have come, the file, and trying again. Each person sees their own orders."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organisation.access import get_for_view
from organisation.editing import person
from plans.models import Document
from publishing.building.place import MissingData
from publishing.models import PdfOrder
from publishing.ordering_pdf import order_draft, try_again
from publishing.working.forms import PdfForm
from publishing.working.visible import visible_before, visible_contents


@login_required
@require_POST
def pdf_order_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Order the draft as a PDF, as far as this person may see it; one that exists already is there at once."""
    document = get_for_view(request, Document.objects.select_related("unit__municipality"), slug=slug)
    newest = document.publications.newest()
    form = PdfForm(request.POST, newest=newest)
    is_compared = form.is_valid() and newest is not None and form.cleaned_data["has_changes"]
    try:
        built = visible_contents(document, person(request))
    except MissingData as error:
        messages.error(request, str(error))
        return redirect("publishing:draft", slug)
    if not built.chapters:
        messages.error(request, _("Utkastet har ingen kapitler som du kan se, så det er ingenting å lage PDF av."))
        return redirect("publishing:draft", slug)
    before = visible_before(newest, person(request)) if newest and is_compared else None
    order = order_draft(document=document, contents=built, before=before, by=person(request))
    return redirect(order)


@login_required
@require_GET
def pdf_order(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the PDF has come, and where it is when it is done. For htmx only what changes."""
    order = _order(request, pk)
    page: dict[str, Any] = {"order": order, "document": order.document, "publication": order.publication}
    if order.publication:
        page["address"] = request.build_absolute_uri(order.publication.get_absolute_url())
        page["files"] = order.publication.files.filter(media_type="application/pdf").defer("content").order_by("pk")
    template = "_pdf_progress" if request.headers.get("HX-Request") else "pdf_order"
    return render(request, f"publishing/{template}.html", page)


@login_required
@require_GET
def pdf_order_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The finished PDF; of a publication the one that everyone reads."""
    order = _order(request, pk)
    if not order.is_done:
        raise Http404
    if order.publication:
        return redirect("publishing:publication_file", order.publication.slug, order.publication.version, order.name)
    disposition = {"Content-Disposition": f'attachment; filename="{order.name}"'}
    return HttpResponse(bytes(order.content or b""), "application/pdf", headers=disposition)


@login_required
@require_POST
def pdf_order_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again to draw a PDF that failed."""
    return redirect(try_again(order=_order(request, pk)))


def _order(request: HttpRequest, pk: int) -> PdfOrder:
    """The order, where the person may see it and still may see what it is of. Raises Http404."""
    orders = PdfOrder.objects.visible_to(person(request)).select_related("publication", "document")
    order = get_object_or_404(orders.without_contents().defer("publication__contents"), pk=pk)
    get_for_view(request, Document.objects.all(), pk=order.document_id)
    return order
