"""Where each section of a document is edited, and who may edit it there."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from django.urls import reverse

from budget.models import InvestmentPlan
from organisation.access import Right
from organisation.models import ServiceArea, User
from plans.models import DevelopmentItem, Section
from scorecards.models import Scorecard
from scorecards.rights import scorecards_typed_in_by, tables_typed_in_by
from staffing.models import StaffingFigure

Block = Section.Block
REPORT_BLOCKS = (Block.ASSESSMENT_COUNTS, Block.DEVIATIONS, Block.REPORTED_SCORECARD, Block.UNIT_TEXTS)
"""The blocks that show what the units have reported in a round; `parameters` say which round, by its address."""


def edit_url(section: Section) -> str | None:
    """Where what the section shows is edited; None where there is nothing to edit yet."""
    return _Map([section]).address(section)


def edit_links(sections: Iterable[Section], user: User, *, within: Sequence[Section] = ()) -> dict[int, str]:
    """Section id → where it is edited, for those that this person may edit. A fixed number of queries.

    `within` is every section of their document with its area, where they are loaded already.
    """
    chosen = list(sections)
    ways, keys = _Map(chosen, within), _Keys(user)
    found = ((section.pk, ways.address(section)) for section in chosen if keys.fit(section, ways.area(section)))
    return {pk: address for pk, address in found if address}


class _Map:
    """The way from a section to the page where its contents are edited."""

    def __init__(self, sections: list[Section], within: Sequence[Section] = ()) -> None:
        self.documents = {section.document_id for section in sections}
        self.within = within

    @cached_property
    def tree(self) -> dict[int, tuple[int | None, int | None, int]]:
        """Section id → its parent, its service area, its document's year."""
        if self.within:
            return {one.pk: (one.parent_id, one.area_id, one.document.year) for one in self.within}
        rows = Section.objects.filter(document__in=self.documents)
        facts = rows.values_list("pk", "parent_id", "area_id", "document__year")
        return {pk: (parent, area, year) for pk, parent, area, year in facts}

    @cached_property
    def areas(self) -> dict[int, ServiceArea]:
        """Every service area, by id."""
        if self.within:
            return {one.area_id: one.area for one in self.within if one.area_id and one.area}
        return ServiceArea.objects.in_bulk()

    @cached_property
    def cards(self) -> dict[tuple[int | None, int], str]:
        """(Service area, or None for the whole municipality; year) → the address of its scorecard."""
        rows = Scorecard.objects.order_by("-pk").values_list("area_id", "year", "slug")
        return {(area, year): slug for area, year, slug in rows}

    def area(self, section: Section) -> ServiceArea | None:
        """The service area of the chapter that the section stands in."""
        parent, area, _year = self.tree[section.pk]
        while area is None and parent is not None:
            parent, area, _year = self.tree[parent]
        return self.areas[area] if area else None

    def address(self, section: Section) -> str | None:
        """Where the section is edited."""
        if section.kind == Section.Kind.TEXT:
            return reverse("plans:section_edit", args=[section.pk])
        name, arguments = _PAGES[section.block]
        found = arguments(self, section)
        return None if None in found else reverse(name, args=found)

    def of_area(self, section: Section) -> list[object]:
        """For a page of the chapter's service area."""
        area = self.area(section)
        return [area.slug if area else None]

    def of_area_and_year(self, section: Section) -> list[object]:
        """For a page of the chapter's service area in the document's year."""
        return self.of_area(section) + self.of_year(section)

    def of_year(self, section: Section) -> list[object]:
        """For a page of the document's year."""
        return [self.tree[section.pk][2]]

    def of_round(self, section: Section) -> list[object]:
        """For the round whose reports the section shows."""
        return [section.parameters.get("round")]

    def of_card(self, section: Section) -> list[object]:
        """For the scorecard of the area, or of the whole municipality."""
        area = None if section.block == Block.OVERALL_GOALS else self.area(section)
        is_lost = area is None and section.block == Block.SCORECARD
        return [None if is_lost else self.cards.get((area.pk if area else None, self.tree[section.pk][2]))]


_PAGES: dict[str, tuple[str, Callable[[_Map, Section], list[object]]]] = {
    Block.FUNCTIONS_AND_SERVICES: ("organisation:area_functions", _Map.of_area),
    Block.TARGET_GROUPS: ("organisation:target_groups", _Map.of_area),
    Block.RESPONSIBILITIES: ("organisation:deliveries", _Map.of_area),
    Block.DEVELOPMENT: ("plans:development", _Map.of_area_and_year),
    Block.SCORECARD: ("scorecards:scorecard_edit", _Map.of_card),
    Block.OVERALL_GOALS: ("scorecards:scorecard_edit", _Map.of_card),
    Block.KEY_FIGURES: ("scorecards:key_figures_edit", lambda _map, section: [section.parameters.get("table")]),
    Block.INVESTMENTS: ("budget:investment_plan_edit", lambda _map, section: [section.parameters.get("plan")]),
    Block.STAFFING: ("staffing:figures_edit", lambda _map, _section: []),
    Block.PLAN_MATRIX: ("plans:plan_matrix_edit", _Map.of_year),
    **dict.fromkeys(REPORT_BLOCKS, ("reporting:round_overview", _Map.of_round)),
}
"""Block → the page where its rows are edited, and what the page's address takes."""


class _Keys:
    """What a person may edit of that which sections show."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.units = user.unit_ids(Right.EDIT)

    def fit(self, section: Section, area: ServiceArea | None) -> bool:
        """Whether the person may edit something of what the section shows."""
        if section.kind == Section.Kind.TEXT:
            return section.unit_id in self.units
        return _LOCKS.get(section.block, _Keys._owns)(self, section, area)

    def _owns(self, _section: Section, area: ServiceArea | None) -> bool:
        return area is not None and area.unit_id in self.units

    def _reports(self, section: Section, area: ServiceArea | None) -> bool:
        """Whoever answers for the area; for the summary those who run the round."""
        return self._owns(section, area) if area else self.user.has_right(Right.PUBLISH)

    def _develops(self, section: Section, area: ServiceArea | None) -> bool:
        return self._owns(section, area) or (area is not None and area.pk in self.development_areas)

    @cached_property
    def development_areas(self) -> set[int]:
        """Areas where the person's units have development work."""
        return set(DevelopmentItem.objects.editable_by(self.user).values_list("area_id", flat=True))

    @cached_property
    def cards(self) -> set[int | None]:
        """Areas (None: the whole municipality) with scorecards that the person may type in."""
        return set(scorecards_typed_in_by(self.user).values_list("area_id", flat=True))

    @cached_property
    def tables(self) -> set[str]:
        """Addresses of the key-figure tables that the person may type in."""
        return set(tables_typed_in_by(self.user).values_list("slug", flat=True))

    @cached_property
    def plans(self) -> set[str]:
        """Addresses of the investment plans that the person may edit."""
        return set(InvestmentPlan.objects.editable_by(self.user).values_list("slug", flat=True))

    @cached_property
    def has_staffing(self) -> bool:
        """Whether there is a staffing figure of the person's units."""
        return StaffingFigure.objects.editable_by(self.user).exists()


_LOCKS: dict[str, Callable[[_Keys, Section, ServiceArea | None], bool]] = {
    Block.DEVELOPMENT: _Keys._develops,
    Block.SCORECARD: lambda keys, section, area: keys._owns(section, area) or (area and area.pk) in keys.cards,
    Block.OVERALL_GOALS: lambda keys, _section, _area: None in keys.cards,
    Block.KEY_FIGURES: lambda keys, section, area: (
        keys._owns(section, area) or section.parameters.get("table") in keys.tables
    ),
    Block.INVESTMENTS: lambda keys, section, _area: section.parameters.get("plan") in keys.plans,
    Block.STAFFING: lambda keys, _section, _area: keys.has_staffing,
    Block.PLAN_MATRIX: lambda keys, _section, _area: keys.user.has_right(Right.PUBLISH),
    **dict.fromkeys(REPORT_BLOCKS, _Keys._reports),
}
"""Block → who may edit it, where that is not the one who may edit its service area."""
