"""What is not said to be public is private: no working page may lie in a cache. What is public goes compressed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PRIVATE = "private, no-store"


class PrivateUnlessPublic:
    """Middleware: `Cache-Control: private, no-store` on every answer whose view has not set Cache-Control."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", PRIVATE)
        return response


class CompressedIfPublic(GZipMiddleware):
    """Middleware: compresses public answers alone. In one that holds a secret, what is sent along could be guessed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where any cache may keep it and the browser can read it so."""
        is_public = "public" in response.headers.get("Cache-Control", "")
        return super().process_response(request, response) if is_public else response
