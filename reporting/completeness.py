"""What a report lacks: what stops it from being handed in, and what it can be handed in without."""

from dataclasses import dataclass, field

from plans.models import Measure
from reporting.economy.reading import FunctionEconomy, economy_of
from reporting.measures_in_reports import missing_measures
from reporting.models import ReportRow, ReportText, UnitReport
from scorecards.assessment import Outcome
from scorecards.cells import CellKey, span_of, values_of
from scorecards.judging import judge
from scorecards.models import Observation


@dataclass(frozen=True)
class Completeness:
    """The rows, texts and functions that lack something, in the report's order.

    `unexplained` are misses without cause, action or when they are expected to be reached, and `deviations` functions
    whose accounts deviate without cause or action: both stop the report. `empty` are rows without a result,
    `empty_texts` texts without a word, `undecided` functions without a forecast, and `silent` measures without a
    status of the period: the report can be handed in so.
    """

    unexplained: list[ReportRow]
    empty: list[ReportRow]
    empty_texts: list[ReportText]
    deviations: list[FunctionEconomy] = field(default_factory=list)
    undecided: list[FunctionEconomy] = field(default_factory=list)
    silent: list[Measure] = field(default_factory=list)

    @property
    def is_stopped(self) -> bool:
        """Whether something must be explained before the report can be handed in."""
        return bool(self.unexplained or self.deviations)

    @property
    def is_asked_again(self) -> bool:
        """Whether it lacks what it can be handed in without, when that is said once more."""
        return bool(self.empty or self.undecided or self.silent)


def check(report: UnitReport) -> Completeness:
    """What the report lacks as it stands in the database; its round's period must be loaded.

    Three queries; six more where the round asks for the economy, and seven where it asks for the measures.
    """
    rows = list(report.rows.select_related("indicator").order_by("position"))
    values = values_of(row.indicator_id for row in rows)
    span = span_of(report.round.period)
    economies = economy_of(report) if report.round.asks_economy else []
    results = {row.pk: values.get(CellKey(row.indicator_id, Observation.Kind.RESULT, span)) for row in rows}
    return Completeness(
        unexplained=[
            row
            for row in rows
            if not row.is_explained and judge(row.indicator, span, values).assessment.outcome is Outcome.MISSED
        ],
        empty=[row for row in rows if not ((result := results[row.pk]) and result.text)],
        empty_texts=list(report.texts.filter(body="").order_by("position")),
        deviations=[one for one in economies if one.lacks_explanation],
        undecided=[one for one in economies if one.lacks_forecast],
        silent=missing_measures(report),
    )
