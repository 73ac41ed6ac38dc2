"""The statutory tables, read from tables.yaml and checked: each code in one row, each row in one sum."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from budget.models import BudgetLine
from budget.statutory.rows import Codes, RowBlock, Rule, SecondPart, StatutoryTable, TableRow

FILE = Path(__file__).parent / "tables.yaml"
SIGNS = {"kostra": False, "turned": True}
RANGE = re.compile(r"([0-9]{3})(?:-([0-9]{3}))?")

Facts = Mapping[str, Any]


class MappingError(ValueError):
    """The file of the tables is wrong. The message says which table, which row and why."""


def read(text: str) -> dict[str, StatutoryTable | SecondPart]:
    """The tables by slug, in order; see tables.yaml for the form. Raises `MappingError`."""
    found: dict[str, StatutoryTable | SecondPart] = {}
    for slug, facts in yaml.safe_load(text).items():
        found[slug] = _second_part(slug, facts, found) if "parts_of" in facts else _table(slug, facts)
    return found


def _table(slug: str, facts: Facts) -> StatutoryTable:
    if facts.get("account") not in BudgetLine.Account.values or facts.get("sign") not in SIGNS:
        raise MappingError(f"{slug}: account or sign is not one of those there are")
    table = StatutoryTable(
        slug=slug,
        title=facts["title"],
        law=facts["law"],
        account=facts["account"],
        is_turned=SIGNS[facts["sign"]],
        total=tuple(facts["total"]),
        blocks=tuple(
            RowBlock(group.get("heading", ""), tuple(_row(slug, row) for row in group["rows"]))
            for group in facts["groups"]
        ),
    )
    _check_sums(table)
    _check_codes(table)
    return table


def _second_part(slug: str, facts: Facts, found: Mapping[str, StatutoryTable | SecondPart]) -> SecondPart:
    first = found.get(facts["parts_of"])
    if not isinstance(first, StatutoryTable):
        raise MappingError(f"{slug}: there is no table «{facts['parts_of']}» above")
    try:
        rows = tuple(first.row(key) for key in facts["rows"])
    except KeyError as error:
        raise MappingError(f"{slug}: {first.slug} has no row {error}") from error
    return SecondPart(slug=slug, title=facts["title"], law=facts["law"], table=first, rows=rows)


def _row(slug: str, facts: Facts) -> TableRow:
    place = f"{slug}/{facts['key']}"
    if sum(name in facts for name in ("lines", "sum", "rest")) != 1:
        raise MappingError(f"{place}: a row has lines, or a sum, or is the rest")
    return TableRow(
        key=facts["key"],
        label=facts["label"],
        rules=tuple(_rule(place, rule) for rule in facts.get("lines", ())),
        parts=tuple(facts.get("sum", ())),
        is_rest=facts.get("rest", False),
        is_result=facts.get("is_result", False),
    )


def _rule(place: str, facts: Facts) -> Rule:
    if unknown := facts.keys() - {"arts", "functions", "from", "until"}:
        raise MappingError(f"{place}: {', '.join(sorted(unknown))} is not known")
    first, last = facts.get("from"), facts.get("until")
    if first is not None and last is not None and first > last:
        raise MappingError(f"{place}: from {first} is after until {last}")
    functions = _codes(place, facts["functions"]) if "functions" in facts else Codes()
    return Rule(_codes(place, facts["arts"]), functions, first, last)


def _codes(place: str, texts: Iterable[str]) -> Codes:
    ranges = []
    for text in texts:
        match = RANGE.fullmatch(text) if isinstance(text, str) else None
        if match is None or (match[2] or match[1]) < match[1]:
            raise MappingError(f"{place}: «{text}» is not a code such as '800' or a range such as '871-874'")
        ranges.append((match[1], match[2] or match[1]))
    return Codes(tuple(ranges))


def _check_sums(table: StatutoryTable) -> None:
    """Each row is in one sum or the total, once, and no sum in itself."""
    keys = Counter(row.key for row in table.rows())
    within = Counter([*table.total, *(part for row in table.rows() for part in row.parts)])
    if keys != within or set(keys.values()) != {1}:
        wrong = sorted({*(keys - within), *(within - keys), *(key for key in keys if keys[key] > 1)})
        raise MappingError(f"{table.slug}: not in exactly one sum, or not a row: {', '.join(wrong)}")
    reached, waiting = 0, [*table.total]
    while waiting:
        reached += 1
        waiting += table.row(waiting.pop()).parts
    if reached != len(keys):
        raise MappingError(f"{table.slug}: some sums add up each other")


def _check_codes(table: StatutoryTable) -> None:
    """No line can belong to two rows, and one row at most is the rest."""
    if sum(row.is_rest for row in table.rows()) > 1:
        raise MappingError(f"{table.slug}: two rows are the rest")
    for one, other in combinations(table.leaves(), 2):
        if any(rule.meets(others) for rule in one.rules for others in other.rules):
            raise MappingError(f"{table.slug}: a line could belong both to {one.key} and to {other.key}")


TABLES = read(FILE.read_text(encoding="utf-8"))
EVERY_TABLE = tuple(TABLES)


def table_of(slug: str) -> StatutoryTable:
    """The first part of that name. Raises KeyError."""
    table = TABLES[slug]
    if not isinstance(table, StatutoryTable):
        raise KeyError(slug)
    return table


OPERATIONS = table_of("operations")
INVESTMENTS = table_of("investments")
OVERVIEW = table_of("economic-overview")
SECOND_PARTS = {slug: one for slug, one in TABLES.items() if isinstance(one, SecondPart)}
