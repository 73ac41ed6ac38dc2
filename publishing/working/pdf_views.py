"""PDFs on order: how far they have come, the file, and trying again. Each person sees their own orders."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST


@login_required
@require_POST
def pdf_order_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Order the draft as a PDF, as far as this person may see it; one that exists already is served at once."""
    raise Http404


@login_required
@require_GET
def pdf_order(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the PDF has come, and where it is when it is done."""
    raise Http404


@login_required
@require_GET
def pdf_order_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The finished PDF."""
    raise Http404


@login_required
@require_POST
def pdf_order_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again to draw a PDF that failed."""
    raise Http404
