"""What may lie in a cache."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from organisation.caching import PrivateUnlessPublic


def answer_to(rf: RequestFactory, headers: dict[str, str]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.path, headers=headers)

    return PrivateUnlessPublic(view)(rf.get("/"))


def test_answer_that_says_nothing_becomes_private(rf: RequestFactory) -> None:
    assert answer_to(rf, {}).headers["Cache-Control"] == "private, no-store"


def test_answer_that_is_public_stays_public(rf: RequestFactory) -> None:
    assert answer_to(rf, {"Cache-Control": "public, max-age=60"}).headers["Cache-Control"] == "public, max-age=60"
