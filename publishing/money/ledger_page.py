"""The ledger's table with what stands around it: links from its rows, its chart, notices and choices."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from budget.ledger.standings import total
from publishing.money import ledger_charts, ledger_words
from publishing.money.ledger_asked import Amounts, By
from publishing.money.ledger_reading import Reading
from publishing.money.ledger_rows import OWN, rows_of
from publishing.money.ledger_tables import Entry, Look, Wording, table_of
from publishing.structure import Table
from publishing.table_view import ShownRow, TableView, lay_out

ANCHOR = "regnskap"


@dataclass(frozen=True)
class LedgerPage:
    """A view of the ledger, ready to draw."""

    reading: Reading

    @cached_property
    def _rows(self) -> tuple[list[Entry], dict[str, str]]:
        return rows_of(self.reading)

    @property
    def entries(self) -> list[Entry]:
        """What the rows are made of, to the øre."""
        return self._rows[0]

    @cached_property
    def is_divided(self) -> bool:
        """Whether all of the budget is divided by month, as far as the month that is asked for tells."""
        return not total(entry.standing for entry in self.entries).undivided

    @cached_property
    def table(self) -> Table:
        """The table, its last row the sum."""
        return table_of(self.entries, self._wording(), look=Look(self.reading.asked.amounts == Amounts.THOUSAND))

    def _wording(self) -> Wording:
        asked = self.reading.asked
        return Wording(
            anchor=ANCHOR,
            caption=ledger_words.title(self.reading),
            row_heading=ledger_words.row_heading(asked),
            headings=ledger_words.headings(asked),
            note=" ".join([*self.notices, *self.reading_rules]),
            total=_("Sum %(units)s") % {"units": ledger_words.of_whom(self.reading)},
        )

    @property
    def view(self) -> TableView:
        """The table as its template draws it."""
        return lay_out(self.table)

    def rows(self) -> Iterator[tuple[ShownRow, str]]:
        """Each row, with the address that its name leads to; none for the sum."""
        _entries, links = self._rows
        for group in self.view.groups:
            yield from ((row, links.get(row.row.key, "")) for row in group.rows)

    @cached_property
    def chart(self) -> Table:
        """What the chart is drawn from."""
        entries = self.entries
        if self.reading.asked.by == By.MONTH:
            return ledger_charts.over_months(entries, self._chart_wording(), through=self.reading.asked.month)
        return ledger_charts.bars([entry for entry in entries if entry.key != OWN], self._chart_wording())

    @property
    def chart_note(self) -> str:
        """What of the table the chart leaves out."""
        if OWN not in {entry.key for entry in self.entries}:
            return ""
        return _("Det som er ført på enheten selv, står bare i tabellen.")

    def _chart_wording(self) -> Wording:
        headings = ledger_words.chart_headings(self.reading.asked, is_divided=self.is_divided)
        return Wording(f"{ANCHOR}-diagram", ledger_words.title(self.reading), "", headings)

    @property
    def trail(self) -> list[ledger_words.Step]:
        """The way down to here."""
        return ledger_words.trail(self.reading)

    @cached_property
    def notices(self) -> list[str]:
        """What must be known to read the figures right."""
        return ledger_words.notices(self.reading, is_divided=self.is_divided)

    @property
    def reading_rules(self) -> list[str]:
        """How to read the table."""
        return ledger_words.reading_rules(self.reading.asked)

    @property
    def files(self) -> dict[str, str]:
        """The addresses of the table as files."""
        return {name: self.reading.asked.file(ending) for name, ending in (("Excel", "xlsx"), ("CSV", "csv"))}

    @property
    def lines(self) -> str:
        """The address of the lines behind the sum."""
        return self.reading.asked.lines()
