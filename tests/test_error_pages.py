"""The pages that are shown when something went wrong. None of these tests may open the database, and so no page may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error


def answer(request: HttpRequest, status: int) -> HttpResponse:
    match status:
        case 400:
            return bad_request(request, ValueError())
        case 403:
            return permission_denied(request, PermissionDenied())
        case 404:
            return page_not_found(request, Http404())
        case _:
            return server_error(request)


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "Forespørselen kunne ikke leses"),
        (403, "Du har ikke tilgang til dette"),
        (404, "Fant ikke siden"),
        (500, "Noe gikk galt hos oss"),
    ],
)
def test_error_page_explains_itself_without_the_database(rf: RequestFactory, status: int, heading: str) -> None:
    response = answer(rf.get("/"), status)
    assert response.status_code == status
    assert response.content.decode().count(f"<h1>{heading}</h1>") == 1


def test_csrf_failure_explains_itself_without_the_database(rf: RequestFactory) -> None:
    response = csrf_failure(rf.post("/"))
    assert response.status_code == 403
    assert response.content.decode().count("<h1>Skjemaet ble ikke tatt imot</h1>") == 1
