"""Frames: the year's, one unit's, and what changes them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from budget.frames.beginning import AlreadyBegun, begin_frames, remove_frame, to_begin
from budget.frames.comparing import frame_table
from budget.frames.forms import FrameAddForm, FrameChangeForm, FrameForm
from budget.frames.rights import ControlledChanges, controlled
from budget.frames.telling import told
from budget.frames.years import around, budget_year
from budget.models import BudgetLine, Frame, FrameChange
from organisation.access import Right, UnitScopedQuerySet, get_for_edit, get_for_view
from organisation.editing import done, form_page, person, saved, typed, way_back
from organisation.listing import ListEditor

FRAMES = controlled(Frame).select_related("unit")


def _readable(request: HttpRequest) -> UnitScopedQuerySet:
    """The frames that the person may read. Raises 404 for those who may read of no unit."""
    if not person(request).has_right(Right.READ):
        raise Http404
    return FRAMES.visible_to(person(request))


def _decided(request: HttpRequest) -> UnitScopedQuerySet:
    """The frames that the person decides. Raises 404 for those who may read none, 403 for those who decide none."""
    rows = _readable(request)
    if not person(request).may_publish:
        raise PermissionDenied
    return rows.publishable_by(person(request))


@login_required
def frames(request: HttpRequest) -> HttpResponse:
    """Lead on to the newest year with frames, or to this one."""
    newest = _readable(request).order_by("-year").values_list("year", flat=True).first()
    return redirect("budget:frame_list", newest or timezone.localdate().year)


@login_required
def frame_list(request: HttpRequest, year: int) -> HttpResponse:
    """The year's frames: what each starts from, what changes it, and what is budgeted of it."""
    rows = _readable(request)
    user = person(request)
    lines = BudgetLine.objects.readable_by(user)
    table = frame_table(frames=rows, year=budget_year(year), lines=lines)
    context = {
        "year": year,
        "years": around(year),
        "table": table,
        "is_example": lines.of_examples(year).exists(),
        "waiting": to_begin(frames=rows.publishable_by(user), year=year) if user.may_publish else [],
        "may_edit": user.may_publish,
    }
    return render(request, "budget/frame_list.html", context)


@login_required
@require_POST
def frames_begin(request: HttpRequest, year: int) -> HttpResponse:
    """Begin the year's frames from those of the year before."""
    rows = _decided(request)
    page = reverse("budget:frame_list", args=[budget_year(year)])
    try:
        begun = begin_frames(frames=rows, year=year, by=person(request))
    except AlreadyBegun as problem:
        messages.error(request, str(problem))
        return redirect(page)
    words = ngettext("%(number)s ramme er begynt", "%(number)s rammer er begynt", len(begun))
    return done(request, words % {"number": len(begun)}, page)


@login_required
def frame_add(request: HttpRequest, year: int) -> HttpResponse:
    """A frame of one unit, by hand."""
    _decided(request)
    form = FrameAddForm(typed(request), instance=Frame(year=budget_year(year)), by=person(request))
    if form.is_bound and form.store():
        return saved(request, _page(form.instance))
    page = reverse("budget:frame_list", args=[year])
    title = _("Ny ramme for %(year)s") % {"year": year}
    return form_page(request, "budget/frame_edit.html", form, title=title, page=page)


@login_required
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit's frame starts from, what changed it and why, what is budgeted of it, and its history."""
    row = get_for_view(request, FRAMES, pk=pk)
    lines = BudgetLine.objects.readable_by(person(request))
    table = frame_table(frames=_readable(request), year=row.year, lines=lines)
    histories = ((_("Rammen"), row.history.all()), ("", FrameChange.history.filter(frame_id=row.pk)))
    context = {
        "frame": row,
        "years": around(row.year),
        "line": next(line for line in table.lines if line.frame == row),
        "changes": row.changes.order_by("position", "pk"),
        "history": told(*histories),
        "may_edit": row.unit_id in person(request).unit_ids(Right.PUBLISH),
    }
    return render(request, "budget/frame.html", context)


@login_required
def frame_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a frame starts from, and what is said of it."""
    row = get_for_edit(request, FRAMES, pk=pk)
    form = FrameForm(typed(request), instance=row, by=person(request))
    page = _page(row)
    if form.is_bound and form.store():
        return saved(request, page)
    return form_page(request, "budget/frame_edit.html", form, title=_heading(row), page=page)


@login_required
def frame_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a frame is to be removed with its changes; remove it when the answer is posted."""
    row = get_for_edit(request, FRAMES, pk=pk)
    if request.method == "POST":
        remove_frame(frame=row, by=person(request))
        return done(request, _("Fjernet"), reverse("budget:frame_list", args=[row.year]))
    kept = _("Endringene av den blir også fjernet. Historikken tar vare på alt.")
    context = {"row": row, "kept": kept, "title": _("Fjern ramme"), "page": _page(row), "next": way_back(request, "")}
    return render(request, "organisation/row_remove.html", context)


def _page(frame: Frame) -> str:
    return reverse("budget:frame", args=[frame.pk])


def _heading(frame: Frame) -> str:
    return _("Ramme for %(unit)s, %(year)s") % {"unit": frame.unit, "year": frame.year}


CHANGES = ListEditor(
    name="frame_change",
    noun=gettext_noop("endring"),
    form=FrameChangeForm,
    rows=ControlledChanges(FrameChange).select_related("frame__unit"),
    begin=lambda request, frame: FrameChange(frame=get_for_edit(request, FRAMES, pk=frame)),
    siblings=lambda change: change.frame.changes,
    page=lambda change: _page(change.frame),
)
