"""Django's administration of indicators, scorecards and key-figure tables."""

from django.contrib import admin
from django.http import HttpRequest

from organisation.admin import VersionedAdmin
from scorecards.models import (
    Indicator,
    KeyFigureColumn,
    KeyFigureRow,
    KeyFigureTable,
    Observation,
    ReferenceGroup,
    Scorecard,
    ScorecardColumn,
    ScorecardGroup,
    ScorecardRow,
)


@admin.register(Indicator)
class IndicatorAdmin(VersionedAdmin):
    list_display = ["name", "owner", "unit_of_measure", "direction", "frequency"]
    list_filter = ["direction", "frequency", "owner"]
    list_select_related = ["owner"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["owner", "parent", "unit", "same_as", "succeeds"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(ReferenceGroup)
class ReferenceGroupAdmin(admin.ModelAdmin):
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(Observation)
class ObservationAdmin(VersionedAdmin):
    """Values, to be looked at only: they come in through `registration.register`, which understands them."""

    list_display = ["indicator", "period", "kind", "text", "number"]
    list_filter = ["kind", "value_kind"]
    list_select_related = ["indicator", "period"]
    search_fields = ["indicator__name", "indicator__slug", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        """Nobody."""
        return False


class ScorecardColumnInline(admin.TabularInline):
    model = ScorecardColumn
    autocomplete_fields = ["period"]
    extra = 0


class ScorecardRowInline(admin.TabularInline):
    model = ScorecardRow
    autocomplete_fields = ["group", "indicator"]
    extra = 0


@admin.register(Scorecard)
class ScorecardAdmin(VersionedAdmin):
    list_display = ["title", "area", "unit", "year"]
    list_filter = ["year", "area"]
    list_select_related = ["area", "unit"]
    search_fields = ["title", "slug", "area__name"]
    autocomplete_fields = ["unit", "area"]
    inlines = [ScorecardColumnInline, ScorecardRowInline]


@admin.register(ScorecardGroup)
class ScorecardGroupAdmin(VersionedAdmin):
    list_display = ["title", "scorecard", "position"]
    list_filter = ["scorecard"]
    list_select_related = ["scorecard__area", "scorecard__unit"]
    search_fields = ["title"]
    autocomplete_fields = ["scorecard", "parent", "functions"]


class KeyFigureColumnInline(admin.TabularInline):
    model = KeyFigureColumn
    autocomplete_fields = ["indicator", "period"]
    extra = 0


class KeyFigureRowInline(admin.TabularInline):
    model = KeyFigureRow
    autocomplete_fields = ["indicator", "period", "unit"]
    extra = 0


@admin.register(KeyFigureTable)
class KeyFigureTableAdmin(VersionedAdmin):
    list_display = ["caption", "area", "year", "position"]
    list_filter = ["year", "area"]
    list_select_related = ["area"]
    search_fields = ["caption", "slug"]
    autocomplete_fields = ["area", "indicator"]
    inlines = [KeyFigureColumnInline, KeyFigureRowInline]
