"""The second parts: what the rows of the first are shared out on, by service area, sector or investment project."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q

from budget.ledger.areas import AreasOfYear
from budget.ledger.units import ReadableUnits
from budget.models import InvestmentProject
from budget.statutory.computing import Amounts, added
from budget.statutory.figures import columns_of, grouped, lines_of
from budget.statutory.mapping import INVESTMENTS, OPERATIONS
from budget.statutory.rows import StatutoryTable
from organisation.addresses import address


class Division(StrEnum):
    """What a municipality shares its appropriations out on: operations on the first two, investment on the others."""

    AREA = "area"
    SECTOR = "sector"
    GROUP = "group"
    PROJECT = "project"


@dataclass(frozen=True)
class Part:
    """One of those that a row is shared out on. What belongs to none of them is a part without a slug, the last."""

    slug: str
    name: str
    amounts: Amounts

    @property
    def is_left(self) -> bool:
        """Whether it is what could not be shared out."""
        return not self.slug


@dataclass(frozen=True)
class Place:
    """Where a part stands among the others, and what it is called."""

    order: tuple[int, ...]
    slug: str
    name: str


LEFT = Place((), "", "")


def operations_parts(year: int, *, by: Division) -> list[Part]:
    """What "Sum bevilgninger drift, netto" is shared out on. At most four queries."""
    lines = lines_of(year).filter(account_class=OPERATIONS.account).exclude(_of_other_rows(OPERATIONS))
    sums = grouped(lines, "unit_id", "function__code", year=year)
    places = _Areas(year) if by == Division.AREA else _Sectors()
    return _parts(((places.of(int(unit), function), amounts) for (unit, function), amounts in sums.items()), year)


def investment_parts(year: int, *, by: Division, rows: Iterable[str]) -> dict[str, list[Part]]:
    """What each of these rows of the investments is shared out on, by row. Two queries."""
    lines = lines_of(year).filter(account_class=INVESTMENTS.account)
    sums = grouped(lines, "project", "function__code", "art__code", year=year)
    places = _project_places(by)
    found: dict[str, list[tuple[Place, Amounts]]] = {key: [] for key in rows}
    for (project, function, art), amounts in sums.items():
        row = INVESTMENTS.leaf_of(function=function, art=art, year=year)
        if row is not None and row.key in found:
            found[row.key].append((places.get(project, LEFT), amounts))
    return {key: _parts(parts, year) for key, parts in found.items()}


def _of_other_rows(table: StatutoryTable) -> Q:
    """The lines that belong to another row than the rest."""
    rules = (rule for row in table.leaves() for rule in row.rules)
    return reduce(
        or_, (_among("art__code", rule.arts.ranges) & _among("function__code", rule.functions.ranges) for rule in rules)
    )


def _among(name: str, ranges: Iterable[tuple[str, str]]) -> Q:
    return reduce(or_, (Q(**{f"{name}__range": one}) for one in ranges))


def _parts(amounts: Iterable[tuple[Place, Amounts]], year: int) -> list[Part]:
    """Those with an amount in some column, in order, what is left last."""
    by_place: Mapping[Place, list[Amounts]] = defaultdict(list)
    for place, one in amounts:
        by_place[place].append(one)
    count = len(columns_of(year))
    ordered = sorted(by_place, key=lambda place: (place == LEFT, place.order, place.slug))
    parts = (Part(place.slug, place.name, added(by_place[place], columns=count)) for place in ordered)
    return [part for part in parts if any(part.amounts)]


class _Sectors:
    """The sector or staff that a line's unit belongs to; the municipality itself for what stands above them."""

    def __init__(self) -> None:
        self.units = ReadableUnits()
        self.order = {pk: place for place, pk in enumerate(self.units.all)}

    def of(self, unit: int, _function: str) -> Place:
        """The place of the line's sector."""
        line = self.units.line_up(unit)
        sector = self.units.all[line[-2] if len(line) > 1 else unit]
        return Place((sector.parent_id is None, self.order[sector.pk]), sector.slug, sector.name)


class _Areas:
    """The service area that a line belongs to in the year, as everywhere that lines are shown by area."""

    def __init__(self, year: int) -> None:
        self.areas = AreasOfYear(year, ReadableUnits())
        self.order = {pk: place for place, pk in enumerate(self.areas.areas)}

    def of(self, unit: int, function: str) -> Place:
        """The place of the line's area; `LEFT` where no area contains its function."""
        pk = self.areas.area_of(unit, function)
        if pk is None:
            return LEFT
        return Place((self.order[pk],), self.areas.areas[pk].slug, self.areas.areas[pk].name)


def _project_places(by: Division) -> dict[str, Place]:
    """The place of each project's code: the project itself, or its group (else its plan). One query."""
    projects = InvestmentProject.objects.exclude(code="").select_related("plan").order_by("plan__title", "position")
    found: dict[str, Place] = {}
    places: dict[str, Place] = {}
    for project in projects:
        name = project.name if by == Division.PROJECT else project.group or project.plan.title
        if name not in places:
            slug = address(name, taken={place.slug for place in places.values()})
            places[name] = Place((len(places),), slug, name)
        found.setdefault(project.code, places[name])
    return found
