"""What is done with a file of figures before it is written: uploaded, explained, checked again, given up."""

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db import transaction

from budget.importing import states
from budget.importing.tasks import check_file, write_file
from budget.models import CodeMapping, ImportBatch, LedgerSource
from organisation.models import User
from organisation.versions import create

State = ImportBatch.State
UNCHANGED = Fraction(1)


def upload(*, source: LedgerSource, content: bytes, name: str, facts: Mapping[str, Any], by: User) -> ImportBatch:
    """Keep the file, and have it checked. `facts` are the batch's own: layer, year, decision and controls.

    Call it outside a transaction, since the checking may begin in the call.
    """
    batch = _keep(source=source, content=content, name=name, facts=facts, by=by)
    check_file.enqueue(batch.pk)
    return batch


@transaction.atomic
def _keep(*, source: LedgerSource, content: bytes, name: str, facts: Mapping[str, Any], by: User) -> ImportBatch:
    if source.pk is None:
        create(source, by=by)
    return ImportBatch.objects.create(
        source=source,
        content=content,
        file_name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        **facts,
    )


def check_again(*, batch: ImportBatch) -> bool:
    """Have the file checked once more. False where it is being worked on, or is not there any more."""
    is_taken = states.claim(batch, State.CHECKING, among=(State.CHECKED, State.FAILED))
    if is_taken:
        check_file.enqueue(batch.pk)
    return is_taken


def write(*, batch: ImportBatch, by: User) -> bool:
    """Have a checked file written. False where that is not possible, or someone has asked already."""
    if batch.preview.get("errors") or not states.claim(batch, State.WRITING, among=(State.CHECKED,)):
        return False
    write_file.enqueue(batch.pk, by.pk)
    return True


def drop(*, batch: ImportBatch) -> bool:
    """Give a file up that is not written; its content is thrown away. False where it is written, or being so."""
    rows = ImportBatch.objects.filter(pk=batch.pk, state__in=(State.CHECKING, State.CHECKED, State.FAILED))
    return bool(rows.update(state=State.DROPPED, content=None))


def read_anew(*, source: LedgerSource, scaled: Fraction = UNCHANGED) -> None:
    """How the source is read has been changed: check its files that wait again.

    `scaled` is how many times larger the file's amounts are in kroner than before; control sums follow.
    """
    for batch in source.batches.filter(state=State.CHECKED).defer("content"):
        if batch.control_sum is not None and scaled != UNCHANGED:
            control_sum = batch.control_sum * scaled.numerator / scaled.denominator
            ImportBatch.objects.filter(pk=batch.pk).update(control_sum=control_sum)
        check_again(batch=batch)


@transaction.atomic
def explain_codes(*, source: LedgerSource, meanings: Mapping[tuple[str, str], str]) -> None:
    """Keep what codes of a source mean: (kind, code) → a unit's address, a function's code or an art's code."""
    CodeMapping.objects.bulk_create(
        (CodeMapping(source=source, kind=kind, code=code, target=target) for (kind, code), target in meanings.items()),
        update_conflicts=True,
        unique_fields=["source", "kind", "code"],
        update_fields=["target"],
    )
