"""How the goals of a publication stand: for the municipality, its areas and sectors."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing.goals.goal import Goal
from publishing.goals.issues import DOCUMENT, VERSION, choices, is_newest_version, newest, query_of, standard
from publishing.goals.overview import Overview, earlier, since
from publishing.models import PublishedFigure
from publishing.public.goal_reading import asked_for, read_goals, read_issues, results, successions
from publishing.public.page import cached, page, trail

CHOICE = "vis"
"""What the form sends: address and version of a publication in one word, «virksomhetsplan:2»."""


@require_safe
@conditional_page
def scorecard_overview(request: HttpRequest) -> HttpResponse:
    """How many goals are reached, the largest misses, and what has changed."""
    if CHOICE in request.GET:
        slug, _colon, version = request.GET[CHOICE].partition(":")
        address = f"{_overview()}?{urlencode({DOCUMENT: slug, VERSION: version})}"
        return cached(redirect(address), is_immutable=False)
    issues = read_issues()
    issue = asked_for(issues, request.GET, standard(issues))
    context: dict[str, Any] = {"issue": issue, "choices": choices(issues, issue), "trail": trail(("", _("Målekort")))}
    if issue and issue.has_goals:
        held_against = earlier(issue, issues)
        goals = read_goals(issue, issues, *(one for one, _is_version in held_against))
        changed = since(held_against, goals[issue.pk], goals, successions(issue)) if held_against else []
        context |= {
            "overview": Overview(goals[issue.pk]),
            "changed": changed,
            "area_query": query_of(issue, issues),
            "explored": issue.slug if is_newest_version(issue, issues) else "",
        }
    return page(request, "publishing/scorecard_overview.html", context)


@require_safe
@conditional_page
def scorecard(request: HttpRequest, year: int, area: str) -> HttpResponse:
    """One service area's goals of a year, those that are missed first, with since when."""
    issues = read_issues(chapter=area)
    issue = asked_for(issues, request.GET, newest(issues, year))
    if issue is None or issue.year != year:
        raise Http404
    figures = list(PublishedFigure.objects.filter(publication=issue.pk, chapter_slug=area).order_by("position"))
    known = results(figures, issue, issues)
    goals = [Goal(figure, issue, points=known.get(figure.indicator_slug, ())) for figure in figures]
    title = figures[0].chapter_title
    context = {
        "issue": issue,
        "area": area,
        "title": title,
        "overview": Overview(goals),
        "newest": newest(issues, year),
        "choices": choices([one for one in issues if one != issue], None),
        "trail": trail((f"{_overview()}{issue.query}", _("Målekort")), ("", f"{title} {year}")),
    }
    return page(request, "publishing/scorecard.html", context)


def _overview() -> str:
    return reverse("publishing:scorecard_overview")
