"""Working on documents: the tree of chapters and sections, their texts and their history."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.access import Right, get_for_edit, get_for_publishing, get_for_view
from organisation.editing import done, form_page, person, saved, typed, way_back
from organisation.models import User
from organisation.ordering import move, next_position
from organisation.versions import Conflict, remove
from plans.edit_links import edit_links, edit_url
from plans.forms import SectionForm
from plans.history import last_changes, restore, versions_of
from plans.models import Document, Section
from plans.tree import count_below, seen_by, tree_of

SECTIONS = Section.objects.select_related("document", "unit", "parent__parent__parent__parent", "area")


def draft(section: Section, user: User) -> str:
    """Where the person reads what was written: the draft of the chapter, or the tree where the chapter is another's."""
    if section.chapter.unit_id in user.unit_ids(Right.SEE):
        return reverse("publishing:draft_chapter", args=[section.document.slug, section.chapter.slug])
    return section.document.get_absolute_url()


@login_required
def document_list(request: HttpRequest) -> HttpResponse:
    """The documents that the person may read the drafts of."""
    documents = Document.objects.visible_to(person(request)).select_related("unit")
    context = {"documents": documents, "may_start": person(request).has_right(Right.PUBLISH)}
    return render(request, "plans/document_list.html", context)


@login_required
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The document's tree: what each section is, whose it is, how far it has come, and where it is edited."""
    found = get_for_view(request, Document.objects.all(), slug=slug)
    sections = found.sections.select_related("unit")
    branches = tree_of(sections, last_changes(found.sections), edit_links(sections, person(request)))
    context = {
        "document": found,
        "branches": seen_by(person(request), branches),
        "may_edit": person(request).unit_ids(Right.EDIT),
        "may_arrange": found.unit_id in person(request).unit_ids(Right.PUBLISH),
    }
    return render(request, "plans/document.html", context)


@login_required
def section_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a section's heading, text and state."""
    section = get_for_edit(request, SECTIONS, pk=pk)
    form = SectionForm(typed(request), instance=section, by=person(request))
    page = draft(section, person(request))
    if form.is_bound and form.store():
        return saved(request, page)
    return _section_page(
        request, "plans/section_edit.html", form, section=section, page=page, data_url=_data_url(section)
    )


def _data_url(section: Section) -> str | None:
    return edit_url(section) if section.kind == Section.Kind.BLOCK else None


def _section_page(request: HttpRequest, template: str, form: SectionForm, **context: Any) -> HttpResponse:
    """The page with the editor. Its import map is an inline script, which the policy lets through by the nonce."""
    media = form.media.with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]
    return form_page(request, template, form, media=media, **context)


@login_required
def chapter_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new chapter, last in the document."""
    found = get_for_publishing(request, Document.objects.select_related("unit"), slug=slug)
    section = Section(document=found, unit=found.unit, position=next_position(found.sections.chapters()))
    return _add(request, section)


@login_required
def section_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new section, last under its parent."""
    parent = get_for_publishing(request, SECTIONS, pk=pk)
    position = next_position(parent.children.all())
    return _add(request, Section(document=parent.document, parent=parent, unit=parent.unit, position=position))


def _add(request: HttpRequest, section: Section) -> HttpResponse:
    form = SectionForm(typed(request), instance=section, by=person(request))
    page = reverse("plans:document", args=[section.document.slug])
    if form.is_bound and form.store():
        return saved(request, f"{page}#section-{section.pk}")
    return _section_page(request, "plans/section_add.html", form, section=section, page=page)


@login_required
@require_POST
def section_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a section one step up or down among those that stand beside it."""
    section = get_for_publishing(request, SECTIONS, pk=pk)
    siblings = section.document.sections.filter(parent=section.parent)
    move(section, siblings=siblings, direction="up" if request.POST.get("direction") == "up" else "down")
    page = reverse("plans:document", args=[section.document.slug])
    return redirect(f"{way_back(request, page)}#section-{section.pk}")


@login_required
def section_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a section, with all that stands under it, is to be removed; remove it when the answer is posted."""
    section = get_for_publishing(request, SECTIONS, pk=pk)
    page = reverse("plans:document", args=[section.document.slug])
    if request.method == "POST":
        remove(section, by=person(request))
        return done(request, _("Fjernet"), page)
    below = count_below(section)
    return render(request, "plans/section_remove.html", {"section": section, "below": below, "page": page})


@login_required
def section_history(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    """Who changed the section, when, and what was changed."""
    section = get_for_view(request, SECTIONS, pk=pk)
    may_edit = section.unit_id in person(request).unit_ids(Right.EDIT)
    context = {
        "section": section,
        "versions": versions_of(section),
        "may_edit": may_edit,
        "page": draft(section, person(request)),
    }
    return render(request, "plans/section_history.html", context, status=status)


@login_required
@require_POST
def section_restore(request: HttpRequest, pk: int, history_id: int) -> HttpResponse:
    """Let the section be what it was in an earlier version; 409 when somebody has saved since the history was shown."""
    section = get_for_edit(request, SECTIONS, pk=pk)
    get_object_or_404(section.history, history_id=history_id)
    base = request.POST.get("base_version", "")
    try:
        restore(section, history_id=history_id, base_version=int(base) if base.isdecimal() else 0, by=person(request))
    except Conflict:
        return section_history(request, pk, status=409)
    return saved(request, draft(section, person(request)))
