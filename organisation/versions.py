"""Saving without losing anybody's work: a version per row, checked in the database, and a history row with it."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

REASON_LENGTH = 100
"""The room for a reason in the history, in letters."""


class Conflict(Exception):
    """Someone else saved the row since it was read. `theirs` is the row as it stands in the database now."""

    def __init__(self, theirs: "VersionedModel") -> None:
        super().__init__(_("Noen andre har lagret siden du åpnet siden."))
        self.theirs = theirs


class VersionedModel(models.Model):
    """A row that people edit. `version` grows by one for each save; each save leaves a row in `history`."""

    version = models.PositiveIntegerField(_("versjon"), default=1, editable=False)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True


@transaction.atomic
def create(row: VersionedModel, *, by: AbstractBaseUser | None, reason: str = "") -> Any:
    """Write a new row and its first history row. Returns the row."""
    _sign(row, by=by, reason=reason)
    row.save()
    return row


def save_version(row: VersionedModel, *, base_version: int, by: AbstractBaseUser | None, reason: str = "") -> Any:
    """Save the row if nobody has saved it since `base_version` was read. Returns the row; raises `Conflict`.

    One UPDATE that names the version takes the row lock on both databases, so two savers cannot both pass. The history
    row follows in the same transaction.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    with transaction.atomic(savepoint=False):
        is_saved = rows.filter(version=base_version).update(**(facts | {"version": base_version + 1}))
        if is_saved:
            row.version = base_version + 1
            _sign(row, by=by, reason=reason)
            type(row).history.bulk_history_create([row], update=True)
    if not is_saved:
        raise Conflict(theirs=rows.get())
    return row


@transaction.atomic
def remove(row: VersionedModel, *, by: AbstractBaseUser | None, reason: str = "") -> None:
    """Delete the row; the history keeps its last state and who removed it."""
    _sign(row, by=by, reason=reason)
    row.delete()


def _sign(row: VersionedModel, *, by: AbstractBaseUser | None, reason: str) -> None:
    """Say to the history who does it, and why; a reason that is too long for it is cut."""
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = Truncator(reason).chars(REASON_LENGTH)  # type: ignore[attr-defined]
