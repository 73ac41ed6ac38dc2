"""The words of the value notation: comparators, units, references, reasons for no number. Pure."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class Reason(StrEnum):
    """Why there is no number."""

    NOT_MEASURED = "not_measured"
    NO_TARGET = "no_target"
    NEW = "new"
    NOT_THIS_TIME = "not_this_time"
    INVALID = "invalid"
    NO_DATA = "no_data"
    NOT_RELEVANT = "not_relevant"
    DISCONTINUED = "discontinued"
    HIDDEN = "hidden"


def gettext_noop(message: str) -> str:
    """Mark a Norwegian sentence for translation. Django's own needs settings, which pure rules do without."""
    return message


def key(text: str) -> str:
    """The text without the differences that mean nothing: case, blanks, full stops, raised figures."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_SAME)
    return " ".join(folded.split()).replace(" /", "/").replace("/ ", "/")


def unit_of(typed: str, units: Iterable[str] = ()) -> str | None:
    """The unit of measure as it is printed, or None for one that is not known here or in `units`."""
    wanted = key(typed)
    if wanted in _UNITS:
        return _UNITS[wanted]
    return next((" ".join(unit.split()) for unit in units if key(unit) == wanted), None)


_SAME = str.maketrans({".": " ", "²": "2", "³": "3"})

COMPARATORS = {
    form: comparator
    for comparator, forms in {
        "<": ("<", "mindre enn", "færre enn", "lavere enn", "under"),
        "<=": (
            "<=", "=<", "≤", "=/<", "</=", "maks", "maks.", "maksimum", "maksimalt", "inntil", "høyst",
            "opptil", "ikke over", "ikke mer enn",
        ),
        ">": (">", "mer enn", "flere enn", "høyere enn", "større enn", "over"),
        ">=": (">=", "=>", "≥", "=/>", ">/=", "minst", "minimum", "min.", "ikke under", "ikke mindre enn"),
        "=": ("=", "lik"),
    }.items()
    for form in forms
}  # fmt: skip

TRAILING_COMPARATORS = {
    "flere": ">=", "mer": ">=", "høyere": ">=", "over": ">=",
    "færre": "<=", "mindre": "<=", "lavere": "<=", "under": "<=",
}  # fmt: skip
"""What may follow «eller»: «10 eller flere»."""

PRINTED_COMPARATORS = {"": "", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "="}

REFERENCES = {
    key(form): printed
    for printed, forms in {
        "landssnitt": ("landssnittet", "landsgjennomsnitt", "landsgjennomsnittet"),
        "nasjonalt snitt": ("nasjonalt gjennomsnitt", "det nasjonale snittet", "nasjonalt nivå"),
        "fylkessnitt": ("fylkessnittet", "fylkesgjennomsnitt", "fylkesgjennomsnittet"),
        "KOSTRA-gruppen": ("KOSTRA-gruppe", "KOSTRA-gruppa", "snitt KOSTRA-gruppe", "snitt i KOSTRA-gruppen"),
        "kommunesnitt": ("kommunesnittet",),
    }.items()
    for form in (printed, *forms)
}

YES_NO = {"ja": ("yes", "Ja"), "nei": ("no", "Nei")}

SYMBOLS = {
    **dict.fromkeys(("-", "–", "—", "−", "--", "---"), ("–", Reason.NO_DATA)),
    "..": ("..", Reason.NO_DATA),
    ":": (":", Reason.HIDDEN),
}
"""Signs that stand for no number; `..` and `:` as in Statistics Norway's tables: not available, not shown."""

PHRASES = {
    key(form): (forms[0], reason)
    for reason, forms in (
        (Reason.NOT_MEASURED, ("Måles ikke", "Blir ikke målt")),
        (Reason.NOT_MEASURED, ("Ikke målt", "Er ikke målt")),
        (Reason.NO_TARGET, ("Ikke måltall", "Ingen måltall", "Ikke noe måltall", "Uten måltall")),
        (Reason.NO_TARGET, ("Ikke fastsatt", "Ikke satt")),
        (Reason.NEW, ("Ny", "Nytt", "Ny indikator")),
        (Reason.NOT_THIS_TIME, ("Gjennomføres hvert 2. år", "Hvert 2. år", "Måles hvert 2. år")),
        (
            Reason.NOT_THIS_TIME,
            ("Gjennomføres annethvert år", "Gjennomføres annet hvert år", "Annethvert år", "Annet hvert år"),
        ),
        (Reason.NOT_THIS_TIME, ("Ikke i år", "Måles ikke i år", "Ikke målt i år")),
        (Reason.INVALID, ("Feil undersøkelse sendt ut",)),
        (
            Reason.NO_DATA,
            (
                "Mangler",
                "Mangler data",
                "Ingen data",
                "Data mangler",
                "Ikke tilgjengelig",
                "I.t.",
                "Ikke oppgitt",
            ),
        ),
        (Reason.NOT_RELEVANT, ("Ikke aktuelt", "Ikke relevant", "Uaktuelt")),
        (Reason.DISCONTINUED, ("Utgår", "Utgått", "Avsluttet")),
        (Reason.HIDDEN, ("Skjermet",)),
    )
    for form in forms
}

SINGULAR = {
    "plasser": "plass", "dager": "dag", "timer": "time", "uker": "uke", "måneder": "måned",
    "minutter": "minutt", "personer": "person", "elever": "elev", "brukere": "bruker",
    "innbyggere": "innbygger", "mottakere": "mottaker", "deltakere": "deltaker", "husstander": "husstand",
    "boliger": "bolig", "saker": "sak", "søknader": "søknad", "klager": "klage", "møter": "møte",
    "enheter": "enhet", "avdelinger": "avdeling", "ganger": "gang", "stillinger": "stilling",
    "arrangementer": "arrangement",
}  # fmt: skip
"""Units that are printed in another form after the number 1."""

_UNITS = {"": ""} | {
    key(form): printed
    for printed, forms in {
        "%": ("prosent", "pst."),
        "‰": ("promille",),
        "prosentpoeng": ("%-poeng",),
        "kr": ("kroner", "krone", "NOK"),
        "tusen kr": ("tusen kroner", "tkr"),
        "mill.": ("million", "millioner"),
        "mill. kr": ("mill. kroner", "million kroner", "millioner kroner", "millioner kr", "MNOK"),
        "mrd.": ("milliard", "milliarder"),
        "mrd. kr": ("mrd. kroner", "milliard kroner", "milliarder kroner", "milliarder kr"),
        "kr per m²": ("kr/m²", "kr pr. m²", "kroner per m²"),
        "kr per innbygger": (
            "kr/innbygger",
            "kr pr. innbygger",
            "kroner per innbygger",
            "kr per innb.",
            "kr/innb.",
        ),
        "m²": ("kvm", "kvadratmeter"),
        "m³": ("kubikkmeter",),
        "m": ("meter",),
        "km": ("kilometer",),
        "kg": ("kilo",),
        "tonn": (),
        "kWh": (),
        "MWh": (),
        "GWh": (),
        "poeng": (),
        "årsverk": (),
        "år": (),
        "døgn": (),
        "barn": (),
        "tilsyn": (),
        "avvik": (),
        "besøk": (),
        "stk.": ("stykk", "stykker"),
        "måneder": ("mnd.",),
        "minutter": ("min.",),
        **{plural: () for plural in SINGULAR if plural not in ("måneder", "minutter")},
    }.items()
    for form in (printed, *forms, *([SINGULAR[printed]] if printed in SINGULAR else []))
}
