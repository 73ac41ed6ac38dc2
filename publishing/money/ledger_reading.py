"""The lines that a person asks for, read and summed: a fixed number of queries, however many lines there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from budget.forecasts import HeldForecasts, forecasts_of
from budget.ledger.areas import AreaFacts, AreasOfYear
from budget.ledger.extent import Extent
from budget.ledger.standings import Standing, standings_by, with_decided
from budget.ledger.units import ReadableUnits
from budget.models import BudgetLine, Forecast, ImportBatch, KostraArt
from organisation.models import KostraFunction, Unit
from publishing.money.ledger_asked import NO_AREA, Account, Asked, By

FINEST: dict[str, tuple[str, ...]] = {
    By.ART: ("art__code", "art__name"),
    By.MONTH: ("period__kind", "period__start", "period__end"),
}
"""What lines are grouped by in the database; in the other views by unit and function, which Python sums up."""


@dataclass(frozen=True)
class Reading:
    """What is asked for, and who may read what. Raises Http404 for a unit that the person may not read."""

    asked: Asked
    units: ReadableUnits
    extent: Extent

    def __post_init__(self) -> None:
        """Find the unit, so that what may not be seen is refused whatever else is asked."""
        if self.asked.unit and self.unit is None:
            raise Http404

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that is asked for; None for everything that the person may read."""
        return next((unit for unit in self.units.readable.values() if unit.slug == self.asked.unit), None)

    @cached_property
    def scope(self) -> list[Unit]:
        """The units whose lines are summed."""
        if self.unit is None:
            return list(self.units.readable.values())
        return [self.unit] if self.asked.is_own else self.units.within(self.unit)

    @cached_property
    def areas(self) -> AreasOfYear:
        """The service areas of the year."""
        return AreasOfYear(self.asked.year, self.units)

    @cached_property
    def area(self) -> AreaFacts | None:
        """The area that is asked for; None where it is none, or no area. One that is not of the year has no lines."""
        if self.asked.area in ("", NO_AREA):
            return None
        return self.areas.with_slug(self.asked.area) or AreaFacts(0, self.asked.area, self.asked.area)

    @cached_property
    def lines(self) -> Any:
        """The lines, of every year and layer, that the person may read and has asked for."""
        asked = self.asked
        lines = self._lines_within(self.scope)
        return lines.filter(self.areas.lines_of(self._area_id)) if asked.area else lines

    def _lines_within(self, units: Iterable[Unit]) -> Any:
        """The lines of the units, of the function and the art that are asked for."""
        codes = {"function__code": self.asked.function, "art__code": self.asked.art}
        return BudgetLine.objects.filter(
            account_class=self.asked.account,
            unit__in=[unit.pk for unit in units],
            **{name: code for name, code in codes.items() if code},
        )

    @property
    def _area_id(self) -> int | None:
        return self.area.pk if self.area else None

    @cached_property
    def finest(self) -> dict[Any, Standing]:
        """How the lines stand in the groups that the view is made of (`FINEST`), forecasts included."""
        period = {"year": self.asked.year, "months": self.asked.month}
        if self.asked.by in FINEST:
            return standings_by(self.lines, *FINEST[self.asked.by], **period)
        # A forecast is of a unit with those below it, in every area: it is told out before anything is left out.
        within = self.units.within(self.unit) if self.unit else self.units.readable.values()
        found: Any = standings_by(self._lines_within(within), "unit_id", "function__code", **period)
        found = with_decided(found, self._held(within)) if self._has_decided else found
        return {key: standing for key, standing in found.items() if self._is_asked_for(*key)}

    @property
    def _has_decided(self) -> bool:
        """Whether people make forecasts of what is shown: of operations, function by function."""
        return self.asked.is_forecast and self.asked.account == Account.OPERATIONS

    def _held(self, units: Iterable[Unit]) -> HeldForecasts:
        rows = Forecast.objects.filter(unit__in=[unit.pk for unit in units])
        rows = rows.filter(function__code=self.asked.function) if self.asked.function else rows
        return forecasts_of(self.asked.year, self.asked.month, among=rows)

    def _is_asked_for(self, unit: int, function: str) -> bool:
        is_here = not self.asked.is_own or (self.unit is not None and unit == self.unit.pk)
        return is_here and (not self.asked.area or self.areas.area_of(unit, function) == self._area_id)

    @cached_property
    def function_names(self) -> dict[str, str]:
        """The name of each function, of several under one code the one that was valid last by the year. One query."""
        rows = KostraFunction.objects.order_by("valid_from", "pk").only("code", "name", "valid_from", "valid_to")
        valid = sorted(rows, key=lambda row: row.is_valid_in(self.asked.year))
        return {row.code: row.name for row in valid}

    @cached_property
    def art_name(self) -> str:
        """The name of the art that is asked for."""
        return KostraArt.objects.filter(code=self.asked.art).values_list("name", flat=True).first() or ""

    @cached_property
    def is_example(self) -> bool:
        """Whether lines of the year are made up as examples. One query."""
        examples = ImportBatch.objects.filter(source__is_example=True).values("pk")
        lines = BudgetLine.objects.filter(batch__in=examples, plan_year=self.asked.year)
        return lines.filter(unit__in=[unit.pk for unit in self.scope]).exists()
