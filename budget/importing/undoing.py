"""Undoing an import: its lines are taken away, and the decision it made. The batch stays, with who and when."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.models import BudgetAmendment, BudgetLine, ImportBatch
from organisation.models import User
from organisation.versions import remove

State = ImportBatch.State


class NotPossible(Exception):
    """The import cannot be undone; the message is a sentence for the person."""


@transaction.atomic
def undo(*, batch: ImportBatch, by: User) -> None:
    """Take the lines of a written batch away. Raises `NotPossible`, then nothing is changed."""
    written = ImportBatch.objects.filter(pk=batch.pk, state=State.WRITTEN)
    if not written.update(state=State.UNDONE, undone_by=by, undone_at=timezone.now()):
        raise NotPossible(_("Importen er ikke lest inn, eller er angret allerede."))
    amendments = list(BudgetAmendment.objects.filter(lines__batch=batch).distinct())
    BudgetLine.objects.filter(batch=batch).delete()
    for amendment in amendments:
        if amendment.lines.exists():
            raise NotPossible(
                _("Budsjettreguleringen «%(amendment)s» har fått linjer som ikke er fra denne fila. Fjern dem først.")
                % {"amendment": amendment}
            )
        remove(amendment, by=by)
