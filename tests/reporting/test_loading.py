"""Loading rounds: each state, who did what, what is left alone, and what is said of a mistake."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from organisation import periods
from organisation.bulk import LoadingError
from organisation.models import Membership, Period, User
from reporting import completeness, deadlines
from reporting.loading import load_rounds
from reporting.models import ReportEconomy, ReportingRound, UnitReport
from scorecards.models import Indicator, Observation
from scorecards.notation import Value
from scorecards.registration import register
from tests.budget.money import load_codes
from tests.reporting.economy import decided, said, write_year
from tests.workplace import Workplace, add_row, open_tertial, year_period

TEXTS = {
    kind: [f"{kind} 0", f"{kind} 1"]
    for kind in ("cause", "action", "expected", "comment", "missing", "status", "deviations", "challenges")
}
ROUND: dict[str, Any] = {
    "period": "2024-T1",
    "title": "1. tertial",
    "unit": "testvik",
    "opened_by": "controller",
    "is_example": True,
    "due_in_days": {"department": 5, "unit": 6, "sector": 7},
    "grace_days": 3,
    "instructions": "Skriv.\n",
    "reports": [{"unit": "skole", "state": "not-begun"}, {"unit": "omsorg", "state": "not-begun"}],
}


@pytest.fixture
def people(place: Workplace, leader: User, approver: User, controller: User) -> Workplace:
    """A school sector with three indicators and a leader, an approver above, and a controller."""
    card = place.schools.card
    for name in ("Fravær", "Trygghet"):
        add_row(card, name, owner=card.unit)
    Indicator.objects.filter(owner=card.unit).update(direction="higher")
    for indicator in Indicator.objects.filter(owner=card.unit):
        register(indicator=indicator, period=year_period(), kind="target", text="9", by=None)
        register(indicator=indicator, period=year_period(2022), kind="result", text="4", by=None)
        register(indicator=indicator, period=year_period(2021), kind="result", text="3", by=None)
    return place


def rule(results: Sequence[Value], target: Value, span: periods.Span, position: int) -> tuple[str, str]:
    """A miss in the first row, nothing in the third; what it was given as the forecast."""
    given = [one.text for one in (*results, target)]
    assert given == ["3", "4", "9"]
    return ["5", "9", ""][position - 1], f"{span.end.month}{position}"


def load(*rounds: dict[str, Any]) -> list[ReportingRound]:
    return load_rounds(rounds=rounds, texts=TEXTS, rule=rule, place="rounds.yaml")


def load_school(**said: Any) -> UnitReport:
    """A round for the school sector, at the state that is said."""
    (round_,) = load(ROUND | {"reports": [{"unit": "skole"} | said]})
    return round_.reports.get()


def typed(report: UnitReport) -> list[str]:
    """The results of the period in the rows of the report."""
    rows = Observation.objects.filter(period=report.round.period, kind="result")
    by_indicator = dict(rows.values_list("indicator", "text"))
    return [by_indicator.get(pk, "") for pk in report.rows.values_list("indicator", flat=True)]


def steps(report: UnitReport) -> list[tuple[str, str]]:
    return [(step.kind, step.by.username if step.by else "") for step in report.steps.all()]


def test_load_opens_the_round_as_the_file_says(people: Workplace, controller: User) -> None:
    (round_,) = load(ROUND)
    assert (round_.title, round_.slug, round_.period.label) == ("1. tertial", "1-tertial", "1. tertial 2024")
    assert (round_.instructions, round_.grace_days, round_.is_example) == ("Skriv.", 3, True)
    assert (round_.opened_by, round_.previous, round_.document.unit) == (controller, None, round_.unit)
    today = timezone.localdate()
    due = [round_.due_at(kind) for kind in ("department", "unit", "sector")]
    assert [deadlines.day_of(one) - today for one in due] == [datetime.timedelta(days=n) for n in (5, 6, 7)]
    assert sorted(round_.reports.values_list("unit__slug", "state")) == [("omsorg", "open"), ("skole", "open")]


def test_load_half_filled_types_the_first_half(people: Workplace) -> None:
    report = load_school(state="half-filled")
    assert (report.state, typed(report), steps(report)) == ("open", ["5", "9", ""], [("opened", "controller")])
    assert [row.indicator.name for row in completeness.check(report).unexplained] == ["Trivsel"]
    assert set(report.texts.values_list("body", flat=True)) == {""}


def test_load_handed_in_explains_what_must_be_explained(people: Workplace) -> None:
    report = load_school(state="handed-in")
    assert (report.state, typed(report)) == ("handed-in", ["5", "9", ""])
    assert steps(report) == [("opened", "controller"), ("handed-in", "leder")]
    assert completeness.check(report).unexplained == []
    rows = report.rows.values_list("cause", "action", "expected", "comment")
    assert list(rows) == [("cause 1", "action 1", "expected 1", ""), ("",) * 4, ("", "", "", "missing 1")]
    assert list(report.texts.order_by("position").values_list("body", flat=True)) == [
        "<p>status 0</p>",
        "<p>deviations 0</p>",
        "<p>challenges 0</p>",
    ]


def test_load_approved_by_the_nearest_above(people: Workplace) -> None:
    report = load_school(state="approved")
    assert report.state == "approved"
    assert steps(report) == [("opened", "controller"), ("handed-in", "leder"), ("approved", "godkjenner")]


def test_load_sent_back_with_a_comment_and_a_new_deadline(people: Workplace) -> None:
    report = load_school(state="sent-back", comment="Skriv mer.\n", due_in_days=4)
    last = report.steps.latest("at", "pk")
    assert (report.state, last.kind, last.comment, str(last.by)) == (
        "sent-back",
        "sent-back",
        "Skriv mer.",
        "godkjenner",
    )
    assert report.due_on == timezone.localdate() + datetime.timedelta(days=4)


def test_load_types_as_the_leader_with_the_reason(people: Workplace, leader: User) -> None:
    report = load_school(state="half-filled")
    written = Observation.history.filter(history_user=leader)
    assert list(written.order_by("history_id").values_list("period__kind", "kind", "text")) == [
        ("tertial", "result", "5"),
        ("year", "forecast", "41"),
        ("tertial", "result", "9"),
        ("year", "forecast", "42"),
    ]
    reasons = set(written.values_list("history_change_reason", flat=True))
    assert reasons == {"Eksempeldata, regnet ut av årets resultat og måltall"}
    assert report.round.is_example


def test_load_writes_the_forecast_of_the_year_anew_in_the_next_round(people: Workplace) -> None:
    half = {"reports": [{"unit": "skole", "state": "half-filled"}]}
    first, second = load(ROUND | half, ROUND | half | {"period": "2024-T2", "title": "2.", "previous": "2024-T1"})
    forecasts = Observation.objects.filter(kind="forecast").order_by("pk")
    assert list(forecasts.values_list("text", "version")) == [("81", 2), ("82", 2)]
    assert (second.previous, first.previous) == (first, None)


def test_load_leaves_what_others_have_written(people: Workplace) -> None:
    indicator = people.schools.row.indicator
    period = Period.objects.for_span(periods.parse("2024-T1"))
    register(indicator=indicator, period=period, kind="result", text="7", by=None)
    register(indicator=indicator, period=year_period(), kind="forecast", text="8", by=None)
    report = load_school(state="half-filled")
    assert typed(report) == ["7", "9", ""]
    assert Observation.objects.get(indicator=indicator, kind="forecast").text == "8"


def test_load_twice_is_once(people: Workplace) -> None:
    report = load_school(state="approved")
    values = Observation.objects.count()
    assert load(ROUND | {"title": "Et annet navn"}) == [report.round]
    assert (ReportingRound.objects.count(), Observation.objects.count()) == (1, values)
    assert len(steps(report)) == 3


def test_load_leaves_a_round_of_the_same_period_alone(people: Workplace) -> None:
    own = open_tertial(top=people.document.unit, units=[people.schools.card.unit], of="2024-T1")
    assert load(ROUND) == [own]
    assert own.reports.count() == 1


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown state": ({"reports": [{"unit": "skole", "state": "done"}]}, "rounds.yaml, skole: «done» er ikke blant"),
    "unknown unit": ({"reports": [{"unit": "park", "state": "approved"}]}, "enheten «park» finnes ikke"),
    "unit twice": ({"reports": [*ROUND["reports"], {"unit": "skole", "state": "approved"}]}, "står to ganger"),
    "no leader": ({"reports": [{"unit": "omsorg", "state": "approved"}]}, "«omsorg» har ingen leder"),
    "unknown period": ({"period": "2024-T4"}, "rounds.yaml: «2024-T4» er ikke en periode"),
    "unknown person": ({"opened_by": "ingen"}, "personen «ingen» finnes ikke"),
    "unknown previous": ({"previous": "2023-T3"}, "det er ingen runde for 2023-T3"),
    "deadlines": ({"due_in_days": {"department": 8, "unit": 6, "sector": 7}}, "avdelingene må ha frist før enhetene"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_load_says_what_is_wrong_and_writes_nothing(people: Workplace, mistake: str) -> None:
    change, message = MISTAKES[mistake]
    with pytest.raises(LoadingError, match=message):
        load(ROUND | change)
    assert (ReportingRound.objects.count(), Observation.objects.filter(period__kind="tertial").count()) == (0, 0)


def test_load_of_a_round_that_asks_for_the_economy(people: Workplace) -> None:
    load_codes()
    write_year(people.schools.card.unit, actual=150_000)
    texts = TEXTS | {"overspent_cause": ["Dyrere 0", "Dyrere 1"], "overspent_action": ["Spare 0", "Spare 1"]}
    facts = ROUND | {"period": "2024-T2", "asks_economy": True, "reports": [{"unit": "skole", "state": "handed-in"}]}
    (round_,) = load_rounds(rounds=[facts], texts=texts, rule=rule, place="rounds.yaml")
    report = round_.reports.get()
    assert (round_.asks_economy, round_.asks_measures) == (True, False)
    assert (said(report), decided(report)) == ({"202": ("Dyrere 0", "Spare 0")}, {"202": Decimal(1_600_000)})
    assert ReportEconomy.history.get().history_user.username == "leder"


def test_load_without_anyone_above_says_so(people: Workplace) -> None:
    Membership.objects.filter(role="approver").delete()
    with pytest.raises(LoadingError, match="«skole» har ingen over seg som kan godkjenne"):
        load_school(state="approved")


def test_load_without_texts_says_so(people: Workplace) -> None:
    reports = [{"unit": "skole", "state": "handed-in"}]
    with pytest.raises(LoadingError, match="listen «cause» er tom"):
        load_rounds(rounds=[ROUND | {"reports": reports}], texts=TEXTS | {"cause": []}, rule=rule, place="rounds.yaml")
