"""What is said of a code that is not for the line's year or account: until when it was, and what took over."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from budget.importing.findings import Sentence
from budget.models import BudgetLine, CodeMapping
from organisation.models import Unit

Kind = CodeMapping.Kind

TOOK_OVER: Mapping[tuple[str, str], tuple[str, ...]] = {
    (Kind.FUNCTION, "254"): ("257", "258"),
    (Kind.ART, "270"): ("271", "272"),
}
"""What came instead of what ended, as Statistics Norway says in its lists. The years are in the lists themselves."""


def not_valid(kind: str, row: Any, *, year: int | None, known: Mapping[str, list[Any]]) -> Sentence:
    """Of a function or art that is not valid in the year. `known` is all codes of its kind."""
    facts = {"code": named(kind, row), "year": year}
    if row.valid_to and year and row.valid_to.year < year:
        what = _("%(code)s gjaldt til og med %(last)s og kan ikke brukes i %(year)s.")
        return Sentence(what % (facts | {"last": row.valid_to.year}), _instead(kind, row, known))
    facts["first"] = row.valid_from.year
    what = _("%(code)s gjelder fra %(first)s og kan ikke brukes i %(year)s.") % facts
    facts["before"] = " og ".join(old for (of, old), new in TOOK_OVER.items() if of == kind and row.code in new)
    if not facts["before"]:
        return Sentence(what, _("Rett koden eller året i fila, og last den opp på nytt."))
    advice = _("Før %(first)s var koden %(before)s. Rett koden eller året i fila, og last den opp på nytt.")
    return Sentence(what, advice % facts)


def _instead(kind: str, row: Any, known: Mapping[str, list[Any]]) -> str:
    new = [code for code in TOOK_OVER.get((kind, row.code), ()) if code in known]
    if not new:
        return _("Bruk koden som gjelder det året, eller rett året, og last opp fila på nytt.")
    words = _("Fra %(first)s brukes %(codes)s i stedet. Rett fila, og last den opp på nytt.")
    return words % {"first": row.valid_to.year + 1, "codes": _(" eller ").join(new)}


def no_such_unit(unit: Unit, year: int | None) -> Sentence:
    """Of a unit that was not there in the year."""
    what = _("Enheten «%(unit)s» fantes ikke i %(year)s.") % {"unit": unit, "year": year}
    return Sentence(what, _("Se etter at det er riktig enhet. Linjene kan leses inn som de er."))


def not_meant(kind: str, row: Any, account: str) -> Sentence:
    """Of a function or art that is for the other of the two accounts."""
    facts = {"code": named(kind, row), "account": BudgetLine.Account(account).label}
    what = _("%(code)s er ikke ment for %(account)s.") % facts
    return Sentence(what, _("Se etter at koden og regnskapet er riktige. Linjene kan leses inn som de er."))


def named(kind: str, row: Any) -> str:
    """The code with its word and name: "Funksjon 202 (Grunnskole)"."""
    word = _("Funksjon") if kind == Kind.FUNCTION else _("Art")
    return f"{word} {row.code} ({row.name})" if row.name else f"{word} {row.code}"
