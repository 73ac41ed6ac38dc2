"""Working on key-figure tables: typing their values and arranging their rows."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_noop

from organisation.access import Right, UnitScopedQuerySet, get_for_edit
from organisation.editing import form_page, person, saved, typed
from organisation.listing import ListEditor
from organisation.typing_views import typing_page
from scorecards.forms import KeyFigureRowForm, KeyFigureTableForm
from scorecards.grids import key_figure_grid
from scorecards.models import KeyFigureRow, KeyFigureTable
from scorecards.rights import tables_seen_by


class KeyFigureRows(UnitScopedQuerySet):
    """Rows of key-figure tables; they belong to the unit of the table's area."""

    unit_path = "table__area__unit"


@login_required
def key_figures_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Type the values of a key-figure table. What other units report is shown, not typed in."""
    table = get_object_or_404(tables_seen_by(person(request)).select_related("area", "indicator"), slug=slug)
    grid = key_figure_grid(table, person(request))
    may_arrange = table.area.unit_id in person(request).unit_ids(Right.EDIT)
    if not (may_arrange or grid.is_editable):
        raise PermissionDenied
    page = reverse("scorecards:key_figures_edit", args=[slug])
    context = {"table": table, "may_arrange": may_arrange}
    return typing_page(request, "scorecards/key_figures_edit.html", grid, page=page, **context)


@login_required
def key_figures_arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit what stands around the rows, and put the rows in order."""
    table = get_for_edit(request, KeyFigureTable.objects.select_related("area"), slug=slug)
    form = KeyFigureTableForm(typed(request), instance=table, by=person(request))
    page = reverse("scorecards:key_figures_arrange", args=[slug])
    if form.is_bound and form.store():
        return saved(request, page)
    rows = table.rows.select_related("indicator", "period", "unit").order_by("position", "pk")
    context = {
        "table": table,
        "rows": rows,
        "page": page,
        "units": person(request).unit_ids(Right.EDIT),
        "edit_url": reverse("scorecards:key_figures_edit", args=[slug]),
    }
    return form_page(request, "scorecards/key_figures_arrange.html", form, **context)


def _begin(request: HttpRequest, slug: str) -> KeyFigureRow:
    table = get_for_edit(request, KeyFigureTable.objects.select_related("area__unit"), slug=slug)
    return KeyFigureRow(table=table)


KEY_FIGURE_ROWS = ListEditor(
    name="key_figure_row",
    noun=gettext_noop("rad"),
    form=KeyFigureRowForm,
    rows=KeyFigureRows(KeyFigureRow).select_related("table__area__unit", "period"),
    begin=_begin,
    siblings=lambda row: row.table.rows,
    page=lambda row: reverse("scorecards:key_figures_arrange", args=[row.table.slug]),
    kept=gettext_noop("Indikatoren og verdiene blir ikke borte."),
)
