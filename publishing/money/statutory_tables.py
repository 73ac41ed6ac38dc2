"""The statutory tables as tables of a document or a page: amounts in 1 000 kroner that add up.

The words are the document's own and are not translated.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from budget.rounding import apportioned
from budget.statutory.computing import Computed, added
from budget.statutory.control import parts_of
from budget.statutory.distribution import Division, Part
from budget.statutory.figures import Column, Figures, Kind, accounts_view, plan_view
from budget.statutory.mapping import OPERATIONS, TABLES
from budget.statutory.rows import SecondPart, StatutoryTable, TableRow
from organisation.numbers import show_number
from plans.models import Section
from publishing import structure
from publishing.structure import Row, RowGroup, Table

UNIT_OF_MEASURE = "beløp i 1 000 kroner"
TURNED = "Inntekter står uten minus, utgifter med."
KOSTRA = "Utgifter står uten minus, inntekter med."
SOURCE = "kommunens budsjett og regnskap, stilt opp etter budsjett- og regnskapsforskriften {law}"

ROW_HEADINGS = {
    Division.AREA: "Tjenesteområde",
    Division.SECTOR: "Sektor",
    Division.GROUP: "Investeringsområde",
    Division.PROJECT: "Prosjekt",
}
LEFT = {
    Division.AREA: "Ikke fordelt på tjenesteområder",
    Division.SECTOR: "Ikke fordelt på sektorer",
    Division.GROUP: "Ikke fordelt på prosjekter",
    Division.PROJECT: "Ikke fordelt på prosjekter",
}


class View(StrEnum):
    """Which columns: a year's budget and accounts, or the years of the økonomiplan."""

    ACCOUNTS = "accounts"
    PLAN = "plan"


class Sign(StrEnum):
    """How amounts are printed: as the table usually is, with KOSTRA's sign, or with income above zero."""

    USUAL = "usual"
    KOSTRA = "kostra"
    TURNED = "reversed"


@dataclass(frozen=True)
class Choice:
    """How the tables of a year are shown."""

    view: View = View.ACCOUNTS
    sign: Sign = Sign.USUAL
    operations: Division = Division.AREA
    investments: Division = Division.GROUP


@dataclass(frozen=True)
class Frame:
    """Where a table stands: its address, number, caption ("" for the usual) and the section that asks for it."""

    anchor: str
    number: str = ""
    caption: str = ""
    section: int | None = None


class Statutory:
    """The statutory tables of a year. What they are made of is read when it is first asked for."""

    def __init__(self, year: int, choice: Choice) -> None:
        self.year = year
        self.choice = choice

    @cached_property
    def figures(self) -> Figures:
        """The sums of the year's lines. One query."""
        return Figures.of(self.year)

    @cached_property
    def parts(self) -> dict[str, list[Part]]:
        """What the rows with a second part are shared out on. At most six queries."""
        return parts_of(self.year, operations=self.choice.operations, investments=self.choice.investments)

    def table(self, slug: str, frame: Frame) -> Table:
        """The table with that slug (see tables.yaml). Raises KeyError."""
        asked = TABLES[slug]
        groups = self._second_part(asked, frame) if isinstance(asked, SecondPart) else self._first_part(asked, frame)
        return Table(
            anchor=frame.anchor,
            number=frame.number,
            kind=Section.Block.STATUTORY_BUDGET,
            caption=frame.caption or f"{asked.title} {self._years}",
            row_heading=ROW_HEADINGS[self._division(asked)] if isinstance(asked, SecondPart) else "Post",
            columns=tuple(structure.Column(self._label(self.figures.columns[at]), "", "amount") for at in self._shown),
            groups=tuple(groups),
            note=TURNED if self._is_turned(asked) else KOSTRA,
            source=SOURCE.format(law=asked.law.replace("§ ", "§\u00a0")),
            unit_of_measure=UNIT_OF_MEASURE,
            section=frame.section,
        )

    @property
    def _shown(self) -> list[int]:
        view = plan_view if self.choice.view == View.PLAN else accounts_view
        return view(self.figures.columns)

    @property
    def _years(self) -> str:
        last = self.figures.columns[self._shown[-1]].year
        return f"{self.year}" if last == self.year else f"{self.year}–{last}"

    def _label(self, column: Column) -> str:
        if column.kind == Kind.ORIGINAL:
            return f"Budsjett {column.year}" if self.choice.view == View.PLAN else f"Opprinnelig budsjett {column.year}"
        words = {Kind.REVISED: "Regulert budsjett", Kind.PLAN: "Økonomiplan"}
        return f"{words.get(column.kind, 'Regnskap')} {column.year}"

    def _is_turned(self, asked: StatutoryTable | SecondPart) -> bool:
        return asked.is_turned if self.choice.sign == Sign.USUAL else self.choice.sign == Sign.TURNED

    def _division(self, asked: SecondPart) -> Division:
        return self.choice.operations if asked.table == OPERATIONS else self.choice.investments

    def _first_part(self, asked: StatutoryTable, frame: Frame) -> Iterator[RowGroup]:
        columns = self._printed(asked)
        for block in asked.blocks:
            rows = (self._row(frame, asked, row, [printed[row.key] for printed in columns]) for row in block.rows)
            yield RowGroup(tuple(rows), title=block.heading)

    def _second_part(self, asked: SecondPart, frame: Frame) -> Iterator[RowGroup]:
        columns, computed = self._printed(asked.table), self.figures.table(asked.table)
        for place, row in enumerate(asked.rows):
            shared = self._shared(row, computed, LEFT[self._division(asked)])
            if place and not shared:
                continue
            sums = [printed[row.key] for printed in columns]
            exact = [[part.amounts[at] for part in shared] for at in self._shown]
            by_column = [apportioned(parts, total=total) for parts, total in zip(exact, sums, strict=True)]
            whole = dataclasses.replace(row, label=_sum_of(row) if len(asked.rows) > 1 else row.label, is_result=True)
            yield RowGroup(
                (
                    *(
                        self._row(frame, asked, TableRow(f"{row.key}-{part.slug or 'rest'}", part.name), amounts)
                        for part, amounts in zip(shared, zip(*by_column, strict=True), strict=True)
                    ),
                    self._row(frame, asked, whole, sums),
                ),
                title=row.label if len(asked.rows) > 1 else "",
            )

    def _shared(self, row: TableRow, computed: Computed, left: str) -> list[Part]:
        """Those with an amount in a column that is shown; the last is what is left of the row, if anything is."""
        parts = [part for part in self.parts[row.key] if not part.is_left]
        given = added((part.amounts for part in parts), columns=len(self.figures.columns))
        rest = tuple(whole - part for whole, part in zip(computed.amounts[row.key], given, strict=True))
        return [part for part in (*parts, Part("", left, rest)) if any(part.amounts[at] for at in self._shown)]

    def _printed(self, asked: StatutoryTable) -> list[dict[str, Decimal]]:
        """The columns that are shown, in whole thousands with KOSTRA's sign."""
        computed = self.figures.table(asked)
        return [computed.printed(at) for at in self._shown]

    def _row(self, frame: Frame, asked: StatutoryTable | SecondPart, row: TableRow, amounts: Sequence[Decimal]) -> Row:
        signed = [0 - amount if self._is_turned(asked) else amount for amount in amounts]
        return Row(
            label=row.label,
            cells=tuple(show_number(amount, decimals=0) for amount in signed),
            values=tuple(f"{amount:f}" for amount in signed),
            key=row.key,
            anchor=f"{frame.anchor}-{row.key}",
            is_sum=bool(row.parts) or row.is_result,
        )


def _sum_of(row: TableRow) -> str:
    return f"Sum {row.label[0].lower()}{row.label[1:]}"
