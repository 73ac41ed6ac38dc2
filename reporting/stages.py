"""How far a report has come, in the words that lists and trees of reports use."""

import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reporting.models import UnitReport


class Stage(TextChoices):
    """How far a report has come."""

    NOT_BEGUN = "not-begun", _("Ikke begynt")
    UNDER_WAY = "under-way", _("Under arbeid")
    HANDED_IN = "handed-in", _("Levert")
    SENT_BACK = "sent-back", _("Sendt tilbake")
    APPROVED = "approved", _("Godkjent")
    LOCKED = "locked", _("Låst")


def stage_of(report: Any, now: datetime.datetime) -> Stage:
    """The stage of a report that was read `with_progress`."""
    if not report.is_with_the_unit:
        return Stage(report.state)
    if report.is_locked(now):
        return Stage.LOCKED
    if report.state == UnitReport.State.SENT_BACK:
        return Stage.SENT_BACK
    return Stage.UNDER_WAY if report.is_begun else Stage.NOT_BEGUN
