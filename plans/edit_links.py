"""Where each section of a document is edited, and who may edit it there."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from budget.models import InvestmentPlan
from organisation.access import Right
from organisation.models import ServiceArea, User
from plans.models import DevelopmentItem, Section
from scorecards.models import Scorecard
from scorecards.rights import scorecards_typed_in_by, tables_typed_in_by
from staffing.models import StaffingFigure

Block = Section.Block
REPORT_BLOCKS = (
    Block.ASSESSMENT_COUNTS,
    Block.DEVIATIONS,
    Block.REPORTED_SCORECARD,
    Block.UNIT_TEXTS,
    Block.UNIT_ECONOMY,
    Block.REPORTED_MEASURES,
)
"""The blocks that show what the units have reported in a round; `parameters` say which round, by its address."""
LEDGER_BLOCKS = (Block.ACCOUNTS, Block.BUDGET_BY_UNIT, Block.BUDGET_BY_FUNCTION)
"""The blocks that show sums of budget lines."""


def edit_url(section: Section) -> str | None:
    """Where what the section shows is edited; None where there is nothing to edit yet."""
    return _Map([section]).address(section)


def edit_links(sections: Iterable[Section], user: User, *, within: Sequence[Section] = ()) -> dict[int, str]:
    """Section id → where it is edited, for those that this person may edit. A fixed number of queries.

    `within` is every section of their document with its area, where they are loaded already.
    """
    chosen = list(sections)
    ways, keys = _Map(chosen, within), _Keys(user)
    found = ((section.pk, ways.address(section)) for section in chosen if keys.fit(section, ways))
    return {pk: address for pk, address in found if address}


class _Facts(NamedTuple):
    """Where a section stands: under which, in which service area, and its document's year and municipality."""

    parent: int | None
    area: int | None
    year: int
    municipality: int


class _Map:
    """The way from a section to the page where its contents are edited."""

    def __init__(self, sections: list[Section], within: Sequence[Section] = ()) -> None:
        self.documents = {section.document_id for section in sections}
        self.within = within

    @cached_property
    def tree(self) -> dict[int, _Facts]:
        """Section id → what is known of where it stands."""
        if self.within:
            facts = ((one, one.document) for one in self.within)
            return {
                one.pk: _Facts(one.parent_id, one.area_id, document.year, document.unit.municipality_id)
                for one, document in facts
            }
        rows = Section.objects.filter(document__in=self.documents)
        names = ("pk", "parent_id", "area_id", "document__year", "document__unit__municipality_id")
        return {pk: _Facts(*facts) for pk, *facts in rows.values_list(*names)}

    @cached_property
    def areas(self) -> dict[int, ServiceArea]:
        """Every service area, by id."""
        if self.within:
            return {one.area_id: one.area for one in self.within if one.area_id and one.area}
        return ServiceArea.objects.in_bulk()

    @cached_property
    def cards(self) -> dict[tuple[str, int | None, int], str]:
        """What a scorecard is of, which of those, and its year → its address.

        It is of an `area`, of a `unit`, or, where the unit is the top, of a `municipality` as well.
        """
        names = ("area_id", "unit_id", "unit__parent_id", "unit__municipality_id", "year", "slug")
        found: dict[tuple[str, int | None, int], str] = {}
        for area, unit, parent, municipality, year, slug in Scorecard.objects.order_by("-pk").values_list(*names):
            found[("area", area, year) if area else ("unit", unit, year)] = slug
            if area is None and parent is None:
                found["municipality", municipality, year] = slug
        return found

    def card(self, section: Section) -> str | None:
        """The address of the scorecard that the section shows: its area's, its unit's or the whole municipality's."""
        facts = self.tree[section.pk]
        if section.block == Block.OVERALL_GOALS:
            return self.cards.get(("municipality", facts.municipality, facts.year))
        if section.block == Block.UNIT_SCORECARD:
            return self.cards.get(("unit", section.unit_id, facts.year))
        area = self.area(section)
        return self.cards.get(("area", area.pk, facts.year)) if area else None

    def area(self, section: Section) -> ServiceArea | None:
        """The service area of the chapter that the section stands in."""
        facts = self.tree[section.pk]
        while facts.area is None and facts.parent is not None:
            facts = self.tree[facts.parent]
        return self.areas[facts.area] if facts.area else None

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
        return [self.tree[section.pk].year]

    def of_round(self, section: Section) -> list[object]:
        """For the round whose reports the section shows."""
        return [section.parameters.get("round")]

    def of_card(self, section: Section) -> list[object]:
        """For the scorecard that the section shows."""
        return [self.card(section)]


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
    Block.UNIT_SCORECARD: ("scorecards:scorecard_edit", _Map.of_card),
    Block.UNIT_STAFFING: ("staffing:figures_edit", lambda _map, _section: []),
    Block.STATUTORY_BUDGET: ("publishing:statutory", _Map.of_year),
    Block.FRAMES: ("budget:frame_list", _Map.of_year),
    Block.MEASURES: ("plans:measure_list", lambda _map, _section: []),
    Block.HEADLINE_FIGURES: ("", lambda _map, _section: [None]),
    **dict.fromkeys(LEDGER_BLOCKS, ("publishing:ledger", lambda _map, _section: [])),
    **dict.fromkeys(REPORT_BLOCKS, ("reporting:round_overview", _Map.of_round)),
}
"""Block → the page where its rows are edited, and what the page's address takes."""


class _Keys:
    """What a person may edit of that which sections show."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.units = user.unit_ids(Right.EDIT)

    def fit(self, section: Section, ways: _Map) -> bool:
        """Whether the person may edit something of what the section shows."""
        if section.kind == Section.Kind.TEXT:
            return self._leads(section, ways)
        return _LOCKS.get(section.block, _Keys._owns)(self, section, ways)

    def _leads(self, section: Section, _ways: _Map) -> bool:
        return section.unit_id in self.units

    def _publishes(self, _section: Section, _ways: _Map) -> bool:
        return self.user.has_right(Right.PUBLISH)

    def _owns(self, section: Section, ways: _Map) -> bool:
        area = ways.area(section)
        return area is not None and area.unit_id in self.units

    def _scores(self, section: Section, ways: _Map) -> bool:
        return self._owns(section, ways) or ways.card(section) in self.cards

    def _reports(self, section: Section, ways: _Map) -> bool:
        """Whoever answers for the area; for the summary those who run the round."""
        return self._owns(section, ways) if ways.area(section) else self._publishes(section, ways)

    def _develops(self, section: Section, ways: _Map) -> bool:
        area = ways.area(section)
        return self._owns(section, ways) or (area is not None and area.pk in self.development_areas)

    @cached_property
    def development_areas(self) -> set[int]:
        """Areas where the person's units have development work."""
        return set(DevelopmentItem.objects.editable_by(self.user).values_list("area_id", flat=True))

    @cached_property
    def cards(self) -> set[str]:
        """Addresses of the scorecards that the person may type in."""
        return set(scorecards_typed_in_by(self.user).values_list("slug", flat=True))

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


_LOCKS: dict[str, Callable[[_Keys, Section, _Map], bool]] = {
    Block.DEVELOPMENT: _Keys._develops,
    Block.SCORECARD: _Keys._scores,
    Block.OVERALL_GOALS: _Keys._scores,
    Block.UNIT_SCORECARD: _Keys._scores,
    Block.KEY_FIGURES: lambda keys, section, ways: (
        keys._owns(section, ways) or section.parameters.get("table") in keys.tables
    ),
    Block.INVESTMENTS: lambda keys, section, _ways: section.parameters.get("plan") in keys.plans,
    Block.STAFFING: lambda keys, _section, _ways: keys.has_staffing,
    Block.UNIT_STAFFING: lambda keys, section, ways: keys._leads(section, ways) and keys.has_staffing,
    Block.PLAN_MATRIX: _Keys._publishes,
    Block.STATUTORY_BUDGET: _Keys._publishes,
    Block.FRAMES: _Keys._leads,
    Block.MEASURES: _Keys._leads,
    **dict.fromkeys(LEDGER_BLOCKS, _Keys._leads),
    **dict.fromkeys(REPORT_BLOCKS, _Keys._reports),
}
"""Block → who may edit it, where that is not the one who may edit its service area."""
