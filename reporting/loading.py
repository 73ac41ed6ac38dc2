"""Loading a case: the rounds, and how far each unit has come in them.

The rounds are opened, and the reports written, handed in, approved and sent back, by the same deeds as on the screen. A
round that is there already, for the same period and unit, is left alone.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from django.db import transaction
from django.utils import timezone

from organisation import periods
from organisation.access import Role
from organisation.bulk import Facts, LoadingError, look_up
from organisation.leadership import Leadership
from organisation.models import Period, Unit, User
from organisation.versions import save_version
from plans.richtext import from_markdown
from reporting import asking, deadlines, handing_in
from reporting.economy.loading import write_economy
from reporting.models import EXPLANATION, ReportingRound, ReportRow, ReportText, UnitReport
from reporting.opening import open_round
from scorecards.assessment import Outcome
from scorecards.cells import CellKey, span_of, values_of
from scorecards.judging import EMPTY, judge, target_of
from scorecards.models import Indicator, Observation
from scorecards.notation import Value
from scorecards.registration import register

Rule = Callable[[Sequence[Value], Value, periods.Span, int], tuple[str, str]]
"""What is typed in a row, as result and as forecast for the year; "" for nothing.

It is given the results of earlier years, oldest first; the target; the round's period; and the row's place in the
report, from 1.
"""

STATES = ("not-begun", "half-filled", "handed-in", "sent-back", "approved")
"""How far a unit has come. Half filled in: the first half of the rows have values, and nothing is said about them."""

YEARS = (Period.Kind.YEAR, Period.Kind.SCHOOL_YEAR)
COMMENT_EVERY = 5
VALUE_REASON = "Eksempeldata, regnet ut av årets resultat og måltall"
TEXT_REASON = "Eksempeldata"


@dataclass
class _Case:
    """What the rounds refer to, the texts and the rule they are filled in by, and the values written so far."""

    place: str
    texts: Mapping[str, Sequence[str]]
    rule: Rule
    units: dict[str, Unit] = field(default_factory=lambda: Unit.objects.in_bulk(field_name="slug"))
    leadership: Leadership = field(default_factory=Leadership)
    written: set[int] = field(default_factory=set)

    def unit(self, slug: str) -> Unit:
        return look_up(self.units, slug, what="enheten", place=self.place)

    def leader(self, unit: Unit) -> User:
        """Who writes the unit's report."""
        return self._first(self.leadership.leaders_in(unit.pk), unit, "ingen leder som kan skrive")

    def approver(self, unit: Unit) -> User:
        """Who approves it: the nearest above."""
        above = self.leadership.nearest(unit.parent_id, Role.APPROVER)
        people = [] if above is None else self.leadership.holders(above, Role.APPROVER)
        return self._first(people, unit, "ingen over seg som kan godkjenne")

    def _first(self, people: list[User], unit: Unit, lack: str) -> User:
        if not people:
            raise LoadingError(f"{self.place}: enheten «{unit.slug}» har {lack} rapporten.")
        return people[0]

    def text(self, kind: str, turn: int) -> str:
        """The text whose turn it is."""
        texts = self.texts.get(kind)
        if not texts:
            raise LoadingError(f"{self.place}: listen «{kind}» er tom.")
        return texts[turn % len(texts)]


@transaction.atomic
def load_rounds(
    *, rounds: Sequence[Facts], texts: Mapping[str, Sequence[str]], rule: Rule, place: str
) -> list[ReportingRound]:
    """Write the rounds that are not there, with what has happened in them. Returns all of them, in order.

    `rounds` and `texts` are what README in fixtures/ says; `rule` gives the values. Where a round asks for the economy,
    the budget lines must be there already. Raises `LoadingError`.
    """
    case = _Case(place, texts, rule)
    return [_known(case, facts, facts["period"]) or _load(case, facts) for facts in rounds]


def _known(case: _Case, facts: Facts, period: str) -> ReportingRound | None:
    """The round of the period (as typed) for the same unit as this one."""
    span = _span(period, case.place)
    rounds = ReportingRound.objects.filter(unit=case.unit(facts["unit"]), period__kind=span.kind)
    return rounds.filter(period__start=span.start, period__end=span.end).order_by("opened_at").first()


def _span(text: str, place: str) -> periods.Span:
    try:
        return periods.parse(text)
    except ValueError as error:
        raise LoadingError(f"{place}: {error}") from error


def _load(case: _Case, facts: Facts) -> ReportingRound:
    said = {one["unit"]: one for one in facts["reports"]}
    if len(said) < len(facts["reports"]):
        raise LoadingError(f"{case.place}: en enhet står to ganger i runden «{facts['title']}».")
    people = {one.username: one for one in User.objects.all()}
    by = look_up(people, facts["opened_by"], what="personen", place=case.place)
    units = [case.unit(slug) for slug in said]
    round_ = open_round(round_=_round(case, facts), units=units, by=by)
    reports = {one.unit_id: one for one in round_.reports.select_related("round__period", "unit")}
    for turn, unit in enumerate(units):
        _bring(case, reports[unit.pk], said[unit.slug], turn)
    return round_


def _round(case: _Case, facts: Facts) -> ReportingRound:
    period = Period.objects.for_span(_span(facts["period"], case.place))
    days = [facts["due_in_days"][kind] for kind in ("department", "unit", "sector")]
    if days != sorted(days):
        raise LoadingError(f"{case.place}: avdelingene må ha frist før enhetene, og enhetene før sektorene.")
    previous = _known(case, facts, facts["previous"]) if "previous" in facts else None
    if "previous" in facts and previous is None:
        raise LoadingError(f"{case.place}: det er ingen runde for {facts['previous']} før «{facts['title']}».")
    department, unit, sector = (_in_days(number) for number in days)
    return ReportingRound(
        title=facts["title"],
        period=period,
        unit=case.unit(facts["unit"]),
        previous=previous,
        frequencies=asking.usual_frequencies(period.kind),
        asks_economy=facts.get("asks_economy", False),
        asks_measures=facts.get("asks_measures", False),
        instructions=facts.get("instructions", "").strip(),
        is_example=facts["is_example"],
        grace_days=facts["grace_days"],
        department_due_at=department,
        unit_due_at=unit,
        sector_due_at=sector,
    )


def _in_days(number: int) -> datetime.datetime:
    """The deadline so many days from today; below 0 for one that has passed."""
    return deadlines.end_of(timezone.localdate() + datetime.timedelta(days=number))


def _bring(case: _Case, report: UnitReport, said: Facts, turn: int) -> None:
    """Bring the report as far as its state says. `turn` is the unit's place in the round, from 0."""
    state, unit = said["state"], report.unit
    if state not in STATES:
        raise LoadingError(f"{case.place}, {unit.slug}: «{state}» er ikke blant {', '.join(STATES)}.")
    if state == "not-begun":
        return
    draft = _Draft(case, report, turn, case.leader(unit))
    if state == "half-filled":
        draft.type_values(draft.rows[: ceil(len(draft.rows) / 2)])
        return
    draft.type_values(draft.rows)
    draft.explain()
    if report.round.asks_economy:
        write_economy(report, text=case.text, turn=turn, by=draft.leader, reason=TEXT_REASON)
    draft.write_texts()
    step = handing_in.hand_in(report=report, by=draft.leader).pk
    if state == "approved":
        handing_in.approve(report=report, seen_step=step, by=case.approver(unit))
    if state == "sent-back":
        by, due_at, comment = case.approver(unit), _in_days(said.get("due_in_days", 0)), said.get("comment", "").strip()
        handing_in.send_back(report=report, comment=comment, due_at=due_at, seen_step=step, by=by)


class _Draft:
    """A unit's report as its leader writes it. `values` are all values of its indicators."""

    def __init__(self, case: _Case, report: UnitReport, turn: int, leader: User) -> None:
        self.case = case
        self.report = report
        self.turn = turn
        self.leader = leader
        self.span = span_of(report.round.period)
        self.rows = list(report.rows.select_related("indicator"))
        self.values = values_of(row.indicator_id for row in self.rows)

    def type_values(self, rows: Sequence[ReportRow]) -> None:
        """Type the values of the rows, by the rule."""
        for row in rows:
            result, forecast = self.case.rule(*self._printed(row.indicator), self.span, row.position)
            self._type(row.indicator, Observation.Kind.RESULT, self.span, result)
            if self.report.round.asks_forecast:
                self._type(row.indicator, Observation.Kind.FORECAST, periods.year(self.span.end.year), forecast)

    def _printed(self, indicator: Indicator) -> tuple[list[Value], Value]:
        """The results of earlier years, oldest first, and the target; the newest where the year has none."""
        own = {key: one for key, one in self.values.items() if key.indicator_id == indicator.pk and one.text}
        by_age = sorted(own, key=lambda key: (key.span.end, key.span.start))
        results = [own[key].value for key in by_age if key.kind == Observation.Kind.RESULT and self._is_earlier(key)]
        targets = [own[key] for key in by_age if key.kind == Observation.Kind.TARGET]
        target = target_of(indicator, self.span, own) or (targets[-1] if targets else None)
        return results, target.value if target else EMPTY

    def _is_earlier(self, key: CellKey) -> bool:
        return key.span.kind in YEARS and key.span.end < self.span.start

    def _type(self, indicator: Indicator, kind: str, span: periods.Span, text: str) -> None:
        """Register a value. What was not written here stays as it is."""
        key = CellKey(indicator.pk, kind, span)
        found = self.values.get(key)
        if not text or (found and (found.pk not in self.case.written or found.text == text)):
            return
        self.values[key] = register(
            indicator=indicator,
            period=Period.objects.for_span(span),
            kind=kind,
            text=text,
            by=self.leader,
            base_version=found.version if found else 0,
            reason=VALUE_REASON,
            found=found,
        )
        self.case.written.add(self.values[key].pk)

    def explain(self) -> None:
        """Say why a target is missed or a result is missing, and something about every fifth of the other rows."""
        for row in self.rows:
            said = self._said(row)
            for name, kind in said.items():
                setattr(row, name, self.case.text(kind, self.turn + row.position))
            if said:
                save_version(row, base_version=row.version, by=self.leader, reason=TEXT_REASON)

    def _said(self, row: ReportRow) -> dict[str, str]:
        """The fields of the row to write in, and from which list."""
        judgement = judge(row.indicator, self.span, self.values)
        if judgement.assessment.outcome is Outcome.MISSED:
            return {name: name for name in EXPLANATION}
        if judgement.result is None:
            return {"comment": "missing"}
        return {} if row.position % COMMENT_EVERY else {"comment": "comment"}

    def write_texts(self) -> None:
        """Write what the round asks for besides the rows."""
        for text in ReportText.objects.filter(report=self.report):
            text.body = from_markdown(self.case.text(text.kind, self.turn))
            save_version(text, base_version=text.version, by=self.leader, reason=TEXT_REASON)
