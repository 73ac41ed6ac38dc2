"""What pays for a plan's projects, typed in a table: a row for each kind, a column for each year, in million kroner."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from budget.investments.millions import in_millions, read_millions
from budget.investments.overview import years_of
from budget.models import InvestmentFinancing, InvestmentPlan
from organisation.models import User
from organisation.typing_table import Cell, Line, Part, TypingTable
from organisation.versions import Conflict, create, remove, save_version

KINDS = InvestmentFinancing.Kind


@dataclass(frozen=True)
class YearColumn:
    """A year of the plan."""

    label: str


class FinancingTable(TypingTable):
    """The financing of a plan. `rows_by_cell` are the rows by cell name; unsaved where there is none yet."""

    def __init__(self, plan: InvestmentPlan) -> None:
        found = {(row.kind, row.year): row for row in plan.financing.all()}
        years = sorted({*years_of(plan), *(year for _kind, year in found)})
        self.rows_by_cell = {
            f"cell-{kind}-{year}": found.get((kind, year))
            or InvestmentFinancing(plan=plan, kind=kind, year=year, position=position)
            for position, kind in enumerate(KINDS.values, start=1)
            for year in years
        }
        lines = [Line(_name(kind), [self._cell(kind, year) for year in years]) for kind in KINDS.values]
        super().__init__([YearColumn(f"{year}") for year in years], [Part(lines=lines)])

    def _cell(self, kind: str, year: int) -> Cell:
        name = f"cell-{kind}-{year}"
        row, label = self.rows_by_cell[name], f"{_name(kind)}, {year}"
        if row.pk is None:
            return Cell(name=name, label=label)
        return Cell(name=name, label=label, saved=in_millions(row.amount), version=row.version, row=row)

    def text_of(self, row: Any, cell: Cell) -> str:
        """The amount in millions."""
        return in_millions(row.amount)

    def write(self, cell: Cell, *, by: User) -> None:
        """Write the amount that was typed; an emptied cell is financing that is no longer there."""
        row = self.rows_by_cell[cell.name]
        if not cell.text.strip():
            self._clear(row, cell, by)
            return
        row.amount = _read(cell.text)
        if row.pk:
            save_version(row, base_version=cell.base, by=by)
        else:
            self._create(row, by)

    def _clear(self, row: InvestmentFinancing, cell: Cell, by: User) -> None:
        """Saving first checks the version: what somebody else has just typed is not thrown away unseen."""
        if row.pk:
            remove(save_version(row, base_version=cell.base, by=by), by=by)

    def _create(self, row: InvestmentFinancing, by: User) -> None:
        try:
            with transaction.atomic():
                create(row, by=by)
        except IntegrityError as error:
            theirs = InvestmentFinancing.objects.get(plan=row.plan, kind=row.kind, year=row.year)
            raise Conflict(theirs=theirs) from error


def _name(kind: str) -> str:
    return str(KINDS(kind).label).capitalize()


def _read(text: str) -> Decimal:
    kroner = read_millions(text)
    if kroner < 0:
        raise ValueError(_("Finansiering skrives uten minus: det er det som betaler for prosjektene."))
    return kroner
