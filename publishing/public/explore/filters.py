"""What the list of published indicators can be narrowed by. An empty field says nothing."""

import re
from collections import defaultdict
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from publishing.models import PublishedFigure, PublishedIndicator, PublishedObservation
from publishing.public.explore.rows import Listing, in_alphabet
from scorecards.assessment import Outcome

NO_GOAL = "none"
WORST_FIRST = (Outcome.MISSED, Outcome.NEARLY, Outcome.NOT_MEASURED, Outcome.NOT_ASSESSABLE, Outcome.REACHED)
TRENDS = (PublishedFigure.Trend.BETTER, PublishedFigure.Trend.SAME, PublishedFigure.Trend.WORSE)
SHOWN_AT_ONCE = ("text", "area", "outcome")

Choices = list[tuple[str, str]]


class ExploreFilter(filters.FilterSet):
    """The fields above the list. What they offer is what the list holds."""

    text = filters.CharFilter(label=_("Søk i navn"), method="with_words", max_length=100, widget=forms.SearchInput)
    area = filters.ChoiceFilter(label=_("Tjenesteområde"), method="in_area", empty_label=_("Alle"))
    outcome = filters.ChoiceFilter(label=_("Måloppnåelse"), method="with_outcome", empty_label=_("Alle"))
    trend = filters.ChoiceFilter(
        label=_("Utvikling"),
        method="with_trend",
        empty_label=_("Alle"),
        choices=[(trend.value, trend.label) for trend in TRENDS],
    )
    sector = filters.ChoiceFilter(label=_("Sektor eller stab"), field_name="sector", empty_label=_("Alle"))
    function = filters.ChoiceFilter(label=_("KOSTRA-funksjon"), method="of_function", empty_label=_("Alle"))
    plan = filters.ChoiceFilter(label=_("Plan som området bidrar til"), method="of_plan", empty_label=_("Alle"))
    publication = filters.ChoiceFilter(
        label=_("Plan eller rapport"), method="as_it_is", empty_label=_("Den nyeste for hver indikator")
    )

    class Meta:
        model = PublishedIndicator
        fields: list[str] = []

    def __init__(self, data: Any, *, listing: Listing) -> None:
        super().__init__(data, listing.rows)
        self.listing = listing
        offered = {
            "area": list(listing.areas.items()),
            "outcome": [*((one.value, _(one.word)) for one in WORST_FIRST), (NO_GOAL, _("Nøkkeltall uten mål"))],
            "sector": [(sector, sector) for sector in listing.sectors],
            "function": functions_of(listing),
            "plan": [(plan, plan) for plan in plans_of(listing)],
            "publication": [(one.slug, one.title) for one in listing.publications.values()],
        }
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = choices

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that are folded until someone asks for them."""
        return [field for field in self.form if field.name not in SHOWN_AT_ONCE]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that most people need."""
        return [self.form[name] for name in SHOWN_AT_ONCE]

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded field says something."""
        return any(field.data for field in self.more_fields)

    def in_words(self) -> list[tuple[str, str]]:
        """What the list is narrowed by: label and choice of each field that says something."""
        asked = [(self.form[name], value) for name, value in self.form.cleaned_data.items() if value]
        return [(str(field.label), _shown(field, value)) for field, value in asked]

    def with_words(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Rows with every word. A regular expression, since SQLite's LIKE takes «Å» and «å» for two letters."""
        for word in map(re.escape, text.split()):
            rows = rows.filter(name__iregex=word)
        return rows

    def in_area(self, rows: QuerySet[Any], _name: str, chapter: str) -> QuerySet[Any]:
        """Rows that stand in the chapter, also those that stand in another one too."""
        here = {"publication": OuterRef("publication"), "indicator_slug": OuterRef("slug"), "chapter_slug": chapter}
        goals, values = PublishedFigure.objects.filter(**here), PublishedObservation.objects.filter(**here)
        return rows.filter(Q(Exists(goals)) | Q(Exists(values)))

    def with_outcome(self, rows: QuerySet[Any], _name: str, outcome: str) -> QuerySet[Any]:
        """Goals that it went so with, or what is no goal."""
        if outcome == NO_GOAL:
            return rows.filter(goal=None)
        return rows.filter(goal__in=PublishedFigure.objects.filter(outcome=outcome).values("pk"))

    def with_trend(self, rows: QuerySet[Any], _name: str, trend: str) -> QuerySet[Any]:
        """Goals whose result goes that way."""
        return rows.filter(goal__in=PublishedFigure.objects.filter(trend=trend).values("pk"))

    def of_function(self, rows: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Goals in a group that is about the function, alone or with others."""
        return rows.filter(goal__in=[goal.pk for goal in self.listing.goals if code in goal.functions.split()])

    def of_plan(self, rows: QuerySet[Any], _name: str, plan: str) -> QuerySet[Any]:
        """Goals in an area that contributes to the plan."""
        return rows.filter(goal__in=[goal.pk for goal in self.listing.goals if plan in goal.plans])

    def as_it_is(self, rows: QuerySet[Any], _name: str, _document: str) -> QuerySet[Any]:
        """All rows: the listing holds no others than those of the document."""
        return rows


def functions_of(listing: Listing) -> Choices:
    """Code and text of each function. Its name is shown where one group of goals is about it alone and says it."""
    names: dict[str, set[str]] = defaultdict(set)
    for goal in listing.goals:
        codes = goal.functions.split()
        for code in codes:
            names[code] |= {_name_of(code, goal.group)} - {""} if len(codes) == 1 else set()
    return [(code, f"{code} {found.pop()}" if len(found) == 1 else code) for code, found in sorted(names.items())]


def plans_of(listing: Listing) -> list[str]:
    """The plans that an area with a goal contributes to."""
    return sorted({plan for goal in listing.goals for plan in goal.plans}, key=in_alphabet)


def _name_of(code: str, group: str) -> str:
    """The function's name in a title such as «202: Grunnskole.» or «231 – Aktivitetstilbud», or ""."""
    found = re.match(rf"{code}\s*[:–-]?\s+(?P<name>[^.]+)", group)
    return found["name"].strip() if found else ""


def _shown(field: forms.BoundField, value: str) -> str:
    return str(dict(getattr(field.field, "choices", ())).get(value, value))
