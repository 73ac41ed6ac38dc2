"""The texts of a unit's report."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from organisation.access import Right, get_for_edit
from organisation.editing import form_page, person, saved, typed
from reporting.models import ReportText
from reporting.text_forms import ReportTextForm
from reporting.texts import as_page, previous_of, versions_of

TEXTS = ReportText.objects.select_related("report__round", "report__unit")


@login_required
def text_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit one text of a report, with what the unit wrote the period before at its side."""
    readable = TEXTS.filter(report__unit__in=person(request).unit_ids(Right.READ))
    text = get_for_edit(request, readable.annotate(now=Now()), pk=pk)
    previous = previous_of(text)
    page = text.report.get_absolute_url()
    may_start = previous is not None and not text.body
    initial = {"body": previous.body} if previous and may_start and request.GET.get("fra") == "forrige" else None
    form = ReportTextForm(typed(request), instance=text, by=person(request), initial=initial)
    if form.is_bound and form.store():
        return saved(request, page)
    context = {"text": text, "previous": previous, "page": page, "is_started": bool(initial), "may_start": may_start}
    return _text_page(request, form, **context)


def _text_page(request: HttpRequest, form: ReportTextForm, **context: Any) -> HttpResponse:
    """The page with the editor, whose import map is let through by the nonce; or the text alone where it is locked."""
    text, previous = context["text"], context["previous"]
    is_read = not form.is_bound and text.report.is_locked(text.now)
    context |= {
        "media": form.media.with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
        "is_read": is_read,
        "body": as_page(text.body) if is_read else "",
        "previous_body": as_page(previous.body) if previous else "",
        "versions": versions_of(text),
    }
    return form_page(request, "reporting/text_edit.html", form, **context)
