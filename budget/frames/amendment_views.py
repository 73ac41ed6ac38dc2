"""Decisions that move the budget: the year's, one of them, a new one, its words, and taking one back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.frames.amendment_forms import AmendmentForm, AmendmentWordsForm, TakingBackForm
from budget.frames.moving import decisions, lines_by_account
from budget.frames.rights import controlled, municipality
from budget.frames.telling import told
from budget.frames.years import around, budget_year
from budget.models import BudgetAmendment, BudgetLine
from organisation.access import Right, get_for_edit, get_for_view
from organisation.editing import done, form_page, person, saved, typed

AMENDMENTS = controlled(BudgetAmendment).select_related("unit")


@login_required
def amendments(request: HttpRequest) -> HttpResponse:
    """Lead on to the newest year that has decisions, or to this one."""
    top = get_for_view(request, municipality())
    newest = top.budget_amendments.order_by("-year").values_list("year", flat=True).first()
    return redirect("budget:amendment_list", newest or timezone.localdate().year)


@login_required
def amendment_list(request: HttpRequest, year: int) -> HttpResponse:
    """The year's decisions in order: what each moves, and the revised budget before and after it."""
    top = get_for_view(request, municipality())
    rows = top.budget_amendments.filter(year=budget_year(year)).order_by("number")
    lines = BudgetLine.objects.readable_by(person(request))
    removed = BudgetAmendment.history.filter(unit=top, year=year, history_type="-")
    context = {
        "year": year,
        "years": around(year),
        "decisions": decisions(amendments=rows, lines=lines, year=year),
        "removed": told(("", removed)),
        "may_edit": top.pk in person(request).unit_ids(Right.PUBLISH),
    }
    return render(request, "budget/amendment_list.html", context)


@login_required
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its rows, their sums, and who has done what to it."""
    row = get_for_view(request, AMENDMENTS, pk=pk)
    lines = BudgetLine.objects.readable_by(person(request)).filter(amendment=row)
    facts = ("unit", "function", "art", "period", "batch")
    context = {
        "amendment": row,
        "accounts": lines_by_account(lines.select_related(*facts).order_by("pk")),
        "history": told((_("Reguleringen"), row.history.all())),
        "may_edit": row.unit_id in person(request).unit_ids(Right.PUBLISH),
    }
    return render(request, "budget/amendment.html", context)


@login_required
def amendment_add(request: HttpRequest, year: int) -> HttpResponse:
    """A new decision with its rows. «Flere rader» gives more rows and reads nothing yet."""
    top = get_for_edit(request, municipality())
    wants_more = "more" in request.POST
    form = AmendmentForm(
        None if wants_more else typed(request),
        instance=BudgetAmendment(unit=top, year=budget_year(year)),
        by=person(request),
        typed=request.POST.dict() if wants_more else None,
    )
    if form.is_bound and form.store():
        return saved(request, form.instance.get_absolute_url())
    page = reverse("budget:amendment_list", args=[year])
    return form_page(request, "budget/amendment_add.html", form, year=year, page=page)


@login_required
def amendment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a decision."""
    row = get_for_edit(request, AMENDMENTS, pk=pk)
    form = AmendmentWordsForm(typed(request), instance=row, by=person(request))
    page = row.get_absolute_url()
    if form.is_bound and form.store():
        return saved(request, page)
    return form_page(request, "budget/amendment_edit.html", form, amendment=row, page=page)


@login_required
def amendment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a decision is to be taken back; take it back when the answer is posted."""
    row = get_for_edit(request, AMENDMENTS, pk=pk)
    form = TakingBackForm(typed(request), instance=row, by=person(request))
    year, page = row.year, row.get_absolute_url()
    if form.is_bound and form.store():
        return done(request, _("Fjernet"), reverse("budget:amendment_list", args=[year]))
    imported = row.lines.filter(batch__isnull=False).select_related("batch").first()
    context = {"amendment": row, "page": page, "batch": imported and imported.batch}
    return form_page(request, "budget/amendment_remove.html", form, **context)
