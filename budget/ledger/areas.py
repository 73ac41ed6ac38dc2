"""In which service area a line belongs: lines bear a unit and a function, and areas contain functions."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from budget.ledger.units import ReadableUnits
from organisation.models import AreaFunction, Delivery, ServiceArea


@dataclass(frozen=True)
class AreaFacts:
    """A service area, as a row of a table needs it."""

    pk: int
    name: str
    slug: str


class AreasOfYear:
    """The areas of a year by the functions they contain. Two queries.

    A function that several areas contain belongs, for a unit, to the area where that unit, or the nearest above it
    that has a part in any of them, delivers; where none does, to the first by position. A function that no area
    contains belongs to none.
    """

    def __init__(self, year: int, units: ReadableUnits) -> None:
        self.units = units
        self.areas: dict[int, AreaFacts] = {}
        found: dict[str, list[int]] = defaultdict(list)
        for code, pk, name, slug in _functions(year):
            self.areas[pk] = AreaFacts(pk, name, slug)
            if code and pk not in found[code]:
                found[code].append(pk)
        self._areas_of: Mapping[str, list[int]] = {code: areas for code, areas in found.items() if areas}
        self._delivered = frozenset(Delivery.objects.in_year(year).values_list("unit_id", "area_id"))

    def with_slug(self, slug: str) -> AreaFacts | None:
        """The area with that address."""
        return next((area for area in self.areas.values() if area.slug == slug), None)

    def area_of(self, unit: int, function: str) -> int | None:
        """The id of the area that the unit's lines of the function belong to."""
        areas = self._areas_of.get(function, [])
        if not areas:
            return None
        delivers = ((one, area) for one in self.units.line_up(unit) for area in areas)
        return next((area for one, area in delivers if (one, area) in self._delivered), areas[0])

    def lines_of(self, area: int | None) -> Q:
        """Which lines belong to the area; with None, those that belong to none."""
        if area is None:
            return ~Q(function__code__in=list(self._areas_of))
        found = Q(function__code__in=[code for code, areas in self._areas_of.items() if areas == [area]])
        for code, areas in self._areas_of.items():
            if area in areas and len(areas) > 1:
                units = [unit for unit in self.units.all if self.area_of(unit, code) == area]
                found |= Q(function__code=code, unit__in=units)
        return found


def _functions(year: int) -> list[tuple[str | None, int, str, str]]:
    rows = AreaFunction.objects.in_year(year).filter(area__in=ServiceArea.objects.in_year(year))
    ordered = rows.order_by("area__position", "area_id", "position", "functions__code")
    return list(ordered.values_list("functions__code", "area_id", "area__name", "area__slug"))
