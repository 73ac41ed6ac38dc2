"""Opening a round: the reports that are owed, their rows and texts, and the document that gathers them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from organisation.addresses import address
from organisation.bulk import write
from organisation.models import Unit, User
from organisation.versions import create
from reporting import asking, gathering_document
from reporting.models import ReportingRound, ReportRow, ReportStep, ReportText, UnitReport


@transaction.atomic
def open_round(*, round_: ReportingRound, units: Iterable[Unit], by: User | None) -> ReportingRound:
    """Open a round for the units: a report for each, with a row for each indicator asked for, and the texts.

    `round_` is filled in but not saved; its period, unit and deadlines must be there. Without a title it is named by
    its period. Its address and its document are made here. Returns it, saved.
    """
    round_.title = round_.title or round_.period.label
    round_.slug = address(round_.title, taken=set(ReportingRound.objects.values_list("slug", flat=True)))
    round_.opened_at, round_.opened_by = timezone.now(), by
    round_.document = gathering_document.start(round_)
    create(round_, by=by)
    _ask(round_, list(units), by)
    return round_


def _ask(round_: ReportingRound, units: list[Unit], by: User | None) -> None:
    reports = UnitReport.objects.bulk_create(UnitReport(round=round_, unit=unit) for unit in units)
    asked = asking.asked_of(units, round_.period, round_.frequencies)
    write(
        ReportRow,
        (
            ReportRow(report=report, indicator=indicator, position=position)
            for report in reports
            for position, indicator in enumerate(asked.get(report.unit_id, ()), start=1)
        ),
    )
    if round_.asks_texts:
        kinds = list(enumerate(ReportText.Kind.values, start=1))
        write(ReportText, (ReportText(report=one, kind=kind, position=n) for one in reports for n, kind in kinds))
    ReportStep.objects.bulk_create(ReportStep(report=one, kind=ReportStep.Kind.OPENED, by=by) for one in reports)
