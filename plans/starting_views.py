"""The page where a document is started."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.access import Right
from organisation.editing import done, person, typed, way_back
from organisation.models import User
from plans.models import Document
from plans.starting import AlreadyStarted, start_document
from plans.starting_forms import StartForm


@login_required
def document_add(request: HttpRequest) -> HttpResponse:
    """Start a document from the template of its kind; 409 with the way to it where it is there already."""
    _check_right(person(request))
    form = StartForm(typed(request), by=person(request))
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    try:
        document = start_document(by=person(request), **form.cleaned_data)
    except AlreadyStarted as started:
        return _page(request, form, status=409, existing=started.document)
    return done(request, _("Dokumentet er laget"), document.get_absolute_url())


def _check_right(user: User) -> None:
    if not user.has_right(Right.SEE):
        raise Http404
    if not user.has_right(Right.PUBLISH):
        raise PermissionDenied


def _page(request: HttpRequest, form: StartForm, *, status: int, existing: Document | None = None) -> HttpResponse:
    context = {
        "form": form,
        "existing": existing,
        "next": way_back(request, ""),
        "page": reverse("plans:document_list"),
    }
    return render(request, "plans/document_add.html", context, status=status)
