"""What is wrong with a question to the API, in Norwegian and as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import JsonResponse
from ninja.errors import ValidationError

SENTENCES = {
    "enum": "«{name}» må være en av disse: {expected}.",
    "int_parsing": "«{name}» må være et helt tall.",
    "bool_parsing": "«{name}» må være «true» eller «false».",
    "greater_than_equal": "«{name}» må være minst {ge}.",
    "less_than_equal": "«{name}» kan være høyst {le}.",
}
OTHERWISE = "«{name}» har en verdi som ikke kan brukes."


def problem(status: int, sentence: str, **headers: str) -> JsonResponse:
    """An answer that says what is wrong."""
    options = {"ensure_ascii": False}
    return JsonResponse({"detail": sentence}, status=status, headers=headers, json_dumps_params=options)


def said_of(error: ValidationError) -> str:
    """A sentence for each thing that is wrong."""
    return " ".join(_sentence(one) for one in error.errors)


def unknown_filters(names: Iterable[str]) -> str:
    """A sentence for each filter that there is no such thing as."""
    return " ".join(f"«{name}» er ikke noe du kan velge etter her." for name in sorted(names))


def _sentence(error: Mapping[str, Any]) -> str:
    found = SENTENCES.get(error["type"], OTHERWISE)
    return found.format(name=error["loc"][-1], **{name: _plain(value) for name, value in error.get("ctx", {}).items()})


def _plain(value: object) -> str:
    """The value without the words between the choices of an enumeration: 'a', 'b' or 'c' → a, b, c."""
    return str(value).replace("' or '", ", ").replace("', '", ", ").strip("'")
