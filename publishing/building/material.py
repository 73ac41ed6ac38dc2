"""The working rows a document is built from: a fixed number of queries, however many chapters are built."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from budget.ledger.yearly import YearOfUnit, YearSums, sums_of_units
from budget.models import BudgetLine, Frame, InvestmentPlan
from organisation.models import AreaFunction, Delivery, Service, ServiceArea, TargetGroup, Unit
from organisation.unit_tree import in_tree_order
from plans.models import DevelopmentItem, PlanContribution, StrategicPlan
from publishing.building.measure_material import MeasureMaterial
from publishing.building.report_material import RoundMaterial
from scorecards.cells import Breakdown, CellKey, key_figure_cell, values_of
from scorecards.models import KeyFigureTable, Observation, Scorecard
from staffing.models import StaffingFigure

YEARS_SHOWN = 4
"""How many years a unit's economy is shown over, the document's own the last."""
DATES_SHOWN = 4
"""How many dates a unit's full-time equivalents are shown for."""
FINANCING = "8"
"""KOSTRA's functions for taxes, grants, interest and the like begin with it; they are nobody's frame."""


class Material:
    """Everything that the blocks of some areas show for one year, of the municipality that the unit belongs to.

    Each kind of row is fetched when it is first asked for.
    """

    def __init__(self, *, year: int, areas: Iterable[int], unit: Unit) -> None:
        self.year = year
        self.areas = frozenset(areas)
        self.municipality = unit.municipality_id
        self._rounds: dict[str, RoundMaterial | None] = {}

    def round(self, slug: str) -> RoundMaterial | None:
        """What the round of this address has gathered; None where there is no such round."""
        if slug not in self._rounds:
            self._rounds[slug] = RoundMaterial.of(slug)
        return self._rounds[slug]

    @cached_property
    def functions(self) -> dict[int, list[AreaFunction]]:
        """Functions with their services, by area."""
        services = Service.objects.in_year(self.year).order_by("position")
        rows = AreaFunction.objects.in_year(self.year).filter(area__in=self.areas).order_by("position")
        return _by_area(rows.prefetch_related("functions", Prefetch("services", queryset=services)))

    @cached_property
    def target_groups(self) -> dict[int, list[TargetGroup]]:
        """Target groups, by area."""
        return _by_area(TargetGroup.objects.in_year(self.year).filter(area__in=self.areas).order_by("position"))

    @cached_property
    def deliveries(self) -> dict[int, list[Delivery]]:
        """Who does what, by area."""
        rows = Delivery.objects.in_year(self.year).filter(area__in=self.areas).order_by("position")
        return _by_area(rows.select_related("unit").prefetch_related("functions"))

    @cached_property
    def development(self) -> dict[int, list[DevelopmentItem]]:
        """Development work, by area; the parts of a piece of work stand among the rest, with `parent_id`."""
        rows = DevelopmentItem.objects.filter(area__in=self.areas, year=self.year).order_by("position")
        return _by_area(rows)

    @cached_property
    def key_figures(self) -> dict[str, KeyFigureTable]:
        """Key-figure tables with their rows and columns, by slug."""
        tables = KeyFigureTable.objects.filter(area__in=self.areas, year=self.year)
        return {table.slug: table for table in tables.with_axes()}

    @cached_property
    def scorecards(self) -> dict[int | None, Scorecard]:
        """The areas' scorecards, by area."""
        return {
            card.area_id: card for card in Scorecard.objects.filter(area__in=self.areas, year=self.year).with_rows()
        }

    @cached_property
    def unit_scorecards(self) -> dict[int, Scorecard]:
        """The scorecards of no area, by unit; of two of the same unit the first made."""
        cards = Scorecard.objects.filter(area=None, year=self.year, unit__municipality=self.municipality)
        return {card.unit_id: card for card in cards.select_related("unit").order_by("-pk").with_rows()}

    @property
    def overall_scorecard(self) -> Scorecard | None:
        """The scorecard of the whole municipality: that of the unit at its top."""
        return next((card for card in self.unit_scorecards.values() if card.unit.parent_id is None), None)

    @cached_property
    def breakdown(self) -> Breakdown:
        """The parts of the indicators that are broken down by unit."""
        tables = [table for table in self.key_figures.values() if any(row.unit_id for row in table.rows.all())]
        return Breakdown.of(
            {column.indicator_id for table in tables for column in table.columns.all() if column.indicator_id}
        )

    @cached_property
    def observations(self) -> dict[CellKey, Observation]:
        """Every value that the tables and scorecards show, by address."""
        indicators = {row.indicator_id for card in self.scorecards.values() for row in card.rows.all()}
        for table in self.key_figures.values():
            for row in table.rows.all():
                keys = (key_figure_cell(table, row, column, self.breakdown) for column in table.columns.all())
                indicators |= {key.indicator_id for key in keys if key}
        return values_of(indicators)

    @cached_property
    def overall_observations(self) -> dict[CellKey, Observation]:
        """Every value of the municipality's own scorecard and of the units', by address."""
        return values_of(row.indicator_id for card in self.unit_scorecards.values() for row in card.rows.all())

    @cached_property
    def staffing(self) -> list[StaffingFigure]:
        """Full-time equivalents on the two last dates up to the first day of the year."""
        figures = self._staffing_until(datetime.date(self.year, 1, 1))
        dates = sorted({figure.counted_on for figure in figures})[-2:]
        return [figure for figure in figures if figure.counted_on in dates]

    def staffing_of(self, units: Iterable[Unit]) -> list[StaffingFigure]:
        """Full-time equivalents of these units on the last dates up to the end of the year."""
        wanted = {unit.pk for unit in units}
        figures = [figure for figure in self._staffing_so_far if figure.unit_id in wanted]
        dates = sorted({figure.counted_on for figure in figures})[-DATES_SHOWN:]
        return [figure for figure in figures if figure.counted_on in dates]

    @cached_property
    def _staffing_so_far(self) -> list[StaffingFigure]:
        return self._staffing_until(datetime.date(self.year, 12, 31))

    def _staffing_until(self, day: datetime.date) -> list[StaffingFigure]:
        rows = StaffingFigure.objects.filter(counted_on__lte=day, unit__municipality=self.municipality)
        return list(rows.select_related("unit").order_by("unit__position", "counted_on"))

    @cached_property
    def strategic_plans(self) -> list[StrategicPlan]:
        """The plans of the year's matrix, with the areas that contribute."""
        crosses = PlanContribution.objects.filter(year=self.year)
        rows = StrategicPlan.objects.filter(contributions__year=self.year).distinct().order_by("position")
        return list(rows.prefetch_related(Prefetch("contributions", queryset=crosses)))

    @cached_property
    def matrix_areas(self) -> list[ServiceArea]:
        """The areas that contribute to a plan in the year."""
        return list(ServiceArea.objects.filter(contributions__year=self.year).distinct().order_by("position"))

    @cached_property
    def investments(self) -> dict[str, InvestmentPlan]:
        """Investment plans with their projects and amounts, by slug."""
        return {plan.slug: plan for plan in InvestmentPlan.objects.prefetch_related("projects__amounts")}

    @cached_property
    def measures(self) -> MeasureMaterial:
        """The measures of the municipality."""
        return MeasureMaterial(year=self.year, municipality=self.municipality)

    def branch(self, unit: Unit) -> list[Unit]:
        """The unit and those under it."""
        return in_tree_order(self.units, top=unit)

    @cached_property
    def units(self) -> list[Unit]:
        """Every unit of the municipality."""
        return list(Unit.objects.filter(municipality=self.municipality))

    @property
    def years(self) -> list[int]:
        """The years that a unit's economy is shown over."""
        return list(range(self.year - YEARS_SHOWN + 1, self.year + 1))

    @cached_property
    def sums(self) -> dict[YearOfUnit, YearSums]:
        """What each unit budgeted and used of its own, year by year."""
        return sums_of_units(self._lines, years=self.years)

    @cached_property
    def framed_sums(self) -> dict[YearOfUnit, YearSums]:
        """The same for the document's year alone, of what services cost: without taxes, grants and interest."""
        return sums_of_units(self._lines.exclude(function__code__startswith=FINANCING), years=[self.year])

    @property
    def _lines(self) -> "QuerySet[BudgetLine]":
        return BudgetLine.objects.filter(unit__municipality=self.municipality)

    @cached_property
    def frames(self) -> dict[int, Frame]:
        """The year's frames with their changes, by unit."""
        frames = Frame.objects.filter(year=self.year, unit__municipality=self.municipality)
        return {frame.unit_id: frame for frame in frames.prefetch_related("changes")}


def _by_area(rows: "QuerySet[Any]") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.area_id].append(row)
    return found
