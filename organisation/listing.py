"""Lists that people work in: adding, changing, moving and removing a row, written once for every kind of row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from organisation.access import get_for_edit
from organisation.editing import VersionedForm, done, form_page, person, saved, typed, way_back
from organisation.ordering import move, next_position
from organisation.versions import remove


@dataclass(frozen=True, kw_only=True)
class ListEditor:
    """One kind of ordered row.

    `name` is the stem of the URL names (`target_group_add`), `noun` the word on the screen. `rows` knows who may edit.
    `begin` makes a new row from the request and the address, or raises 404 or 403; `siblings` is the list a row stands
    in, `page` its address. `new_form` is the form of a new row where it is another. `kept` says, on the page that asks
    whether a row is to be removed, what is not lost by it. Both are marked for translation, and translated here.
    """

    name: str
    noun: str
    form: type[VersionedForm]
    rows: Any
    begin: Callable[..., Any]
    siblings: Callable[[Any], Any]
    page: Callable[[Any], str]
    new_form: type[VersionedForm] | None = None
    kept: str = gettext_noop("Historikken tar vare på det.")

    def add(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """A new row, last in the list."""
        row = self.begin(request, **address)
        row.position = next_position(self.siblings(row))
        return self._form_page(request, self.new_form or self.form, row, self._title(_("Legg til %(noun)s")))

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change a row."""
        row = get_for_edit(request, self.rows, pk=pk)
        return self._form_page(request, self.form, row, self._title(_("Rediger %(noun)s")))

    def _title(self, deed: str) -> str:
        return deed % {"noun": _(self.noun)}

    def _form_page(self, request: HttpRequest, kind: type[VersionedForm], row: Any, title: str) -> HttpResponse:
        form = kind(typed(request), instance=row, by=person(request))
        page = self.page(row)
        if request.method == "POST" and form.store():
            return saved(request, page)
        return form_page(request, "organisation/row_form.html", form, title=title, page=page)

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move a row one step up or down in its list."""
        row = get_for_edit(request, self.rows, pk=pk)
        move(row, siblings=self.siblings(row), direction="up" if request.POST.get("direction") == "up" else "down")
        return redirect(f"{way_back(request, self.page(row))}#{self.name}-{row.pk}")

    def remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether the row is to be removed; remove it when the answer is posted. The history keeps it."""
        row = get_for_edit(request, self.rows, pk=pk)
        page = self.page(row)
        if request.method == "POST":
            remove(row, by=person(request))
            return done(request, _("Fjernet"), page)
        context = {
            "row": row,
            "kept": _(self.kept),
            "title": self._title(_("Fjern %(noun)s")),
            "page": page,
            "next": way_back(request, ""),
        }
        return render(request, "organisation/row_remove.html", context)

    def paths(self, address: str, *, under: str) -> list[URLPattern]:
        """The four addresses. `address` is the row's part of them, `under` what a new row is made from."""
        return [
            path(f"{address}/{under}ny/", login_required(self.add), name=f"{self.name}_add"),
            path(f"{address}/<int:pk>/", login_required(self.edit), name=f"{self.name}_edit"),
            path(f"{address}/<int:pk>/flytt/", login_required(require_POST(self.move)), name=f"{self.name}_move"),
            path(f"{address}/<int:pk>/fjern/", login_required(self.remove), name=f"{self.name}_remove"),
        ]
