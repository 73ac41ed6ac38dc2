"""The targets that a table holds beside its results, as a line of their own. Pure."""

from dataclasses import replace

from django.utils.translation import gettext as _

from publishing.cells import Cell, cells_of
from publishing.charts.plot import Plot, Series
from publishing.structure import Origin, Row, Table

RESULT, TARGET, FORECAST = "result", "target", "forecast"

Targets = dict[str, Cell]
"""The printed targets by the code of their period."""


def with_target(plot: Plot, table: Table) -> Plot:
    """The plot with the targets of its only line, where the table says what each is a target of.

    A target whose year comes after the last figure gives the line a label more. Left out, with the plot as it was:
    targets of other periods than the figures', in another unit than theirs, or of one of several lines.
    """
    row = _only_row(plot, table)
    if row is None or plot.forecast is not None:
        return plot
    periods = _periods(row)
    targets = _targets(table, row, plot.unit)
    after = [code for code in targets if code.isdecimal() and all(code > one for one in periods if one.isdecimal())]
    codes = [*periods, *sorted(after)]
    if len(periods) != len(plot.labels) or not set(codes) & set(targets):
        return plot
    known = [targets.get(code) for code in codes]
    values = tuple(cell.number if cell else None for cell in known)
    decimals = max(cell.decimals for cell in known if cell)
    (result,) = plot.series
    return replace(
        plot,
        labels=(*plot.labels, *sorted(after)),
        series=(
            replace(result, values=(*result.values, *[None] * len(after))),
            Series(_("Mål"), values, decimals, is_target=True),
        ),
    )


def _only_row(plot: Plot, table: Table) -> Row | None:
    """The row that the plot's only line was made of, where the line and the row have one indicator."""
    if len(plot.series) != 1:
        return None
    rows = [row for row in table.rows() if row.label == plot.series[0].name and row.origins]
    is_one = len(rows) == 1 and len({origin.indicator for origin in rows[0].origins if origin}) == 1
    return rows[0] if is_one else None


def _periods(row: Row) -> list[str]:
    """The codes of the periods that the row has results of, in the order of its columns."""
    return [origin.period for origin in row.origins if origin and origin.kind == RESULT]


def _targets(table: Table, row: Row, unit: str) -> Targets:
    """The row's targets that are plain numbers in the plot's unit."""
    found: dict[str, Cell] = {}
    pairs: list[tuple[Cell, Origin | None]] = list(zip(cells_of(table, row), row.origins, strict=True))
    for cell, origin in pairs:
        is_plain = cell.number is not None and (table.unit_of_measure or cell.unit == unit) and not cell.before.strip()
        if origin and origin.kind == TARGET and is_plain:
            found[origin.period] = cell
    return found
