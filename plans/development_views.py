"""The year's development work of a service area."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_noop

from organisation.access import Right, get_for_edit
from organisation.editing import person
from organisation.listing import ListEditor
from organisation.models import ServiceArea, User
from plans.forms import DevelopmentItemForm
from plans.models import DevelopmentItem


def areas_seen_by(user: User) -> QuerySet[ServiceArea]:
    """Areas of units that the person may see, and those where an own unit has development work."""
    own = DevelopmentItem.objects.editable_by(user).values("area")
    return ServiceArea.objects.filter(Q(unit__in=user.unit_ids(Right.SEE)) | Q(pk__in=own))


@login_required
def development(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The development work of an area in a year, with what the person may edit of it."""
    area = get_object_or_404(areas_seen_by(person(request)), slug=slug)
    items = area.development_items.filter(year=year, parent__isnull=True).order_by("position", "pk")
    context = {
        "area": area,
        "year": year,
        "items": items.select_related("unit", "indicator").prefetch_related("children"),
        "units": person(request).unit_ids(Right.EDIT),
        "may_add": _may_add(person(request), area),
    }
    return render(request, "plans/development.html", context)


def _may_add(user: User, area: ServiceArea) -> bool:
    return (
        area.unit_id in user.unit_ids(Right.EDIT)
        or area.development_items.filter(unit__in=user.unit_ids(Right.EDIT)).exists()
    )


def _begin_item(request: HttpRequest, slug: str, year: int) -> DevelopmentItem:
    area = get_object_or_404(areas_seen_by(person(request)).select_related("unit"), slug=slug)
    if not _may_add(person(request), area):
        raise PermissionDenied
    return DevelopmentItem(area=area, year=year, unit=area.unit)


def _begin_part(request: HttpRequest, pk: int) -> DevelopmentItem:
    whole = get_for_edit(request, DevelopmentItem.objects.select_related("area", "unit"), pk=pk)
    return DevelopmentItem(area=whole.area, year=whole.year, unit=whole.unit, heading=whole.heading, parent=whole)


def _siblings(item: DevelopmentItem) -> QuerySet[DevelopmentItem]:
    return DevelopmentItem.objects.filter(area=item.area, year=item.year, parent=item.parent)


def _page(item: DevelopmentItem) -> str:
    return reverse("plans:development", args=[item.area.slug, item.year])


ITEMS = ListEditor(
    name="development_item",
    noun=gettext_noop("utviklingsarbeid"),
    form=DevelopmentItemForm,
    rows=DevelopmentItem.objects,
    begin=_begin_item,
    siblings=_siblings,
    page=_page,
)
PARTS = replace(ITEMS, name="development_part", noun=gettext_noop("punkt"), begin=_begin_part)

development_part_add = login_required(PARTS.add)
