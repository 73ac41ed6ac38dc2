"""Working on investment plans."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop

from budget.investments.forms import InvestmentPlanForm, InvestmentProjectForm, in_millions, years_of
from budget.models import InvestmentPlan, InvestmentProject
from organisation.access import get_for_edit
from organisation.editing import form_page, person, saved, typed
from organisation.listing import ListEditor


@login_required
def investment_plan_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit a plan's title, and put its projects in order; amounts are shown in million kroner."""
    plan = get_for_edit(request, InvestmentPlan.objects.all(), slug=slug)
    form = InvestmentPlanForm(typed(request), instance=plan, by=person(request))
    page = reverse("budget:investment_plan_edit", args=[slug])
    if form.is_bound and form.store():
        return saved(request, page)
    context = {"plan": plan, "years": years_of(plan), "rows": _rows(plan, years_of(plan)), "page": page}
    return form_page(request, "budget/investment_plan_edit.html", form, **context)


def _rows(plan: InvestmentPlan, years: list[int]) -> list[tuple[InvestmentProject, list[str]]]:
    projects = plan.projects.prefetch_related("amounts").order_by("position", "pk")
    amounts = ((project, {one.year: one.amount for one in project.amounts.all()}) for project in projects)
    return [
        (project, [*(in_millions(found.get(year)) for year in years), in_millions(project.estimate)])
        for project, found in amounts
    ]


def _begin(request: HttpRequest, slug: str) -> InvestmentProject:
    return InvestmentProject(plan=get_for_edit(request, InvestmentPlan.objects.all(), slug=slug))


PROJECTS = ListEditor(
    name="investment_project",
    noun=gettext_noop("prosjekt"),
    form=InvestmentProjectForm,
    rows=InvestmentProject.objects.select_related("plan"),
    begin=_begin,
    siblings=lambda project: project.plan.projects,
    page=lambda project: reverse("budget:investment_plan_edit", args=[project.plan.slug]),
)
