"""The economy of a unit's report as a table to type in: the forecast of each function, and why it deviates."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from budget.forecasts import decide
from budget.kroner import to_ore
from budget.models import Forecast
from budget.rounding import THOUSAND, rounded
from organisation.models import User
from organisation.numbers import read_number
from organisation.typing_table import Cell, Line, Part, TypingTable
from organisation.versions import Conflict, create, save_version
from reporting import handing_in
from reporting.economy import words
from reporting.economy.figures import Figures, Thousands, figures, in_field, in_thousands, printed
from reporting.economy.reading import FunctionEconomy, economy_of, is_over
from reporting.models import ReportEconomy, UnitReport

DECIMALS = 3
"""Of a forecast that is typed in 1 000 kroner: down to the krone."""
WORDS = ("cause", "action")
LOCKED = 423


@dataclass(frozen=True)
class EconomyRow:
    """A function with its fields. `shown.expected` is what the rule proposes, `reason` how it was computed.

    `figures` are the same as they are read, each with what its column is called.
    """

    economy: FunctionEconomy
    shown: Thousands
    figures: Figures
    reason: str
    cells: dict[str, Cell]

    @property
    def has_explanation(self) -> bool:
        """Whether there is anything to show of cause and action: asked for, or typed."""
        return self.economy.is_past or any(self.cells[name].text for name in WORDS)


class EconomyTable(TypingTable):
    """The functions of a report, with what is decided and said of each. Six queries.

    Amounts are shown and typed in 1 000 kroner. `refusal` says why nothing could be saved although nothing is wrong
    with it. When the year is over there are no forecasts. The report's round must be loaded with the period.
    """

    def __init__(self, report: UnitReport, *, is_editable: bool) -> None:
        self.report = report
        self.is_over = is_over(report.round)
        self.refusal = ""
        self.rewritten: set[int] = set()
        economies = economy_of(report)
        years, proposed = [one.year for one in economies], [one.proposal.amount for one in economies]
        shown, total = in_thousands(years, proposed)
        self.total = self._figures(total)
        self.rows = [self._row(*pair, is_editable) for pair in zip(economies, shown, strict=True)]
        self.by_function = {row.economy.function.pk: row for row in self.rows}
        super().__init__(
            [], [Part(lines=[Line(row.economy.function.name, [*row.cells.values()]) for row in self.rows])]
        )

    def _row(self, economy: FunctionEconomy, shown: Thousands, is_editable: bool) -> EconomyRow:
        reason = words.reason(economy, self.report.round.period.end)
        cells = _cells(economy, is_editable)
        if self.is_over:
            del cells["forecast"]
        return EconomyRow(economy, shown, self._figures(shown), reason, cells)

    def _figures(self, shown: Thousands) -> Figures:
        expected = "" if self.is_over else _("Forslag til prognose")
        return figures(shown, year=self.report.round.period.end.year, expected=expected)

    @property
    def status(self) -> int:
        """As for every table; 423 where the report is locked."""
        return LOCKED if self.refusal else super().status

    @property
    def decided(self) -> str:
        """The sum of the forecasts in 1 000 kroner; "–" where one of them is not decided."""
        amounts = [row.economy.forecast.amount for row in self.rows if row.economy.forecast]
        return printed(rounded(sum(amounts, Decimal(0))) if len(amounts) == len(self.rows) else None)

    def take(self, data: Mapping[str, str]) -> None:
        """Take in what was typed, without blanks around it."""
        super().take({name: text.strip().replace("\r\n", "\n") for name, text in data.items()})

    def put_in_proposals(self) -> None:
        """Put what the rule proposes into the fields where no forecast stands; nothing is saved by it."""
        for row in self.rows if not self.is_over else ():
            cell = row.cells["forecast"]
            if cell.is_editable and not cell.text:
                cell.text = in_field(row.shown.expected * THOUSAND)

    def text_of(self, row: Any, cell: Cell) -> str:
        """The forecast in 1 000 kroner, or the text of the field."""
        name, _function = _place(cell)
        return in_field(row.amount) if name == "forecast" else str(getattr(row, name))

    def write_changed(self, *, by: User) -> None:
        """Write the forecasts, and the words of each function together."""
        super().write_changed(by=by)
        for pk in self.rewritten if not self.errors else ():
            said = self._said(pk)
            if said.pk is None:
                create(said, by=by)
            else:
                save_version(said, base_version=said.version, by=by)

    def write(self, cell: Cell, *, by: User) -> None:
        """Decide the forecast, or put the word into its row. A word is in conflict when the same field was changed."""
        name, pk = _place(cell)
        if name == "forecast":
            cell.row = self._decide(cell, pk, by)
            return
        if self.seen(cell) != cell.saved:
            raise Conflict(theirs=self._said(pk))
        setattr(self._said(pk), name, cell.text)
        self.rewritten.add(pk)

    def _decide(self, cell: Cell, pk: int, by: User) -> Forecast | None:
        return decide(
            unit=self.report.unit,
            function=self.by_function[pk].economy.function,
            period=self.report.round.period,
            amount=_kroner(cell.text),
            base_version=cell.base,
            by=by,
        )

    def _said(self, pk: int) -> ReportEconomy:
        """The row of the words, which is made when something is first written."""
        cells = self.by_function[pk].cells
        function = self.by_function[pk].economy.function
        found = next((cells[name].row for name in WORDS if cells[name].row), None)
        row = found or ReportEconomy(report=self.report, function=function)
        for name in WORDS:
            cells[name].row = row
        return row  # type: ignore[return-value]


def _cells(economy: FunctionEconomy, is_editable: bool) -> dict[str, Cell]:
    function, said, forecast = economy.function, economy.said, economy.forecast
    labels = {"forecast": _("prognose for året i 1 000 kroner"), "cause": _("årsak"), "action": _("tiltak")}
    texts = {"forecast": in_field(forecast.amount if forecast else None)}
    texts |= {name: getattr(said, name) if said else "" for name in WORDS}
    rows = {"forecast": forecast, "cause": said, "action": said}
    return {
        name: Cell(
            name=f"{name}-{function.pk}",
            label=f"{function}, {labels[name]}",
            saved=text,
            version=row.version if (row := rows[name]) else 0,
            is_editable=is_editable,
            row=row,
        )
        for name, text in texts.items()
    }


def _place(cell: Cell) -> tuple[str, int]:
    """The field's name and the function's id."""
    name, _dash, function = cell.name.partition("-")
    return name, int(function)


def _kroner(text: str) -> Decimal | None:
    """What was typed in 1 000 kroner, as kroner; None for nothing. Raises ValueError."""
    if not text:
        return None
    amount = read_number(text, max_decimals=DECIMALS) * THOUSAND
    to_ore(amount)
    return amount


def save_economy(*, report: UnitReport, data: Mapping[str, str], by: User) -> EconomyTable:
    """Save what was typed, all of it or nothing. Returns the table, which says what went wrong.

    The report's row lock is taken first, and the database's clock decides whether it is open. Where it is not, what was
    typed stands in the fields still. Whoever calls this has seen to it that the person may write in the report.
    """
    with transaction.atomic():
        current = handing_in.locked(report.pk)
        table = EconomyTable(current, is_editable=True)
        table.take(data)
        if current.is_locked(current.now):
            table.refusal = _("Rapporten er låst, og det du skrev, ble ikke lagret.")
            return table
        table.write_changed(by=by)
        transaction.set_rollback(bool(table.errors))
    return table
