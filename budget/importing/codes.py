"""What the codes of a file mean: units, functions and arts, each with the years and the account it is meant for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from budget.importing import validity
from budget.importing.findings import Sentence
from budget.models import BudgetLine, CodeMapping, KostraArt, LedgerSource
from organisation.models import KostraFunction, Unit

Kind = CodeMapping.Kind
OPERATIONS = BudgetLine.Account.OPERATIONS

LONGEST_CODE = 50
CODE_LENGTH = 3
"""Digits of a function or an art. Accounts of municipalities are longer, and begin with the art."""
LONGEST_ACCOUNT = 5
NO_ORGANISATION = "KOSTRA"
"""The code that stands for the unit where a KOSTRA file names no organisation."""


@dataclass(frozen=True)
class Judgement:
    """What a code means: the key of its row, None where the line cannot be written. Keyed for telling it once."""

    pk: int | None
    error: Sentence | None = None
    warning: Sentence | None = None


@dataclass
class Codes:
    """Everything a source's codes can mean. Looks nothing up in the database after it is made."""

    mappings: Mapping[tuple[str, str], str]
    units: Mapping[str, Unit]
    named_units: Mapping[str, Unit]
    functions: Mapping[str, list[KostraFunction]]
    arts: Mapping[str, list[KostraArt]]
    _judged: dict[tuple[str, str, int | None, str], Judgement] = field(default_factory=dict)

    @classmethod
    def of(cls, source: LedgerSource) -> "Codes":
        """The codes of the source. Four queries."""
        mappings = {(one.kind, one.code): one.target for one in source.code_mappings.all()}
        units = list(Unit.objects.filter(municipality=source.unit.municipality_id))
        return cls(
            mappings=mappings,
            units={unit.slug: unit for unit in units},
            named_units=_only_ones(units),
            functions=_by_code(KostraFunction.objects.order_by("valid_from", "pk")),
            arts=_by_code(KostraArt.objects.all()),
        )

    def judge(self, kind: str, text: str, year: int | None, account: str) -> Judgement | None:
        """What the code means in a line of the year and account class; None where it means nothing."""
        key = (kind, text, year, account)
        if key not in self._judged:
            rows = self._meant(kind, text)
            if not rows:
                return None
            self._judged[key] = _judgement(self, kind, rows, year, account)
        return self._judged[key]

    def proposal(self, kind: str, code: str) -> str:
        """What an unknown code may mean: an account by the art it begins with, a unit by its name after a number."""
        if kind == Kind.UNIT:
            unit = self.named_units.get(code.lstrip("0123456789 -–.").casefold())
            return unit.slug if unit else ""
        known: Mapping[str, list[Any]] = self.functions if kind == Kind.FUNCTION else self.arts
        start = code[:CODE_LENGTH]
        is_account = code.isascii() and code.isdigit() and CODE_LENGTH < len(code) <= LONGEST_ACCOUNT
        return start if is_account and start in known else ""

    def _meant(self, kind: str, text: str) -> list[Any]:
        said = self.mappings.get((kind, text[:LONGEST_CODE]))
        code = text if said is None else said
        if kind == Kind.UNIT:
            unit = self.units.get(code) or self.named_units.get(code.casefold())
            return [unit] if unit else []
        if kind == Kind.FUNCTION:
            return self.functions.get(code, [])
        # A workbook drops the zero that an art begins with: 10 is 010.
        return self.arts.get(code.zfill(CODE_LENGTH) if code.isascii() and code.isdigit() else code, [])


def _judgement(codes: Codes, kind: str, rows: list[Any], year: int | None, account: str) -> Judgement:
    valid = [row for row in rows if year is None or row.is_valid_in(year)]
    if kind == Kind.UNIT:
        return Judgement(rows[0].pk, warning=None if valid else validity.no_such_unit(rows[0], year))
    known: Mapping[str, list[Any]] = codes.functions if kind == Kind.FUNCTION else codes.arts
    if not valid:
        return Judgement(None, error=validity.not_valid(kind, rows[-1], year=year, known=known))
    row = valid[-1]
    is_meant = row.is_operational if account == OPERATIONS else row.is_investment
    return Judgement(row.pk, warning=None if is_meant else validity.not_meant(kind, row, account))


def _only_ones(units: Iterable[Unit]) -> dict[str, Unit]:
    """Units by name; those that share a name are left out."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit.name.casefold()].append(unit)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def _by_code(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.code].append(row)
    return dict(found)
