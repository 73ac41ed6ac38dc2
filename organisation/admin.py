"""Django's administration of people and code lists."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from organisation.access import Right
from organisation.editing import person
from organisation.models import (
    AreaFunction,
    Delivery,
    KostraFunction,
    Membership,
    Municipality,
    Period,
    Service,
    ServiceArea,
    TargetGroup,
    Unit,
    User,
)
from organisation.versions import VersionedModel, create, remove, save_version


class VersionedAdmin(SimpleHistoryAdmin):
    """Saves rows that have a version by the same door as everyone, so that no work is overwritten unseen."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        """Save the row with a new version and a history row."""
        store(obj, by=person(request))

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        """Save the rows that stand on the same page."""
        for row in formset.save(commit=False):
            store(row, by=person(request))
        for row in formset.deleted_objects:
            remove(row, by=person(request)) if isinstance(row, VersionedModel) else row.delete()
        formset.save_m2m()


def store(row: models.Model, *, by: User) -> None:
    """Save a row from an administration page."""
    if not isinstance(row, VersionedModel):
        row.save()
    elif row.pk is None:
        create(row, by=by)
    else:
        save_version(row, base_version=row.version, by=by)


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["number", "name", "is_owner"]
    search_fields = ["number", "name"]


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "parent", "valid_from", "valid_to"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["municipality", "parent", "succeeds"]
    prepopulated_fields = {"slug": ["name"]}


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ["unit"]
    extra = 0


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People. What a person may do follows from the roles, so Django's own permissions are not shown."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_demo"]
    list_filter = ["is_active", "is_demo", "memberships__role"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "is_active"]}),
        (_("Innlogging"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()
    inlines = [MembershipInline]

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseInlineFormSet], change: bool
    ) -> None:
        """Let those who are administrators after this in to these pages, and nobody else."""
        super().save_related(request, form, formsets, change)
        person = User.objects.get(pk=form.instance.pk)
        person.is_staff = person.has_right(Right.ADMINISTER)
        person.save(update_fields=["is_staff"])


@admin.register(ServiceArea)
class ServiceAreaAdmin(admin.ModelAdmin):
    list_display = ["position", "name", "unit", "valid_from", "valid_to"]
    list_display_links = ["name"]
    list_select_related = ["unit"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["municipality", "unit"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(KostraFunction)
class KostraFunctionAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "valid_from", "valid_to", "name_status"]
    list_filter = ["name_status"]
    search_fields = ["code", "name"]


class ServiceInline(admin.TabularInline):
    model = Service
    fields = ["position", "name", "description", "valid_from", "valid_to"]
    extra = 0


@admin.register(AreaFunction)
class AreaFunctionAdmin(VersionedAdmin):
    list_display = ["name", "area", "position"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["name", "functions__code"]
    autocomplete_fields = ["area", "functions"]
    inlines = [ServiceInline]


@admin.register(TargetGroup)
class TargetGroupAdmin(VersionedAdmin):
    list_display = ["text", "area", "position"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["text"]
    autocomplete_fields = ["area"]


@admin.register(Delivery)
class DeliveryAdmin(VersionedAdmin):
    list_display = ["unit", "area", "position"]
    list_filter = ["area"]
    list_select_related = ["unit", "area"]
    search_fields = ["unit__name", "text"]
    autocomplete_fields = ["area", "unit", "functions"]


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    list_display = ["label", "kind", "start", "end"]
    list_filter = ["kind"]
    search_fields = ["start", "end"]
