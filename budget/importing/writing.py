"""Writing the lines of a file that has been checked: all of them, in one transaction, or none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from budget.importing import expectations
from budget.importing.checking import Checked
from budget.importing.findings import Findings
from budget.importing.judging import Understood
from budget.kroner import from_ore
from budget.models import BudgetAmendment, BudgetLine, ImportBatch, LedgerSource
from organisation.models import Period, Unit, User
from organisation.periods import Span
from organisation.versions import Conflict, create, save_version

State = ImportBatch.State

AT_ONCE = 2_000
"""Lines that are sent to the database together."""
COLUMNS = (
    *("batch", "amendment", "layer", "period", "row", "unit", "function", "art"),
    *("account_class", "plan_year", "amount", "project", "account", "text"),
)
"""What is written of a line: what all share, its period, and then as `Understood` has it."""


class GoneOn(Exception):
    """The batch has gone to another state meanwhile, or another import came first: nothing is written."""


@transaction.atomic
def write_lines(*, batch: ImportBatch, checked: Checked, lines: Sequence[Understood], by: User) -> None:
    """Write the lines, and the decision that changes of the budget belong to. Raises `GoneOn`, then nothing is written.

    What was found may only be true until another import is written, so those of one municipality wait for each other
    here, and what must hold once is held again.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=batch.source.unit_id)
    findings = Findings()
    expectations.hold_once(batch, findings)
    if findings.has_errors:
        raise GoneOn
    periods = {span: Period.objects.for_span(span).pk for span in {line.span for line in lines}}
    amendment = _decide(batch, by) if batch.layer == BudgetLine.Layer.REVISED else None
    _insert(lines, facts=(batch.pk, amendment.pk if amendment else None, batch.layer), periods=periods)
    _remember_columns(batch.source, checked, by)
    _finish(batch, checked)


def _insert(lines: Iterable[Understood], *, facts: tuple[Any, ...], periods: Mapping[Span, int]) -> None:
    """Insert the lines by one prepared statement; `facts` are those that all of them share.

    While they go in, nobody else can write to SQLite. As objects, 200 000 lines take six times as long.
    """
    columns = {field.name: field.column for field in BudgetLine._meta.concrete_fields}
    quoted = [connection.ops.quote_name(str(columns[name])) for name in COLUMNS]
    table = connection.ops.quote_name(BudgetLine._meta.db_table)
    places = ", ".join(["%s"] * len(quoted))
    statement = " ".join(("INSERT INTO", table, "(", ", ".join(quoted), ") VALUES (", places, ")"))
    left = iter(lines)
    with connection.cursor() as cursor:
        while some := list(islice(left, AT_ONCE)):
            cursor.executemany(statement, [(*facts, periods[line.span], *line[:-1]) for line in some])


def _decide(batch: ImportBatch, by: User) -> BudgetAmendment:
    """The decision that the file holds the lines of. Without a number it gets the next one of the year."""
    facts = batch.amendment_facts | {"decided_on": date.fromisoformat(batch.amendment_facts["decided_on"])}
    unit, year = batch.source.unit, batch.plan_year or 0
    if facts.get("number") is None:
        last = BudgetAmendment.objects.filter(unit=unit, year=year).aggregate(last=Max("number"))["last"]
        facts["number"] = (last or 0) + 1
    amendment: BudgetAmendment = create(BudgetAmendment(unit=unit, year=year, **facts), by=by)
    return amendment


def _remember_columns(source: LedgerSource, checked: Checked, by: User) -> None:
    """How the first file was read, for the next ones. What a person has said stands."""
    if checked.columns and not source.columns:
        source.columns = checked.columns
        try:
            save_version(source, base_version=source.version, by=by)
        except Conflict as conflict:
            raise GoneOn from conflict


def _finish(batch: ImportBatch, checked: Checked) -> None:
    facts = {"line_count": checked.sums.count, "amount": from_ore(checked.sums.total), "preview": checked.preview()}
    facts |= {"findings": checked.findings.as_json(), "written_at": timezone.now(), "heard_at": timezone.now()}
    writing = ImportBatch.objects.filter(pk=batch.pk, state=State.WRITING)
    if not writing.update(state=State.WRITTEN, percent=100, content=None, **facts):
        raise GoneOn
