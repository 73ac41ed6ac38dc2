"""The measures that a unit's report tells of: its own, and those of units below without a report of their own."""

from collections import defaultdict
from dataclasses import dataclass

from organisation.periods import Span
from plans.measures.figures import Figures
from plans.measures.following import to_follow_up
from plans.measures.saving import achieved_of, planned_of
from plans.measures.standing import Standing, newest
from plans.models import Measure, MeasureStatus
from reporting.answering import Answering
from reporting.models import ReportingRound, UnitReport
from scorecards.cells import span_of


def measures_by_report(round_: ReportingRound) -> dict[int, list[Measure]]:
    """Report id → the measures that are asked about in it. None where the round does not ask.

    Five queries, however many reports and measures there are. The round's period must be loaded.
    """
    found: dict[int, list[Measure]] = defaultdict(list)
    if not round_.asks_measures:
        return found
    report_of = _report_by_unit(round_)
    for measure in to_follow_up(report_of, span_of(round_.period)):
        found[report_of[measure.unit_id]].append(measure)
    return found


def _report_by_unit(round_: ReportingRound) -> dict[int, int]:
    """Unit id → the report that tells of it: its own, or that of the nearest unit above it that has one."""
    answering = Answering(round_)
    units = ((unit, answering.for_unit(unit)) for unit in answering.parents)
    return {unit: answering.reporting[by] for unit, by in units if by is not None}


@dataclass(frozen=True)
class MeasureLine:
    """A measure in a report: how it stood before, how it stands now, and what the year was to give and gives.

    `now` is the status of the round's own period, None until somebody has said it.
    """

    measure: Measure
    before: Standing | None
    now: Standing | None
    planned: Figures
    achieved: Figures


def lines_of_measures(report: UnitReport) -> list[MeasureLine]:
    """The measures that the report is asked about, in the order of its units. Seven queries; none without a question.

    The report's round, and the round's period, must be loaded.
    """
    measures = measures_by_report(report.round)[report.pk] if report.round.asks_measures else []
    if not measures:
        return []
    span, ids = span_of(report.round.period), [measure.pk for measure in measures]
    before, now = newest(ids, before=span.end), _statuses_after(span, ids)
    return [_line(measure, span.end.year, before.get(measure.pk), now.get(measure.pk)) for measure in measures]


def _line(measure: Measure, year: int, before: Standing | None, now: Standing | None) -> MeasureLine:
    effect = next((one for one in measure.effects.all() if one.year == year), None)
    return MeasureLine(measure, before, now, planned_of(effect), achieved_of(effect))


def _statuses_after(span: Span, measures: list[int]) -> dict[int, Standing]:
    """Measure id → its status after that very period."""
    place = {"period__kind": span.kind, "period__start": span.start, "period__end": span.end}
    rows = MeasureStatus.objects.filter(measure__in=measures, **place).select_related("period")
    return {row.measure_id: Standing(row) for row in rows}


def missing_measures(report: UnitReport) -> list[Measure]:
    """The measures that the report is asked about and says nothing of; queries as for `lines_of_measures`."""
    return [line.measure for line in lines_of_measures(report) if line.now is None]
