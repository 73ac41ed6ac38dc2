"""What the list of measures can be narrowed by. An empty field says nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.access import line_up
from organisation.models import Unit
from organisation.unit_tree import in_tree_order
from plans.measures.standing import Standing, status_choices
from plans.models import Measure, MeasureEffect

NO_STATUS = "none"
INDENT = "\u00a0" * 3


class MeasureFilter(forms.Form):
    """The fields above the list. `units` are those that the person may see, each after the one above it."""

    text = forms.CharField(label=gettext_lazy("Søk"), required=False, max_length=100, widget=forms.SearchInput)
    unit = forms.ChoiceField(label=gettext_lazy("Enhet"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("År"), required=False, coerce=int, empty_value=None)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)

    def __init__(self, data: Any, *, units: list[Unit], measures: QuerySet[Measure]) -> None:
        super().__init__(data)
        self.units, self.measures = units, measures
        owners = set(measures.order_by().values_list("unit", flat=True).distinct())
        years = MeasureEffect.objects.filter(measure__in=measures.order_by().values("pk"))
        self.years = list(years.order_by("year").values_list("year", flat=True).distinct())
        everything = ("", _("Alle"))
        self._offer("unit", [everything, *self._unit_choices(owners)])
        self._offer("year", [everything, *((year, f"{year}") for year in self.years)])
        self._offer("status", [everything, *status_choices(), (NO_STATUS, _("Uten status"))])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def _unit_choices(self, owners: Iterable[int]) -> list[tuple[str, str]]:
        """The units that have a measure, or one under them that has; indented by level."""
        parents = {unit.pk: unit.parent_id for unit in self.units}
        lines = [line_up(owner, parents) for owner in owners]
        wanted = {unit for line in lines for unit in line}
        depths = {unit.pk: len(line_up(unit.pk, parents)) - 1 for unit in self.units}
        return [(unit.slug, INDENT * depths[unit.pk] + unit.name) for unit in self.units if unit.pk in wanted]

    @property
    def chosen(self) -> dict[str, Any]:
        """What is chosen; a choice that is not there chooses nothing."""
        self.is_valid()
        return self.cleaned_data

    @property
    def units_chosen(self) -> frozenset[int]:
        """Ids of the unit that is chosen and of all under it; of every unit where none is."""
        slug = self.chosen.get("unit")
        top = next((unit for unit in self.units if unit.slug == slug), None)
        return frozenset(unit.pk for unit in in_tree_order(self.units, top=top))

    def narrowed(self) -> QuerySet[Measure]:
        """The measures of the unit, year and words that are chosen."""
        chosen, found = self.chosen, self.measures
        if chosen.get("unit"):
            found = found.filter(unit__in=self.units_chosen)
        if year := chosen.get("year"):
            found = found.filter(effects__year=year)
        if text := chosen.get("text"):
            found = found.filter(Q(title__icontains=text) | Q(why__icontains=text) | Q(group__icontains=text))
        return found

    def has_status(self, standing: Standing | None) -> bool:
        """Whether a measure with this newest status is to be shown."""
        wanted = self.chosen.get("status")
        return not wanted or wanted == (standing.kind if standing else NO_STATUS)
