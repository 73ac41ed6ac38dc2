"""Measures held against the budget frames: what the frame says of measures, and what they change from year to year."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from budget.models import Frame, FrameChange
from organisation.access import line_up
from organisation.models import Unit
from plans.measures.figures import NOTHING
from plans.models import MeasureEffect


@dataclass(frozen=True)
class FrameTie:
    """A unit in a year, in kroner with KOSTRA's sign.

    `in_frame` is the sum of the frame's changes of the kind measures, `planned` what the measures' planned effect
    changes from the year before: of the unit's own measures and those of units below that have no frame of their own.
    """

    unit: Unit
    year: int
    in_frame: Decimal
    planned: Decimal

    @property
    def difference(self) -> Decimal:
        """What stands in the frame and not in the measures; zero where they tie."""
        return self.in_frame - self.planned


def ties(units: Collection[int], *, years: Collection[int] = ()) -> list[FrameTie]:
    """The frames of the units, of these years or of all, that measures have to do with. Four queries.

    A frame without changes by measures, of a unit whose measures change nothing that year, is left out.
    """
    frames = Frame.objects.filter(unit__in=units).select_related("unit").prefetch_related("changes")
    found = list((frames.filter(year__in=years) if years else frames).order_by("unit__position", "unit__name", "year"))
    planned = _planned(found)
    made = [FrameTie(one.unit, one.year, _in_frame(one), planned[one.unit_id, one.year]) for one in found]
    return [tie for tie in made if tie.in_frame or tie.planned]


def _in_frame(frame: Frame) -> Decimal:
    changes = (one.amount for one in frame.changes.all() if one.kind == FrameChange.Kind.MEASURES)
    return sum(changes, NOTHING)


def _planned(frames: Iterable[Frame]) -> dict[tuple[int, int], Decimal]:
    """(Unit id, year) → what the measures under that frame change from the year before."""
    years = {frame.year for frame in frames}
    framed = set(Frame.objects.filter(year__in=years).order_by().values_list("unit", "year"))
    parents = Unit.objects.parents()
    found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for owner, of, amount in _effects(years):
        for year, change in ((of, amount), (of + 1, -amount)):
            unit = next((one for one in line_up(owner, parents) if (one, year) in framed), None)
            if unit is not None:
                found[unit, year] += change
    return found


def _effects(years: Collection[int]) -> "QuerySet[MeasureEffect, tuple[Any, ...]]":
    """(Unit id, year, kroner) of every planned effect in the years and the years before them."""
    wanted = {*years, *(year - 1 for year in years)}
    rows = MeasureEffect.objects.filter(year__in=wanted, planned_amount__isnull=False)
    return rows.order_by().values_list("measure__unit", "year", "planned_amount")
