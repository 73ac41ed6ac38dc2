"""Full-time equivalents as a typing table: a row for each unit, a column for each date."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisation.access import Right
from organisation.models import User
from organisation.numbers import read_number, show_number
from organisation.typing_table import Cell, Line, Part, TypingTable
from organisation.versions import Conflict, create, save_version
from staffing.models import StaffingFigure

DECIMALS = 1


@dataclass(frozen=True)
class DateColumn:
    """A date that was counted on."""

    label: str


class StaffingTable(TypingTable):
    """The figures that the person may see. `figures` are the rows by cell name; unsaved where there is none yet."""

    def __init__(self, user: User) -> None:
        rows = list(
            StaffingFigure.objects.visible_to(user).select_related("unit").order_by("unit__position", "counted_on")
        )
        dates = sorted({row.counted_on for row in rows})
        self.figures: dict[str, StaffingFigure] = {}
        super().__init__(
            [DateColumn(f"{date:%d.%m.%Y}") for date in dates], [Part(lines=self._lines(rows, dates, user))]
        )

    def _lines(self, rows: list[StaffingFigure], dates: list[datetime.date], user: User) -> list[Line]:
        by_unit: dict[Any, dict[datetime.date, StaffingFigure]] = {}
        for row in rows:
            by_unit.setdefault(row.unit, {})[row.counted_on] = row
        units = sorted(by_unit, key=lambda unit: (unit.kind == unit.Kind.MUNICIPALITY, unit.position))
        return [self._line(by_unit[unit], dates, user) for unit in units]

    def _line(self, found: dict[datetime.date, StaffingFigure], dates: list[datetime.date], user: User) -> Line:
        first = next(iter(found.values()))
        name = first.label or first.unit.name
        is_editable = first.unit_id in user.unit_ids(Right.EDIT)
        cells = []
        for date in dates:
            figure = found.get(date) or StaffingFigure(unit=first.unit, counted_on=date, label=first.label)
            cell = Cell(
                name=f"cell-{first.unit_id}-{date:%Y%m%d}", label=f"{name}, {date:%d.%m.%Y}", is_editable=is_editable
            )
            if figure.pk:
                cell.row, cell.version, cell.base = figure, figure.version, figure.version
                cell.saved = cell.text = self.text_of(figure, cell)
            self.figures[cell.name] = figure
            cells.append(cell)
        return Line(name, cells, is_sum=first.is_total)

    def text_of(self, row: Any, cell: Cell) -> str:
        """The full-time equivalents, with one decimal."""
        return show_number(row.fte, decimals=DECIMALS)

    def write(self, cell: Cell, *, by: User) -> None:
        """Write the figure that was typed."""
        figure = self.figures[cell.name]
        figure.fte = self._read(cell.text)
        if figure.pk:
            save_version(figure, base_version=cell.base, by=by)
        else:
            self._create(figure, by)

    def _create(self, figure: StaffingFigure, by: User) -> None:
        try:
            with transaction.atomic():
                create(figure, by=by)
        except IntegrityError as error:
            theirs = StaffingFigure.objects.get(unit=figure.unit, counted_on=figure.counted_on)
            raise Conflict(theirs=theirs) from error

    def _read(self, text: str) -> Decimal:
        number = read_number(text, max_decimals=DECIMALS)
        if not 0 <= number < Decimal(10_000_000):
            raise ValueError(_("Årsverk må være 0 eller mer, og under 10 millioner."))
        return number
