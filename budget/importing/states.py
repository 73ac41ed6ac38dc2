"""How a batch goes from one state to the next: each step is one UPDATE that only one of several can make."""

import json
from typing import Any

from django.db.models import Q
from django.utils import timezone

from budget.importing.checking import Checked
from budget.kroner import from_ore
from budget.models import ImportBatch
from budget.models.batches import LONGEST

State = ImportBatch.State
UNDER_WAY = (State.CHECKING, State.WRITING)


def claim(batch: ImportBatch, state: str, *, among: tuple[str, ...]) -> bool:
    """Take the batch to a state from one of those named. False where someone else has.

    Work that has died is begun anew with checking.
    """
    from_here = Q(state__in=among)
    if state == State.CHECKING:
        from_here |= Q(state__in=UNDER_WAY, heard_at__lt=timezone.now() - LONGEST)
    rows = ImportBatch.objects.filter(from_here, pk=batch.pk, content__isnull=False)
    return bool(rows.update(state=state, percent=0, problem="", heard_at=timezone.now()))


def tell(batch: ImportBatch, percent: int) -> None:
    """Say how far the work has come. Seen by others at once, so call it outside a transaction."""
    _working(batch).update(percent=min(percent, 99), heard_at=timezone.now())


def is_as_shown(batch: ImportBatch, checked: Checked) -> bool:
    """Whether a check came to what the person saw before they said that it was to be written."""
    return bool(json.loads(json.dumps(checked.preview())) == batch.preview)


def put_checked(batch: ImportBatch, checked: Checked, *, problem: str = "") -> bool:
    """The file is checked: store what was found. False where the batch has gone another way meanwhile."""
    facts: dict[str, Any] = {"findings": checked.findings.as_json(), "preview": checked.preview(), "problem": problem}
    facts |= {"line_count": checked.sums.count, "amount": from_ore(checked.sums.total)}
    return bool(_working(batch).update(state=State.CHECKED, percent=100, heard_at=timezone.now(), **facts))


def put_failed(batch: ImportBatch, problem: str) -> None:
    """The work came to nothing, with a sentence for the one who waits. The file is kept, to try again."""
    _working(batch).update(state=State.FAILED, problem=problem, heard_at=timezone.now())


def is_silent(batch: ImportBatch) -> bool:
    """Whether the work on the batch has died."""
    return batch.state in UNDER_WAY and batch.heard_at < timezone.now() - LONGEST


def _working(batch: ImportBatch) -> "ImportBatch.ImportBatchQuerySet":
    """The batch, while it is in the state that the one who works on it has brought it to."""
    return ImportBatch.objects.filter(pk=batch.pk, state=batch.state)
