"""What the list of indicators can be narrowed by. An empty field says nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organisation.access import Right
from organisation.models import Period, ServiceArea, Unit, User
from scorecards.indicator_places import standing_in
from scorecards.models import Indicator, Observation, ScorecardColumn

UNSET = "unset"
EVERY_YEAR = "all"
HARD_SPACE = "\u00a0"


class OwnerTree:
    """The units that a person may see, in the order of the organisation. One query."""

    def __init__(self, user: User) -> None:
        owned = Exists(Indicator.objects.filter(owner=OuterRef("pk")))
        units = Unit.objects.filter(pk__in=user.unit_ids(Right.SEE)).annotate(is_owner=owned)
        self._children: dict[int | None, list[Any]] = defaultdict(list)
        for unit in units.order_by("position", "name"):
            self._children[unit.parent_id].append(unit)
        self._all = [pair for top in self._children[None] for pair in self._under(top)]

    def _under(self, unit: Any, depth: int = 0) -> Iterator[tuple[Any, int]]:
        yield unit, depth
        for child in self._children[unit.pk]:
            yield from self._under(child, depth + 1)

    def choices(self) -> list[tuple[str, str]]:
        """(slug, name) of the units that own an indicator, or have one under them that does; indented by level."""
        owning = [(unit, depth) for unit, depth in self._all if any(one.is_owner for one, _depth in self._under(unit))]
        return [(unit.slug, HARD_SPACE * 3 * depth + unit.name) for unit, depth in owning]

    def ids_under(self, slug: str) -> list[int]:
        """The unit and everything under it."""
        return [one.pk for unit, _depth in self._all if unit.slug == slug for one, _below in self._under(unit)]


class IndicatorFilter(filters.FilterSet):
    """The fields above the list. `queryset` is what the person may see."""

    text = filters.CharFilter(label=_("Søk"), method="with_words", max_length=100, widget=forms.SearchInput)
    unit = filters.ChoiceFilter(label=_("Eier, med alt under"), method="owned_under", empty_label=_("Alle"))
    area = filters.ChoiceFilter(label=_("Tjenesteområde"), method="of_area", empty_label=_("Alle"))
    direction = filters.ChoiceFilter(
        label=_("Retning"),
        method="with_direction",
        empty_label=_("Alle"),
        choices=[(UNSET, _("ikke satt")), *Indicator.DirectionChoice.choices],
    )
    no_target = filters.ChoiceFilter(label=_("Mangler mål"), method="without_value", empty_label=_("Uansett"))
    no_result = filters.ChoiceFilter(label=_("Mangler resultat"), method="without_value", empty_label=_("Uansett"))

    class Meta:
        model = Indicator
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any], *, user: User) -> None:
        super().__init__(data, queryset)
        self.owners = OwnerTree(user)
        years = [(EVERY_YEAR, _("I alle år")), *((str(year), str(year)) for year in years_with_values())]
        areas = list(ServiceArea.objects.values_list("slug", "name"))
        choices = {"unit": self.owners.choices(), "area": areas, "no_target": years, "no_result": years}
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = offered

    def with_words(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Rows with every word. A regular expression, since SQLite's LIKE takes «Å» and «å» for two letters."""
        for word in map(re.escape, text.split()):
            rows = rows.filter(Q(name__iregex=word) | Q(definition__iregex=word))
        return rows

    def owned_under(self, rows: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        """Rows of the unit and of everything under it."""
        return rows.filter(owner__in=self.owners.ids_under(slug))

    def of_area(self, rows: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        """Rows that stand in a table of the service area."""
        return rows.filter(standing_in(slug))

    def with_direction(self, rows: QuerySet[Any], _name: str, direction: str) -> QuerySet[Any]:
        """Rows with the direction, or with none."""
        return rows.filter(direction="" if direction == UNSET else direction)

    def without_value(self, rows: QuerySet[Any], name: str, year: str) -> QuerySet[Any]:
        """Rows that were valid in the year and have no target or result for a period that ends in it.

        A reason instead of a number («ikke målt») is an answer, and not missing.
        """
        values = Observation.objects.filter(indicator=OuterRef("pk"), kind=name.removeprefix("no_")).exclude(text="")
        if year != EVERY_YEAR:
            rows = rows.filter(pk__in=Indicator.objects.in_year(int(year)).values("pk"))
            values = values.filter(period__end__year=int(year))
        return rows.filter(~Exists(values))


def years_with_values() -> list[int]:
    """The years in which a result or target is stored or asked for, newest first."""
    kinds = (Observation.Kind.RESULT, Observation.Kind.TARGET)
    stored = Observation.objects.filter(period=OuterRef("pk"), kind__in=kinds)
    asked_for = ScorecardColumn.objects.filter(period=OuterRef("pk"))
    ends = Period.objects.filter(Exists(stored) | Exists(asked_for)).dates("end", "year", order="DESC")
    return [end.year for end in ends]
