"""Django's administration of plans and documents."""

from django.contrib import admin

from organisation.admin import VersionedAdmin
from plans.models import (
    DevelopmentItem,
    Document,
    FindingAcceptance,
    PlanContribution,
    Section,
    StrategicPlan,
)


class PlanContributionInline(admin.TabularInline):
    model = PlanContribution
    autocomplete_fields = ["area"]
    extra = 0


@admin.register(StrategicPlan)
class StrategicPlanAdmin(VersionedAdmin):
    list_display = ["name", "starts", "ends", "position"]
    search_fields = ["name", "slug"]
    inlines = [PlanContributionInline]


@admin.register(DevelopmentItem)
class DevelopmentItemAdmin(VersionedAdmin):
    list_display = ["text", "area", "unit", "year"]
    list_filter = ["year", "area"]
    list_select_related = ["area", "unit"]
    search_fields = ["text"]
    autocomplete_fields = ["area", "unit", "parent", "indicator"]


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "year", "unit"]
    list_filter = ["kind", "year"]
    list_select_related = ["unit"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["unit"]


@admin.register(Section)
class SectionAdmin(VersionedAdmin):
    list_display = ["__str__", "document", "unit", "kind", "state"]
    list_filter = ["document", "kind", "block", "state"]
    list_select_related = ["document", "unit"]
    search_fields = ["heading", "slug"]
    autocomplete_fields = ["document", "parent", "area", "unit"]


@admin.register(FindingAcceptance)
class FindingAcceptanceAdmin(admin.ModelAdmin):
    list_display = ["key", "document", "accepted_by", "accepted_at"]
    list_select_related = ["document", "accepted_by"]
    search_fields = ["key", "reason"]
    autocomplete_fields = ["document", "accepted_by"]
