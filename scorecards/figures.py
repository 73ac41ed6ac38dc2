"""Numbers, ranges, shares and splits with their units, as people type them. Pure, without the ORM."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from scorecards.numerals import MINUS_SIGNS, UNSIGNED, NotationError, clip, read
from scorecards.values import Kind, Value
from scorecards.vocabulary import gettext_noop, unit_of

WHOLE = 100
"""What the two parts of a split make, in percent."""

_UNIT = r"(?P<unit>[%‰]|%-.*|[^\W\d_].*)?"
_FIRST_UNIT = r"(?P<first_unit>[%‰]|[^\W\d_][^0-9]*?)?"
_LOWER = rf"(?P<number>[{MINUS_SIGNS}]?{UNSIGNED})\s*{_FIRST_UNIT}"
_UPPER = rf"(?P<other>[{MINUS_SIGNS}]?{UNSIGNED})\s*{_UNIT}"
_KRONER = re.compile(rf"kr\.?\s*(?P<before>[+{MINUS_SIGNS}0-9].*)|(?P<after>.*[0-9]),[-–—]", re.IGNORECASE)

_REVERSED_RANGE = gettext_noop("I «%(typed)s» er det første tallet størst. Skriv den laveste grensen først.")
_BAD_SHARE = gettext_noop(
    "«%(typed)s» er ikke en andel: tallet etter «av» må være over 0 og minst like stort som tallet foran."
)
_BAD_SPLIT = gettext_noop(
    "«%(typed)s» blir ikke 100 til sammen. Skriv «18 av 29» for en andel; en fordeling er for eksempel 65/35."
)
_UNKNOWN_UNIT = gettext_noop("Kjenner ikke enheten «%(unit)s». Skriv bare tallet. Enheten står i indikatoren.")
_TWO_UNITS = gettext_noop("De to tallene i «%(typed)s» har ulik enhet. Skriv enheten én gang, etter det siste tallet.")
_NOT_UNDERSTOOD = gettext_noop(
    "Forstår ikke «%(typed)s». Skriv for eksempel 12,5, 45 %%, <20 %%, 2–5 %%, 18 av 29,"
    " Ja, Nei eller Måles ikke. Annen tekst hører hjemme i en fotnote."
)
_OTHER_DIGITS = gettext_noop("«%(typed)s» har andre siffer enn 0–9. Skriv tallet med vanlige siffer.")
_SLIPS = (
    (
        r"[+\-−–]?[0-9][0-9.,]*e[+-]?[0-9]+",
        gettext_noop("Skriv tallet helt ut i stedet for «%(typed)s», for eksempel 100 000."),
    ),
    (
        r".*[0-9]_[0-9].*",
        gettext_noop("«%(typed)s» har understrek. Skriv tusener med mellomrom, for eksempel 1 000."),
    ),
    (
        r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}",
        gettext_noop("«%(typed)s» ser ut som en dato. Her skal det stå en verdi."),
    ),
    (
        r"(?:ca\.?|cirka|omtrent|rundt|om lag|~|≈|±).*",
        gettext_noop("Skriv tallet i «%(typed)s» alene. Forbehold hører hjemme i kommentaren."),
    ),
    (
        r"#.*",
        gettext_noop("«%(typed)s» ser ut som en feilmelding fra et regneark. Skriv verdien som skulle stått der."),
    ),
    (r"[+\-−–]\s+[0-9].*", gettext_noop("Skriv fortegnet i «%(typed)s» rett foran tallet, uten mellomrom.")),
)


def figure(typed: str, units: Iterable[str]) -> Value:
    """The number, range, share or split that was typed, with its unit. Raises `NotationError`."""
    _check_slips(typed)
    kroner = _KRONER.fullmatch(typed)
    body = (kroner["before"] or kroner["after"]) if kroner else typed
    for pattern, build in _FORMS:
        if match := pattern.fullmatch(body):
            unit = _unit(match, typed, units, is_kroner=kroner is not None)
            return replace(build(match, typed), unit=unit)
    raise refusal(_NOT_UNDERSTOOD, typed)


def refusal(message: str, typed: str) -> NotationError:
    """The error with what was typed in it."""
    return NotationError(message, typed=clip(typed))


def _check_slips(typed: str) -> None:
    if any(unicodedata.decimal(character, None) is not None and not character.isascii() for character in typed):
        raise refusal(_OTHER_DIGITS, typed)
    for pattern, message in _SLIPS:
        if re.fullmatch(pattern, typed, re.IGNORECASE):
            raise refusal(message, typed)


def _unit(match: re.Match[str], typed: str, units: Iterable[str], *, is_kroner: bool) -> str:
    parts = match.groupdict()
    written = parts["unit"] or ""
    unit = unit_of(f"{written} kr" if is_kroner else written, units)
    if unit is None:
        raise NotationError(_UNKNOWN_UNIT, unit=clip(written))
    if parts.get("first_unit") and unit_of(parts["first_unit"], units) != unit:
        raise refusal(_TWO_UNITS, typed)
    return unit


def _range(match: re.Match[str], typed: str) -> Value:
    lower, upper = read(match["number"]), read(match["other"])
    if lower > upper:
        raise refusal(_REVERSED_RANGE, typed)
    return Value(typed, Kind.RANGE, number=lower, upper=upper, decimals=_decimals(lower))


def _share(match: re.Match[str], typed: str) -> Value:
    part, whole = read(match["number"]), read(match["other"])
    if part > whole or not whole:
        raise refusal(_BAD_SHARE, typed)
    return Value(typed, Kind.SHARE, number=part, denominator=whole, decimals=_decimals(part))


def _split(match: re.Match[str], typed: str) -> Value:
    first, second = read(match["number"]), read(match["other"])
    if first + second != WHOLE:
        raise refusal(_BAD_SPLIT, typed)
    return Value(typed, Kind.SPLIT, number=first, upper=second, decimals=_decimals(first))


def _number(match: re.Match[str], typed: str) -> Value:
    number = read(match["number"], has_unit=bool(match["unit"]))
    return Value(
        typed,
        Kind.NUMBER,
        number=number,
        decimals=_decimals(number),
        is_signed=match["number"].startswith("+"),
    )


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Value]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (rf"(?P<number>{UNSIGNED})\s+av\s+(?P<other>{UNSIGNED})\s*{_UNIT}", _share),
        (rf"mellom\s+{_LOWER}\s+og\s+{_UPPER}", _range),
        (rf"{_LOWER}(?:\s*[-–]\s*|\s+til\s+){_UPPER}", _range),
        (rf"(?P<number>{UNSIGNED})\s*/\s*(?P<other>{UNSIGNED})\s*{_UNIT}", _split),
        (rf"(?P<number>[+{MINUS_SIGNS}]?{UNSIGNED})\s*{_UNIT}", _number),
    )
)
