"""Django's administration of publications and their PDFs: to be looked at only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from publishing.models import PdfOrder, Publication, PublishedFile


class FrozenAdmin(admin.ModelAdmin):
    """Rows that nobody adds, changes or deletes here. What is excluded is not even read."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows without their large fields."""
        return super().get_queryset(request).defer(*(self.exclude or ()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


@admin.register(Publication)
class PublicationAdmin(FrozenAdmin):
    list_display = ["title", "version", "stage", "published_at", "published_by", "sha256"]
    list_filter = ["stage", "year"]
    list_select_related = ["published_by"]
    search_fields = ["title", "slug", "decision_body", "case_number"]
    exclude = ["contents"]


@admin.register(PublishedFile)
class PublishedFileAdmin(FrozenAdmin):
    list_display = ["name", "publication", "media_type", "size", "sha256"]
    list_select_related = ["publication"]
    search_fields = ["name"]
    exclude = ["content"]


@admin.register(PdfOrder)
class PdfOrderAdmin(FrozenAdmin):
    list_display = ["name", "status", "percent", "ordered_by", "ordered_at", "finished_at", "problem"]
    list_filter = ["status"]
    list_select_related = ["ordered_by"]
    search_fields = ["name"]
    exclude = ["contents", "content"]
