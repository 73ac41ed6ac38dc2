"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from publishing.goals.issues import query_of, standard
from publishing.goals.overview import Overview
from publishing.models import Publication
from publishing.public.goal_reading import read_goals, read_issues
from publishing.public.page import page

LATEST_ON_FRONT = 5


@require_safe
@conditional_page
def front(request: HttpRequest) -> HttpResponse:
    """What this is, the newest publications, and how the goals of the newest plan stand.

    A report of a part of the year is listed, but does not stand in for the year.
    """
    issues = read_issues()
    plan = standard(issues)
    context = {
        "publications": list(Publication.objects.latest_of_each().defer("contents")[:LATEST_ON_FRONT]),
        "issue": plan,
        "overview": Overview(read_goals(plan, issues)[plan.pk]) if plan else None,
        "area_query": query_of(plan, issues) if plan else "",
    }
    return page(request, "publishing/front.html", context)
