"""The lines of a table: which cell is which field, read one by one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from budget.importing.fields import WHOLE_FILE, Field
from budget.importing.findings import Findings, Place, Sentence
from budget.importing.judging import Said
from budget.importing.scale import decimals_of, kroner_per_unit
from budget.kroner import to_ore
from budget.models import BudgetLine, LedgerSource
from budget.reading import amounts
from budget.reading.cells import EMPTY, Cell, Line, Sheet, column_letter
from organisation import periods
from organisation.periods import Span

Account = BudgetLine.Account
Answer = TypeVar("Answer")

BALANCE = "balance"
ACCOUNT_WORDS: Mapping[str, str] = (
    dict.fromkeys(("drift", "driftsregnskap", "driftsbudsjett", "d", "1", "3", "operations"), Account.OPERATIONS)
    | dict.fromkeys(
        ("investering", "investeringer", "investeringsregnskap", "investeringsbudsjett", "i", "0", "4", "investment"),
        Account.INVESTMENT,
    )
    | dict.fromkeys(("balanse", "b", "2", "5"), BALANCE)
)
"""What may stand in the column for the account class: words, and the digits of KOSTRA's account classes."""

LENGTHS = {Field.PROJECT: 30, Field.ACCOUNT: 30, Field.TEXT: 200}
"""Letters that a line has room for."""
MONTH_DIGITS = 2


@dataclass
class TableLines:
    """A sheet's lines as they are said.

    `columns` is field → heading, or a constant after "="; `year` is the one that holds where the file tells none.
    """

    sheet: Sheet
    columns: Mapping[str, str]
    source: LedgerSource
    year: int | None
    findings: Findings
    _spans: dict[tuple[str, ...], Span | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headings = {heading: index for index, heading in reversed(list(enumerate(self.sheet.headings)))}
        self._at = {Field(name): headings[said] for name, said in self.columns.items() if said in headings}
        said = self.columns.get(Field.ACCOUNT_CLASS, "")
        self._account = said.removeprefix(WHOLE_FILE) if said.startswith(WHOLE_FILE) else Account.OPERATIONS
        self._kroner, self._decimals = kroner_per_unit(self.source), decimals_of(self.source)

    def place(self, row: int, column: Field) -> Place:
        """Where a field of a row stands; the year's column where there is none for periods."""
        index = self._at.get(column, self._at.get(Field.YEAR) if column == Field.PERIOD else None)
        return Place(row) if index is None else Place(row, column_letter(index), self.sheet.headings[index])

    def __iter__(self) -> Iterator[Said]:
        return map(self._said, self.sheet.lines)

    def _said(self, line: Line) -> Said:
        return Said(
            line.number,
            self._code(line, Field.UNIT),
            self._code(line, Field.FUNCTION),
            self._code(line, Field.ART),
            self._account_class(line),
            self._span(line),
            self._ore(line),
            self._words(line, Field.PROJECT),
            self._words(line, Field.ACCOUNT) or self._account_code(line),
            self._words(line, Field.TEXT),
        )

    def _cell(self, line: Line, column: Field) -> Cell:
        index = self._at.get(column)
        return EMPTY if index is None else line.cells[index]

    def _words(self, line: Line, column: Field) -> str:
        return self._cell(line, column).text.strip()[: LENGTHS[column]]

    def _code(self, line: Line, column: Field) -> str | None:
        """The code as it stands; None for a formula, an error or a date."""
        cell = self._cell(line, column)
        if cell.kind in {"formula", "error", "date"}:
            self._tell(line, column, _strange(cell))
            return None
        return cell.text.strip()

    def _account_code(self, line: Line) -> str:
        """An account that is longer than an art is kept beside it."""
        code = self._cell(line, Field.ART).text.strip()
        return code[: LENGTHS[Field.ACCOUNT]] if len(code) > len("010") else ""

    def _account_class(self, line: Line) -> str:
        text = self._cell(line, Field.ACCOUNT_CLASS).text.strip()
        if Field.ACCOUNT_CLASS not in self._at:
            return self._account
        account = ACCOUNT_WORDS.get(text.casefold())
        if account in {None, BALANCE}:
            self._tell(line, Field.ACCOUNT_CLASS, _no_account(text, is_balance=account == BALANCE))
            return Account.OPERATIONS
        return str(account)

    def _ore(self, line: Line) -> int | None:
        cell = self._cell(line, Field.AMOUNT)
        return self._read(line, Field.AMOUNT, lambda: to_ore(self._amount(cell) * self._kroner))

    def _amount(self, cell: Cell) -> Decimal:
        return amounts.read_amount(cell, max_decimals=self._decimals)

    def _span(self, line: Line) -> Span | None:
        cells = [self._cell(line, column) for column in (Field.PERIOD, Field.YEAR, Field.MONTH)]
        key = tuple(part for cell in cells for part in (cell.kind, cell.text))
        if key not in self._spans:
            try:
                self._spans[key] = self._read_span(*cells)
            except ValueError as error:
                self._spans[key] = str(error)
        span = self._spans[key]
        if isinstance(span, Span):
            return span
        self._tell(line, Field.PERIOD, span)
        return None

    def _read_span(self, period: Cell, year: Cell, month: Cell) -> Span:
        """A period of one or two digits beside a year is a month of it."""
        if period.kind != "empty" and len(period.text) <= MONTH_DIGITS and year.kind != "empty":
            month, period = period, EMPTY
        if period.kind != "empty":
            return amounts.read_period(period)
        if year.kind == "empty" and self.year is None:
            raise ValueError(_("Perioden mangler."))
        of = self.year if year.kind == "empty" else amounts.read_year(year)
        if of is None or month.kind == "empty":
            return periods.year(of or 0)
        return periods.month(amounts.read_month(month), of)

    def _read(self, line: Line, column: Field, reading: Callable[[], Answer]) -> Answer | None:
        try:
            return reading()
        except ValueError as error:
            self._tell(line, column, str(error))
            return None

    def _tell(self, line: Line, column: Field, what: Any) -> None:
        sentence = what if isinstance(what, Sentence) else Sentence(what, _("Rett fila, og last den opp på nytt."))
        self.findings.error(sentence, self.place(line.number, column))


def _strange(cell: Cell) -> str:
    words = {
        "formula": _("Cellen har formelen «%(text)s» og ikke en kode."),
        "error": _("Cellen viser feilen «%(text)s» og ikke en kode."),
        "date": _("Cellen er en dato, %(text)s, og ikke en kode."),
    }
    return words[cell.kind] % {"text": cell.text[:40]}


def _no_account(text: str, *, is_balance: bool) -> Sentence:
    if is_balance:
        return Sentence(_("Linjen er fra balansen."), _("Ta bort balansen av fila. Her leses drift og investering."))
    what = _("«%(text)s» er verken drift eller investering.") % {"text": text[:40]}
    return Sentence(what, _("Skriv «drift» eller «investering» (eller 1 eller 0) i cellen, og last fila opp på nytt."))
