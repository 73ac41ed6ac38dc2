"""The units, functions and arts that a line of a year may be written with, and what is wrong with those it may not."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from budget.models import BudgetLine, KostraArt
from organisation.models import KostraFunction, Unit
from organisation.unit_tree import in_tree_order

CODE = re.compile(r"\s*([0-9]{3})(?![0-9])")
"""A code may be followed by its name, as a browser that suggests codes writes it."""

INDENT = "\u2007\u2007"


class YearCodes:
    """The code lists as they are in a year. Each is read when it is first asked for."""

    def __init__(self, year: int) -> None:
        self.year = year

    @cached_property
    def units(self) -> list[Unit]:
        """The units of the year, each after the one above it."""
        return in_tree_order(Unit.objects.in_year(self.year))

    @cached_property
    def _functions(self) -> dict[str, list[Any]]:
        return _by_code(KostraFunction.objects.all())

    @cached_property
    def _arts(self) -> dict[str, list[Any]]:
        return _by_code(KostraArt.objects.all())

    @property
    def functions_of_year(self) -> list[KostraFunction]:
        """The functions that are valid in the year."""
        return [row for rows in self._functions.values() for row in rows if row.is_valid_in(self.year)]

    @property
    def arts_of_year(self) -> list[KostraArt]:
        """The arts that are valid in the year."""
        return [row for rows in self._arts.values() for row in rows if row.is_valid_in(self.year)]

    def function(self, typed: str, *, account: str) -> KostraFunction:
        """The function of the code that was typed. Raises ValueError with a sentence where it cannot be used."""
        found: KostraFunction = self._find(self._functions, typed, account, _("Funksjon"))
        return found

    def art(self, typed: str, *, account: str) -> KostraArt:
        """The art of the code that was typed. Raises ValueError with a sentence where it cannot be used."""
        found: KostraArt = self._find(self._arts, typed, account, _("Art"))
        return found

    def _find(self, known: dict[str, list[Any]], typed: str, account: str, noun: str) -> Any:
        match = CODE.match(typed)
        rows = known.get(match[1], []) if match else []
        if not rows:
            words = _("%(noun)s «%(typed)s» finnes ikke. Skriv en kode med tre sifre.")
            raise ValueError(words % {"noun": noun, "typed": typed.strip()[:40]})
        row = next((one for one in rows if one.is_valid_in(self.year)), rows[-1])
        if problem := self._problem(row, account):
            facts = {"noun": noun, "code": row.code, "year": self.year, "first": row.valid_from, "last": row.valid_to}
            raise ValueError(problem % {key: _day(fact) for key, fact in facts.items()})
        return row

    def _problem(self, row: Any, account: str) -> str:
        if row.valid_to and row.valid_to.year < self.year:
            return _("%(noun)s %(code)s gjaldt til %(last)s og kan ikke brukes i %(year)s.")
        if not row.is_valid_in(self.year):
            return _("%(noun)s %(code)s gjelder fra %(first)s og kan ikke brukes i %(year)s.")
        if account == BudgetLine.Account.OPERATIONS and not row.is_operational:
            return _("%(noun)s %(code)s brukes ikke i drift.")
        if account == BudgetLine.Account.INVESTMENT and not row.is_investment:
            return _("%(noun)s %(code)s brukes ikke i investering.")
        return ""


def _day(fact: Any) -> Any:
    return f"{fact:%d.%m.%Y}" if isinstance(fact, datetime.date) else fact


def _by_code(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.code].append(row)
    return found


def unit_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """The units to choose from, those that stand under another one further in; `units` are in the tree's order."""
    depths = _depths(units)
    names = ((f"{unit.pk}", f"{INDENT * depths[unit.pk]}{unit.name}") for unit in units)
    return [("", _("Velg enhet")), *names]


def _depths(units: list[Unit]) -> dict[int, int]:
    """How many units stand above each; `units` has each after the one above it."""
    found: dict[int, int] = {}
    for unit in units:
        found[unit.pk] = found.get(unit.parent_id or 0, -1) + 1
    return found
