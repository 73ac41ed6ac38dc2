"""The front page."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from plans.models import Document
from publishing import progress
from publishing.models import Publication, PublishedFigure
from publishing.public.page import page
from scorecards.assessment import Outcome

LATEST_ON_FRONT, MISSED_ON_FRONT = 5, 6


@require_safe
@conditional_page
def front(request: HttpRequest) -> HttpResponse:
    """What this is, the newest publications, and how the goals of the newest plan stand.

    A report of a part of the year is listed, but does not stand in for the year.
    """
    of_the_year = PublishedFigure.objects.exclude(publication__document__kind=Document.Kind.TERTIAL_REPORT)
    has_figures = Exists(of_the_year.filter(publication=OuterRef("pk")))
    publications = list(Publication.objects.latest_of_each().defer("contents").annotate(has_figures=has_figures))
    plan = max((one for one in publications if one.has_figures), key=lambda one: one.year, default=None)
    figures = list(plan.figures.order_by("position")) if plan else []
    standings = progress.by_chapter(figures)
    missed = [figure for figure in figures if figure.outcome == Outcome.MISSED]
    return page(
        request,
        "publishing/front.html",
        {
            "publications": publications[:LATEST_ON_FRONT],
            "plan": plan,
            "standings": standings,
            "whole": progress.in_all(standings, _("Alle kapitler")),
            "missed": missed[:MISSED_ON_FRONT],
            "missed_more": missed[MISSED_ON_FRONT:],
        },
    )
