"""How a round stands: each report's stage, progress and outcomes, as a tree with sums, and what stands out."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from organisation.models import Unit
from reporting import deadlines
from reporting.models import ReportingRound, ReportRow, UnitReportQuerySet
from reporting.stages import Stage, stage_of
from scorecards.assessment import Outcome
from scorecards.cells import span_of, values_of
from scorecards.judging import Judgement, judge

RANK = {Outcome.MISSED: 0, Outcome.NEARLY: 1, Outcome.REACHED: 2}
"""How good an outcome is; what is not measured or not assessable is neither better nor worse than another."""


@dataclass(frozen=True)
class Result:
    """How an indicator of a report went, and how it went in the round before; None where there was none."""

    report: Any
    row: ReportRow
    now: Judgement
    before: Outcome | None

    @property
    def change(self) -> int:
        """Above 0 where it went better than last time, below where worse; 0 where it is as before or unknown."""
        outcome = self.now.assessment.outcome
        if self.before not in RANK or outcome not in RANK:
            return 0
        return RANK[outcome] - RANK[self.before]

    @property
    def is_missed(self) -> bool:
        """Whether the target was missed."""
        return self.now.assessment.outcome is Outcome.MISSED

    @property
    def is_newly_missed(self) -> bool:
        """Whether the target was missed now and not last time."""
        return self.is_missed and self.change < 0


@dataclass(frozen=True)
class Line:
    """A report, with its progress, in the tree: `depth` levels below the unit that its group is named by."""

    report: Any
    stage: Stage
    is_late: bool
    days_late: int
    depth: int
    results: list[Result] = field(default_factory=list)

    @cached_property
    def tally(self) -> "Tally":
        """The figures of this report alone."""
        return Tally.of([self])


@dataclass(frozen=True)
class Tally:
    """The figures of some reports together: how many have come how far, and how their indicators went."""

    reports: int
    handed_in: int
    approved: int
    late: int
    asked: int
    answered: int
    reached: int
    nearly: int
    missed: int
    better: int
    worse: int

    @classmethod
    def of(cls, lines: Collection[Line]) -> "Tally":
        """The sums of the lines."""
        stages = Counter(line.stage for line in lines)
        results = [result for line in lines for result in line.results]
        outcomes = Counter(result.now.assessment.outcome for result in results)
        return cls(
            reports=len(lines),
            handed_in=stages[Stage.HANDED_IN] + stages[Stage.APPROVED],
            approved=stages[Stage.APPROVED],
            late=sum(line.is_late for line in lines),
            asked=sum(line.report.asked for line in lines),
            answered=sum(line.report.answered for line in lines),
            reached=outcomes[Outcome.REACHED],
            nearly=outcomes[Outcome.NEARLY],
            missed=outcomes[Outcome.MISSED],
            better=sum(result.change > 0 for result in results),
            worse=sum(result.change < 0 for result in results),
        )


@dataclass(frozen=True)
class Group:
    """The reports of a sector, or of what the person has of it: its own first, then those below it."""

    unit: str
    lines: list[Line]

    @property
    def has_heading(self) -> bool:
        """Whether the group is named by a line of its own, since its unit has no report among the lines."""
        return bool(self.lines) and self.lines[0].depth > 0

    @cached_property
    def tally(self) -> Tally:
        """The figures of the group together."""
        return Tally.of(self.lines)


@dataclass(frozen=True)
class Overview:
    """A round as one person sees it. `compares` says whether there is a round before to compare with."""

    groups: list[Group]
    compares: bool

    @cached_property
    def lines(self) -> list[Line]:
        """Every report, in the order of the tree."""
        return [line for group in self.groups for line in group.lines]

    @cached_property
    def tally(self) -> Tally:
        """The figures of the whole."""
        return Tally.of(self.lines)

    @cached_property
    def misses(self) -> list[Result]:
        """The missed targets, each indicator once: first those that were not missed last time, then by the tree."""
        found: dict[int, Result] = {}
        for one in (result for line in self.lines for result in line.results if result.is_missed):
            found.setdefault(one.row.indicator_id, one)
        return sorted(found.values(), key=lambda one: not one.is_newly_missed)


def overview(
    round_: ReportingRound, reports: UnitReportQuerySet, *, within: Collection[int], now: datetime.datetime
) -> Overview:
    """The round's reports among `reports`, as a tree of the units `within`. Four queries.

    The round must be loaded with its period and with the round before and its period.
    """
    found = {one.unit_id: one for one in reports.filter(round=round_).with_progress().select_related("unit")}
    for report in found.values():
        report.round = round_
    results = _results(round_, found.values())
    groups: dict[Unit, list[Line]] = defaultdict(list)
    for unit, head, depth in _tree(within):
        if report := found.get(unit.pk):
            groups[head].append(_line(report, results[report.pk], depth, now))
    return Overview([Group(head.name, lines) for head, lines in groups.items()], compares=round_.previous is not None)


def _results(round_: ReportingRound, reports: Collection[Any]) -> Mapping[int, list[Result]]:
    """Report id → how its indicators went, in the report's order. Two queries."""
    by_id = {report.pk: report for report in reports}
    rows = list(ReportRow.objects.filter(report__in=by_id).select_related("indicator"))
    values = values_of(row.indicator_id for row in rows)
    span = span_of(round_.period)
    earlier = span_of(round_.previous.period) if round_.previous else None
    found: dict[int, list[Result]] = defaultdict(list)
    for row in rows:
        before = judge(row.indicator, earlier, values).assessment.outcome if earlier else None
        result = Result(by_id[row.report_id], row, judge(row.indicator, span, values), before)
        found[row.report_id].append(result)
    return found


def _tree(within: Collection[int]) -> Iterator[tuple[Unit, Unit, int]]:
    """The units within reach, from the top down: the unit, the one its group is named by, and the levels between.

    A group is named by the highest unit within reach that is not the top of the tree: by the sector, for those who
    see the whole. The top is a group of its own. One query.
    """
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.order_by("position", "name", "pk"):
        children[unit.parent_id].append(unit)
    waiting: list[tuple[Unit, Unit | None, int]] = [(top, None, 0) for top in children[None]]
    while waiting:
        unit, above, depth = waiting.pop(0)
        head = above or unit
        if unit.pk in within:
            yield unit, head, depth
        starts = unit.parent_id is None or unit.pk not in within
        below = (None, 0) if above is None and starts else (head, depth + 1)
        waiting = [*((child, *below) for child in children[unit.pk]), *waiting]


def _line(report: Any, results: list[Result], depth: int, now: datetime.datetime) -> Line:
    is_late = report.is_late(now)
    days_late = (now.astimezone(deadlines.OSLO).date() - report.due_on).days if is_late else 0
    return Line(report, stage_of(report, now), is_late, days_late, depth, results)
