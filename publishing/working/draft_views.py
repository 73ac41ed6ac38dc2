"""The draft as it would be read, and publishing it. Only for those who are signed in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisation.access import Right, get_for_publishing, get_for_view
from organisation.editing import person
from plans import control
from plans.edit_links import edit_links
from plans.models import Document
from publishing import json_form, pages
from publishing.building import contents
from publishing.building.place import MissingData
from publishing.building.report_material import not_approved
from publishing.comparison import compare
from publishing.files import sheets
from publishing.freeze import CannotPublish, freeze
from publishing.models import Publication
from publishing.structure import Chapter
from publishing.working.forms import AcceptanceForm, PdfForm, PublishForm
from publishing.working.visible import visible_chapters, visible_contents


@login_required
@require_GET
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft's chapters that this person may see."""
    document = get_for_view(request, Document.objects.select_related("unit__municipality"), slug=slug)
    page = {
        "document": document,
        "chapters": visible_chapters(document, person(request)).select_related("unit"),
        "may_publish": document.unit_id in person(request).unit_ids(Right.PUBLISH),
    }
    newest = document.publications.defer("contents").newest()
    return render(request, "publishing/draft.html", page | _pdf(request, document, newest))


@login_required
@require_GET
def draft_chapter(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    """One chapter of the draft as it would be read, with links to where each part is edited."""
    document = get_for_view(request, Document.objects.select_related("unit__municipality"), slug=slug)
    sections = list(contents.sections_of(document))
    seen = person(request).unit_ids(Right.SEE)
    visible = [one for one in sections if one.parent_id is None and one.unit_id in seen]
    root = next((one for one in visible if one.slug == chapter), None)
    if root is None:
        raise Http404
    beside = pages.neighbours(visible, visible.index(root))
    page = {"document": document, "chapters": visible, "section": root, "neighbours": beside}
    try:
        built = contents.build(document, chapter=chapter, sections=sections)
    except MissingData as error:
        return render(request, "publishing/draft_chapter.html", page | {"problem": str(error)}, status=409)
    one = next(one for one in built.chapters if one.slug == chapter)
    sources = _sources(one)
    links = edit_links([section for section in sections if section.pk in sources], person(request), within=sections)
    links = {pk: f"{address}?{urlencode({'next': request.path})}" for pk, address in links.items()}
    html = pages.draft_html(one, edit_links=links)
    return render(request, "publishing/draft_chapter.html", page | {"chapter": one, "html": html})


@login_required
@require_GET
def draft_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The draft's tables, as far as this person may see them, as a workbook."""
    document = get_for_view(request, Document.objects.select_related("unit__municipality"), slug=slug)
    if ending != "xlsx":
        raise Http404
    try:
        built = visible_contents(document, person(request))
    except MissingData as error:
        messages.error(request, str(error))
        return redirect("publishing:draft", slug)
    disposition = {"Content-Disposition": f'attachment; filename="{document.slug}-utkast.xlsx"'}
    return HttpResponse(sheets.workbook(built), sheets.MEDIA_TYPE, headers=disposition)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What will be published and what the control found; then, on POST, the next version."""
    document = get_for_publishing(request, Document.objects.all(), slug=slug)
    newest = document.publications.newest()
    form = PublishForm(request.POST or None, next_version=newest.version + 1 if newest else 1, kind=document.kind)
    if form.is_valid():
        try:
            data = {key: value for key, value in form.cleaned_data.items() if key != "version"}
            publication = freeze(document=document, by=person(request), **data)
        except (CannotPublish, MissingData) as error:
            form.add_error(None, str(error))
        else:
            return redirect(publication.pdf_orders.without_contents().get())
    page = {"document": document, "form": form, "newest": newest, "report": control.check(document)}
    page |= {"chapters": document.sections.chapters(), "acceptance": AcceptanceForm()} | _changes(document, newest)
    page |= {"not_approved": not_approved(document)} | _pdf(request, document, newest)
    return render(request, "publishing/publish.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def finding_accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept a finding of the control, with a reason."""
    document = get_for_publishing(request, Document.objects.all(), slug=slug)
    form = AcceptanceForm(request.POST)
    if form.is_valid():
        control.accept(document=document, by=person(request), **form.cleaned_data)
        messages.success(request, _("Funnet er godtatt."))
    else:
        messages.error(request, _("Skriv hvorfor funnet kan stå, og prøv igjen."))
    return redirect("publishing:publish", slug)


def _pdf(request: HttpRequest, document: Document, newest: Publication | None) -> dict[str, object]:
    """What the box for the draft's PDF shows: what may be chosen, and the orders there are already."""
    orders = document.pdf_orders.visible_to(person(request)).to_list()
    return {"pdf_form": PdfForm(newest=newest), "pdf_orders": orders}


def _sources(chapter: Chapter) -> set[int | None]:
    """Ids of the working sections that the chapter shows."""
    items = (item for section in chapter.walk() for item in section.items)
    return {chapter.section, *(section.section for section in chapter.walk()), *(item.section for item in items)}


def _changes(document: Document, newest: Publication | None) -> dict[str, object]:
    """What has changed since the newest version, and what stops the document from being built, if anything does."""
    try:
        built = contents.build(document)
    except MissingData as error:
        return {"problem": str(error)}
    if newest is None:
        return {}
    return {"comparison": compare(json_form.from_text(newest.contents), built)}
