"""Addresses (slugs) from Norwegian text."""

from collections.abc import Container

from django.utils.text import slugify

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a", "–": "-", "/": "-"})


def address(text: str, *, taken: Container[str] = (), longest: int = 80) -> str:
    """The text as an address: small letters, digits and hyphens, unlike each in `taken` ("malgrupper-2")."""
    base = slugify(text.translate(_LETTERS))[:longest].strip("-") or "avsnitt"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
