"""Measures in one table across years: what was promised, what happened, and sums that add up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.rounding import THOUSAND
from organisation.models import Unit
from organisation.unit_tree import in_tree_order
from plans.measures.figures import Figures, in_thousands, number, total
from plans.measures.frames import FrameTie
from plans.measures.saving import achieved_of, planned_of
from plans.measures.standing import Standing
from plans.models import Measure


@dataclass(frozen=True)
class Cell:
    """Kroner in thousands and full-time equivalents, as they are shown; "" where nothing is said."""

    amount: str
    fte: str


@dataclass(frozen=True)
class Line:
    """A measure with two cells a year, planned and achieved, and how far it has come."""

    measure: Measure
    cells: list[Cell]
    standing: Standing | None


@dataclass(frozen=True)
class UnitLines:
    """A unit's measures, and their sum."""

    unit: Unit
    lines: list[Line]
    sums: list[Cell]


@dataclass(frozen=True)
class MeasureTable:
    """Measures by unit. `years` are those of the columns; `sums` are of everything that is shown."""

    years: list[int]
    units: list[UnitLines]
    sums: list[Cell]

    @property
    def count(self) -> int:
        """How many measures there are."""
        return sum(len(one.lines) for one in self.units)


def table_of(
    measures: Iterable[Measure], units: Iterable[Unit], standings: dict[int, Standing], years: Sequence[int] = ()
) -> MeasureTable:
    """The measures, their effects prefetched, under their units in the order of the organisation.

    Without `years` every year is shown that any of them has figures for.
    """
    by_unit: dict[int, list[Measure]] = defaultdict(list)
    for measure in measures:
        by_unit[measure.unit_id].append(measure)
    owners = [unit for unit in in_tree_order(units) if unit.pk in by_unit]
    shown = sorted(years or {one.year for found in by_unit.values() for each in found for one in each.effects.all()})
    groups = [[_figures(measure, shown) for measure in by_unit[unit.pk]] for unit in owners]
    columns = [_column(groups, index) for index in range(2 * len(shown))]
    return MeasureTable(
        years=list(shown),
        units=[
            UnitLines(
                unit,
                [
                    Line(measure, [column.cells[group][row] for column in columns], standings.get(measure.pk))
                    for row, measure in enumerate(by_unit[unit.pk])
                ],
                [column.sums[group] for column in columns],
            )
            for group, unit in enumerate(owners)
        ],
        sums=[column.whole for column in columns],
    )


def _figures(measure: Measure, years: Sequence[int]) -> list[Figures]:
    """Planned and achieved of each year."""
    effects = {one.year: one for one in measure.effects.all()}
    return [of(effects.get(year)) for year in years for of in (planned_of, achieved_of)]


@dataclass(frozen=True)
class _Column:
    cells: list[list[Cell]]
    sums: list[Cell]
    whole: Cell


def _column(groups: list[list[list[Figures]]], index: int) -> _Column:
    """One column of all groups. Kroner are rounded so that they add up; full-time equivalents are exact."""
    figures = [[row[index] for row in group] for group in groups]
    amounts, sums, whole = in_thousands([[one.amount for one in group] for group in figures])
    people = [[one.fte for one in group] for group in figures]
    fte_sums = [total(group) for group in people]
    return _Column(
        [[_cell(*pair) for pair in zip(*each, strict=True)] for each in zip(amounts, people, strict=True)],
        [_cell(*pair) for pair in zip(sums, fte_sums, strict=True)],
        _cell(whole, total(fte_sums)),
    )


def _cell(thousands: Decimal | None, fte: Decimal | None) -> Cell:
    return Cell(
        "" if thousands is None else number(thousands),
        "" if fte is None else number(fte, decimals=1),
    )


@dataclass(frozen=True)
class TieLine:
    """A frame held against the measures, in 1 000 kroner, exact."""

    tie: FrameTie
    in_frame: str
    planned: str
    difference: str


def tie_lines(ties: Iterable[FrameTie]) -> list[TieLine]:
    """The frames as they are shown."""
    return [
        TieLine(tie, *(number(amount / THOUSAND) for amount in (tie.in_frame, tie.planned, tie.difference)))
        for tie in ties
    ]
