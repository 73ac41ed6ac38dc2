"""Working on scorecards: typing their values, arranging their rows, and what an indicator is."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_noop

from organisation.access import Right, get_for_edit
from organisation.editing import form_page, person, saved, typed, way_back
from organisation.listing import ListEditor
from organisation.models import User
from organisation.typing_views import typing_page
from scorecards.explaining import explain
from scorecards.forms import GroupForm, IndicatorForm, NewRowForm, RowForm, ScorecardForm
from scorecards.grids import scorecard_grid
from scorecards.models import Indicator, Observation, Scorecard, ScorecardGroup, ScorecardRow
from scorecards.rights import scorecards_seen_by


@login_required
def scorecard_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Type the values of a scorecard. Rows that other units report are shown, not typed in."""
    card = get_object_or_404(scorecards_seen_by(person(request)).select_related("area", "unit"), slug=slug)
    grid = scorecard_grid(card, person(request))
    may_arrange = card.unit_id in person(request).unit_ids(Right.EDIT)
    if not (may_arrange or grid.is_editable):
        raise PermissionDenied
    page = reverse("scorecards:scorecard_edit", args=[slug])
    return typing_page(request, "scorecards/scorecard_edit.html", grid, page=page, card=card, may_arrange=may_arrange)


@login_required
def scorecard_arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit what stands around the rows, and put groups and rows in order."""
    card = get_for_edit(request, Scorecard.objects.select_related("area"), slug=slug)
    form = ScorecardForm(typed(request), instance=card, by=person(request))
    page = reverse("scorecards:scorecard_arrange", args=[slug])
    if form.is_bound and form.store():
        return saved(request, page)
    rows = ScorecardRow.objects.select_related("indicator").order_by("position", "pk")
    groups = card.groups.order_by("position", "pk").prefetch_related(Prefetch("rows", queryset=rows))
    context = {
        "card": card,
        "groups": groups,
        "page": page,
        "units": person(request).unit_ids(Right.EDIT),
        "edit_url": reverse("scorecards:scorecard_edit", args=[slug]),
    }
    return form_page(request, "scorecards/scorecard_arrange.html", form, **context)


def _begin_row(request: HttpRequest, slug: str) -> ScorecardRow:
    card = get_for_edit(request, Scorecard.objects.select_related("unit"), slug=slug)
    return ScorecardRow(scorecard=card, group=card.groups.order_by("position", "pk").first())


def _begin_group(request: HttpRequest, slug: str) -> ScorecardGroup:
    return ScorecardGroup(scorecard=get_for_edit(request, Scorecard.objects.all(), slug=slug))


def _arrange_page(row: Any) -> str:
    return reverse("scorecards:scorecard_arrange", args=[row.scorecard.slug])


ROWS = ListEditor(
    name="row",
    noun=gettext_noop("rad"),
    form=RowForm,
    new_form=NewRowForm,
    rows=ScorecardRow.objects.select_related("scorecard"),
    begin=_begin_row,
    siblings=lambda row: ScorecardRow.objects.filter(group=row.group_id),
    page=_arrange_page,
    kept=gettext_noop("Indikatoren og verdiene blir ikke borte."),
)
GROUPS = ListEditor(
    name="group",
    noun=gettext_noop("gruppe"),
    form=GroupForm,
    rows=ScorecardGroup.objects.select_related("scorecard"),
    begin=_begin_group,
    siblings=lambda group: group.scorecard.groups,
    page=_arrange_page,
    kept=gettext_noop("Radene i gruppa fjernes fra målekortet. Indikatorene og verdiene blir ikke borte."),
)


@login_required
def indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit what an indicator is: name, definition, direction, scale, owner."""
    indicator = get_for_edit(request, Indicator.objects.all(), pk=pk)
    form = IndicatorForm(typed(request), instance=indicator, by=person(request))
    page = reverse("scorecards:indicator_edit", args=[pk])
    if form.is_bound and form.store():
        return saved(request, page)
    return form_page(request, "scorecards/indicator_edit.html", form, indicator=indicator, page=page)


@login_required
def observation_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """A value with all that explains it: what is measured, the target, who answers for it, its history."""
    user = person(request)
    rows = Observation.objects.select_related("period", "reference_group")
    rows = rows.select_related("indicator__owner").prefetch_related("indicator__shared_with")
    observation = get_object_or_404(rows.filter(_is_seen(user)).distinct(), pk=pk)
    context = {
        "explanation": explain(observation, by=user),
        "may_edit": observation.indicator.owner_id in user.unit_ids(Right.EDIT),
        "back": way_back(request, ""),
    }
    return render(request, "scorecards/observation_explain.html", context)


def _is_seen(user: User) -> Q:
    cards = scorecards_seen_by(user).values("pk")
    is_own = Q(indicator__owner__in=user.unit_ids(Right.SEE)) | Q(indicator__shared_with__in=user.unit_ids(Right.EDIT))
    return is_own | Q(indicator__scorecard_rows__scorecard__in=cards)
