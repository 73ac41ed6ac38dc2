"""Scorecards and key-figure tables as typing tables: which cell shows which value, and who may type in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from organisation.access import Right
from organisation.models import Period, User
from organisation.typing_table import Cell, Line, Part, TypingTable
from scorecards.cells import Breakdown, CellKey, key_figure_cell, span_of, values_of
from scorecards.models import Indicator, KeyFigureTable, Observation, Scorecard, ScorecardGroup
from scorecards.notation import NotationError
from scorecards.registration import register


class ValueTable(TypingTable):
    """A typing table whose cells are observations. `keys` says which, by the cell's name."""

    def __init__(self, columns: list[Any], parts: list[Part], keys: Mapping[str, CellKey | None]) -> None:
        super().__init__(columns, parts)
        self.keys = keys

    def text_of(self, row: Any, cell: Cell) -> str:
        """The value as it was typed."""
        text: str = row.text
        return text

    def write(self, cell: Cell, *, by: User) -> None:
        """Register the value that was typed."""
        key = self.keys[cell.name]
        if key is None:
            raise ValueError(_("Her er det ikke plass til noen verdi."))
        indicator = Indicator.objects.get(pk=key.indicator_id)
        register_cell(cell, indicator=indicator, period=Period.objects.for_span(key.span), kind=key.kind, by=by)


def register_cell(
    cell: Cell, *, indicator: Indicator, period: Period, kind: str, by: User, reason: str = ""
) -> Observation:
    """Register what was typed in the cell. Raises ValueError with a sentence for the person, or `Conflict`."""
    place: dict[str, Any] = {"indicator": indicator, "period": period, "kind": kind, "found": cell.row}
    try:
        return register(**place, text=cell.text, mark=cell.mark, base_version=cell.base, by=by, reason=reason)
    except NotationError as error:
        message = _(error.message)
        raise ValueError(message % error.params if error.params else message) from error


class _Values:
    """The values of some indicators, by address, and the owners of the indicators. Two queries."""

    def __init__(self, indicators: Iterable[int], user: User) -> None:
        wanted = set(indicators)
        self.rows = values_of(wanted)
        units = user.unit_ids(Right.EDIT)
        owners = Indicator.objects.filter(pk__in=wanted).values_list("pk", "owner_id")
        self.editable = {pk for pk, owner in owners if owner in units}

    def cell(self, key: CellKey | None, *, name: str, label: str) -> Cell:
        """The place to type the value; it cannot be typed in where there is no address, or no right."""
        row = self.rows.get(key) if key else None
        is_editable = key is not None and key.indicator_id in self.editable
        if row is None:
            return Cell(name=name, label=label, is_editable=is_editable)
        known = Cell(name=name, label=label, is_editable=is_editable, saved=row.text, version=row.version, row=row)
        known.mark = row.mark
        return known


def scorecard_grid(card: Scorecard, user: User) -> ValueTable:
    """The scorecard with a cell for each row and column. A fixed number of queries."""
    columns = list(card.columns.select_related("period"))
    rows = list(card.rows.select_related("indicator", "group").order_by("group__position", "position", "pk"))
    values = _Values((row.indicator_id for row in rows), user)
    parts = {group.pk: _part(group) for group in card.groups.order_by("position", "pk")}
    keys: dict[str, CellKey | None] = {}
    for row in rows:
        line = Line(row.name, [], mark=row.mark)
        for column in columns:
            name, key = f"cell-{row.pk}-{column.pk}", CellKey(row.indicator_id, column.kind, span_of(column.period))
            keys[name] = key
            line.cells.append(values.cell(key, name=name, label=f"{row.name}, {column.label}"))
        parts[row.group_id].lines.append(line)
    return ValueTable(columns, list(parts.values()), keys)


def _part(group: ScorecardGroup) -> Part:
    return Part(group.title, group.note, level=1 if group.parent_id else 0)


def key_figure_grid(table: KeyFigureTable, user: User) -> ValueTable:
    """The key-figure table with a cell for each row and column. A fixed number of queries."""
    columns = list(table.columns.select_related("period").order_by("position", "pk"))
    rows = list(table.rows.select_related("indicator", "period", "unit").order_by("position", "pk"))
    breakdown = Breakdown.of(column.indicator_id for column in columns if column.indicator_id)
    keys = {
        f"cell-{row.pk}-{column.pk}": key_figure_cell(table, row, column, breakdown)
        for row in rows
        for column in columns
    }
    values = _Values((key.indicator_id for key in keys.values() if key), user)
    parts: list[Part] = []
    for row in rows:
        if not parts or parts[-1].title != row.group:
            parts.append(Part(row.group))
        names = ((column, f"cell-{row.pk}-{column.pk}") for column in columns)
        cells = [values.cell(keys[name], name=name, label=f"{row.label}, {column.label}") for column, name in names]
        parts[-1].lines.append(Line(row.label, cells, mark=row.mark, is_sum=row.is_sum))
    return ValueTable(columns, parts, keys)
