"""Django's administration of full-time equivalents."""

from django.contrib import admin

from organisation.admin import VersionedAdmin
from staffing.models import StaffingFigure


@admin.register(StaffingFigure)
class StaffingFigureAdmin(VersionedAdmin):
    list_display = ["unit", "counted_on", "fte"]
    list_filter = ["counted_on"]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "label"]
    autocomplete_fields = ["unit"]
