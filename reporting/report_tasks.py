"""What the round asks of a person: reports to write, reports to approve, rounds to run."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.access import Right, Role
from organisation.leadership import LEADING, Leadership
from organisation.models import User
from reporting.models import ReportingRound, ReportRow, ReportStep, UnitReport
from reporting.stages import Stage, stage_of

State, Step = UnitReport.State, ReportStep.Kind

ORDER = {Stage.SENT_BACK: 0, Stage.LOCKED: 2, Stage.HANDED_IN: 3, Stage.APPROVED: 3}
"""What was sent back comes first, what nobody can write in any more comes last; the rest goes by deadline."""

FEW = 3
"""How many reports of units without a leader the person at the top is shown one by one."""

NEAR = {0: gettext_lazy("i dag"), 1: gettext_lazy("i morgen")}


@dataclass(frozen=True)
class ReportTask:
    """A report in the list of somebody who writes or approves it.

    `report` has its progress. `step` is its last step, if any was taken since it was opened. `own_rows` is how many of
    its indicators the person is responsible for, where the report itself is another's to write; otherwise 0.
    """

    report: Any
    stage: Stage
    is_late: bool
    due_in: str
    step: ReportStep | None = None
    own_rows: int = 0

    @property
    def is_done(self) -> bool:
        """Whether the unit has done its part."""
        return self.stage in (Stage.HANDED_IN, Stage.APPROVED)

    @property
    def given_back(self) -> ReportStep | None:
        """The step that gave the report back to the unit, with its reason, while it is the unit's turn."""
        is_back = self.step and self.step.kind in (Step.SENT_BACK, Step.REOPENED) and self.report.is_with_the_unit
        return self.step if is_back else None


@dataclass(frozen=True)
class RoundTask:
    """An open round that the person runs: how many reports have been handed in, and how many are late."""

    round: ReportingRound
    handed_in: int
    asked: int
    late: int


@dataclass(frozen=True)
class ReportTasks:
    """All that the rounds ask of a person.

    `unled` counts, round by round, the reports of units that have no leader below the person at the top of the tree,
    where these are many;
    `further` the reports that wait for somebody nearer, but that the person may approve too.
    """

    to_write: list[ReportTask] = field(default_factory=list)
    unled: list[tuple[ReportingRound, int]] = field(default_factory=list)
    to_approve: list[ReportTask] = field(default_factory=list)
    further: list[tuple[ReportingRound, int]] = field(default_factory=list)
    rounds: list[RoundTask] = field(default_factory=list)


def report_tasks(user: User) -> ReportTasks:
    """What the rounds ask of the person now. A fixed number of queries, and none for who may not edit anything.

    A report is written by the leaders and approvers of its unit or, where it has none, of the nearest unit above; and
    by those who are responsible for an indicator in it. It is approved by the nearest approvers above.
    """
    if not user.has_right(Right.EDIT):
        return ReportTasks()
    now = timezone.now()
    leadership = Leadership()
    mine, unled = _to_write(user, leadership)
    waiting, further = _to_approve(user, leadership)
    to_write = [report for report in mine if report not in waiting]
    steps = _last_steps([*to_write, *waiting])
    tasks = [_task(one, now, steps, mine[one]) for one in to_write]
    return ReportTasks(
        to_write=sorted(tasks, key=lambda task: (ORDER.get(task.stage, 1), task.report.due_at)),
        unled=unled,
        to_approve=[_task(one, now, steps) for one in waiting],
        further=further,
        rounds=_rounds(user, now),
    )


def due_in(day: datetime.date, today: datetime.date) -> str:
    """How far away the last day is, as people say it."""
    days = (day - today).days
    if days < 0:
        return ngettext("%(days)s dag over fristen", "%(days)s dager over fristen", -days) % {"days": -days}
    if days in NEAR:
        return str(NEAR[days])
    return _("om %(days)s dager") % {"days": days}


def _units_to_write_for(user: User, leadership: Leadership) -> tuple[set[int], set[int]]:
    """The units that the person is nearest to; and those below the top that nobody nearer than the top leads."""
    own: set[int] = set()
    unled: set[int] = set()
    for unit in user.unit_ids(Right.EDIT):
        near = leadership.nearest(unit, *LEADING)
        if near is not None and user in leadership.leaders_in(near):
            (own if near == unit or leadership.above(near) else unled).add(unit)
    return own, unled


def _rows_to_answer_for(user: User) -> dict[int, int]:
    """Report id → how many of its indicators the person is responsible for, in open rounds."""
    rows = ReportRow.objects.filter(report__round__closed_at__isnull=True, indicator__responsible=user)
    return dict(rows.order_by().values_list("report").annotate(number=Count("pk")))


def _reports(user: User) -> Any:
    """The reports that the person may write in, with their progress."""
    return UnitReport.objects.with_progress().editable_by(user).select_related("round__period", "unit")


def _to_write(user: User, leadership: Leadership) -> tuple[dict[Any, int], list[tuple[ReportingRound, int]]]:
    """The person's reports in open rounds, each with its `own_rows`; and how many lack a leader, by round.

    At the top of the tree, reports that lack a leader are the person's own as long as they are few.
    """
    own, unled = _units_to_write_for(user, leadership)
    own_rows = _rows_to_answer_for(user)
    is_mine = Q(unit__in=own | unled) | Q(pk__in=own_rows)
    found = list(_reports(user).filter(is_mine, round__closed_at__isnull=True))
    left = _by_round(one for one in found if one.unit_id in unled and one.is_with_the_unit)
    crowded = [(round_, number) for round_, number in left if number > FEW]
    full = {round_.pk for round_, _number in crowded}
    own_reports = {one: 0 for one in found if one.unit_id in own or (one.unit_id in unled and one.round_id not in full)}
    return {one: own_rows[one.pk] for one in found if one.pk in own_rows} | own_reports, crowded


def _to_approve(user: User, leadership: Leadership) -> tuple[list[Any], list[tuple[ReportingRound, int]]]:
    """The reports that wait for this person as the nearest approver above; and how many others, by round."""
    nearest: list[Any] = []
    further: list[Any] = []
    for report in _reports(user).filter(pk__in=UnitReport.objects.waiting_for(user).order_by().values("pk")):
        near = leadership.nearest(report.unit.parent_id, Role.APPROVER)
        is_nearest = near is not None and user in leadership.holders(near, Role.APPROVER)
        (nearest if is_nearest else further).append(report)
    return nearest, _by_round(further)


def _last_steps(reports: Iterable[UnitReport]) -> dict[int, ReportStep]:
    """Report id → the last step that was taken since the report was opened."""
    steps = ReportStep.objects.filter(report__in=[one.pk for one in reports]).exclude(kind=Step.OPENED)
    return {step.report_id: step for step in steps.select_related("by").order_by("at", "pk")}


def _task(report: Any, now: datetime.datetime, steps: Mapping[int, ReportStep], own_rows: int = 0) -> ReportTask:
    phrase = due_in(report.due_on, timezone.localdate(now))
    stage = stage_of(report, now)
    is_late = stage != Stage.LOCKED and report.is_late(now)
    return ReportTask(report, stage, is_late, phrase, steps.get(report.pk), own_rows)


def _by_round(reports: Iterable[UnitReport]) -> list[tuple[ReportingRound, int]]:
    counts = Counter(report.round for report in reports)
    return sorted(counts.items(), key=lambda pair: pair[0].period.end)


def _rounds(user: User, now: datetime.datetime) -> list[RoundTask]:
    reports = Prefetch("reports", UnitReport.objects.select_related("unit"))
    rounds = ReportingRound.objects.open().publishable_by(user).select_related("period").prefetch_related(reports)
    return [_round(one, one.reports.all(), now) for one in rounds]


def _round(round_: ReportingRound, reports: Iterable[UnitReport], now: datetime.datetime) -> RoundTask:
    found = list(reports)
    handed_in = sum(not one.is_with_the_unit for one in found)
    return RoundTask(round_, handed_in, len(found), sum(one.is_late(now) for one in found))
