"""The forms of the steps that need a word: a report sent back, and a report opened again."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting import deadlines
from reporting.handing_in import NotPossible

USUAL_DAYS = 3
"""How many days a leader gets, until somebody says another day."""

LONGEST = datetime.timedelta(days=366)


class GivingBackForm(forms.Form):
    """What is said to the unit, and the last day of its new deadline. `deed` is the button's word."""

    deed: Any
    comment = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}))
    due_on = forms.DateField(
        label=gettext_lazy("Ny frist"),
        help_text=gettext_lazy("Rapporten er åpen til og med denne dagen."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["due_on"].initial = timezone.localdate() + datetime.timedelta(days=USUAL_DAYS)
        self.is_refused = False

    def clean_due_on(self) -> datetime.date:
        """A day that is not over, and within a year."""
        day: datetime.date = self.cleaned_data["due_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("Velg en dag fra og med i dag og innen et år."))
        return day

    @property
    def status(self) -> int:
        """The status of the page: 200, 422 for what cannot be saved, 409 where the report has come further."""
        if self.is_refused:
            return 409
        return 422 if self.errors else 200

    def store(self, deed: Callable[..., Any]) -> bool:
        """Do the deed with what was typed: `deed(said, due_at)`. False when it could not be; `errors` says why."""
        if not self.is_valid():
            return False
        try:
            deed(self.cleaned_data["comment"], deadlines.end_of(self.cleaned_data["due_on"]))
        except NotPossible as refusal:
            self.is_refused = True
            self.add_error(None, str(refusal))
        return not self.is_refused


class SendBackForm(GivingBackForm):
    """What must be put right before the report can be approved."""

    deed = gettext_lazy("Send tilbake")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["comment"].label = _("Hva må rettes?")


class ReopenForm(GivingBackForm):
    """Why a locked or approved report is opened again."""

    deed = gettext_lazy("Åpne igjen")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["comment"].label = _("Hvorfor åpnes den igjen?")
