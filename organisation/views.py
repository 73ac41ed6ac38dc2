"""Signing in and out: Django's own views under the municipality's look."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from organisation.models import Municipality


class _Login(LoginView):
    """The form comes back as 422 when it was wrong; a person who is signed in already goes straight on."""

    template_name = "organisation/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = Municipality.objects.filter(is_owner=True).first()
        return super().get_context_data(**kwargs, municipality=owner)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def login(request: HttpRequest) -> HttpResponseBase:
    """Sign in with user name and password; then to the page that was asked for, or to the start page."""
    return _Login.as_view()(request)


def logout(request: HttpRequest) -> HttpResponseBase:
    """Sign out (POST only) and show the front page."""
    return LogoutView.as_view(next_page="publishing:front")(request)
