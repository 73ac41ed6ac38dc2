"""What each decision of a year moves between units, and the revised budget before and after it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from budget.models import BudgetAmendment, BudgetLine, BudgetLineQuerySet
from organisation.models import Unit
from organisation.unit_tree import in_tree_order

ZERO = Decimal("0.00")
Standing = dict[int, Decimal]
"""Kroner by unit."""


@dataclass(frozen=True)
class Move:
    """The revised budget of something before a decision, and how the decision changes it. Kroner."""

    name: str
    before: Decimal
    change: Decimal

    @property
    def after(self) -> Decimal:
        """What it is after the decision."""
        return self.before + self.change


@dataclass(frozen=True)
class AccountMoves:
    """Drift or investering: each unit that the decision touches, all the others together, and the sum of them."""

    name: str
    moves: list[Move]
    others: Move
    total: Move


@dataclass(frozen=True)
class Decision:
    """A decision with what it moves. `is_from_file` says that its lines were imported."""

    amendment: BudgetAmendment
    accounts: list[AccountMoves]
    is_from_file: bool


def decisions(*, amendments: Iterable[BudgetAmendment], lines: BudgetLineQuerySet, year: int) -> list[Decision]:
    """The decisions of the year, which come in order, over the lines that the reader may read. Three queries."""
    units = {unit.pk: unit.name for unit in in_tree_order(Unit.objects.all())}
    standing = _original(lines.of_year(year).filter(layer=BudgetLine.Layer.ORIGINAL))
    changes, from_file = _changes(lines.of_year(year).filter(layer=BudgetLine.Layer.REVISED))
    told = []
    for amendment in amendments:
        moved = changes[amendment.pk]
        accounts = [
            _moved(account, standing[account], moved[account], units) for account in sorted(moved, reverse=True)
        ]
        told.append(Decision(amendment, accounts, amendment.pk in from_file))
        for account, by_unit in moved.items():
            for unit, change in by_unit.items():
                standing[account][unit] = standing[account].get(unit, ZERO) + change
    return told


@dataclass(frozen=True)
class AccountLines:
    """The lines of a decision in drift or investering, and their sum in kroner."""

    name: str
    lines: list[BudgetLine]

    @property
    def amount(self) -> Decimal:
        """What they add up to."""
        return sum((line.amount for line in self.lines), ZERO)


def lines_by_account(lines: Iterable[BudgetLine]) -> list[AccountLines]:
    """The lines of drift and then those of investering, where there are any."""
    found: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        found[line.account_class].append(line)
    return [AccountLines(_name(account), found[account]) for account in sorted(found, reverse=True)]


def _name(account: str) -> str:
    return str(BudgetLine.Account(account).label).capitalize()


def _original(lines: Any) -> dict[str, Standing]:
    found: dict[str, Standing] = defaultdict(dict)
    rows = lines.order_by().values_list("account_class", "unit").annotate(Sum("amount"))
    for account, unit, amount in rows:
        found[account][unit] = amount
    return found


def _changes(lines: Any) -> tuple[dict[int, dict[str, Standing]], set[int]]:
    """The sums by decision, account and unit, and the decisions that came from a file."""
    found: dict[int, dict[str, Standing]] = defaultdict(lambda: defaultdict(dict))
    from_file = set()
    names = ("amendment", "account_class", "unit")
    for amendment, account, unit, amount, batches in (
        lines.order_by().values_list(*names).annotate(Sum("amount"), Count("batch"))
    ):
        found[amendment][account][unit] = amount
        if batches:
            from_file.add(amendment)
    return found, from_file


def _moved(account: str, standing: Standing, changes: Standing, units: dict[int, str]) -> AccountMoves:
    moves = [Move(name, standing.get(pk, ZERO), changes[pk]) for pk, name in units.items() if pk in changes]
    total = sum(standing.values(), ZERO)
    rest = total - sum((move.before for move in moves), ZERO)
    change = sum((move.change for move in moves), ZERO)
    return AccountMoves(_name(account), moves, Move("", rest, ZERO), Move("", total, change))
