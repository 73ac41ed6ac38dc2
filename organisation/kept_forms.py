"""A form that is sent when the session is over: what was typed is kept until the person has logged in again."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

KEY = "kept_form"
NOT_KEPT = ("csrfmiddlewaretoken",)
MOST_CHARACTERS = 500_000
SHOWN_FROM = 20
"""Fields shorter than this are sent on, but not shown: they are choices and numbers, not what somebody wrote."""


class KeepTypedText:
    """Middleware: a form for a page that asks for a login, sent by somebody who is no longer logged in, is kept.

    It stands in the new, empty session of the same browser, after the check of the form's token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Keep the form and ask for a login; None for every other request."""
        asks_for_login = hasattr(view, "redirect_field_name")  # what `login_required` leaves on a view
        if request.method != "POST" or request.user.is_authenticated or not asks_for_login:
            return None
        typed = {name: texts for name, texts in request.POST.lists() if name not in NOT_KEPT}
        if sum(len(text) for texts in typed.values() for text in texts) > MOST_CHARACTERS:
            return None
        request.session[KEY] = {"page": request.get_full_path(), "typed": typed}
        return redirect_to_login(reverse("organisation:kept_form"))


@login_required
def kept_form(request: HttpRequest) -> HttpResponse:
    """What was typed when the session was over: to be sent again with one button, or thrown away."""
    if request.method == "POST":
        request.session.pop(KEY, None)
    kept = request.session.get(KEY)
    if kept is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    fields = [(name, text) for name, texts in kept["typed"].items() for text in texts]
    texts = [text for _name, text in fields if len(text) >= SHOWN_FROM]
    return render(request, "organisation/kept_form.html", {"kept": kept, "fields": fields, "texts": texts})
