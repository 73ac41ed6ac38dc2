"""The measures of a unit's report: which they are, saving them under the report's lock, and what is missing."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Unit, User
from plans.measures.figures import Figures
from plans.models import Measure, MeasureStatus
from reporting import handing_in
from reporting.measures_in_reports import lines_of_measures, measures_by_report, missing_measures
from reporting.models import ReportingRound, UnitReport
from tests.plans.measures.made import effects, followed_up, made
from tests.workplace import YEAR, Workplace, open_tertial

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(place: Workplace, top: Unit, schools: Unit, care: Unit) -> ReportingRound:
    """The round of the second tertial, which asks both sectors for their measures."""
    return open_tertial(top=top, units=[schools, care], asks_measures=True)


@pytest.fixture
def measure(round_: ReportingRound, schools: Unit) -> Measure:
    found: Measure = made(schools, "Buss", planned={YEAR: Figures(Decimal(-5_000_000), Decimal(-2))})
    return found


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def report_of(round_: ReportingRound, unit: str = "skole") -> UnitReport:
    found: UnitReport = round_.reports.select_related("round__period", "unit").get(unit__slug=unit)
    return found


def asked(round_: ReportingRound, unit: str = "skole") -> list[str]:
    return [str(one) for one in measures_by_report(round_)[report_of(round_, unit).pk]]


def page(measure: Measure, round_: ReportingRound, unit: str = "skole") -> str:
    return reverse("reporting:report_measure", args=[round_.slug, unit, measure.pk])


def typed(measure: Measure, **facts: Any) -> dict[str, Any]:
    measure.refresh_from_db()
    return {"status_now": "begun", "comment": "I rute.", "base_version": measure.version} | facts


# Which measures


def test_report_has_its_own_measures_and_those_of_units_below_without_a_report(
    round_: ReportingRound, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    for unit in (top, schools, one_school, care):
        made(unit, unit.slug, planned={YEAR: -1})
    assert (asked(round_), asked(round_, "omsorg")) == (["bakken-skole", "skole"], ["omsorg"])


def test_report_of_a_unit_below_takes_its_measures(top: Unit, schools: Unit, one_school: Unit) -> None:
    round_ = open_tertial(top=top, units=[schools, one_school], asks_measures=True)
    made(one_school, "Buss", planned={YEAR: -1})
    assert (asked(round_), asked(round_, "bakken-skole")) == ([], ["Buss"])


def test_report_of_a_round_that_does_not_ask_has_none(round_: ReportingRound, measure: Measure) -> None:
    ReportingRound.objects.update(asks_measures=False)
    assert lines_of_measures(report_of(ReportingRound.objects.get())) == []


@pytest.mark.parametrize(
    ("years", "status", "is_asked"),
    [
        ([YEAR], "", True),
        ([YEAR], "done", True),
        ([YEAR - 1], "", True),
        ([YEAR - 1], "begun", True),
        ([YEAR - 1], "done", False),
        ([YEAR - 1], "dropped", False),
        ([YEAR - 1, YEAR + 1], "done", False),
        ([YEAR + 1], "", False),
        ([], "", True),
        ([], "not-done", False),
    ],
    ids=[
        "this-year", "done-this-year", "earlier", "begun-earlier", "done-earlier", "dropped", "done-with-more-to-come",
        "later", "without-years", "given-up",
    ],
)  # fmt: skip
def test_report_asks_about_what_gives_something_now_or_is_not_finished(
    round_: ReportingRound, schools: Unit, years: list[int], status: str, is_asked: bool
) -> None:
    measure = made(schools, "Buss", planned=dict.fromkeys(years, -1))
    if status:
        followed_up(measure, f"{YEAR - 1}", status=status)
    assert asked(round_) == (["Buss"] if is_asked else [])


def test_report_asks_about_what_is_decided_or_begun_before_it_gives_anything(
    round_: ReportingRound, schools: Unit
) -> None:
    later = {YEAR + 1: -1}
    made(schools, "Vedtatt", planned=later, decided_on=f"{YEAR}-01-01")
    followed_up(made(schools, "Påbegynt", planned=later), f"{YEAR}-T2")
    followed_up(made(schools, "Påbegynt siden", planned=later), f"{YEAR}-T3")
    assert asked(round_) == ["Vedtatt", "Påbegynt"]


def test_report_leaves_out_what_was_decided_after_the_period(round_: ReportingRound, schools: Unit) -> None:
    made(schools, "For sent", planned={YEAR: -1}, decided_on=f"{YEAR}-09-01")
    made(schools, "I tide", planned={YEAR: -1}, decided_on=f"{YEAR}-08-31")
    assert asked(round_) == ["I tide"]


def test_line_has_the_status_before_and_now(round_: ReportingRound, measure: Measure) -> None:
    followed_up(measure, f"{YEAR}-T1", comment="I vår.")
    (line,) = lines_of_measures(report_of(round_))
    assert (line.before and line.before.row.comment, line.now) == ("I vår.", None)
    assert (line.planned.words, line.achieved.words) == (["innsparing 5\u00a0000", "2,0 færre årsverk"], [])
    followed_up(measure, f"{YEAR}-T2", status="done", achieved=Figures(Decimal(-1_000)))
    (line,) = lines_of_measures(report_of(round_))
    assert (line.before and line.before.word, line.now and line.now.word) == ("påbegynt", "gjennomført")
    assert line.achieved.words == ["innsparing 1"]


def test_missing_measures_are_those_without_a_status_of_the_period(
    round_: ReportingRound, measure: Measure, schools: Unit
) -> None:
    followed_up(measure, f"{YEAR}-T1")
    followed_up(made(schools, "Meldt", planned={YEAR: -1}), f"{YEAR}-T2")
    assert missing_measures(report_of(round_)) == [measure]


def test_measures_by_report_runs_the_same_queries_for_one_measure_and_for_many(
    round_: ReportingRound, schools: Unit, care: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    report = report_of(round_)
    followed_up(made(schools, planned={YEAR: -1}), f"{YEAR}-T1")
    with django_assert_num_queries(7):
        lines_of_measures(report)
    for unit in (schools, care) * 3:
        followed_up(made(unit, planned={YEAR: -1}), f"{YEAR}-T2")
    with django_assert_num_queries(7):
        lines_of_measures(report)


# Saving


def test_report_shows_its_measures_with_the_way_to_say_how_they_stand(
    as_leader: Client, round_: ReportingRound, measure: Measure
) -> None:
    text = as_leader.get(report_of(round_).get_absolute_url()).content.decode()
    assert (page(measure, round_) in text, "Mangler status" in text) == (True, True)


def test_report_measure_is_saved_and_leads_back_to_the_report(
    as_leader: Client, round_: ReportingRound, measure: Measure, leader: User
) -> None:
    answer = as_leader.post(page(measure, round_), typed(measure, **{f"saves_{YEAR}": "700"}))
    assert answer["Location"] == f"{report_of(round_).get_absolute_url()}#measure-{measure.pk}"
    row = MeasureStatus.objects.get()
    assert (str(row.period), row.status, row.comment) == (f"2. tertial {YEAR}", "begun", "I rute.")
    assert row.history.get().history_user == leader
    assert effects(measure)[YEAR][1] == Decimal("-700000.00")


def test_report_measure_conflict_shows_both(
    as_leader: Client, round_: ReportingRound, measure: Measure, controller: User
) -> None:
    sent = typed(measure)
    followed_up(measure, f"{YEAR}-T2", status="done", comment="Deres.", by=controller)
    answer = as_leader.post(page(measure, round_), sent)
    clash = answer.context["form"].clash
    assert (answer.status_code, clash.saving.by) == (409, "controller")
    assert clash.theirs == [("Status", "Gjennomført"), ("Kommentar", "Deres.")]
    assert MeasureStatus.objects.get().comment == "Deres."
    assert as_leader.post(page(measure, round_), sent | {"overwrite": clash.version}).status_code == 302
    assert MeasureStatus.objects.get().comment == "I rute."


def test_report_measure_after_hand_in_is_refused_and_shown(
    as_leader: Client, round_: ReportingRound, measure: Measure, leader: User
) -> None:
    handing_in.hand_in(report=report_of(round_), by=leader)
    answer = as_leader.post(page(measure, round_), typed(measure))
    form = answer.context["form"]
    assert (answer.status_code, form.refusal) == (409, "Rapporten er låst, og statusen ble ikke lagret.")
    assert form["comment"].value() == "I rute."
    assert (MeasureStatus.objects.count(), Measure.objects.get().version) == (0, 1)


def test_report_measure_of_a_locked_report_is_only_read(
    as_leader: Client, round_: ReportingRound, measure: Measure, leader: User
) -> None:
    followed_up(measure, f"{YEAR}-T2", comment="Meldt.")
    handing_in.hand_in(report=report_of(round_), by=leader)
    text = as_leader.get(page(measure, round_)).content.decode()
    assert ("Meldt." in text, "<textarea" in text) == (True, False)
    assert page(measure, round_) not in as_leader.get(report_of(round_).get_absolute_url()).content.decode()


def test_report_measure_that_the_report_is_not_asked_about_does_not_exist(
    client: Client, controller: User, round_: ReportingRound, measure: Measure
) -> None:
    client.force_login(controller)
    assert client.get(page(measure, round_, "omsorg")).status_code == 404


def test_report_measure_of_a_unit_above_or_beside_does_not_exist(
    as_leader: Client, client: Client, round_: ReportingRound, care: Unit, reader: User, measure: Measure
) -> None:
    other = made(care, planned={YEAR: -1})
    assert as_leader.get(page(other, round_, "omsorg")).status_code == 404
    client.force_login(reader)
    assert client.get(page(measure, round_)).status_code == 403


def test_report_measure_without_a_status_is_not_saved(
    as_leader: Client, round_: ReportingRound, measure: Measure
) -> None:
    answer = as_leader.post(page(measure, round_), typed(measure, status_now=""))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["status_now"])
