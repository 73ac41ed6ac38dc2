"""Where in a report the texts of each unit stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count

from organisation.models import Delivery, ServiceArea, Unit
from organisation.unit_tree import in_tree_order
from reporting.models import ReportingRound, ReportRow, ReportText, UnitReport

UnitTexts = tuple[Unit, list[ReportText]]


def texts_by_area(round_: ReportingRound, areas: Iterable[ServiceArea]) -> dict[int | None, list[UnitTexts]]:
    """Service area id → the units' texts in their approved reports, in the order of the tree. None: the summary.

    The municipality's own stand in the summary. Those of another unit stand in the area where most of the goals stand
    that it reports on; one without goals in the first area that it answers for, else in the first where it delivers
    something, else where the nearest unit above it belongs. Four queries.
    """
    texts = ReportText.objects.filter(report__round=round_, report__state=UnitReport.State.APPROVED).exclude(body="")
    by_unit: dict[int, list[ReportText]] = defaultdict(list)
    for text in texts.select_related("report").order_by("position", "pk"):
        by_unit[text.report.unit_id].append(text)
    found: dict[int | None, list[UnitTexts]] = defaultdict(list)
    if by_unit:
        places = _Places(round_, sorted(areas, key=lambda area: area.position))
        for unit in places.in_order(by_unit):
            found[places.area_of(unit)].append((unit, by_unit[unit.pk]))
    return found


class _Places:
    """The organisation as a tree, and the area of each unit that has one of its own."""

    def __init__(self, round_: ReportingRound, areas: list[ServiceArea]) -> None:
        self.top = round_.unit_id
        self.units = {unit.pk: unit for unit in Unit.objects.order_by("position", "name", "pk")}
        rows = Delivery.objects.in_year(round_.period.end.year).filter(area__in=areas)
        self.areas: dict[int, int] = {}
        for unit, area in rows.order_by("-area__position", "-position").values_list("unit_id", "area_id"):
            self.areas[unit] = area
        self.areas |= {area.unit_id: area.pk for area in reversed(areas)}
        self.areas |= _where_most_goals_stand(round_, areas)

    def in_order(self, wanted: Collection[int]) -> list[Unit]:
        """The units, each after the one above it."""
        return [unit for unit in in_tree_order(self.units.values()) if unit.pk in wanted]

    def area_of(self, unit: Unit) -> int | None:
        """The area where the unit's texts stand; None for the summary."""
        at: Unit | None = unit
        while at and at.pk != self.top:
            if at.pk in self.areas:
                return self.areas[at.pk]
            at = self.units.get(at.parent_id or 0)
        return None


def _where_most_goals_stand(round_: ReportingRound, areas: list[ServiceArea]) -> dict[int, int]:
    """Unit id → the area where most of what it reports on stands; the first of those with as many. One query."""
    cards = "indicator__scorecard_rows__scorecard"
    in_year = {f"{cards}__year": round_.period.end.year, f"{cards}__area__in": areas}
    rows = ReportRow.objects.filter(report__round=round_, **in_year).order_by()
    counts = rows.values_list("report__unit", f"{cards}__area").annotate(number=Count("pk"))
    places = {area.pk: position for position, area in enumerate(areas)}
    ranked = sorted(counts, key=lambda one: (one[2], -places[one[1]]))
    return {unit: area for unit, area, _number in ranked}
