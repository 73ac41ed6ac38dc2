"""Checking a file before anything is written: every line understood, every sum held against what it should be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from budget.importing import expectations, fields
from budget.importing.codes import Codes
from budget.importing.fields import Field
from budget.importing.findings import Findings, Place, Sentence, Severity
from budget.importing.judging import Judge, Understood, Unknown
from budget.importing.kostra_lines import KostraLines
from budget.importing.sums import Sums
from budget.importing.table_lines import TableLines
from budget.models import BudgetLine, ImportBatch, LedgerSource
from budget.reading.sheets import Sheet, Unreadable, column_letter, read

Layer = BudgetLine.Layer
OnLine = Callable[[int], None]

OFTEN = 2_000
"""Lines between two words on how far the checking has come."""


@dataclass
class Checked:
    """What a check of a file came to. `columns` is field → heading, as the file was read."""

    findings: Findings = field(default_factory=Findings)
    sums: Sums = field(default_factory=Sums)
    headings: list[tuple[str, str]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unknown: list[Unknown] = field(default_factory=list)

    def preview(self) -> dict[str, Any]:
        """What the person is shown, as JSON. Three queries."""
        return self.sums.as_json() | {
            "headings": self.headings,
            "columns": self.columns,
            "unknown": [asdict(one) for one in self.unknown],
            "errors": self.findings.counts[Severity.ERROR],
            "warnings": self.findings.counts[Severity.WARNING],
        }


def check(batch: ImportBatch, *, keep: Callable[[Understood], None] | None = None, on_line: OnLine) -> Checked:
    """Read the whole file of the batch. `keep` is given each line that is understood, `on_line` the number read so far.

    Nothing is written. A line is not held on to.
    """
    checked = Checked()
    try:
        for line in checked.sums.counted(_understood(batch, checked, on_line)):
            if keep:
                keep(line)
    except Unreadable as error:
        checked.findings.error(Sentence(error.message, _("Rett fila, og last den opp på nytt.")))
    expectations.hold(batch, checked.sums, checked.findings)
    return checked


def _understood(batch: ImportBatch, checked: Checked, on_line: OnLine) -> Iterator[Understood]:
    lines = _lines(batch, checked)
    if lines is None:
        return
    judge = Judge(batch, Codes.of(batch.source), checked.findings, lines.place)
    yield from judge.understood(_told(lines, on_line))
    checked.unknown = list(judge.unknown.values())


def _lines(batch: ImportBatch, checked: Checked) -> KostraLines | TableLines | None:
    """The lines of the file as they are said; None where it cannot be told which column is what."""
    content = bytes(batch.content or b"")
    if batch.source.form == LedgerSource.Form.KOSTRA:
        return KostraLines(content, batch.file_name, checked.findings)
    sheet = read(content, batch.file_name)
    for warning in sheet.warnings:
        checked.findings.warning(Sentence(warning, ""))
    checked.headings = [(column_letter(at), heading) for at, heading in enumerate(sheet.headings) if heading]
    checked.columns = _columns(batch.source, sheet, checked.findings)
    year = batch.plan_year if batch.layer in {Layer.ORIGINAL, Layer.REVISED} else None
    lacking = fields.missing(checked.columns, has_year=year is not None)
    for column in lacking:
        checked.findings.error(_no_column(column, sheet), Place(sheet.heading_row))
    return None if lacking else TableLines(sheet, checked.columns, batch.source, year, checked.findings)


def _columns(source: LedgerSource, sheet: Sheet, findings: Findings) -> dict[str, str]:
    """What the source remembers, with a warning of what is gone; a guess where it remembers nothing."""
    if not source.columns:
        return fields.guess(sheet.headings)
    found = fields.chosen(source.columns, sheet.headings)
    for name in sorted(source.columns.keys() - found.keys() - set(fields.REQUIRED)):
        facts = {"heading": source.columns[name], "field": Field(name).label}
        what = _("Kolonnen «%(heading)s», som leses som %(field)s, finnes ikke i fila.") % facts
        advice = _("Velg en annen kolonne under «Kolonner» hvis den har fått nytt navn.")
        findings.warning(Sentence(what, advice), Place(sheet.heading_row))
    return found


def _no_column(column: Field, sheet: Sheet) -> Sentence:
    what = _("Fant ingen kolonne for «%(field)s».") % {"field": column.label}
    headings = ", ".join(f"«{one}»" for one in sheet.headings if one)
    advice = _("Velg kolonnen under «Kolonner», eller legg den til i fila. Fila har %(headings)s.")
    return Sentence(what, advice % {"headings": headings})


def _told(lines: Iterable[Any], on_line: OnLine) -> Iterator[Any]:
    for number, line in enumerate(lines):
        if number % OFTEN == 0:
            on_line(number)
        yield line
