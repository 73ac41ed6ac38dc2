"""The start page of those who work here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisation.access import Right
from organisation.editing import person
from plans.models import Document
from reporting.report_tasks import report_tasks
from reporting.tasks import documents_of, missing_values


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What is mine: reports, chapters to write, values to type, and what has been published."""
    user = person(request)
    documents = documents_of(user)
    years = {task.document.year for task in documents}
    published = Document.objects.filter(publications__isnull=False).order_by("-publications__published_at")
    facts = ("slug", "title", "publications__version", "publications__published_at")
    context = {
        "seen": user.unit_ids(Right.SEE),
        "tasks": report_tasks(user),
        "memberships": user.memberships.select_related("unit"),
        "documents": documents,
        "missing": missing_values(user, years=years),
        "published": published.values(*facts)[:5],
        "may_administer": user.has_right(Right.ADMINISTER),
    }
    return render(request, "reporting/start.html", context)
