"""What the columns of a table hold, and what their headings usually are called. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    """What a column holds."""

    UNIT = "unit", _("Ansvar (enhet)")
    FUNCTION = "function", _("Tjeneste (KOSTRA-funksjon)")
    ART = "art", _("Konto (KOSTRA-art)")
    AMOUNT = "amount", _("Beløp")
    PERIOD = "period", _("Periode")
    YEAR = "year", _("År")
    MONTH = "month", _("Måned")
    ACCOUNT_CLASS = "account_class", _("Drift eller investering")
    PROJECT = "project", _("Prosjekt")
    ACCOUNT = "account", _("Egen konto, ved siden av arten")
    TEXT = "text", _("Tekst")


REQUIRED = (Field.UNIT, Field.FUNCTION, Field.ART, Field.AMOUNT)
"""Besides these a file tells the period, or the year."""

WHOLE_FILE = "="
"""Stands before a constant where a heading could stand: every line of the file is of that account class."""

_ACCOUNTS = ("konto", "kontonr", "kontonummer", "kontokode", "artskonto", "artskontonr")
USUAL: Mapping[Field, Sequence[str]] = {
    Field.UNIT: (
        "ansvar", "ansvarsnr", "ansvarsnummer", "ansvarskode", "ansvarssted", "koststed", "enhet", "enhetsnr",
        "enhetskode", "orgenhet", "organisasjonsenhet", "avdeling",
    ),
    Field.FUNCTION: (
        "kostrafunksjon", "funksjon", "funksjonskode", "funksjonsnr", "tjeneste", "tjenestenr", "tjenestekode",
        "tjenestenummer",
    ),
    Field.ART: ("kostraart", "art", "artskode", "artsnr", "artsnummer", *_ACCOUNTS),
    Field.AMOUNT: (
        "beløp", "beløpkr", "beløpikr", "beløpikroner", "beløpi1000kr", "beløpi1000kroner", "nettobeløp", "kroner",
        "sum", "saldo", "budsjett", "regnskap", "prognose", "endring",
    ),
    Field.PERIOD: ("periode", "regnskapsperiode", "budsjettperiode", "periodenr"),
    Field.YEAR: ("år", "regnskapsår", "budsjettår", "årstall"),
    Field.MONTH: ("måned", "mnd", "månednr", "månedsnr"),
    Field.ACCOUNT_CLASS: ("kontoklasse", "driftinvestering", "regnskapsdel", "budsjettdel"),
    Field.PROJECT: ("prosjekt", "prosjektnr", "prosjektnummer", "prosjektkode"),
    Field.ACCOUNT: _ACCOUNTS,
    Field.TEXT: ("tekst", "beskrivelse", "merknad", "kommentar", "bilagstekst"),
}  # fmt: skip
"""Headings in small letters, with letters and digits only; the likeliest first."""


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Which heading is read as which field, from what is usual. A heading is one field at most."""
    left = {_plain(heading): heading for heading in headings if heading}
    found: dict[str, str] = {}
    for field, usual in USUAL.items():
        if heading := next((one for one in usual if one in left), None):
            found[field.value] = left.pop(heading)
    return found


def chosen(remembered: Mapping[str, str], headings: Sequence[str]) -> dict[str, str]:
    """What is remembered of headings that the file has. What every file needs is guessed where that is not enough."""
    found = {name: said for name, said in remembered.items() if said.startswith(WHOLE_FILE) or said in headings}
    lacking = set(missing(found, has_year=False))
    wanted = lacking | {Field.YEAR, Field.MONTH} if Field.PERIOD in lacking else lacking
    left = [heading for heading in headings if heading not in found.values()]
    return found | {name: heading for name, heading in guess(left).items() if name in wanted}


def missing(columns: Mapping[str, str], *, has_year: bool) -> list[Field]:
    """The fields that no heading is read as though every file needs them; `has_year` where the year is known."""
    lacking = [field for field in REQUIRED if field not in columns]
    is_dated = has_year or Field.PERIOD in columns or Field.YEAR in columns
    return lacking if is_dated else [*lacking, Field.PERIOD]


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]", "", heading.casefold())
