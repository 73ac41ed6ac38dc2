"""How a source is read: which heading is which field, what its codes mean, and how its amounts stand."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.importing.fields import REQUIRED, WHOLE_FILE, Field
from budget.models import BudgetLine, CodeMapping, KostraArt, LedgerSource
from organisation.editing import VersionedForm
from organisation.models import KostraFunction, Unit, User

Kind = CodeMapping.Kind
Choices = list[tuple[str, Any]]

CONSTANTS: Choices = [
    ("", _("Hele fila er drift")),
    (f"{WHOLE_FILE}{BudgetLine.Account.INVESTMENT}", _("Hele fila er investering")),
]
AT_ONCE = 50
"""Codes that are explained on one page; the next ones come when these are saved."""


class ColumnsForm(VersionedForm):
    """Which heading of a file is read as which field."""

    class Meta:
        model = LedgerSource
        fields: list[str] = []

    def __init__(
        self, data: Any = None, *, instance: LedgerSource, by: User, headings: Iterable[str], used: Mapping[str, str]
    ) -> None:
        super().__init__(data, instance=instance, by=by)
        choices = [(heading, heading) for heading in headings]
        for field in Field:
            none = CONSTANTS if field == Field.ACCOUNT_CLASS else [("", _("Ingen kolonne"))]
            self.fields[field.value] = forms.ChoiceField(
                label=field.label,
                choices=[*none, *choices],
                required=field in REQUIRED,
                initial=used.get(field.value, ""),
            )

    def clean(self) -> dict[str, Any]:
        """A column is read as one field."""
        said = super().clean() or self.cleaned_data
        chosen: dict[str, Field] = {}
        for field in Field:
            if not (heading := said.get(field.value)):
                continue
            first = chosen.setdefault(heading, field)
            if first != field:
                words = _("«%(heading)s» er også valgt som %(other)s. Velg en annen kolonne ett av stedene.")
                self.add_error(field.value, words % {"heading": heading, "other": first.label})
        return said

    def write(self) -> None:
        """Write the columns that were chosen."""
        said = self.cleaned_data
        self.instance.columns = {field.value: said[field.value] for field in Field if said[field.value]}
        super().write()

    def shown(self, row: Any, name: str) -> Any:
        """The heading."""
        return row.columns.get(name, "")


class SourceForm(VersionedForm):
    """What a source is called, how its amounts stand, and the headings that are remembered."""

    class Meta:
        model = LedgerSource
        fields = ["name", "factor", "is_reversed"]

    def __init__(self, data: Any = None, *, instance: LedgerSource, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        is_table = instance.form == LedgerSource.Form.TABLE
        self.constants = {name: said for name, said in instance.columns.items() if said.startswith(WHOLE_FILE)}
        self.remembered = [field for field in Field if is_table and field not in self.constants]
        if not is_table:
            del self.fields["factor"], self.fields["is_reversed"]
        for field in self.remembered:
            label = _("Overskrift: %(field)s") % {"field": field.label}
            value = instance.columns.get(field.value, "")
            self.fields[_column(field)] = forms.CharField(label=label, max_length=200, required=False, initial=value)

    def clean_name(self) -> str:
        """A unit has one source of each name."""
        name: str = self.cleaned_data["name"]
        if LedgerSource.objects.filter(unit=self.instance.unit, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Det finnes allerede en kilde med dette navnet."))
        return name

    def write(self) -> None:
        """Write the headings too."""
        said = {field.value: self.cleaned_data[_column(field)] for field in self.remembered}
        self.instance.columns = self.constants | {name: heading for name, heading in said.items() if heading}
        super().write()

    def shown(self, row: Any, name: str) -> Any:
        """Headings as they are remembered."""
        if name.startswith("column_"):
            return row.columns.get(name.removeprefix("column_"), "")
        if name == "is_reversed":
            return _("Ja") if row.is_reversed else _("Nei")
        return super().shown(row, name)


def _column(field: Field) -> str:
    return f"column_{field.value}"


class CodesForm(forms.Form):
    """What the unknown codes of a file mean; those that are left empty stay unknown."""

    def __init__(self, data: Any = None, *, source: LedgerSource, unknown: list[dict[str, Any]]) -> None:
        super().__init__(data)
        self.asked = unknown[:AT_ONCE]
        self.more = len(unknown) - len(self.asked)
        choices = {kind: _choices(kind, source) for kind in {one["kind"] for one in self.asked}}
        for one in self.asked:
            self.fields[_name(one)] = forms.ChoiceField(
                label=f"{Kind(one['kind']).label.capitalize()} {one['code']}",
                choices=choices[one["kind"]],
                required=False,
                initial=one["proposal"],
                help_text=_where(one),
            )

    @property
    def meanings(self) -> dict[tuple[str, str], str]:
        """What was chosen: (kind, code) → target."""
        said = {(one["kind"], one["code"]): self.cleaned_data[_name(one)] for one in self.asked}
        return {key: target for key, target in said.items() if target}


def _name(unknown: Mapping[str, Any]) -> str:
    """A name of a field that may be an id in HTML, whatever the code is."""
    return f"{unknown['kind']}-{unknown['code'].encode().hex()}"


def _where(unknown: Mapping[str, Any]) -> str:
    facts = {"row": unknown["row"], "rows": unknown["rows"]}
    words = _("Rad %(row)s.") if unknown["rows"] == 1 else _("Rad %(row)s og flere, %(rows)s rader i alt.")
    said = words % facts
    if not unknown["proposal"]:
        return said
    return _("%(where)s Foreslått ut fra koden: se etter at det stemmer.") % {"where": said}


def _choices(kind: str, source: LedgerSource) -> Choices:
    none: Choices = [("", _("Velg"))]
    if kind == Kind.UNIT:
        units = Unit.objects.filter(municipality=source.unit.municipality_id).order_by("name")
        return none + list(units.values_list("slug", "name"))
    rows: Iterable[Any] = (KostraFunction if kind == Kind.FUNCTION else KostraArt).objects.order_by("code")
    return none + list({row.code: str(row) for row in rows}.items())
