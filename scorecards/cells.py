"""Where a table's row and column meet: which indicator, period and kind a cell shows."""

from collections.abc import Iterable
from typing import NamedTuple

from organisation import periods
from organisation.models import Period
from scorecards.models import Indicator, KeyFigureColumn, KeyFigureRow, KeyFigureTable, Observation


class CellKey(NamedTuple):
    """The address of a value."""

    indicator_id: int
    kind: str
    span: periods.Span


def key_of(observation: Observation) -> CellKey:
    """The address of an observation, whose period must be loaded."""
    return CellKey(observation.indicator_id, observation.kind, span_of(observation.period))


def values_of(indicators: Iterable[int]) -> dict[CellKey, Observation]:
    """Every value of the indicators' own, without those of comparison groups, by address. One query.

    Each comes with its period and indicator.
    """
    rows = Observation.objects.filter(indicator__in=set(indicators), reference_group__isnull=True)
    return {key_of(row): row for row in rows.select_related("period", "indicator")}


def span_of(period: Period) -> periods.Span:
    """The period without its row."""
    return periods.Span(period.kind, period.start, period.end)


class Breakdown(dict[tuple[int, int], int]):
    """(indicator, unit) → the indicator that is this unit's part of it."""

    @classmethod
    def of(cls, indicators: Iterable[int]) -> "Breakdown":
        """The parts of these indicators, in one query."""
        parts = Indicator.objects.filter(parent__in=set(indicators), unit__isnull=False)
        return cls({(parent, unit): pk for pk, parent, unit in parts.values_list("pk", "parent_id", "unit_id")})


def key_figure_cell(
    table: KeyFigureTable, row: KeyFigureRow, column: KeyFigureColumn, breakdown: Breakdown
) -> CellKey | None:
    """The address of the cell, or None where row and column say too little to name a value.

    The indicator is the row's, else the column's (the row's unit's part of it, when the row is a unit), else the
    table's. The period is the column's, else the column's month of the row's year, else the row's.
    """
    indicator = row.indicator_id or column.indicator_id or table.indicator_id
    if indicator and row.unit_id:
        indicator = breakdown.get((indicator, row.unit_id))
    span = _span(row, column)
    return CellKey(indicator, column.kind, span) if indicator and span else None


def _span(row: KeyFigureRow, column: KeyFigureColumn) -> periods.Span | None:
    if column.period:
        return span_of(column.period)
    if row.period and column.month:
        return periods.month(column.month, row.period.start.year)
    return span_of(row.period) if row.period else None
