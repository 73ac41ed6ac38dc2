"""Importing figures: the imports there are, a new file, what was understood of it, writing it and undoing it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from budget.importing import presenting, states, undoing, uploading
from budget.importing.forms import UploadForm
from budget.importing.source_forms import CodesForm, ColumnsForm
from budget.models import ImportBatch, LedgerSource
from organisation.access import get_for_publishing
from organisation.editing import done, person, typed
from organisation.models import Unit

State = ImportBatch.State

MUNICIPALITY = Unit.objects.filter(kind=Unit.Kind.MUNICIPALITY, parent__isnull=True, municipality__is_owner=True)
BATCHES = ImportBatch.objects.select_related("source__unit", "uploaded_by", "undone_by").defer("content")
PER_PAGE = 50


@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """The imports so far, newest first, and the sources they came from."""
    unit = get_for_publishing(request, MUNICIPALITY)
    batches = BATCHES.filter(source__unit=unit).defer("content", "findings", "preview")
    batches = batches.annotate(faults=F("preview__errors"))
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("side"))
    lines = [(one, presenting.layer(one), presenting.amount(one)) for one in page]
    context = {"page": page, "lines": lines, "sources": LedgerSource.objects.filter(unit=unit)}
    return render(request, "budget/import_list.html", context)


@login_required
def import_add(request: HttpRequest) -> HttpResponse:
    """Upload a file, which is checked and shown before anything is written."""
    unit = get_for_publishing(request, MUNICIPALITY)
    form = UploadForm(typed(request), request.FILES or None, unit=unit)
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["file"].read()
        facts: dict[str, Any] = {"source": form.chosen_source, "name": form.file_name(), "facts": form.facts}
        return redirect(uploading.upload(**facts, content=content, by=person(request)))
    context = {"form": form, "trail": _trail(_("Ny import")), "page": reverse("budget:import_list")}
    return render(request, "budget/import_add.html", context, status=form.status)


@login_required
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the file has come, what was understood, and what is wrong. For htmx only what changes."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    if not request.headers.get("HX-Request"):
        return _page(request, batch)
    if _is_under_way(batch):
        return render(request, "budget/_import_progress.html", {"batch": batch})
    return HttpResponseClientRefresh()


@login_required
@require_POST
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which heading is read as which field, and check the file again."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    form = _columns_form(request, batch, request.POST)
    if not form.store():
        return _page(request, batch, columns_form=form, status=form.status)
    uploading.read_anew(source=batch.source)
    return redirect(batch)


@login_required
@require_POST
def import_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what unknown codes mean, and check the file again."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    form = CodesForm(request.POST, source=batch.source, unknown=batch.preview.get("unknown", []))
    if not form.is_valid():
        return _page(request, batch, codes_form=form, status=422)
    uploading.explain_codes(source=batch.source, meanings=form.meanings)
    uploading.read_anew(source=batch.source)
    return redirect(batch)


@login_required
@require_POST
def import_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a file once more: after a change elsewhere, or when the work on it failed or stopped."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    uploading.check_again(batch=batch)
    return redirect(batch)


@login_required
@require_POST
def import_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a file that is checked and has no errors. A second click does nothing."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    if batch.state not in {State.WRITING, State.WRITTEN} and not uploading.write(batch=batch, by=person(request)):
        return _refused(request, batch, _("Fila kan ikke leses inn slik den er nå."))
    return redirect(batch)


@login_required
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether an import is to be undone; undo it when the answer is posted."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    if request.method == "POST":
        try:
            undoing.undo(batch=batch, by=person(request))
        except undoing.NotPossible as problem:
            return _refused(request, batch, str(problem))
        return done(request, _("Angret"), batch.get_absolute_url())
    if batch.state != State.WRITTEN:
        return redirect(batch)
    context = {"batch": batch, "shown": presenting.shown(batch), "trail": _trail(_("Angre"), batch)}
    return render(request, "budget/import_undo.html", context)


@login_required
@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file up that is not written."""
    batch = get_for_publishing(request, BATCHES, pk=pk)
    if not uploading.drop(batch=batch):
        return _refused(request, batch, _("Fila er lest inn eller leses inn nå, og kan ikke forkastes."))
    return done(request, _("Forkastet"), reverse("budget:import_list"))


def _refused(request: HttpRequest, batch: ImportBatch, problem: str) -> HttpResponse:
    messages.error(request, problem)
    return _page(request, BATCHES.get(pk=batch.pk), status=409)


@dataclass(frozen=True)
class _Deeds:
    """What may be done with a batch as it stands."""

    is_under_way: bool
    is_silent: bool
    may_write: bool
    may_explain: bool
    may_check: bool
    may_drop: bool
    may_undo: bool


def _deeds(batch: ImportBatch) -> _Deeds:
    is_silent = states.is_silent(batch)
    is_checked = batch.state == State.CHECKED
    return _Deeds(
        is_under_way=_is_under_way(batch),
        is_silent=is_silent,
        may_write=is_checked and not batch.preview.get("errors"),
        may_explain=is_checked,
        may_check=is_silent or batch.state in {State.CHECKED, State.FAILED},
        may_drop=batch.state in {State.CHECKING, State.CHECKED, State.FAILED},
        may_undo=batch.state == State.WRITTEN,
    )


def _is_under_way(batch: ImportBatch) -> bool:
    return batch.state in states.UNDER_WAY and not states.is_silent(batch)


def _columns_form(request: HttpRequest, batch: ImportBatch, data: QueryDict | None) -> ColumnsForm:
    headings = [heading for _letter, heading in batch.preview.get("headings", [])]
    used = batch.preview.get("columns", {})
    return ColumnsForm(data, instance=batch.source, by=person(request), headings=headings, used=used)


def _page(request: HttpRequest, batch: ImportBatch, *, status: int = 200, **forms: Any) -> HttpResponse:
    deeds = _deeds(batch)
    unknown = batch.preview.get("unknown", [])
    asks_columns = deeds.may_explain and bool(batch.preview.get("headings"))
    context: dict[str, Any] = {
        "batch": batch,
        "deeds": deeds,
        "shown": presenting.shown(batch),
        "layer": presenting.layer(batch),
        "columns_form": _columns_form(request, batch, None) if asks_columns else None,
        "codes_form": CodesForm(source=batch.source, unknown=unknown) if deeds.may_explain and unknown else None,
        "trail": _trail(batch.file_name),
    }
    return render(request, "budget/import_batch.html", context | forms, status=status)


def _trail(here: str, batch: ImportBatch | None = None) -> list[tuple[str, str]]:
    above = [(batch.get_absolute_url(), batch.file_name)] if batch else []
    return [(reverse("budget:import_list"), _("Importer tall")), *above, ("", here)]
