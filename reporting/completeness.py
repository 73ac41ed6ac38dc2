"""What a report lacks: what stops it from being handed in, and what it can be handed in without."""

from dataclasses import dataclass

from reporting.models import ReportRow, ReportText, UnitReport
from scorecards.assessment import Outcome
from scorecards.cells import CellKey, span_of, values_of
from scorecards.judging import judge
from scorecards.models import Observation


@dataclass(frozen=True)
class Completeness:
    """The rows and texts that lack something, in the report's order.

    `unexplained` are misses without cause, action or when they are expected to be reached, and stop the report.
    `empty` are rows without a result, `empty_texts` texts without a word: the report can be handed in without them.
    """

    unexplained: list[ReportRow]
    empty: list[ReportRow]
    empty_texts: list[ReportText]


def check(report: UnitReport) -> Completeness:
    """What the report lacks as it stands in the database; its round's period must be loaded. Three queries."""
    rows = list(report.rows.select_related("indicator").order_by("position"))
    values = values_of(row.indicator_id for row in rows)
    span = span_of(report.round.period)
    results = {row.pk: values.get(CellKey(row.indicator_id, Observation.Kind.RESULT, span)) for row in rows}
    return Completeness(
        unexplained=[
            row
            for row in rows
            if not row.is_explained and judge(row.indicator, span, values).assessment.outcome is Outcome.MISSED
        ],
        empty=[row for row in rows if not ((result := results[row.pk]) and result.text)],
        empty_texts=list(report.texts.filter(body="").order_by("position")),
    )
