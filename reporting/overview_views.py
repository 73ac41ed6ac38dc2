"""A round as the tree of its units."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from organisation.access import Right, get_for_view
from organisation.editing import person
from organisation.models import User
from reporting.models import ReportingRound, UnitReport
from reporting.stages import Stage
from reporting.standing import Group, Line, Overview, overview

MOST_MISSES = 10
"""How many missed targets are shown until somebody asks for all of them."""


class Filter(NamedTuple):
    """A way to narrow the tree: its word in the address, its name, and the lines that it keeps."""

    word: str
    name: str
    keeps: Callable[[Line], bool]


FILTERS = (
    Filter("", gettext_noop("Alle"), lambda _line: True),
    Filter("mangler", gettext_noop("Ikke levert"), lambda line: line.report.is_with_the_unit),
    Filter("til-godkjenning", gettext_noop("Til godkjenning"), lambda line: line.stage == Stage.HANDED_IN),
    Filter("forsinket", gettext_noop("Forsinket"), lambda line: line.is_late),
)


@dataclass(frozen=True)
class Choice:
    """A filter as a link: how many reports it keeps, and whether it is the one in use."""

    word: str
    name: str
    number: int
    is_chosen: bool


@login_required
def round_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """How the round stands: the reports that the person may read, with progress, sums, and what stands out."""
    user = person(request)
    rounds = ReportingRound.objects.select_related("period", "previous__period", "document", "unit")
    round_ = get_for_view(request, rounds, slug=slug)
    reports = UnitReport.objects.readable_by(user)
    found = overview(round_, reports, within=user.unit_ids(Right.READ), now=timezone.now())
    chosen = next((one for one in FILTERS if one.word == request.GET.get("vis")), FILTERS[0])
    shown = found.misses if request.GET.get("avvik") == "alle" else found.misses[:MOST_MISSES]
    context = {
        "round": round_,
        "overview": found,
        "groups": _kept(found, chosen),
        "is_whole": not chosen.word,
        "filters": _choices(found, chosen),
        "misses": shown,
        "more_misses": len(found.misses) - len(shown),
        "waiting": _waiting(round_, found, user),
        "may_run": round_.unit_id in user.unit_ids(Right.PUBLISH),
        "trail": [(reverse("reporting:round_list"), _("Runder")), ("", round_.title)],
    }
    return render(request, "reporting/round_overview.html", context)


def _kept(found: Overview, chosen: Filter) -> list[Group]:
    groups = [Group(one.unit, [line for line in one.lines if chosen.keeps(line)]) for one in found.groups]
    return [one for one in groups if one.lines]


def _choices(found: Overview, chosen: Filter) -> list[Choice]:
    return [Choice(one.word, _(one.name), sum(map(one.keeps, found.lines)), one is chosen) for one in FILTERS]


def _waiting(round_: ReportingRound, found: Overview, user: User) -> list[Line]:
    """The lines of the reports that wait for this person's approval."""
    ids = set(UnitReport.objects.waiting_for(user).filter(round=round_).values_list("pk", flat=True))
    return [line for line in found.lines if line.report.pk in ids]
