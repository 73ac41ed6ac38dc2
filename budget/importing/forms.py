"""Uploading a file of figures: where it is from, what it holds, and what it must come to."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from budget.importing.expectations import number_taken
from budget.importing.scale import kroner_per_unit
from budget.models import BudgetAmendment, BudgetLine, ImportBatch, LedgerSource
from budget.reading.cells import LARGEST_FILE
from organisation.models import Unit
from organisation.numbers import NumberField

Layer = BudgetLine.Layer
MEGABYTE = 1024 * 1024
FIRST_YEAR, LAST_YEAR = 1990, 2200
LONGEST_NAME = 255


class UploadForm(forms.Form):
    """A file with what is said about it. When it is valid, `source` is the source, unsaved where it is new."""

    source = forms.ModelChoiceField(
        label=_("Kilde"), queryset=LedgerSource.objects.none(), required=False, empty_label=_("En ny kilde")
    )
    new_name = forms.CharField(
        label=_("Navn på den nye kilden"),
        max_length=100,
        required=False,
        help_text=_("For eksempel «Regnskapssystemet». Neste gang velger du den, og kolonner og koder er kjent."),
    )
    new_form = forms.ChoiceField(label=_("Filtype"), choices=LedgerSource.Form.choices, required=False)
    new_factor = forms.TypedChoiceField(
        label=_("Beløpene i fila står i"),
        choices=LedgerSource.Factor.choices,
        coerce=int,
        required=False,
    )
    new_is_reversed = forms.BooleanField(
        label=_("Inntekter står uten minus, utgifter med"),
        required=False,
        help_text=_("Vanligvis er det omvendt: utgifter uten minus, inntekter med."),
    )
    layer = forms.ChoiceField(
        label=_("Fila inneholder"),
        choices=[(layer.value, capfirst(layer.label)) for layer in Layer],
        initial=Layer.ACTUAL,
    )
    plan_year = forms.IntegerField(
        label=_("Budsjettår"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text=_(
            "For budsjett: året det ble vedtatt for. Årene etter kan være med. Tomt: hver linje hører til sitt eget år."
        ),
    )
    number = forms.IntegerField(
        label=_("Nummer"), min_value=1, max_value=32_767, required=False, help_text=_("Tomt: neste ledige nummer.")
    )
    title = forms.CharField(label=_("Tittel"), max_length=200, required=False)
    decided_on = forms.DateField(
        label=_("Vedtatt"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    decision = forms.CharField(label=_("Saksnummer"), max_length=200, required=False)
    control_sum = NumberField(
        label=_("Summen av beløpene"),
        max_decimals=2,
        required=False,
        help_text=_("Slik den står i kilden, med samme enhet og fortegn som beløpene i fila."),
    )
    control_count = forms.IntegerField(label=_("Antall linjer"), min_value=0, required=False)
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Excel (.xlsx), ODS, CSV eller KOSTRA-fil, høyst 50 MB."),
        error_messages={"empty": _("Fila er tom (0 byte). Hent den ut på nytt, og last den opp igjen.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, unit: Unit) -> None:
        super().__init__(data, files)
        self.unit = unit
        self.sources = LedgerSource.objects.filter(unit=unit, is_example=False)
        self.fields["source"].queryset = self.sources  # type: ignore[attr-defined]
        self.fields["source"].initial = ImportBatch.objects.filter(source__unit=unit).values_list("source").first()

    @property
    def status(self) -> int:
        """The status of the page."""
        return 422 if self.errors else 200

    @property
    def opens_source(self) -> bool:
        """Whether what is asked of a new source stands open: there is nothing to choose, or something to put right."""
        is_wrong = any(name.startswith("new_") for name in self.errors)
        return is_wrong or bool(self["new_name"].value()) or not self.sources.exists()

    @property
    def opens_amendment(self) -> bool:
        """Whether what is asked of a decision stands open."""
        return self["layer"].value() == Layer.REVISED

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            words = _("Fila er på %(size)s MB. Grensen er 50 MB. Del den i flere, for eksempel en for hvert år.")
            raise forms.ValidationError(words % {"size": file.size // MEGABYTE})
        return file

    def clean(self) -> dict[str, Any]:
        """What one answer asks of another."""
        said = super().clean() or self.cleaned_data
        self._clean_source(said)
        if said.get("layer") == Layer.REVISED:
            self._clean_amendment(said)
        source = said.get("source")
        form = source.form if source else said.get("new_form")
        if form == LedgerSource.Form.KOSTRA and said.get("layer") != Layer.ACTUAL:
            self.add_error("layer", _("En KOSTRA-fil er regnskap. Velg regnskap, eller en annen kilde."))
        return said

    def _clean_source(self, said: dict[str, Any]) -> None:
        name = said.get("new_name")
        if said.get("source") and name:
            self.add_error("new_name", _("Velg en kilde eller skriv navnet på en ny, ikke begge deler."))
        elif not said.get("source") and not name:
            self.add_error("new_name", _("Velg en kilde, eller skriv navnet på en ny."))
        elif name and LedgerSource.objects.filter(unit=self.unit, name=name).exists():
            self.add_error("new_name", _("Det finnes allerede en kilde med dette navnet. Velg den i lista."))

    def _clean_amendment(self, said: dict[str, Any]) -> None:
        needed = {
            "plan_year": _("Skriv hvilket års budsjett som endres."),
            "title": _("Skriv hva vedtaket heter."),
            "decided_on": _("Skriv når det ble vedtatt."),
        }
        for name, words in needed.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, words)
        year, number = said.get("plan_year"), said.get("number")
        if year and number and BudgetAmendment.objects.filter(unit=self.unit, year=year, number=number).exists():
            what = number_taken(number, year).what
            self.add_error("number", _("%(what)s Velg et nummer som er ledig.") % {"what": what})

    @property
    def chosen_source(self) -> LedgerSource:
        """The source that was chosen, or the new one, which is not saved."""
        said = self.cleaned_data
        if said["source"]:
            return said["source"]
        return LedgerSource(
            unit=self.unit,
            name=said["new_name"],
            form=said["new_form"] or LedgerSource.Form.TABLE,
            factor=said["new_factor"] or LedgerSource.Factor.KRONER,
            is_reversed=said["new_is_reversed"],
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What the batch is to know, controls in kroner with KOSTRA's sign."""
        said = self.cleaned_data
        is_budget = said["layer"] in {Layer.ORIGINAL, Layer.REVISED}
        total = said["control_sum"]
        return {
            "layer": said["layer"],
            "plan_year": said["plan_year"] if is_budget else None,
            "amendment_facts": self._amendment_facts() if said["layer"] == Layer.REVISED else {},
            "control_sum": None if total is None else total * kroner_per_unit(self.chosen_source),
            "control_count": said["control_count"],
        }

    def _amendment_facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        facts = {name: said[name] for name in ("number", "title", "decision")}
        return facts | {"decided_on": said["decided_on"].isoformat()}

    def file_name(self) -> str:
        """What the file is called, its end if it is very long."""
        return str(self.cleaned_data["file"].name)[-LONGEST_NAME:]
