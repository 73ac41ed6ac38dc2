"""Sources of figures: how their files are read, and what their codes mean."""

from fractions import Fraction

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from budget.importing import uploading
from budget.importing.scale import kroner_per_unit
from budget.importing.source_forms import SourceForm
from budget.models import CodeMapping, LedgerSource
from organisation.access import UnitScopedQuerySet, get_for_publishing
from organisation.editing import done, form_page, person, saved, typed

SOURCES = LedgerSource.objects.select_related("unit")


class CodeMappingQuerySet(UnitScopedQuerySet):
    """Codes belong to the unit of their source."""

    unit_path = "source__unit"


@login_required
def ledger_source_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how the files of a source are read; its files that wait are checked again."""
    source = get_for_publishing(request, SOURCES, pk=pk)
    before = kroner_per_unit(source)
    form = SourceForm(typed(request), instance=source, by=person(request))
    if form.is_bound and form.store():
        uploading.read_anew(source=source, scaled=Fraction(kroner_per_unit(source), before))
        return saved(request, reverse("budget:import_list"))
    trail = [(reverse("budget:import_list"), _("Importer tall")), ("", str(source))]
    context = {"source": source, "codes": source.code_mappings.all(), "trail": trail}
    return form_page(request, "budget/ledger_source_edit.html", form, page=reverse("budget:import_list"), **context)


@login_required
@require_POST
def code_mapping_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what a code of a source means; files that wait are checked again."""
    mapping = get_for_publishing(request, CodeMappingQuerySet(CodeMapping), pk=pk)
    source = mapping.source
    mapping.delete()
    uploading.read_anew(source=source)
    return done(request, _("Fjernet"), reverse("budget:ledger_source_edit", args=[source.pk]))
