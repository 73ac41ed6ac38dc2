"""The value notation: what people type in result and target cells, and what it means. Pure, without the ORM.

A value keeps the text as typed and, beside it, what was understood. What is not understood is refused with a
Norwegian sentence that helps, or kept as text on purpose; it is never guessed. Tables in documents print
the text as typed; `format_value` is the tidy form. The sentences are Norwegian source strings marked for
translation; whoever shows one translates it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from scorecards.figures import figure, refusal
from scorecards.numerals import NotationError
from scorecards.values import Kind, Value, as_number, format_value, means_the_same
from scorecards.vocabulary import (
    COMPARATORS,
    PHRASES,
    REFERENCES,
    SYMBOLS,
    TRAILING_COMPARATORS,
    YES_NO,
    Reason,
    gettext_noop,
    key,
)

__all__ = [
    "MAX_LENGTH",
    "Kind",
    "NotationError",
    "Reason",
    "Value",
    "as_number",
    "format_value",
    "means_the_same",
    "parse",
]

MAX_LENGTH = 200


def parse(text: str, *, as_text: bool = False, units: Iterable[str] = ()) -> Value:
    """What the text means. Raises `NotationError` with a sentence in Norwegian for what is not understood.

    With `as_text`, what is not understood is kept as text on purpose; control characters and more than 200
    characters are refused all the same. `units` are units of measure that are known besides the usual ones,
    such as the indicator's own.
    """
    _check_characters(text)
    typed = unicodedata.normalize("NFC", text.strip())
    if not typed:
        return Value(text, Kind.EMPTY)
    body, mark = _split_mark(typed)
    try:
        value = _understand(body, tuple(units))
    except NotationError:
        if not as_text:
            raise
        return Value(text, Kind.TEXT, phrase=typed)
    return replace(value, text=text, mark=mark)


_TOO_LONG = gettext_noop(
    "Verdien er for lang: %(length)s tegn. Det er plass til %(limit)s; skriv resten i kommentaren."
)
_INVISIBLE = gettext_noop(
    "Verdien inneholder et linjeskift, en tabulator eller et annet usynlig tegn (U+%(code)s). Fjern det og prøv igjen."
)
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})
_COMPARATOR_TWICE = gettext_noop(
    "«%(typed)s» har både en grense og et område eller en fordeling. Skriv bare én av delene."
)
_MARK = re.compile(
    r"(?P<body>.*?\S)(?:\s*(?P<mark>\*{1,3})|(?<![mM])(?P<raised>[¹²³⁴-⁹]{1,2})|\s+(?P<bracket>[0-9]{1,2}\)))"
)


def _leading(form: str) -> str:
    """Pattern of a comparator that stands first; a word must end there."""
    pattern = r"\s+".join(re.escape(word) for word in form.split())
    return rf"{pattern}(?![^\W_])" if form[0].isalpha() else pattern


_LEADING_FORMS = "|".join(_leading(form) for form in sorted(COMPARATORS, key=len, reverse=True))
_LEADING = re.compile(rf"(?P<sign>{_LEADING_FORMS})\s*(?P<rest>\S.*)", re.IGNORECASE)
_TRAILING = re.compile(rf"(?P<rest>.*\S)\s+eller\s+(?P<sign>{'|'.join(TRAILING_COMPARATORS)})", re.IGNORECASE)


def _check_characters(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise NotationError(_TOO_LONG, length=str(len(text)), limit=str(MAX_LENGTH))
    for character in text:
        if unicodedata.category(character) in _INVISIBLE_CATEGORIES:
            raise NotationError(_INVISIBLE, code=f"{ord(character):04X}")


def _split_mark(typed: str) -> tuple[str, str]:
    """The value and its footnote mark: «6,8*», «28 1)», «6,8¹»."""
    match = _MARK.fullmatch(typed)
    if match is None:
        return typed, ""
    return match["body"], match["mark"] or match["raised"] or match["bracket"]


def _understand(body: str, units: tuple[str, ...]) -> Value:
    words = key(body)
    if words in YES_NO:
        return Value(body, Kind(YES_NO[words][0]), phrase=YES_NO[words][1])
    if known := SYMBOLS.get(body) or PHRASES.get(words):
        return Value(body, Kind.REASON, phrase=known[0], reason=known[1])
    comparator, rest = _split_comparator(body)
    if key(rest) in REFERENCES:
        return Value(body, Kind.REFERENCE, comparator=comparator, phrase=REFERENCES[key(rest)])
    value = figure(rest, units)
    if comparator and value.kind not in (Kind.NUMBER, Kind.SHARE):
        raise refusal(_COMPARATOR_TWICE, body)
    return replace(value, comparator=comparator)


def _split_comparator(body: str) -> tuple[str, str]:
    """The comparator and what is compared with: «<20 %», «mer enn 70», «10 eller flere»."""
    for pattern, comparators in ((_LEADING, COMPARATORS), (_TRAILING, TRAILING_COMPARATORS)):
        match = pattern.fullmatch(body)
        if match and (comparator := comparators.get(" ".join(match["sign"].casefold().split()))):
            return comparator, match["rest"]
    return "", body
