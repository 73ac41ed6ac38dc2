"""What every editing page shares: a form that checks the version, the way back, and the answer after a save."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.versions import Conflict, VersionedModel, create, save_version


@dataclass(frozen=True)
class Saving:
    """Who saved a row, and when. `by` is "" where the row came from a file or an import."""

    by: str
    at: Any

    @classmethod
    def last_of(cls, row: VersionedModel) -> "Saving":
        """The last time the row was saved."""
        last = row.history.select_related("history_user").order_by("-history_date", "-history_id").first()
        return cls(str(last.history_user or ""), last.history_date) if last else cls("", None)


@dataclass(frozen=True)
class Clash:
    """What a person is shown when someone else saved meanwhile: who, when, the version now, and what differs."""

    saving: Saving
    version: int
    theirs: list[tuple[str, Any]]


class VersionedForm(forms.ModelForm):
    """A form for a row that several edit. `base_version` is the version shown; `overwrite` a newer one to replace."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    overwrite = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, instance: Any, by: User, **options: Any) -> None:
        super().__init__(data, instance=instance, **options)
        self.by = by
        self.clash: Clash | None = None
        self.fields["base_version"].initial = self.guarded.version
        self.fields["base_version"].required = instance.pk is not None

    @property
    def guarded(self) -> VersionedModel:
        """The row whose version guards the save."""
        return self.instance

    @property
    def status(self) -> int:
        """The status of the page: 200, 422 for what cannot be saved, 409 where someone else saved meanwhile."""
        if self.clash:
            return 409
        return 422 if self.errors else 200

    def store(self) -> bool:
        """Save what was typed.

        False when it could not be: then `errors` or `clash` says why, and nothing is changed.
        """
        if not self.is_valid():
            return False
        try:
            self.write()
        except Conflict as conflict:
            theirs = type(self.instance)._default_manager.get(pk=self.instance.pk)
            self.clash = Clash(Saving.last_of(conflict.theirs), conflict.theirs.version, self._differing(theirs))
        return self.clash is None

    @transaction.atomic
    def write(self) -> None:
        """Write the row and what is saved together with it. Raises `Conflict`."""
        self.save(commit=False)
        row = self.guarded
        if row.pk is None:
            create(row, by=self.by)
        else:
            seen = self.cleaned_data["overwrite"] or self.cleaned_data["base_version"]
            save_version(row, base_version=seen or row.version, by=self.by)
        self.write_rest()

    def write_rest(self) -> None:
        """What is saved together with the row: its relations to many."""
        self.save_m2m()

    def _differing(self, theirs: Any) -> list[tuple[str, Any]]:
        pairs = ((field, self.shown(theirs, field.name)) for field in self.visible_fields())
        return [(str(field.label), shown) for field, shown in pairs if shown != self._typed(field.name)]

    def _typed(self, name: str) -> Any:
        mine = self.cleaned_data.get(name)
        if isinstance(mine, models.QuerySet):
            return ", ".join(str(one) for one in mine)
        return self.shown(self.instance, name)

    def shown(self, row: Any, name: str) -> Any:
        """The value of a field as a person reads it."""
        if display := getattr(row, f"get_{name}_display", None):
            return display()
        value = getattr(row, name, "")
        if isinstance(value, models.Manager):
            return ", ".join(str(one) for one in value.all())
        return "" if value is None else str(value)


def person(request: HttpRequest) -> User:
    """Who is asking, on a page where only those who are signed in come."""
    return request.user  # type: ignore[return-value]


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None for a page that is only read."""
    return request.POST if request.method == "POST" else None


def way_back(request: HttpRequest, default: str) -> str:
    """Where to go after the deed: the page that `next` names, if it is one of this site's own, else the default."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours and asked.startswith("/") else default


def saved(request: HttpRequest, default: str) -> HttpResponse:
    """Say that it was saved and when, and go back."""
    return done(request, _("Lagret"), default)


def done(request: HttpRequest, deed: str, default: str) -> HttpResponse:
    """Say what was done and when («Fjernet 14.32»), and go back."""
    messages.success(request, f"{deed} {timezone.localtime():%H.%M}")
    return redirect(way_back(request, default))


def form_page(request: HttpRequest, template: str, form: VersionedForm, **context: Any) -> HttpResponse:
    """The page with the form, with the status that the form says."""
    context = {"form": form, "next": way_back(request, "")} | context
    return render(request, template, context, status=form.status)
