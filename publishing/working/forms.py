"""What a person says when publishing or accepting a finding."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.models import Document
from publishing.models import Publication


class PublishForm(forms.Form):
    """Stage, decision and what has changed. `version` is the one the writer saw, so a double click publishes once.

    `kind` is the document's (`Document.Kind`): a report of a round is proposed as what it is.
    """

    stage = forms.ChoiceField(label=_("Stadium"), choices=Publication.Stage)
    decision_body = forms.CharField(
        label=_("Vedtatt av"), max_length=200, required=False, help_text=_("For eksempel «Kommunestyret».")
    )
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=50, required=False, help_text=_("For eksempel «123/24».")
    )
    decided_on = forms.DateField(
        label=_("Vedtatt dato"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    is_correction = forms.BooleanField(
        label=_("Versjonen retter en feil i forrige versjon"),
        required=False,
        help_text=_("Skriv nedenfor hva som var feil. De som leser den gamle versjonen, får se det."),
    )
    reason = forms.CharField(
        label=_("Hva er endret siden forrige versjon?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hva som er endret.")},
    )
    has_changes = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, next_version: int, kind: str) -> None:
        stage = {"stage": Publication.Stage.TERTIAL} if kind == Document.Kind.TERTIAL_REPORT else {}
        super().__init__(data, initial={"version": next_version} | stage)
        self.next_version = next_version
        if next_version == 1:
            for name in ("is_correction", "reason", "has_changes"):
                del self.fields[name]
        else:
            said = gettext("Legg endringene siden versjon %(version)s ved PDF-en som vedlegg")
            self.fields["has_changes"].label = said % {"version": next_version - 1}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_correction") and "reason" in self.errors:
            self.errors["reason"] = self.error_class([gettext("Skriv hva som var feil i forrige versjon.")])
        is_adopted = data.get("stage") == Publication.Stage.ADOPTED
        if is_adopted and not data.get("decision_body"):
            self.add_error("decision_body", _("Skriv hvem som har vedtatt det, for eksempel «Kommunestyret»."))
        if is_adopted and not data.get("decided_on"):
            self.add_error("decided_on", _("Skriv datoen for vedtaket."))
        if "version" in data and data["version"] != self.next_version:
            raise forms.ValidationError(
                _("Versjon %(version)s er publisert i mellomtiden. Se på den før du publiserer på nytt.")
                % {"version": self.next_version - 1}
            )
        return data


class PdfForm(forms.Form):
    """What is to stand in the PDF of a draft. `newest` is the version to compare with; None where there is none."""

    has_changes = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, newest: Publication | None) -> None:
        super().__init__(data, auto_id="pdf_%s")
        if newest is None:
            del self.fields["has_changes"]
        else:
            said = gettext("Legg ved endringer siden versjon %(version)s")
            self.fields["has_changes"].label = said % {"version": newest.version}


class AcceptanceForm(forms.Form):
    """Why a finding of the control may stand."""

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Begrunnelse"), max_length=1000)
