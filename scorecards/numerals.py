"""One number in Norwegian: read as people type it, printed with Norwegian typography. Pure, without the ORM.

Messages are Norwegian source strings marked for translation; whoever shows one translates it.
"""

import re
from decimal import Decimal

from scorecards.vocabulary import gettext_noop

MAX_INTEGER_DIGITS = 16
MAX_DECIMALS = 8
THOUSANDS_GROUP = 3
HARD_SPACE = "\u00a0"
MINUS = "\u2212"

MINUS_SIGNS = "-\u2212\u2013"
"""Hyphen, minus sign and en dash: all three are typed for minus."""

BLANK = "[ \u00a0\u2000-\u200a\u202f\u205f\u3000]"
"""An ordinary, hard, narrow or thin space."""

UNSIGNED = rf"[0-9.,](?:[0-9.,]|{BLANK}+(?=[0-9.,]))*"
"""Pattern of what may be a number without a sign; `read` says whether it is one."""

SHOWN = 40


class NotationError(ValueError):
    """A value that is not understood.

    `message` is a Norwegian sentence that says what to do, with named places for `params`; `str()` is the
    two joined.
    """

    def __init__(self, message: str, **params: str) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


def clip(typed: str) -> str:
    """What was typed, short enough for a sentence."""
    return typed if len(typed) <= SHOWN else typed[: SHOWN - 1] + "…"


def read(typed: str, *, has_unit: bool = False) -> Decimal:
    """The number, with the decimals that were typed. Raises `NotationError` where it may be read in two ways.

    A space between thousands, a decimal comma or a decimal point. A blank after the comma («104, 2 %») is
    read as a slip only where a unit shows that it is one number.
    """
    is_negative = typed[0] in MINUS_SIGNS
    digits = typed[1:] if typed[0] in MINUS_SIGNS + "+" else typed
    if has_unit:
        digits = re.sub(rf",{BLANK}(?=[0-9]+$)", ",", digits)
    match = _NUMBER.fullmatch(digits)
    if match is None or _is_doubtful(match):
        raise _explain(digits)
    whole = re.sub(BLANK, "", match["whole"])
    decimals = match["decimals"] or ""
    if len(whole) > MAX_INTEGER_DIGITS or len(decimals) > MAX_DECIMALS:
        raise NotationError(
            gettext_noop("«%(typed)s» er for langt: høyst %(whole)s siffer før komma og %(decimals)s etter."),
            typed=clip(digits), whole=str(MAX_INTEGER_DIGITS), decimals=str(MAX_DECIMALS),
        )  # fmt: skip
    return Decimal(f"{'-' if is_negative else ''}{whole}{'.' if decimals else ''}{decimals}")


def show(number: Decimal, *, plus: bool = False) -> str:
    """The number with a hard space between thousands, decimal comma, minus sign and its own decimals."""
    whole, _point, decimals = format(number.copy_abs(), "f").partition(".")
    sign = MINUS if number.is_signed() else "+" if plus else ""
    grouped = f"{int(whole):,}".replace(",", HARD_SPACE)
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


_WHOLE = rf"(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:{BLANK}[0-9]{{3}})+)"
_NUMBER = re.compile(rf"{_WHOLE}(?:(?P<mark>[.,])(?P<decimals>[0-9]+))?")


def _is_doubtful(match: re.Match[str]) -> bool:
    """One point and three figures: «1.479» may be 1 479 or 1,479. After a nought it is a decimal."""
    return match["mark"] == "." and len(match["decimals"]) == THOUSANDS_GROUP and match["whole"] != "0"


_QUESTION_OF_TWO = gettext_noop(
    "Mener du %(first)s eller %(second)s? Skriv tusener med mellomrom og desimaler med komma."
)
_QUESTION_OF_ONE = gettext_noop("Mener du %(first)s? Skriv tusener med mellomrom og desimaler med komma.")
_TOO_MANY_MARKS = gettext_noop(
    "«%(typed)s» har for mange komma eller punktum. Skriv ett tall, med mellomrom mellom tusener og ett komma."
)
_EXPLANATIONS = (
    (r"[.,][0-9]+", gettext_noop("«%(typed)s» mangler tallet foran komma. Mener du 0,%(rest)s?")),
    (r"[0-9]+[.,]", gettext_noop("«%(typed)s» slutter med komma eller punktum. Mangler det et siffer?")),
    (r"0[0-9]+(?:[.,][0-9]+)?", gettext_noop("«%(typed)s» begynner med 0. Skriv tallet uten null foran.")),
    (
        rf"[0-9]+[.,]{BLANK}+[0-9]+",
        gettext_noop("«%(typed)s» har mellomrom etter komma. Mener du %(joined)s?"),
    ),
    (
        rf".*{BLANK}.*",
        gettext_noop(
            "Mellomrom i et tall skiller tusener: «%(typed)s» må ha nøyaktig tre siffer etter hvert"
            " mellomrom, som i 12 500. Skriv ett tall i feltet."
        ),
    ),
)
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:{BLANK}[0-9]{{3}})*(?:[.,][0-9.,]*)?")


def _explain(digits: str) -> NotationError:
    """Why this is not one number, with a suggestion where there is one."""
    joined = re.sub(BLANK, "", digits)
    question = _question(joined) if joined == digits or _GROUPED.fullmatch(digits) else None
    if question:
        return question
    messages = (message for pattern, message in _EXPLANATIONS if re.fullmatch(pattern, digits))
    message = next(messages, _TOO_MANY_MARKS)
    return NotationError(message, typed=clip(digits), joined=clip(joined), rest=clip(joined.lstrip(".,")))


def _question(joined: str) -> NotationError | None:
    """«Mener du …?» for points and commas that may part thousands."""
    if re.fullmatch(r"[1-9][0-9]*\.[0-9]{3}", joined):
        first = show(Decimal(joined.replace(".", "")))
        return NotationError(_QUESTION_OF_TWO, first=clip(first), second=clip(show(Decimal(joined))))
    for thousands, decimal in ((".", ","), (",", ".")):
        group = rf"(?:{re.escape(thousands)}[0-9]{{3}})"
        if re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{group}+{re.escape(decimal)}[0-9]+|{group}{{2,}})", joined):
            number = joined.replace(thousands, "").replace(decimal, ".")
            return NotationError(_QUESTION_OF_ONE, first=clip(show(Decimal(number))))
    return None
