"""Opening a round: the reports that are owed, their rows and texts, and the document that gathers them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from organisation.addresses import address
from organisation.models import Unit, User
from organisation.versions import create
from reporting import asking, gathering_document
from reporting.handing_in import NotPossible
from reporting.models import ReportingRound, ReportRow, ReportStep, ReportText, UnitReport

NEW = "ny"
"""The address of the page where a round is opened; no round may have it."""


@transaction.atomic
def open_round(*, round_: ReportingRound, units: Iterable[Unit], by: User | None) -> ReportingRound:
    """Open a round for the units: a report for each, with a row for each indicator asked for, and the texts.

    `round_` is filled in but not saved; its period, unit and deadlines must be there. Without a title it is named by
    its period. Its address and its document are made here. Returns it, saved.
    """
    round_.title = round_.title or round_.period.label
    round_.slug = address(round_.title, taken={NEW, *ReportingRound.objects.values_list("slug", flat=True)})
    round_.opened_at, round_.opened_by = timezone.now(), by
    round_.document = gathering_document.start(round_)
    create(round_, by=by)
    _ask(round_, list(units), by)
    return round_


@transaction.atomic
def add_units(*, round_: ReportingRound, units: Iterable[Unit], by: User | None) -> list[Unit]:
    """Ask more units in a round that runs, as at its opening; a unit that is in it already is left alone.

    Returns those added. Raises `NotPossible` when the round is closed.
    """
    current = ReportingRound.objects.select_related("period").select_for_update(of=("self",), no_key=True)
    locked = current.get(pk=round_.pk)
    if locked.closed_at:
        raise NotPossible(_("Runden er avsluttet. Det går ikke an å legge til enheter."))
    there = set(locked.reports.order_by().values_list("unit", flat=True))
    added = [unit for unit in units if unit.pk not in there]
    _ask(locked, added, by)
    return added


def _ask(round_: ReportingRound, units: list[Unit], by: User | None) -> None:
    reports = UnitReport.objects.bulk_create(UnitReport(round=round_, unit=unit) for unit in units)
    asked = asking.asked_of(units, round_.period, round_.frequencies)
    rows = [
        ReportRow(report=report, indicator=indicator, position=position)
        for report in reports
        for position, indicator in enumerate(asked.get(report.unit_id, ()), start=1)
    ]
    bulk_create_with_history(rows, ReportRow, default_user=by)
    if round_.asks_texts:
        kinds = list(enumerate(ReportText.Kind.values, start=1))
        texts = [ReportText(report=one, kind=kind, position=n) for one in reports for n, kind in kinds]
        bulk_create_with_history(texts, ReportText, default_user=by)
    ReportStep.objects.bulk_create(ReportStep(report=one, kind=ReportStep.Kind.OPENED, by=by) for one in reports)
