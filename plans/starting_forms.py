"""What a person chooses to start a document."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit, User
from organisation.unit_tree import in_tree_order
from plans.document_templates import TEMPLATES
from plans.models import Document


class StartForm(forms.Form):
    """Kind, unit and year. The units are those that the person publishes for, in the order of the organisation."""

    kind = forms.ChoiceField(label=_("Hva slags dokument"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Enhet"))
    year = forms.IntegerField(label=_("År"), min_value=1900, max_value=2200)

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, initial={"year": timezone.localdate().year})
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, capfirst(Document.Kind(kind).label)) for kind in TEMPLATES
        ]
        self.units = {f"{unit.pk}": unit for unit in _publishable(by)}
        self.fields["unit"].choices = [(pk, unit.name) for pk, unit in self.units.items()]  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["unit"]]


def _publishable(by: User) -> list[Unit]:
    """The units that the person publishes for, each after the one above it."""
    mine = set(Unit.objects.publishable_by(by).values_list("pk", flat=True))
    return [unit for unit in in_tree_order(Unit.objects.all()) if unit.pk in mine]
