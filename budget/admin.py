"""Django's administration of money: arts, sources, decisions, frames and investments. Lines are never changed here."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from budget.models import (
    BudgetAmendment,
    CodeMapping,
    Frame,
    FrameChange,
    ImportBatch,
    InvestmentAmount,
    InvestmentFinancing,
    InvestmentPlan,
    InvestmentProject,
    KostraArt,
    LedgerSource,
)
from organisation.admin import VersionedAdmin


class ReadOnly:
    """What is written elsewhere with its rules, and only looked at here."""

    def has_add_permission(self, _request: HttpRequest, _obj: models.Model | None = None) -> bool:
        """Nobody adds it here."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: models.Model | None = None) -> bool:
        """Nobody changes it here."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: models.Model | None = None) -> bool:
        """Nobody removes it here."""
        return False


@admin.register(KostraArt)
class KostraArtAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "series", "is_income", "valid_from", "valid_to", "name_status"]
    list_filter = ["series", "is_income", "name_status"]
    search_fields = ["code", "name"]


class CodeMappingInline(admin.TabularInline):
    model = CodeMapping
    extra = 0


@admin.register(LedgerSource)
class LedgerSourceAdmin(VersionedAdmin):
    list_display = ["name", "unit", "form", "factor"]
    list_select_related = ["unit"]
    search_fields = ["name"]
    autocomplete_fields = ["unit"]
    inlines = [CodeMappingInline]


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["file_name", "source", "layer", "state", "uploaded_at", "uploaded_by"]
    list_filter = ["state", "layer"]
    list_select_related = ["source", "uploaded_by"]
    search_fields = ["file_name", "sha256"]
    exclude = ["content"]


@admin.register(BudgetAmendment)
class BudgetAmendmentAdmin(ReadOnly, VersionedAdmin):
    """Decisions. They and their lines are written and taken back together, so nothing is changed here."""

    list_display = ["year", "number", "title", "decision", "decided_on"]
    list_display_links = ["title"]
    list_filter = ["year"]
    search_fields = ["title", "decision"]


class FrameChangeInline(admin.TabularInline):
    model = FrameChange
    extra = 0


@admin.register(Frame)
class FrameAdmin(VersionedAdmin):
    list_display = ["year", "unit", "opening"]
    list_display_links = ["unit"]
    list_filter = ["year"]
    list_select_related = ["unit"]
    search_fields = ["unit__name"]
    autocomplete_fields = ["unit"]
    inlines = [FrameChangeInline]


class InvestmentProjectInline(admin.TabularInline):
    model = InvestmentProject
    extra = 0


class InvestmentFinancingInline(admin.TabularInline):
    model = InvestmentFinancing
    extra = 0


@admin.register(InvestmentPlan)
class InvestmentPlanAdmin(VersionedAdmin):
    list_display = ["title", "unit", "price_level"]
    list_select_related = ["unit"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["unit"]
    inlines = [InvestmentProjectInline, InvestmentFinancingInline]


class InvestmentAmountInline(admin.TabularInline):
    model = InvestmentAmount
    extra = 0


@admin.register(InvestmentProject)
class InvestmentProjectAdmin(VersionedAdmin):
    list_display = ["name", "plan", "group", "kind", "code", "status", "estimate"]
    list_filter = ["plan", "kind", "status"]
    list_select_related = ["plan"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["plan"]
    inlines = [InvestmentAmountInline]
