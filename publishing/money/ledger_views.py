"""The ledger, from the municipality down to the line. Only for those who may read lines somewhere."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from budget.ledger.extent import Extent
from budget.ledger.units import ReadableUnits
from organisation.editing import person
from publishing.money.ledger_asked import LedgerForm
from publishing.money.ledger_lines import LinesPage
from publishing.money.ledger_page import LedgerPage
from publishing.money.ledger_reading import Reading
from publishing.money.table_files import table_file


@login_required
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """The sums of one level, with links to the level below; the address carries every choice."""
    form, reading = _read(request)
    if reading is None:
        return render(request, "publishing/ledger.html", {"form": form})
    page = {"form": form.shown(reading.asked), "told": form, "ledger": LedgerPage(reading)}
    return render(request, "publishing/ledger.html", page)


@login_required
@require_GET
def ledger_file(request: HttpRequest, fmt: str) -> HttpResponse:
    """The table as it is shown, as a workbook or as text with separators."""
    _form, reading = _read(request)
    if reading is None:
        raise Http404
    name = f"regnskap-{reading.asked.year}-{reading.asked.month:02}-{reading.asked.by}"
    return table_file(LedgerPage(reading).table, name=name, ending=fmt)


@login_required
@require_GET
def ledger_lines(request: HttpRequest) -> HttpResponse:
    """The lines behind a sum."""
    form, reading = _read(request)
    if reading is None:
        return render(request, "publishing/ledger_lines.html", {"form": form})
    page = LinesPage(reading, request.GET.get("page", ""))
    return render(request, "publishing/ledger_lines.html", {"told": form, "page": page})


def _read(request: HttpRequest) -> tuple[LedgerForm, Reading | None]:
    """What is asked for; None where there are no lines. Raises Http404 for those who may read none anywhere."""
    units = ReadableUnits.of(person(request))
    if not units.readable:
        raise Http404
    extent = Extent.of(units.readable.keys())
    form = LedgerForm(request.GET, extent=extent)
    asked = form.asked()
    return form, Reading(asked, units, extent) if asked else None
