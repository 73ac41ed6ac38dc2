"""The form that hands a unit's indicators over to someone else, many at once."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit, User
from organisation.versions import Conflict
from scorecards.models import Indicator
from scorecards.ownership import People, current, hand_over

LEADER = "leader"


class _Indicators(forms.ModelMultipleChoiceField):
    """The unit's indicators, each with who answers for it now."""

    people: People

    def label_from_instance(self, obj: Indicator) -> SafeString | str:
        """The name, with who answers where it is another than the unit's leader."""
        if obj.responsible is None:
            return obj.name
        now = _("nå: %(person)s") if self.people.entitled(obj) else _("nå: %(person)s, som ikke lenger er i enheten")
        note = now % {"person": obj.responsible}
        return format_html('{} <span class="editing-list__note">{}</span>', obj.name, note)


class HandOverForm(forms.Form):
    """Which of a unit's indicators go to whom. Those that nobody answers for are checked, else all."""

    indicators = _Indicators(
        label=_("Indikatorer"),
        queryset=Indicator.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én indikator.")},
    )
    to = forms.ChoiceField(label=_("Overfør til"))

    def __init__(self, data: Any = None, *, unit: Unit, by: User) -> None:
        people = People()
        rows = current(Indicator.objects.filter(owner=unit)).select_related("responsible").order_by("name", "pk")
        missing = [one.pk for one in rows if people.is_missing(one)]
        super().__init__(data, initial={"indicators": missing or [one.pk for one in rows]})
        self.by = by
        self.is_conflict = False
        self.changed: list[Indicator] = []
        self.fields["indicators"].queryset = rows  # type: ignore[attr-defined]
        self.fields["indicators"].people = people  # type: ignore[attr-defined]
        self._offer(people, unit)

    def _offer(self, people: People, unit: Unit) -> None:
        """The unit's leader, where it has one, and the others who may edit the unit."""
        leaders = people.leaders_in(unit.pk)
        leader = _("Enhetens leder (%(people)s)") % {"people": ", ".join(map(str, leaders))}
        self.persons = {f"{one.pk}": one for one in people.editors_of(unit.pk) if [one] != leaders}
        first = (LEADER, leader) if leaders else ("", _("Velg en person"))
        self.fields["to"].choices = [first, *((pk, str(one)) for pk, one in self.persons.items())]  # type: ignore[attr-defined]

    def clean_to(self) -> User | None:
        """The person; None for the unit's leader."""
        return self.persons.get(self.cleaned_data["to"])

    @property
    def status(self) -> int:
        """The status of the page: 200, 422 for what cannot be saved, 409 where someone else saved meanwhile."""
        if self.is_conflict:
            return 409
        return 422 if self.errors else 200

    def store(self) -> bool:
        """Hand over; `changed` are those that got another responsible person. False where nothing could be saved."""
        if not self.is_valid():
            return False
        try:
            self.changed = hand_over(indicators=self.cleaned_data["indicators"], to=self.cleaned_data["to"], by=self.by)
        except Conflict:
            self.is_conflict = True
            self.add_error(None, _("Noen andre lagret en av indikatorene samtidig. Ingenting er overført. Prøv igjen."))
        return not self.is_conflict
