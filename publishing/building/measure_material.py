"""The measures that documents show: where each belongs, and what is reported and approved of it in a round.

A status is shown as it stood when its report was approved. Of figures only the newest are kept: those that may have
changed since then are not shown.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from organisation.access import line_up
from organisation.models import AreaFunction, ServiceArea, Unit
from plans.measures.figures import Figures
from plans.measures.saving import achieved_of, planned_of
from plans.models import Measure, MeasureEffect, MeasureStatus
from reporting.measures_in_reports import measures_by_report
from reporting.models import ReportingRound, ReportStep, UnitReport


@dataclass(frozen=True)
class ReportedMeasure:
    """A measure in a round. `status` and `achieved` are None until a report with them is approved.

    `is_changed` says that somebody has followed the measure up again since, so that what it has given is not known.
    """

    measure: Measure
    planned: Figures
    status: MeasureStatus | None = None
    achieved: Figures = field(default_factory=Figures)
    is_changed: bool = False


class MeasureMaterial:
    """The measures of a municipality as a document of a year shows them; each kind of row is fetched once."""

    def __init__(self, *, year: int, municipality: int) -> None:
        self.year, self.municipality = year, municipality
        self._reported: dict[int, list[ReportedMeasure]] = {}

    @cached_property
    def measures(self) -> list[Measure]:
        """Every measure with its effects, in the order of the units."""
        rows = Measure.objects.filter(unit__municipality=self.municipality)
        rows = rows.select_related("unit", "indicator", "plan").prefetch_related("effects")
        return list(rows.order_by("unit__position", "unit__name", "position", "pk"))

    def planned_in(self, years: Collection[int]) -> list[Measure]:
        """The measures with a planned effect in any of the years, and those of which no effect is said at all."""
        return [one for one in self.measures if _is_planned_in(one.effects.all(), years)]

    def area_of(self, measure: Measure) -> int | None:
        """Where in a document of service areas the measure stands: each in one place.

        That is the first area with its function; without one, the first area of its unit, or of the nearest above.
        """
        if measure.function_id in self._area_by_function:
            return self._area_by_function[measure.function_id]
        line = line_up(measure.unit_id, self._parents)
        return next((self._area_by_unit[unit] for unit in line if unit in self._area_by_unit), None)

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return Unit.objects.parents()

    @cached_property
    def _area_by_unit(self) -> dict[int, int]:
        areas = ServiceArea.objects.in_year(self.year).order_by("-position", "-pk")
        return dict(areas.values_list("unit", "pk"))

    @cached_property
    def _area_by_function(self) -> dict[int | None, int]:
        rows = AreaFunction.objects.in_year(self.year).order_by("-area__position", "-position", "-pk")
        return dict(rows.values_list("functions", "area"))

    def reported(self, round_: ReportingRound) -> list[ReportedMeasure]:
        """What the round asks about, in the order of the units, with what is approved of it."""
        if round_.pk not in self._reported:
            self._reported[round_.pk] = reported_in(round_)
        return self._reported[round_.pk]


def _is_planned_in(effects: Iterable[MeasureEffect], years: Collection[int]) -> bool:
    planned = [effect.year for effect in effects if not planned_of(effect).is_empty]
    return not planned or any(year in years for year in planned)


def reported_in(round_: ReportingRound) -> list[ReportedMeasure]:
    """The measures that the round asks about, with what is approved of them. Eight queries; the period is loaded."""
    asked = {one: report for report, measures in measures_by_report(round_).items() for one in measures}
    ids = [measure.pk for measure in asked]
    approved = _approved_at(round_)
    until = {measure.pk: approved[report] for measure, report in asked.items() if report in approved}
    statuses = _statuses(round_, ids, until)
    changed = set() if round_.is_example else _followed_up_since(round_, until)
    return [
        _reported(measure, round_, statuses.get(measure.pk), is_changed=measure.pk in changed)
        for measure in sorted(asked, key=lambda one: (one.unit.position, one.unit.name, one.position, one.pk))
    ]


def _reported(
    measure: Measure, round_: ReportingRound, status: MeasureStatus | None, *, is_changed: bool
) -> ReportedMeasure:
    year = round_.period.end.year
    effect = next((one for one in measure.effects.all() if one.year == year), None)
    if status is None:
        return ReportedMeasure(measure, planned_of(effect))
    achieved = Figures() if is_changed else achieved_of(effect)
    return ReportedMeasure(measure, planned_of(effect), status, achieved, is_changed)


def _approved_at(round_: ReportingRound) -> dict[int, datetime.datetime]:
    """Report id → when it was last approved, of those that are approved now."""
    steps = ReportStep.objects.filter(report__round=round_, kind=ReportStep.Kind.APPROVED)
    now = steps.filter(report__state=UnitReport.State.APPROVED)
    return dict(now.order_by("at", "pk").values_list("report", "at"))


def _statuses(
    round_: ReportingRound, measures: list[int], until: dict[int, datetime.datetime]
) -> dict[int, MeasureStatus]:
    """Measure id → its status after the round's period as it stood when its report was approved.

    An example is made all at once, and is shown as it is.
    """
    rows = MeasureStatus.history.filter(measure_id__in=measures, period_id=round_.period_id)
    found = {}
    for row in rows.order_by("history_date", "history_id"):
        at = until.get(row.measure_id)
        if at and (row.history_date <= at or round_.is_example):
            found[row.measure_id] = row.instance
    return found


def _followed_up_since(round_: ReportingRound, until: dict[int, datetime.datetime]) -> set[int]:
    """The measures that were followed up again in the same year after their report was approved."""
    rows = MeasureStatus.history.filter(measure_id__in=until, period__end__year=round_.period.end.year)
    since = rows.order_by().values_list("measure_id", "history_date")
    return {measure for measure, at in since if at > until[measure]}
