"""Which of a table's figures make an honest chart. Pure, without the ORM.

The choices of this project:

- Figures of unlike units never share an axis. Where the table states one unit of measure, all its rows share it; else
  only rows with the first row's printed unit whose largest figure is within a factor of 20 of the first row's.
- A line needs time along the axis: at least three years, dates or months in the columns, or in the rows. Rows of years
  over months are lines over the year, the newest four.
- At most six lines and three bars side by side. Where a table has more, its sums are drawn; where it has none, there
  is no chart, since any choice of rows would be ours. The table itself always has everything.
- Sums stand beside their parts as lines, never as bars, where they would dwarf them.
- Counts of outcomes are parts of a whole: as many goals as the row has.
- Targets are drawn only beside the one line that they are targets of.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.cells import Cell, cells_of
from publishing.charts.plot import STACK_STYLES, Plot, Series
from publishing.charts.targets import FORECAST, TARGET, with_target
from publishing.structure import Row, Table
from scorecards.assessment import ASSESSED, Outcome

FEWEST_POINTS = 3
MOST_LINES = 6
MOST_BARS = 3
MOST_CATEGORIES = 20
NEWEST_YEARS = 4
LIKE_MAGNITUDE = 20

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_LONGEST_PERIOD = 20
_RESULT = re.compile(r"^(?:resultat|prognose)\s+(?=.*[0-9]{4})", re.IGNORECASE)
"""What stands before the period in a column's heading, as in «Resultat 2022»."""


def plot_of(table: Table) -> Plot | None:
    """The chart that the table asks for, or None where its figures do not make one."""
    if table.chart == "stacked":
        return _parts_of_wholes(_turned(_by_row(table)))
    if table.chart not in ("line", "bar"):
        return None
    by_row = _by_row(table)
    by_column = _turned(by_row)
    for plot in (by_row, by_column):
        if _is_time(plot.labels):
            drawn = _over_time(plot, table.chart, are_years=_is_time([one.name for one in plot.series]))
            return with_target(drawn, table) if drawn and drawn.kind == "line" else drawn
    return _by_category(by_column) if table.chart == "bar" else None


def _by_row(table: Table) -> Plot:
    """Every row of figures that share a unit, over the table's columns."""
    picked = [index for index, column in enumerate(table.columns) if column.kind not in ("text", "mark", TARGET)]
    rows = _comparable(table)
    series = []
    for row in rows:
        cells = [cells_of(table, row)[index] for index in picked]
        decimals = max((cell.decimals for cell in cells), default=0)
        series.append(Series(row.label, tuple(_number(cell) for cell in cells), decimals, row.is_sum))
    columns = [table.columns[index] for index in picked]
    forecasts = [index for index, column in enumerate(columns) if column.kind == FORECAST]
    return Plot(
        kind=table.chart,
        labels=tuple(_RESULT.sub("", column.label.rstrip("* ")) for column in columns),
        series=tuple(series),
        forecast=forecasts[0] if forecasts and forecasts[0] else None,
        unit=table.unit_of_measure or _unit(table, rows),
    )


def _number(cell: Cell) -> Decimal | None:
    """The cell's number with the decimals that it was typed with."""
    return None if cell.number is None else cell.number.quantize(Decimal(1).scaleb(-cell.decimals))


def _comparable(table: Table) -> list[Row]:
    """The rows with figures; where the table has no unit of its own, those like its first in unit and magnitude."""
    rows = [row for row in table.rows() if any(cell.number is not None for cell in cells_of(table, row))]
    if table.unit_of_measure or not rows:
        return rows
    unit, size = _unit(table, rows[:1]), _largest(table, rows[0])
    return [row for row in rows if _unit(table, [row]) == unit and _is_like(_largest(table, row), size)]


def _is_like(one: Decimal, other: Decimal) -> bool:
    return one <= other * LIKE_MAGNITUDE and other <= one * LIKE_MAGNITUDE


def _largest(table: Table, row: Row) -> Decimal:
    return max(abs(cell.number) for cell in cells_of(table, row) if cell.number is not None)


def _unit(table: Table, rows: Sequence[Row]) -> str:
    """The unit printed in the cells, where all of them agree."""
    units = {cell.unit for row in rows for cell in cells_of(table, row) if cell.number is not None}
    return units.pop() if len(units) == 1 else ""


def _turned(plot: Plot) -> Plot:
    """The columns as series over the rows, sums left out."""
    rows = [one for one in plot.series if not one.is_sum]
    decimals = max((one.decimals for one in rows), default=0)
    columns = tuple(
        Series(label, tuple(row.values[index] for row in rows), decimals) for index, label in enumerate(plot.labels)
    )
    return replace(plot, labels=tuple(row.name for row in rows), series=columns, forecast=None)


def _is_time(labels: Sequence[str]) -> bool:
    """Whether the labels are at least three periods: years, dates, or months by name."""
    return len(labels) >= FEWEST_POINTS and all(_is_period(label) for label in labels)


def _is_period(label: str) -> bool:
    is_dated = len(label) <= _LONGEST_PERIOD and _YEAR.search(label) is not None
    return is_dated or label[:3].casefold() in _MONTHS


def _over_time(plot: Plot, chart: str, *, are_years: bool) -> Plot | None:
    long_enough = [one for one in plot.series if _count(one) >= FEWEST_POINTS]
    if chart == "line":
        return _lines(replace(plot, kind="line", series=tuple(long_enough)), are_years=are_years)
    parts = [one for one in long_enough if not one.is_sum] or long_enough
    return replace(plot, kind="column", series=tuple(parts)) if 0 < len(parts) <= MOST_BARS else None


def _lines(plot: Plot, *, are_years: bool) -> Plot | None:
    if are_years:
        note = _("Diagrammet viser de %(years)s siste årene.") % {"years": NEWEST_YEARS}
        note = note if len(plot.series) > NEWEST_YEARS else ""
        return replace(plot, series=plot.series[-NEWEST_YEARS:][::-1], note=note)
    if len(plot.series) > MOST_LINES:
        sums = tuple(one for one in plot.series if one.is_sum)
        plot = replace(plot, series=sums, note=_("Diagrammet viser bare summene."))
    return plot if 0 < len(plot.series) <= MOST_LINES else None


def _by_category(plot: Plot) -> Plot | None:
    is_drawable = FEWEST_POINTS <= len(plot.labels) <= MOST_CATEGORIES and 0 < len(plot.series) <= MOST_BARS
    return replace(plot, kind="bar") if is_drawable and all(plot.labels) else None


def _parts_of_wholes(plot: Plot) -> Plot | None:
    """The columns as parts of each row's whole. A column that is nothing everywhere is left out of the picture."""
    parts = _outcomes([one for one in plot.series if any(one.values)])
    is_drawable = FEWEST_POINTS <= len(plot.labels) <= MOST_CATEGORIES and 1 < len(parts) <= len(STACK_STYLES)
    return replace(plot, kind="stacked", series=parts) if is_drawable and all(plot.labels) else None


def _outcomes(parts: Sequence[Series]) -> tuple[Series, ...]:
    """The parts with their outcomes as roles. What could not be assessed, for whatever reason, is one part."""
    roles = {outcome.word: outcome.value for outcome in ASSESSED}
    assessed = [replace(one, role=roles[one.name]) for one in parts if one.name in roles]
    rest = [one for one in parts if one.name not in roles]
    if not assessed or not rest:
        return (*assessed, *rest)
    by_row = zip(*(one.values for one in rest), strict=True)
    sums = tuple(sum((value for value in values if value is not None), Decimal(0)) for values in by_row)
    return (*assessed, Series(_("Ikke vurdert"), sums, role=Outcome.NOT_ASSESSABLE))


def _count(series: Series) -> int:
    return sum(value is not None for value in series.values)
