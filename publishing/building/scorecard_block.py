"""A scorecard as a table, with its assessment, which is made when contents are built and never stored before."""

from collections.abc import Iterable, Mapping, Sequence

from organisation import periods
from plans.models import Section
from publishing.structure import Column, Origin, Row, RowGroup, Table, Verdict
from scorecards import notation
from scorecards.assessment import Assessment, Direction, assess
from scorecards.cells import CellKey, span_of
from scorecards.judging import EMPTY
from scorecards.models import Observation, Scorecard, ScorecardColumn, ScorecardGroup, ScorecardRow

Values = Mapping[CellKey, Observation]


def table(card: Scorecard, values: Values, *, anchor: str, number: str, section: Section) -> Table:
    """The scorecard's rows in their groups, each with the verdict on its last result."""
    columns = list(card.columns.all())
    pair = compared_columns(columns, card.year)
    rows: dict[int, list[Row]] = {}
    for row in card.rows.all():
        rows.setdefault(row.group_id, []).append(row_of(row, columns, pair, values, anchor))
    return Table(
        anchor=anchor,
        number=number,
        kind=section.block,
        caption=card.caption or card.title,
        row_heading="Indikator",
        columns=tuple(Column(column.label, "", column.kind) for column in columns),
        groups=tuple(row_group(group, rows.get(group.pk, ())) for group in card.groups.all()),
        footnotes=tuple(card.footnote_list()),
        note=f"Måloppnåelse: {pair[0].label.lower()} er vurdert mot {pair[1].label.lower()}." if pair else "",
        section=section.pk,
    )


def row_group(group: ScorecardGroup, rows: Iterable[Row]) -> RowGroup:
    """A group of the scorecard with these of its rows."""
    return RowGroup(
        tuple(rows),
        title=group.title,
        note=group.note,
        level=1 if group.parent_id else 0,
        functions=tuple(function.code for function in group.functions.all()),
    )


def compared_columns(columns: list[ScorecardColumn], year: int) -> tuple[ScorecardColumn, ScorecardColumn] | None:
    """The last result and the target it is held against; None without one of them.

    The target is the one for the year in which the result's period ends; where the scorecard has none, the target of
    its own year.
    """
    results = [column for column in columns if column.kind == Observation.Kind.RESULT]
    targets = {column.period.end.year: column for column in columns if column.kind == Observation.Kind.TARGET}
    if not results:
        return None
    last = max(results, key=lambda column: column.period.end)
    target = targets.get(last.period.end.year) or targets.get(year)
    return (last, target) if target else None


def row_of(
    row: ScorecardRow,
    columns: Sequence[ScorecardColumn],
    pair: tuple[ScorecardColumn, ScorecardColumn] | None,
    values: Values,
    anchor: str,
) -> Row:
    """The indicator with its values in these columns, and the verdict on the pair of them."""
    found = {
        column.pk: values.get(CellKey(row.indicator_id, column.kind, span_of(column.period))) for column in columns
    }
    understood = {pk: observation.value if observation else EMPTY for pk, observation in found.items()}
    return Row(
        label=row.name,
        cells=tuple(observation.printed if observation else "" for observation in found.values()),
        values=tuple(_plain(value) for value in understood.values()),
        key=row.indicator.slug,
        anchor=f"{anchor}-{row.indicator.slug}",
        note=row.note,
        mark=row.mark,
        is_new=row.is_new,
        origins=tuple(origin_of(observation) for observation in found.values()),
        verdict=_verdict(row, understood[pair[0].pk], understood[pair[1].pk]) if pair else None,
    )


def origin_of(observation: Observation | None) -> Origin | None:
    """What the cell's figure is of; None where there is no figure. Its indicator and period must be loaded."""
    if observation is None:
        return None
    return Origin(observation.indicator.slug, observation.kind, periods.code(span_of(observation.period)))


def plain_value(observation: Observation | None) -> str | None:
    """The number of an observation as plain decimal text ("1479.0"); None where it is no single number."""
    return _plain(observation.value) if observation else None


def _plain(value: notation.Value) -> str | None:
    number = notation.as_number(value)
    return None if number is None else f"{number:f}"


def _verdict(row: ScorecardRow, result: notation.Value, target: notation.Value) -> Verdict:
    indicator = row.indicator
    assessment = assess(
        result=result, target=target, direction=Direction(indicator.direction), tolerance=indicator.tolerance
    )
    return as_verdict(assessment, result=result.text, target=target.text)


def as_verdict(assessment: Assessment, *, result: str, target: str) -> Verdict:
    """The assessment as it stands in a table, with the texts that were compared."""
    return Verdict(
        assessment.outcome, assessment.word, assessment.symbol, assessment.reason, result=result, target=target
    )
