"""Investment plans: the list, one to read, and working on its projects and financing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop

from budget.investments.financing import FinancingTable
from budget.investments.forms import InvestmentPlanForm, InvestmentProjectForm
from budget.investments.millions import in_millions
from budget.investments.overview import Year, balances, financing_of, project_line, used_on, years_with_state
from budget.models import BudgetLine, InvestmentFinancing, InvestmentPlan, InvestmentProject
from organisation.access import Right, get_for_edit, get_for_view
from organisation.editing import form_page, person, saved, typed
from organisation.listing import ListEditor
from organisation.typing_views import typing_page

PLANS = InvestmentPlan.objects.select_related("unit")


@login_required
def investment_plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that the person may see."""
    if not person(request).has_right(Right.SEE):
        raise Http404
    plans = PLANS.visible_to(person(request)).order_by("title")
    return render(request, "budget/investment_plan_list.html", {"plans": plans})


@login_required
def investment_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan: its projects with status and what is used on them, what pays for it, and whether that is enough."""
    plan = get_for_view(request, PLANS, slug=slug)
    user = person(request)
    projects = _projects(plan)
    years = years_with_state(projects)
    year, used = used_on(projects, BudgetLine.objects.readable_by(user))
    context = {
        "plan": plan,
        "years": years,
        "lines": [project_line(project, years) for project in projects],
        "has_status": any(project.status for project in projects),
        "used": used,
        "used_year": year,
        "may_edit": plan.unit_id in user.unit_ids(Right.EDIT),
    }
    return render(request, "budget/investment_plan.html", context | _financing(plan, projects))


def _projects(plan: InvestmentPlan) -> list[InvestmentProject]:
    return list(plan.projects.prefetch_related("amounts").order_by("position", "pk"))


def _financing(plan: InvestmentPlan, projects: list[InvestmentProject]) -> dict[str, Any]:
    financing = financing_of(plan.financing.all())
    found = balances(projects, financing)
    labels = dict(InvestmentFinancing.Kind.choices)
    return {
        "financing": [(labels[kind], [amounts.get(one.year) for one in found]) for kind, amounts in financing.items()],
        "balances": found,
    }


@login_required
def investment_plan_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit a plan's title, and put its projects in order; amounts are shown in million kroner."""
    plan = get_for_edit(request, PLANS, slug=slug)
    form = InvestmentPlanForm(typed(request), instance=plan, by=person(request))
    page = reverse("budget:investment_plan_edit", args=[slug])
    if form.is_bound and form.store():
        return saved(request, page)
    projects = _projects(plan)
    years = years_with_state(projects)
    context = {"plan": plan, "years": years, "rows": _rows(projects, years), "page": page}
    return form_page(request, "budget/investment_plan_edit.html", form, **context)


def _rows(projects: list[InvestmentProject], years: list[Year]) -> list[tuple[InvestmentProject, list[str]]]:
    lines = (project_line(project, years) for project in projects)
    return [
        (line.project, [*(in_millions(one.amount) for one in line.amounts), in_millions(line.project.estimate)])
        for line in lines
    ]


@login_required
def investment_financing_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Type what pays for a plan's projects, year by year."""
    plan = get_for_edit(request, PLANS, slug=slug)
    page = reverse("budget:investment_plan", args=[slug])
    return typing_page(request, "budget/investment_financing_edit.html", FinancingTable(plan), page=page, plan=plan)


def _begin(request: HttpRequest, slug: str) -> InvestmentProject:
    return InvestmentProject(plan=get_for_edit(request, PLANS, slug=slug))


PROJECTS = ListEditor(
    name="investment_project",
    noun=gettext_noop("prosjekt"),
    form=InvestmentProjectForm,
    rows=InvestmentProject.objects.select_related("plan"),
    begin=_begin,
    siblings=lambda project: project.plan.projects,
    page=lambda project: reverse("budget:investment_plan_edit", args=[project.plan.slug]),
)
