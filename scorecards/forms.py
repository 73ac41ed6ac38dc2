"""Forms for scorecards, their rows and groups, the indicators, and key-figure tables."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organisation import periods
from organisation.access import Right
from organisation.addresses import address
from organisation.editing import VersionedForm
from organisation.models import Period, Unit, User
from organisation.numbers import NumberField
from organisation.ordering import next_position
from organisation.versions import create
from scorecards.models import (
    Indicator,
    KeyFigureRow,
    KeyFigureTable,
    Scorecard,
    ScorecardGroup,
    ScorecardRow,
)
from scorecards.ownership import People, current


class ScorecardForm(VersionedForm):
    """What stands around the scorecard's rows."""

    class Meta:
        model = Scorecard
        fields = ["title", "caption", "footnotes"]


class GroupForm(VersionedForm):
    """A heading in a scorecard."""

    class Meta:
        model = ScorecardGroup
        fields = ["title", "note", "parent", "functions"]

    def __init__(self, data: Any = None, *, instance: ScorecardGroup, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        others = instance.scorecard.groups.filter(parent__isnull=True).exclude(pk=instance.pk)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class RowForm(VersionedForm):
    """An indicator's place in a scorecard."""

    class Meta:
        model = ScorecardRow
        fields = ["group", "label", "is_new", "mark", "note"]
        help_texts = {"label": _("Bare når raden skal hete noe annet her enn indikatoren heter.")}

    def __init__(self, data: Any = None, *, instance: ScorecardRow, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        self.fields["group"].queryset = instance.scorecard.groups  # type: ignore[attr-defined]

    def clean_group(self) -> ScorecardGroup:
        """A row that comes to another group stands last there."""
        group: ScorecardGroup = self.cleaned_data["group"]
        if group.pk != self.initial.get("group"):
            self.instance.position = next_position(group.rows.all())
        return group


class NewRowForm(RowForm):
    """A new row: for an indicator that exists, or for a new one."""

    name = forms.CharField(label=_("Ny indikator"), max_length=500, required=False, help_text=_("Hva som skal måles."))
    direction = forms.ChoiceField(
        label=_("Retning"), required=False, choices=[("", _("Ikke bestemt")), *Indicator.DirectionChoice.choices]
    )
    unit_of_measure = forms.CharField(label=_("Måleenhet"), max_length=50, required=False)
    scale = forms.CharField(label=_("Skala"), max_length=200, required=False)
    owner = forms.ModelChoiceField(label=_("Eier"), queryset=Unit.objects.none(), required=False)

    class Meta(RowForm.Meta):
        fields = [
            "group",
            "indicator",
            "name",
            "direction",
            "unit_of_measure",
            "scale",
            "owner",
            "is_new",
            "mark",
            "note",
        ]

    def __init__(self, data: Any = None, *, instance: ScorecardRow, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        used = instance.scorecard.rows.values("indicator")
        indicator = self.fields["indicator"]
        indicator.queryset = Indicator.objects.visible_to(by).exclude(pk__in=used)  # type: ignore[attr-defined]
        indicator.required = False
        indicator.label = _("Indikator som finnes")
        self.fields["owner"].queryset = Unit.objects.editable_by(by)  # type: ignore[attr-defined]
        self.fields["owner"].initial = instance.scorecard.unit_id

    def clean(self) -> dict[str, Any]:
        """One indicator: chosen, or new with a name and an owner."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("indicator")) == bool(cleaned.get("name")):
            self.add_error("name", _("Velg en indikator som finnes, eller skriv navnet på en ny. Bare én av delene."))
        elif cleaned.get("name") and not cleaned.get("owner"):
            self.add_error("owner", _("En ny indikator må ha en eier, som rapporterer den."))
        return cleaned

    @transaction.atomic
    def write(self) -> None:
        """Write the new indicator first, where there is one."""
        if not self.cleaned_data["indicator"]:
            self.instance.indicator = self._new_indicator()
        super().write()

    def _new_indicator(self) -> Indicator:
        facts = {key: self.cleaned_data[key] for key in ("name", "direction", "unit_of_measure", "scale", "owner")}
        return new_indicator(by=self.by, **facts)


def new_indicator(*, by: User, name: str, owner: Unit, **facts: Any) -> Indicator:
    """Write a new indicator, with an address made from its name."""
    taken = set(Indicator.objects.values_list("slug", flat=True))
    indicator: Indicator = create(Indicator(slug=address(name, taken=taken), name=name, owner=owner, **facts), by=by)
    return indicator


class IndicatorForm(VersionedForm):
    """What an indicator is, and who answers for it. Without a direction nothing is said to be good or bad."""

    tolerance = NumberField(label=_("Slingringsmonn"), required=False, max_decimals=4)

    class Meta:
        model = Indicator
        fields = [
            "name", "definition", "direction", "tolerance", "unit_of_measure", "scale", "frequency", "source", "owner",
            "responsible", "shared_with",
        ]  # fmt: skip
        help_texts = {"shared_with": _("Enheter som skal oppgi det samme. Hold Ctrl nede for å velge flere.")}

    def __init__(self, data: Any = None, *, instance: Indicator, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        self.people = People()
        self.fields["tolerance"].help_text = Indicator._meta.get_field("tolerance").help_text
        self.fields["owner"].queryset = Unit.objects.editable_by(by)  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = self._candidates()  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("Enhetens leder")  # type: ignore[attr-defined]
        self.fields["responsible"].label_from_instance = _name  # type: ignore[attr-defined]
        shareable = current(Unit.objects.filter(municipality=instance.owner.municipality_id))
        kept = instance.shared_with.values("pk")
        self.fields["shared_with"].queryset = Unit.objects.filter(Q(pk__in=shareable) | Q(pk__in=kept))  # type: ignore[attr-defined]

    def _candidates(self) -> QuerySet[User]:
        """Those who may edit the owning unit or the chosen new one, and whoever is responsible now."""
        named = {f"{self.instance.owner_id}", f"{self['owner'].value()}"}
        units = [unit for unit in self.by.unit_ids(Right.EDIT) if f"{unit}" in named]
        found = {one.pk for unit in units for one in self.people.editors_of(unit)} | {self.instance.responsible_id}
        return User.objects.filter(pk__in=found - {None}).order_by("last_name", "first_name", "username")

    def clean(self) -> dict[str, Any]:
        """The responsible person may edit the unit that owns it; the owner itself is not among those who share."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        owner, responsible = cleaned.get("owner"), cleaned.get("responsible")
        is_changed = {"owner", "responsible"} & set(self.changed_data)
        if owner and responsible and is_changed and responsible not in self.people.editors_of(owner.pk):
            sentence = _("%(person)s kan ikke skrive for %(unit)s. Velg en annen, eller enhetens leder.")
            self.add_error("responsible", sentence % {"person": responsible, "unit": owner})
        if owner and "shared_with" in cleaned:
            cleaned["shared_with"] = cleaned["shared_with"].exclude(pk=owner.pk)
        return cleaned


def _name(person: User) -> str:
    """The person's name, marked where the person has left."""
    return str(person) if person.is_active else _("%(person)s (har sluttet)") % {"person": person}


class KeyFigureTableForm(VersionedForm):
    """What stands around the table's rows."""

    class Meta:
        model = KeyFigureTable
        fields = ["caption", "row_heading", "unit_of_measure", "source", "chart", "footnotes"]


class KeyFigureRowForm(VersionedForm):
    """A row of a key-figure table. The table's version guards its rows, and its history tells who changed them."""

    period_text = forms.CharField(
        label=_("Periode"),
        required=False,
        help_text=_("Når raden er en periode: 2024, 2023/2024, 2024-T1 eller 2024-03."),
    )
    new_indicator = forms.CharField(
        label=_("Ny indikator"), max_length=500, required=False, help_text=_("Navnet på det som måles.")
    )

    class Meta:
        model = KeyFigureRow
        fields = ["label", "group", "indicator", "new_indicator", "period_text", "unit", "is_sum", "mark"]
        help_texts = {"unit": _("Når raden er en enhet som kolonnenes tall er fordelt på.")}

    def __init__(self, data: Any = None, *, instance: KeyFigureRow, by: User) -> None:
        period = _period_text(instance.period) if instance.period else ""
        super().__init__(data, instance=instance, by=by, initial={"period_text": period})
        self.fields["indicator"].queryset = Indicator.objects.visible_to(by)  # type: ignore[attr-defined]

    @property
    def guarded(self) -> KeyFigureTable:
        """The table."""
        return self.instance.table

    def clean_period_text(self) -> str:
        """The period is put into the row; a text that names none is refused."""
        text: str = self.cleaned_data["period_text"]
        try:
            self.instance.period = Period.objects.for_span(periods.parse(text)) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean(self) -> dict[str, Any]:
        """At most one indicator: chosen, or new."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("indicator") and cleaned.get("new_indicator"):
            self.add_error(
                "new_indicator", _("Velg en indikator som finnes, eller skriv navnet på en ny. Bare én av delene.")
            )
        return cleaned

    def write_rest(self) -> None:
        """The row itself, a new indicator, and the unit's parts of what the columns measure."""
        row, table = self.instance, self.instance.table
        if name := self.cleaned_data["new_indicator"]:
            row.indicator = new_indicator(
                by=self.by, name=name, owner=table.area.unit, unit_of_measure=table.unit_of_measure
            )
        row.save()
        if row.unit:
            add_parts(row, by=self.by)


def _period_text(period: Period) -> str:
    """The period as `periods.parse` reads it."""
    start = period.start
    forms_of = {
        Period.Kind.YEAR: f"{start.year}",
        Period.Kind.SCHOOL_YEAR: f"{start.year}/{period.end.year}",
        Period.Kind.TERTIAL: f"{start.year}-T{period.end.month // 4}",
        Period.Kind.QUARTER: f"{start.year}-Q{period.end.month // 3}",
        Period.Kind.MONTH: f"{start:%Y-%m}",
    }
    return forms_of.get(Period.Kind(period.kind), f"{start:%Y-%m-%d}")


def add_parts(row: KeyFigureRow, *, by: User) -> None:
    """Write the row's unit's part of each indicator that the columns measure, where it is not there yet."""
    measured = {column.indicator for column in row.table.columns.select_related("indicator") if column.indicator}
    existing = set(Indicator.objects.filter(unit=row.unit, parent__in=measured).values_list("parent_id", flat=True))
    for indicator in sorted(measured, key=lambda one: one.pk):
        if indicator.pk not in existing:
            facts = {"parent": indicator, "unit": row.unit, "unit_of_measure": indicator.unit_of_measure}
            new_indicator(by=by, name=f"{indicator.name}, {row.label}", owner=indicator.owner, **facts)
