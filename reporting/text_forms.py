"""The form for a text of a unit's report."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.editing import VersionedForm
from organisation.models import User
from plans.forms import RichTextField
from reporting import handing_in
from reporting.handing_in import NotPossible
from reporting.models import ReportText
from reporting.texts import as_page

HELP = {
    ReportText.Kind.STATUS: gettext_lazy("Hvordan går det? Det viktigste først. Noen få setninger holder."),
    ReportText.Kind.DEVIATIONS: gettext_lazy("Hva ble ikke som planlagt, og hva gjør dere med det?"),
    ReportText.Kind.CHALLENGES: gettext_lazy("Hva må dere være forberedt på i tida som kommer?"),
}


class ReportTextForm(VersionedForm):
    """A text of a unit's report. `refusal` says why it could not be saved although nothing is wrong with it."""

    body = RichTextField(required=False)

    class Meta:
        model = ReportText
        fields = ["body"]

    def __init__(self, data: Any = None, *, instance: ReportText, by: User, **options: Any) -> None:
        super().__init__(data, instance=instance, by=by, **options)
        self.refusal = ""
        self.fields["body"].label = instance.get_kind_display()
        self.fields["body"].help_text = HELP[ReportText.Kind(instance.kind)]

    @property
    def status(self) -> int:
        """As for every form; 409 also where the report was locked meanwhile."""
        return 409 if self.refusal else super().status

    def store(self) -> bool:
        """Save the text. False when it could not be: then `errors`, `clash` or `refusal` says why."""
        try:
            return super().store()
        except NotPossible as refusal:
            self.refusal = str(refusal)
            return False

    @transaction.atomic
    def write(self) -> None:
        """Write the text under the report's row lock, so that nothing slips in after hand-in.

        Raises `Conflict`, and `NotPossible` where the report is locked.
        """
        report = handing_in.locked(self.instance.report_id)
        if report.is_locked(report.now):
            raise NotPossible(_("Rapporten er låst, og teksten ble ikke lagret."))
        super().write()

    def shown(self, row: Any, name: str) -> Any:
        """The text as it looks on the page."""
        return as_page(row.body) if name == "body" else super().shown(row, name)
