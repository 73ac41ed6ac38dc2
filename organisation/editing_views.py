"""What a service area consists of: its functions with their services, its target groups, and who delivers what."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop

from organisation.access import get_for_edit
from organisation.editing import way_back
from organisation.forms import AreaFunctionForm, DeliveryForm, ServiceForm, TargetGroupForm
from organisation.listing import ListEditor
from organisation.models import AreaFunction, Delivery, Service, ServiceArea, TargetGroup

SAID = gettext_noop("Historikken tar vare på den. Skal den gjelde i tidligere år, sett heller «gjelder til».")


def _area(request: HttpRequest, slug: str) -> ServiceArea:
    area: ServiceArea = get_for_edit(request, ServiceArea.objects.all(), slug=slug)
    return area


def _list_page(request: HttpRequest, template: str, area: ServiceArea, rows: Any) -> HttpResponse:
    return render(request, template, {"area": area, "rows": rows, "back": way_back(request, "")})


@login_required
def area_functions(request: HttpRequest, slug: str) -> HttpResponse:
    """The area's functions, each with its services."""
    area = _area(request, slug)
    rows = area.area_functions.order_by("position", "pk").prefetch_related("functions", "services")
    return _list_page(request, "organisation/area_functions.html", area, rows)


@login_required
def target_groups(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom the area's services are for."""
    area = _area(request, slug)
    return _list_page(request, "organisation/target_groups.html", area, area.target_groups.order_by("position", "pk"))


@login_required
def deliveries(request: HttpRequest, slug: str) -> HttpResponse:
    """Which unit does what in the area."""
    area = _area(request, slug)
    rows = area.deliveries.order_by("position", "pk").select_related("unit").prefetch_related("functions__functions")
    return _list_page(request, "organisation/deliveries.html", area, rows)


def _page(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"organisation:{name}", args=[row.area.slug])


AREA_FUNCTIONS = ListEditor(
    name="area_function",
    noun=gettext_noop("funksjon"),
    form=AreaFunctionForm,
    rows=AreaFunction.objects.select_related("area"),
    begin=lambda request, slug: AreaFunction(area=_area(request, slug)),
    siblings=lambda row: row.area.area_functions,
    page=_page("area_functions"),
    kept=gettext_noop(
        "Tjenestene under den blir også fjernet. Historikken tar vare på den."
        " Skal den gjelde i tidligere år, sett heller «gjelder til»."
    ),
)
SERVICES = ListEditor(
    name="service",
    noun=gettext_noop("tjeneste"),
    form=ServiceForm,
    rows=Service.objects.select_related("area_function__area"),
    begin=lambda request, pk: Service(
        area_function=get_for_edit(request, AreaFunction.objects.select_related("area"), pk=pk)
    ),
    siblings=lambda row: row.area_function.services,
    page=lambda row: reverse("organisation:area_functions", args=[row.area_function.area.slug]),
    kept=SAID,
)
TARGET_GROUPS = ListEditor(
    name="target_group",
    noun=gettext_noop("målgruppe"),
    form=TargetGroupForm,
    rows=TargetGroup.objects.select_related("area"),
    begin=lambda request, slug: TargetGroup(area=_area(request, slug)),
    siblings=lambda row: row.area.target_groups,
    page=_page("target_groups"),
    kept=SAID,
)
DELIVERIES = ListEditor(
    name="delivery",
    noun=gettext_noop("leveranse"),
    form=DeliveryForm,
    rows=Delivery.objects.select_related("area"),
    begin=lambda request, slug: Delivery(area=_area(request, slug)),
    siblings=lambda row: row.area.deliveries,
    page=_page("deliveries"),
    kept=SAID,
)
