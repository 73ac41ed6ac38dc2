"""The frames of a year beside each other: what each starts from, what changes it, and what is budgeted of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from budget.models import BudgetLine, BudgetLineQuerySet, Frame, FrameChange
from organisation.access import line_up
from organisation.models import Unit
from organisation.unit_tree import in_tree_order

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class FrameLine:
    """A unit's frame, or the sum of several where `frame` is None. Kroner with KOSTRA's sign.

    `before` is the frame of the year before, None where there was none. `changes` are by kind. `budget` is the original
    operating budget of the unit with those under it that have no frame of their own. `depth` is how many of the units
    above it have frames.
    """

    frame: Frame | None
    opening: Decimal
    changes: Mapping[str, Decimal]
    before: Decimal | None = None
    budget: Decimal = ZERO
    depth: int = 0

    @property
    def amount(self) -> Decimal:
        """The frame with every change."""
        return self.opening + self.change

    @property
    def change(self) -> Decimal:
        """Everything that changes it."""
        return sum(self.changes.values(), ZERO)

    @property
    def left(self) -> Decimal:
        """What of the frame is not in the budget; below zero the budget is larger than the frame."""
        return self.amount - self.budget

    def spread(self, kinds: Iterable[str]) -> "FrameLine":
        """The same with each kind in the order that is given, also those it has no change of."""
        return replace(self, changes={kind: self.changes.get(kind, ZERO) for kind in kinds})

    @property
    def by_kind(self) -> list[Decimal]:
        """The changes, in order."""
        return list(self.changes.values())

    @property
    def starts_elsewhere(self) -> bool:
        """Whether it starts from something else than the frame of the year before."""
        return (self.before or ZERO) != self.opening


@dataclass(frozen=True)
class FrameTable:
    """The frames in the order of the tree. `unframed` is what is budgeted where no frame is above."""

    year: int
    lines: list[FrameLine]
    unframed: Decimal = ZERO

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of change that any of the frames has, in their usual order."""
        return [kind for kind in FrameChange.Kind.values if any(kind in line.changes for line in self.lines)]

    @property
    def headings(self) -> list[str]:
        """What the kinds are called."""
        return [f"{FrameChange.Kind(kind).label}".capitalize() for kind in self.kinds]

    @property
    def rows(self) -> list[FrameLine]:
        """The frames, each with an amount for every kind."""
        return [line.spread(self.kinds) for line in self.lines]

    @property
    def total_row(self) -> FrameLine:
        """All of them together, in the same way."""
        return self.total.spread(self.kinds)

    @cached_property
    def total(self) -> FrameLine:
        """All the frames together."""
        return FrameLine(
            frame=None,
            opening=sum((line.opening for line in self.lines), ZERO),
            changes={kind: sum((line.changes.get(kind, ZERO) for line in self.lines), ZERO) for kind in self.kinds},
            budget=sum((line.budget for line in self.lines), ZERO),
        )


def frame_table(*, frames: Any, year: int, lines: BudgetLineQuerySet | None = None) -> FrameTable:
    """The frames of the year among `frames`, over the lines that the reader may read. Six queries at most."""
    units = in_tree_order(Unit.objects.all())
    parents = {unit.pk: unit.parent_id for unit in units}
    of_year = {frame.unit_id: frame for frame in with_changes(frames.filter(year=year))}
    before = {frame.unit_id: frame.amount for frame in with_changes(frames.filter(year=year - 1))}
    budgets = _budgets(lines, year, of_year, parents) if lines is not None else {}
    rows = [
        _line(
            of_year[unit.pk],
            before=before.get(unit.pk),
            budget=budgets.get(unit.pk, ZERO),
            depth=sum(above in of_year for above in line_up(unit.pk, parents)[1:]),
        )
        for unit in units
        if unit.pk in of_year
    ]
    return FrameTable(year, rows, budgets.get(None, ZERO))


def with_changes(frames: Any) -> Any:
    """The frames with their units and changes."""
    return frames.select_related("unit").prefetch_related("changes")


def _line(frame: Frame, *, before: Decimal | None, budget: Decimal, depth: int) -> FrameLine:
    changes: dict[str, Decimal] = defaultdict(Decimal)
    for change in frame.changes.all():
        changes[change.kind] += change.amount
    return FrameLine(frame, frame.opening, dict(changes), before, budget, depth)


def _budgets(
    lines: BudgetLineQuerySet, year: int, framed: Iterable[int], parents: Mapping[int, int | None]
) -> dict[int | None, Decimal]:
    """The original operating budget by the nearest unit with a frame, at or above the line's; None where none is."""
    original = lines.of_year(year).filter(layer=BudgetLine.Layer.ORIGINAL, account_class=BudgetLine.Account.OPERATIONS)
    has_frame = set(framed)
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for unit, amount in original.order_by().values_list("unit").annotate(Sum("amount")):
        nearest = next((one for one in line_up(unit, parents) if one in has_frame), None)
        found[nearest] += amount
    return found
