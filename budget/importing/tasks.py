"""What is done with files in the background: checking them, and writing what they hold."""

import time

from django.utils.translation import gettext as _
from django_tasks import task

from budget.importing import states, writing
from budget.importing.checking import check
from budget.importing.judging import Understood
from budget.models import ImportBatch
from organisation.models import User

State = ImportBatch.State

PAUSE = 1.0
"""Seconds between two words on how far the work has come."""
READ, INSERTING = 60, 65
"""Per cent of writing that is done when the file is read again, and when the lines begin to go in."""
BYTES_PER_LINE = 30
"""Of a workbook, which is packed. What is shown from it is an estimate, and never reaches the end."""
ZIP = b"PK"


@task()
def check_file(pk: int) -> None:
    """Check the file of a batch that is to be checked. What goes wrong is told on the batch, and raised for the log."""
    batch = _begun(pk, State.CHECKING)
    if batch is None:
        return
    with _Failing(batch, _("Noe gikk galt da fila ble kontrollert. Ingenting er lest inn.")):
        states.put_checked(batch, check(batch, on_line=_Progress(batch, up_to=99)))


@task()
def write_file(pk: int, by: int) -> None:
    """Check the file of a batch once more and write it; where that shows anything new, the person is asked again."""
    batch = _begun(pk, State.WRITING)
    if batch is None:
        return
    with _Failing(batch, _("Noe gikk galt da linjene ble lest inn. Ingenting er lest inn.")):
        lines: list[Understood] = []
        checked = check(batch, keep=lines.append, on_line=_Progress(batch, up_to=READ))
        if checked.findings.has_errors or not states.is_as_shown(batch, checked):
            states.put_checked(
                batch, checked, problem=_("Noe er endret siden fila ble kontrollert. Se over den igjen.")
            )
            return
        states.tell(batch, INSERTING)
        try:
            writing.write_lines(batch=batch, checked=checked, lines=lines, by=User.objects.get(pk=by))
        except writing.GoneOn:
            states.put_checked(batch, check(batch, on_line=_silently))


def _begun(pk: int, state: str) -> ImportBatch | None:
    rows = ImportBatch.objects.select_related("source__unit")
    found: ImportBatch | None = rows.filter(pk=pk, state=state, content__isnull=False).first()
    return found


def _silently(_lines: int) -> None:
    """Say nothing."""


class _Failing:
    """Tells the batch when what stands inside fails, and lets the error go on to the log."""

    def __init__(self, batch: ImportBatch, problem: str) -> None:
        self.batch = batch
        self.problem = problem

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error:
            error.add_note(f"Import {self.batch.pk}, {self.batch.file_name}")
            advice = _("Prøv igjen, eller si fra til dem som driver systemet.")
            states.put_failed(self.batch, f"{self.problem} {advice}")


class _Progress:
    """Tells the batch how far the reading has come, no more often than someone looks."""

    def __init__(self, batch: ImportBatch, *, up_to: int) -> None:
        content = bytes(batch.content or b"")
        is_packed = content.startswith(ZIP)
        self.expected = len(content) // BYTES_PER_LINE if is_packed else content.count(b"\n")
        self.batch, self.up_to = batch, up_to
        self.told_at = float("-inf")

    def __call__(self, lines: int) -> None:
        now = time.monotonic()
        if now - self.told_at >= PAUSE:
            self.told_at = now
            states.tell(self.batch, min(self.up_to, self.up_to * lines // max(self.expected, 1)))
