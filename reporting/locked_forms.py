"""A form of a unit's report: what it saves is written under the report's lock, or refused."""

from typing import Any

from django.db import transaction

from organisation.editing import VersionedForm
from reporting import handing_in
from reporting.handing_in import NotPossible


class FormUnderLock(VersionedForm):
    """A form that is saved only while its report is open. `refusal` says why it was not, though nothing is wrong.

    `report_id` is the report's; `when_locked` the sentence for the person.
    """

    when_locked: Any = ""
    refusal = ""

    @property
    def report_id(self) -> int:
        """The report that what is typed belongs to."""
        raise NotImplementedError

    @property
    def status(self) -> int:
        """As for every form; 409 also where the report was locked meanwhile."""
        return 409 if self.refusal else super().status

    def store(self) -> bool:
        """Save what was typed. False when it could not be: then `errors`, `clash` or `refusal` says why."""
        try:
            return super().store()
        except NotPossible as refusal:
            self.refusal = str(refusal)
            return False

    @transaction.atomic
    def write(self) -> None:
        """Write it under the report's row lock, so that nothing slips in after hand-in.

        Raises `Conflict`, and `NotPossible` where the report is locked.
        """
        report = handing_in.locked(self.report_id)
        if report.is_locked(report.now):
            raise NotPossible(self.when_locked)
        super().write()
