"""The way of a report: handed in, approved or sent back, locked, and opened again with a reason.

Each deed takes the report's row lock, looks at the state it finds, and writes a step with who and when. The database's
clock decides whether a deadline has passed.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.versions import save_version
from reporting.models import ReportingRound, ReportStep, UnitReport

State, Step = UnitReport.State, ReportStep.Kind


class NotPossible(Exception):
    """The deed cannot be done as things stand. The message says why, to the person at the screen."""


def locked(pk: int) -> Any:
    """The report with its round, its row lock taken, and `now`: the database's own time. Within a transaction."""
    reports = UnitReport.objects.select_related("round__period", "unit").annotate(now=Now())
    return reports.select_for_update(of=("self",), no_key=True).get(pk=pk)


@transaction.atomic
def hand_in(*, report: UnitReport, by: User) -> ReportStep:
    """Hand the report in. Handing in twice is handing in once. Raises `NotPossible` when it is locked or approved."""
    current = locked(report.pk)
    if current.state == State.HANDED_IN:
        return current.steps.filter(kind=Step.HANDED_IN).latest("at")
    if current.is_locked(current.now):
        raise NotPossible(_("Rapporten er låst. Be den som godkjenner, om å åpne den igjen."))
    return _take(current, State.HANDED_IN, Step.HANDED_IN, by=by)


@transaction.atomic
def approve(*, report: UnitReport, seen_step: int, by: User) -> ReportStep:
    """Approve the report as the person saw it: `seen_step` is the id of the last step then. Raises `NotPossible`."""
    current = locked(report.pk)
    if current.state == State.APPROVED:
        return current.steps.filter(kind=Step.APPROVED).latest("at")
    _check_handed_in(current, seen_step)
    return _take(current, State.APPROVED, Step.APPROVED, by=by)


@transaction.atomic
def send_back(*, report: UnitReport, comment: str, due_at: datetime.datetime, seen_step: int, by: User) -> ReportStep:
    """Send the report back with a comment and a new deadline, when it is locked again. Raises `NotPossible`."""
    current = locked(report.pk)
    _check_handed_in(current, seen_step)
    return _give_back(current, State.SENT_BACK, Step.SENT_BACK, comment=comment, due_at=due_at, by=by)


@transaction.atomic
def reopen(*, report: UnitReport, reason: str, due_at: datetime.datetime, by: User) -> ReportStep:
    """Open a locked or approved report again, with a reason and a new deadline. Raises `NotPossible`."""
    current = locked(report.pk)
    if not current.is_locked(current.now):
        raise NotPossible(_("Rapporten er åpen allerede."))
    return _give_back(current, State.OPEN, Step.REOPENED, comment=reason, due_at=due_at, by=by)


@transaction.atomic
def close_round(*, round_: ReportingRound, by: User) -> None:
    """Close the round: every report that is still with its unit is locked as it stands. Closing twice is once."""
    rounds = ReportingRound.objects.annotate(now=Now()).select_for_update(no_key=True)
    current: Any = rounds.get(pk=round_.pk)
    if current.closed_at:
        return
    current.closed_at = current.now
    save_version(current, base_version=current.version, by=by, reason=_("Avsluttet"))
    still_open = UnitReport.objects.filter(round=current, state__in=(State.OPEN, State.SENT_BACK), locked_at=None)
    ids = list(still_open.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    UnitReport.objects.filter(pk__in=ids).update(locked_at=current.now)
    ReportStep.objects.bulk_create(ReportStep(report_id=pk, kind=Step.CLOSED, by=by) for pk in ids)


def _check_handed_in(current: UnitReport, seen_step: int) -> None:
    last = current.steps.latest("at", "pk")
    if current.state != State.HANDED_IN and last.pk == seen_step:
        raise NotPossible(_("Rapporten er ikke levert."))
    if current.state != State.HANDED_IN or last.pk != seen_step:
        raise NotPossible(
            _("Rapporten ble %(step)s av %(person)s mens du så på den. Se på den på nytt.")
            % {"step": last.get_kind_display(), "person": last.by or _("systemet")}
        )


def _give_back(
    current: UnitReport, state: str, kind: str, *, comment: str, due_at: datetime.datetime, by: User
) -> ReportStep:
    if due_at <= current.now:  # type: ignore[attr-defined]
        raise NotPossible(_("Den nye fristen er passert. Velg en dag fra og med i dag."))
    current.extended_to, current.locked_at = due_at, None
    return _take(current, state, kind, comment=comment, by=by)


def _take(current: UnitReport, state: str, kind: str, *, by: User, comment: str = "") -> ReportStep:
    current.state = state
    current.save(update_fields=["state", "extended_to", "locked_at"])
    return current.steps.create(kind=kind, comment=comment, by=by)
