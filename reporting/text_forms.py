"""The form for a text of a unit's report."""

from typing import Any

from django.utils.translation import gettext_lazy

from organisation.models import User
from plans.forms import RichTextField
from reporting.locked_forms import FormUnderLock
from reporting.models import ReportText
from reporting.texts import as_page

HELP = {
    ReportText.Kind.STATUS: gettext_lazy("Hvordan går det? Det viktigste først. Noen få setninger holder."),
    ReportText.Kind.DEVIATIONS: gettext_lazy("Hva ble ikke som planlagt, og hva gjør dere med det?"),
    ReportText.Kind.CHALLENGES: gettext_lazy("Hva må dere være forberedt på i tida som kommer?"),
}


class ReportTextForm(FormUnderLock):
    """A text of a unit's report."""

    when_locked = gettext_lazy("Rapporten er låst, og teksten ble ikke lagret.")

    body = RichTextField(required=False)

    class Meta:
        model = ReportText
        fields = ["body"]

    def __init__(self, data: Any = None, *, instance: ReportText, by: User, **options: Any) -> None:
        super().__init__(data, instance=instance, by=by, **options)
        self.fields["body"].label = instance.get_kind_display()
        self.fields["body"].help_text = HELP[ReportText.Kind(instance.kind)]

    @property
    def report_id(self) -> int:
        """The report of the text."""
        return self.instance.report_id

    def shown(self, row: Any, name: str) -> Any:
        """The text as it looks on the page."""
        return as_page(row.body) if name == "body" else super().shown(row, name)
