"""The KOSTRA file of accounts: one line of 48 characters per amount, each field at its own place.

The places are those of Statistics Norway's specification for reporting accounts from municipalities.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.reading.cells import MOST_LINES, Unreadable
from budget.reading.file_types import type_of
from budget.reading.text_file import encoding_of, opened

LENGTH = 48
THOUSAND = 1_000
END_OF_FILE = b"\x1a"
"""What old systems close a file with."""


@dataclass(frozen=True, slots=True)
class KostraLine:
    """One amount. `amount` is kroner: the file's 1 000 kroner × 1 000."""

    number: int
    form: str
    year: int
    quarter: str
    region: str
    organisation: str
    sub_organisation: str
    account_class: str
    function: str
    art: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class KostraFault:
    """A line that cannot be read. `place` is the characters and the field ("tegn 37–39, art"); `message` a sentence."""

    number: int
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a field stands, from character `first` to `last`, counted from 1, and what may stand there."""

    name: str
    label: str | Promise
    first: int
    last: int
    pattern: str
    expected: str | Promise

    def of(self, text: str) -> str:
        """What stands in the field."""
        return text[self.first - 1 : self.last]

    def place(self) -> str:
        """Where it stands, for a person."""
        characters = str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        return _("tegn %(characters)s, %(field)s") % {"characters": characters, "field": self.label}


_ORGANISATION = "[0-9]{9}| {9}"
_FIELDS = (
    _Field("form", gettext_lazy("skjema"), 1, 2, "[0-9][A-Z]", gettext_lazy("et tall og en bokstav, for eksempel 0A")),
    _Field("year", gettext_lazy("år"), 3, 6, "(?:19|20)[0-9]{2}", gettext_lazy("et årstall")),
    _Field("quarter", gettext_lazy("kvartal"), 7, 7, "[0-4 ]", gettext_lazy("1 til 4, eller blankt for hele året")),
    _Field("region", gettext_lazy("region"), 8, 13, "[0-9]{4}[0-9 ]{2}", gettext_lazy("kommunenummer og bydel")),
    _Field(
        "organisation",
        gettext_lazy("organisasjonsnummer"),
        14,
        22,
        _ORGANISATION,
        gettext_lazy("ni siffer eller blankt"),
    ),
    _Field(
        "sub_organisation", gettext_lazy("underenhet"), 23, 31, _ORGANISATION, gettext_lazy("ni siffer eller blankt")
    ),
    _Field("account_class", gettext_lazy("kontoklasse"), 32, 32, "[0-9]", gettext_lazy("ett siffer")),
    _Field("function", gettext_lazy("funksjon"), 33, 36, "[0-9]{3} | [0-9]{3}|[0-9]{4}", gettext_lazy("tre siffer")),
    _Field("art", gettext_lazy("art"), 37, 39, "[0-9]{3}", gettext_lazy("tre siffer")),
    _Field(
        "amount",
        gettext_lazy("beløp"),
        40,
        48,
        " *-?[0-9]+",
        gettext_lazy("hele tusen kroner, til høyre, med minus først"),
    ),
)
_OF_BALANCES = frozenset({"2", "5"})
"""Account classes whose function and art are chapter and sector, with codes of their own."""
_CLASS_AT = 31
_ORGANISATIONS = frozenset({"organisation", "sub_organisation"})
_NOT_IN_BALANCES = frozenset({"function", "art"})


def read_kostra(content: bytes, name: str = "KOSTRA-fila") -> Iterator[KostraLine | KostraFault]:
    """Each filled line of the file. Raises `Unreadable` for what is no text file."""
    where = f"«{name[-80:]}»"
    if type_of(content, where, name) != "text":
        raise Unreadable(where, _("Dette er en arbeidsbok og ikke en KOSTRA-fil. Velg en kilde for tabeller."))
    content = content.rstrip(END_OF_FILE)
    encoding, _warnings = encoding_of(content, where)
    filled = ((number, line) for number, line in enumerate(opened(content, encoding), 1) if line.strip())
    for count, (number, line) in enumerate(filled, 1):
        if count > MOST_LINES:
            raise Unreadable(where, _("Fila har mer enn 1 000 000 linjer. Del den i flere."))
        yield _line(number, line.rstrip("\r\n"))


def _line(number: int, text: str) -> KostraLine | KostraFault:
    if len(text) < LENGTH or text[LENGTH:].strip():
        message = _("Linja har %(count)s tegn og skal ha 48. Hent fila ut på nytt fra regnskapssystemet.")
        return KostraFault(number, _("hele linja"), message % {"count": len(text)})
    is_balance = text[_CLASS_AT] in _OF_BALANCES
    for field in _FIELDS:
        is_free = is_balance and field.name in _NOT_IN_BALANCES
        if not is_free and not re.fullmatch(field.pattern, field.of(text)):
            return _fault(number, field, text)
    return _read(number, {field.name: field.of(text).strip() for field in _FIELDS})


def _fault(number: int, field: _Field, text: str) -> KostraFault:
    message = _("Her står «%(found)s»; det skal være %(expected)s. Rett det i regnskapet og hent fila på nytt.")
    return KostraFault(number, field.place(), message % {"found": field.of(text), "expected": field.expected})


def _read(number: int, said: dict[str, str]) -> KostraLine:
    year, amount = int(said.pop("year")), Decimal(said.pop("amount")) * THOUSAND
    parts = {name: "" if set(text) == {"0"} and name in _ORGANISATIONS else text for name, text in said.items()}
    return KostraLine(number=number, year=year, amount=amount + 0, **parts)
