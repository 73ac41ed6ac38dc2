"""The working rows a document is built from: a fixed number of queries, however many chapters are built."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from budget.models import InvestmentPlan
from organisation.models import AreaFunction, Delivery, Service, ServiceArea, TargetGroup
from plans.models import DevelopmentItem, PlanContribution, StrategicPlan
from publishing.building.report_material import RoundMaterial
from scorecards.cells import Breakdown, CellKey, key_figure_cell, values_of
from scorecards.models import KeyFigureTable, Observation, Scorecard
from staffing.models import StaffingFigure


class Material:
    """Everything that the blocks of some areas show for one year.

    Each kind of row is fetched when it is first asked for.
    """

    def __init__(self, *, year: int, areas: Iterable[int]) -> None:
        self.year = year
        self.areas = frozenset(areas)
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
    def overall_scorecard(self) -> Scorecard | None:
        """The scorecard of the whole municipality."""
        return Scorecard.objects.filter(area__isnull=True, year=self.year).with_rows().first()

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
        """Every value of the municipality's own scorecard, by address."""
        rows = self.overall_scorecard.rows.all() if self.overall_scorecard else []
        return values_of(row.indicator_id for row in rows)

    @cached_property
    def staffing(self) -> list[StaffingFigure]:
        """Full-time equivalents on the two last dates up to the first day of the year."""
        rows = StaffingFigure.objects.filter(counted_on__lte=datetime.date(self.year, 1, 1)).select_related("unit")
        figures = list(rows.order_by("unit__position", "counted_on"))
        dates = sorted({figure.counted_on for figure in figures})[-2:]
        return [figure for figure in figures if figure.counted_on in dates]

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


def _by_area(rows: "QuerySet[Any]") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.area_id].append(row)
    return found
