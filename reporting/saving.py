"""Saving a row of a report, and reading the rows of a whole report."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.access import Right
from organisation.models import User
from reporting.models import KeptEntry, ReportRow, ReportStep, UnitReport
from reporting.report_line import ReportLine
from scorecards.cells import CellKey, values_of
from scorecards.models import Observation

RETURNED = (ReportStep.Kind.SENT_BACK, ReportStep.Kind.REOPENED)


def lines_of(report: UnitReport, *, user: User, is_editable: bool) -> list[ReportLine]:
    """The rows of the report as lines to type in, with what this person typed and could not save. Three queries."""
    rows = list(report.rows.select_related("indicator").order_by("position", "pk"))
    values: dict[int, dict[CellKey, Observation]] = defaultdict(dict)
    for key, value in values_of(row.indicator_id for row in rows).items():
        values[key.indicator_id][key] = value
    kept = {entry.row_id: entry for entry in KeptEntry.objects.filter(row__report=report, writer=user)}
    lines = []
    for row in rows:
        row.report = report
        line = ReportLine(row, values[row.indicator_id], is_editable=is_editable)
        show_kept(line, kept.get(row.pk))
        lines.append(line)
    return lines


def show_kept(line: ReportLine, kept: KeptEntry | None) -> None:
    """Put what the writer could not save back into the fields, where they can be written in again."""
    line.kept = kept
    if kept and line.is_editable:
        line.take({f"{name}-{line.row.pk}": text for name, text in kept.typed.items()})


def save_row(*, pk: int, data: Mapping[str, str], by: User) -> ReportLine:
    """Save what was typed in a row, all of it or nothing.

    Returns the line as it stands: with `saved_at`; or with `errors` and what was typed; or, when the report is locked,
    `is_refused`, and what was typed is kept for its writer. The report's row lock is taken first, and the database's
    clock decides whether it is open. Raises `Http404` for a row that the person may not read, `PermissionDenied` for
    one that may be read only.
    """
    with transaction.atomic():
        row: Any = get_object_or_404(_locked_rows(), pk=pk, report__unit__in=by.unit_ids(Right.READ))
        if row.report.unit_id not in by.unit_ids(Right.EDIT):
            raise PermissionDenied
        values = values_of([row.indicator_id])
        line = ReportLine(row, dict(values), is_editable=True)
        line.reason = _reason(row.returned)
        line.take(data)
        if row.report.is_locked(row.now):
            return _refused(line, by)
        line.write_changed(by=by)
        transaction.set_rollback(bool(line.errors))
    if line.errors:
        line.values = values
        return line
    return _saved(line, by, has_kept=f"kept-{pk}" in data)


def _locked_rows() -> QuerySet[ReportRow]:
    steps = ReportStep.objects.filter(report=OuterRef("report"), kind__in=RETURNED).order_by("-at", "-pk")
    rows = ReportRow.objects.select_related("report__round__period", "report__unit", "indicator")
    return rows.annotate(now=Now(), returned=Subquery(steps.values("comment")[:1])).select_for_update(
        of=("report",), no_key=True
    )


def _reason(returned: str | None) -> str:
    """Why a value was changed after the report had been sent back or opened again."""
    return _("Rettet: %(comment)s") % {"comment": returned} if returned else ""


def _refused(line: ReportLine, by: User) -> ReportLine:
    shown = ReportLine(line.row, line.values, is_editable=False)
    shown.is_refused = True
    if typed := line.typed():
        shown.kept = KeptEntry.objects.get_or_create(row=line.row, writer=by, defaults={"typed": {}})[0]
        shown.kept.typed |= typed
        shown.kept.save()
    return shown


def _saved(line: ReportLine, by: User, *, has_kept: bool) -> ReportLine:
    if has_kept:
        KeptEntry.objects.filter(row=line.row, writer=by).delete()
    fresh = ReportLine(line.row, line.values, is_editable=True)
    fresh.saved_at = timezone.now()
    return fresh


def save_changed(lines: Iterable[ReportLine], *, data: Mapping[str, str], by: User) -> list[ReportLine]:
    """Save every row in which something was typed, each by itself. Returns the lines as they stand now."""
    found = []
    for line in lines:
        line.take(data)
        is_typed = line.changed() or f"kept-{line.row.pk}" in data
        found.append(save_row(pk=line.row.pk, data=data, by=by) if is_typed else line)
    return found
