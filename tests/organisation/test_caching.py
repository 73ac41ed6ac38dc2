"""What may lie in a cache."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from organisation.caching import CompressedIfPublic, PrivateUnlessPublic


def answer_to(rf: RequestFactory, headers: dict[str, str]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.path, headers=headers)

    return PrivateUnlessPublic(view)(rf.get("/"))


def test_answer_that_says_nothing_becomes_private(rf: RequestFactory) -> None:
    assert answer_to(rf, {}).headers["Cache-Control"] == "private, no-store"


def test_answer_that_is_public_stays_public(rf: RequestFactory) -> None:
    assert answer_to(rf, {"Cache-Control": "public, max-age=60"}).headers["Cache-Control"] == "public, max-age=60"


def encoding_of(rf: RequestFactory, cache_control: str) -> str | None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("mange like ord " * 100, headers={"Cache-Control": cache_control})

    request = rf.get("/", headers={"accept-encoding": "gzip"})
    return CompressedIfPublic(view).process_response(request, view(request)).headers.get("Content-Encoding")


def test_public_answers_alone_are_compressed(rf: RequestFactory) -> None:
    assert encoding_of(rf, "public, max-age=60") == "gzip"
    assert encoding_of(rf, "private, no-store") is None
