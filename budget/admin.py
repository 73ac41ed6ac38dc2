"""Django's administration of investment plans."""

from django.contrib import admin

from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from organisation.admin import VersionedAdmin


class InvestmentProjectInline(admin.TabularInline):
    model = InvestmentProject
    extra = 0


@admin.register(InvestmentPlan)
class InvestmentPlanAdmin(VersionedAdmin):
    list_display = ["title", "unit", "price_level"]
    list_select_related = ["unit"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["unit"]
    inlines = [InvestmentProjectInline]


class InvestmentAmountInline(admin.TabularInline):
    model = InvestmentAmount
    extra = 0


@admin.register(InvestmentProject)
class InvestmentProjectAdmin(VersionedAdmin):
    list_display = ["name", "plan", "group", "kind", "estimate"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    search_fields = ["name"]
    autocomplete_fields = ["plan"]
    inlines = [InvestmentAmountInline]
