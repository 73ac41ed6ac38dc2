"""The steps of a report from the screen: who may take them, what stops them, and where they lead."""

import datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from organisation.access import Role
from organisation.models import Membership, Unit, User
from reporting import deadlines, handing_in
from reporting.completeness import check
from reporting.models import ReportingRound, ReportRow, UnitReport
from scorecards.models import Indicator
from scorecards.registration import register
from tests.workplace import Workplace, year_period

START = "/arbeid/"
NEXT_WEEK = timezone.localdate() + datetime.timedelta(days=7)


@pytest.fixture
def report(tertial: ReportingRound) -> UnitReport:
    return tertial.reports.select_related("round__period", "unit").get(unit__slug="skole")


@pytest.fixture
def answered(report: UnitReport, place: Workplace) -> UnitReport:
    """The report with its one value, which reaches no target since there is none."""
    register(indicator=place.schools.row.indicator, period=report.round.period, kind="result", text="4", by=None)
    return report


@pytest.fixture
def missed(answered: UnitReport, place: Workplace) -> UnitReport:
    """The report with a target that is missed."""
    Indicator.objects.filter(pk=place.schools.row.indicator_id).update(direction="higher")
    register(indicator=place.schools.row.indicator, period=year_period(), kind="target", text="5", by=None)
    return answered


@pytest.fixture
def handed_in(answered: UnitReport, leader: User) -> UnitReport:
    handing_in.hand_in(report=answered, by=leader)
    answered.refresh_from_db()
    return answered


def url(report: UnitReport, deed: str) -> str:
    return f"{report.get_absolute_url()}{deed}/"


def post(client: Client, person: User, report: UnitReport, deed: str, **sent: Any) -> Any:
    client.force_login(person)
    return client.post(url(report, deed), sent)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def steps(report: UnitReport) -> list[tuple[str, str]]:
    return [(step.kind, step.comment) for step in report.steps.order_by("at", "pk")]


def last_step(report: UnitReport) -> int:
    return report.steps.latest("at", "pk").pk


def test_check_finds_misses_and_empty_values(report: UnitReport, place: Workplace) -> None:
    row = report.rows.get()
    found = check(report)
    assert (found.unexplained, found.empty, [one.kind for one in found.empty_texts]) == (
        [], [row], ["status", "deviations", "challenges"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("explained", "stops"),
    [
        ({}, True),
        ({"cause": "Sykdom", "action": "Vikarer"}, True),
        ({"cause": "Sykdom", "action": " ", "expected": "Til jul"}, True),
        ({"cause": "Sykdom", "action": "Vikarer", "expected": "Til jul"}, False),
    ],
)
def test_hand_in_asks_for_an_explanation_of_a_miss(
    client: Client, missed: UnitReport, leader: User, explained: dict[str, str], stops: bool
) -> None:
    ReportRow.objects.filter(report=missed).update(**explained)
    response = post(client, leader, missed, "lever", despite="1")
    missed.refresh_from_db()
    expected = (f"{missed.get_absolute_url()}?lever=1#lever", "open") if stops else (START, "handed-in")
    assert (response["Location"], missed.state) == expected
    assert said(response)[0].startswith("Rapporten er ikke levert. 1 mål er ikke nådd") is stops


def test_hand_in_with_an_empty_value_asks_once_more(client: Client, report: UnitReport, leader: User) -> None:
    first = post(client, leader, report, "lever")
    assert (first["Location"], steps(report)) == (f"{report.get_absolute_url()}?lever=1#lever", [("opened", "")])
    again = post(client, leader, report, "lever", despite="1")
    assert (again["Location"], steps(report)) == (START, [("opened", ""), ("handed-in", "")])
    assert said(again)[-1].startswith("Levert ")


def test_hand_in_twice_is_one_step_and_no_error(client: Client, answered: UnitReport, leader: User) -> None:
    answers = [post(client, leader, answered, "lever") for _time in range(2)]
    assert [one["Location"] for one in answers] == [START, START]
    assert steps(answered) == [("opened", ""), ("handed-in", "")]
    assert {text.split()[0] for text in said(answers[1])} == {"Levert"}


def test_hand_in_of_a_locked_report_says_why(client: Client, missed: UnitReport, leader: User) -> None:
    """What cannot be written any more is not asked for."""
    past = deadlines.end_of(timezone.localdate() - datetime.timedelta(days=2))
    ReportingRound.objects.update(department_due_at=past, unit_due_at=past, sector_due_at=past)
    response = post(client, leader, missed, "lever")
    assert (response["Location"], said(response)) == (
        missed.get_absolute_url(),
        ["Rapporten er låst. Be den som godkjenner, om å åpne den igjen."],
    )


def test_hand_in_of_the_report_above_does_not_exist(client: Client, report: UnitReport, one_school: Unit) -> None:
    person = User.objects.create_user("rektor")
    Membership.objects.create(user=person, role=Role.LEADER, unit=one_school)
    assert post(client, person, report, "lever").status_code == 404


def test_approve_leads_to_the_next_that_waits(
    client: Client, handed_in: UnitReport, approver: User, place: Workplace
) -> None:
    other = handed_in.round.reports.get(unit__slug="omsorg")
    handing_in.hand_in(report=other, by=approver)
    first = post(client, approver, handed_in, "godkjenn", seen_step=last_step(handed_in))
    assert first["Location"] == other.get_absolute_url()
    assert f'href="{handed_in.get_absolute_url()}">Sektor for skole</a>' in said(first)[0]
    last = post(client, approver, other, "godkjenn", seen_step=last_step(other))
    assert last["Location"] == handed_in.round.get_absolute_url()
    assert [kind for kind, _comment in steps(handed_in)] == ["opened", "handed-in", "approved"]


@pytest.mark.parametrize("seen", ["", "0", "²", "x"])
def test_approve_of_what_was_not_seen_is_refused(
    client: Client, handed_in: UnitReport, approver: User, seen: str
) -> None:
    response = post(client, approver, handed_in, "godkjenn", seen_step=seen)
    handed_in.refresh_from_db()
    assert (response["Location"], handed_in.state) == (handed_in.get_absolute_url(), "handed-in")
    assert said(response) == ["Rapporten ble levert av leder mens du så på den. Se på den på nytt."]


def test_send_back_gives_the_unit_a_new_deadline(client: Client, handed_in: UnitReport, approver: User) -> None:
    sent = {"comment": "Tallet er feil.", "due_on": f"{NEXT_WEEK:%Y-%m-%d}", "seen_step": last_step(handed_in)}
    response = post(client, approver, handed_in, "send-tilbake", **sent)
    handed_in.refresh_from_db()
    assert (response["Location"], handed_in.state) == (handed_in.round.get_absolute_url(), "sent-back")
    assert (handed_in.due_on, steps(handed_in)[-1]) == (NEXT_WEEK, ("sent-back", "Tallet er feil."))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"comment": " ", "due_on": f"{NEXT_WEEK:%Y-%m-%d}"}, "comment"),
        ({"comment": "Nei.", "due_on": "2024-01-01"}, "due_on"),
        ({"comment": "Nei.", "due_on": "9999-12-31"}, "due_on"),
        ({"comment": "Nei.", "due_on": "snart"}, "due_on"),
    ],
)
@pytest.mark.parametrize("deed", ["send-tilbake", "apne"])
def test_give_back_without_a_word_or_a_day_is_refused(
    client: Client, handed_in: UnitReport, approver: User, deed: str, sent: dict[str, str], field: str
) -> None:
    response = post(client, approver, handed_in, deed, seen_step=last_step(handed_in), **sent)
    handed_in.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert handed_in.state == "handed-in"


def test_send_back_of_what_has_changed_keeps_what_was_typed(
    client: Client, handed_in: UnitReport, leader: User, approver: User
) -> None:
    seen = last_step(handed_in)
    due_at = deadlines.end_of(NEXT_WEEK)
    handing_in.send_back(report=handed_in, comment="Nei.", due_at=due_at, seen_step=seen, by=approver)
    handing_in.hand_in(report=handed_in, by=leader)
    sent = {"comment": "Rett tallet.", "due_on": f"{NEXT_WEEK:%Y-%m-%d}"}
    response = post(client, approver, handed_in, "send-tilbake", seen_step=seen, **sent)
    assert (response.status_code, response.context["form"]["comment"].value()) == (409, "Rett tallet.")
    now_seen = response.context["seen_step"]
    again = post(client, approver, handed_in, "send-tilbake", seen_step=now_seen, **sent)
    assert (again.status_code, steps(handed_in)[-1]) == (302, ("sent-back", "Rett tallet."))


def test_send_back_of_what_is_not_handed_in_says_so(client: Client, report: UnitReport, approver: User) -> None:
    sent = {"comment": "Nei.", "due_on": f"{NEXT_WEEK:%Y-%m-%d}", "seen_step": last_step(report)}
    response = post(client, approver, report, "send-tilbake", **sent)
    assert (response.status_code, response.context["form"].non_field_errors()) == (409, ["Rapporten er ikke levert."])


def test_reopen_gives_the_report_back(client: Client, handed_in: UnitReport, approver: User) -> None:
    handing_in.approve(report=handed_in, seen_step=last_step(handed_in), by=approver)
    sent = {"comment": "Feil i et tall.", "due_on": f"{NEXT_WEEK:%Y-%m-%d}"}
    response = post(client, approver, handed_in, "apne", **sent)
    handed_in.refresh_from_db()
    assert (response["Location"], handed_in.state) == (handed_in.get_absolute_url(), "open")
    assert steps(handed_in)[-1] == ("reopened", "Feil i et tall.")


def test_reopen_by_those_who_run_the_round(client: Client, place: Workplace, report: UnitReport, schools: Unit) -> None:
    """A controller of the sector does not approve the sector's own report, but opens it in a round of the sector's."""
    person = User.objects.create_user("sektorcontroller")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=schools)
    assert post(client, person, report, "apne").status_code == 403
    ReportingRound.objects.update(unit=schools)
    assert post(client, person, report, "apne").status_code == 422


@pytest.mark.parametrize("deed", ["godkjenn", "send-tilbake", "apne"])
def test_approving_deeds_of_the_own_report_are_refused(
    client: Client, handed_in: UnitReport, leader: User, deed: str
) -> None:
    assert post(client, leader, handed_in, deed).status_code == 403


@pytest.mark.parametrize("deed", ["lever", "godkjenn"])
def test_deeds_without_a_page_are_posted(client: Client, handed_in: UnitReport, approver: User, deed: str) -> None:
    client.force_login(approver)
    assert client.get(url(handed_in, deed)).status_code == 405


DEEDS = ("lever", "godkjenn", "send-tilbake", "apne")


def offered(client: Client, person: User, report: UnitReport) -> list[str]:
    """The deeds that the report's page leads this person to."""
    client.force_login(person)
    page = client.get(report.get_absolute_url()).content.decode()
    return [deed for deed in DEEDS if f'="{url(report, deed)}' in page]


def test_report_offers_the_deeds_of_the_state_and_the_person(
    client: Client, answered: UnitReport, leader: User, approver: User, reader: User
) -> None:
    people = (leader, approver, reader)
    found = [[offered(client, one, answered) for one in people]]
    step = handing_in.hand_in(report=answered, by=leader)
    found.append([offered(client, one, answered) for one in people])
    handing_in.approve(report=answered, seen_step=step.pk, by=approver)
    found.append([offered(client, one, answered) for one in people])
    assert found == [[["lever"], ["lever"], []], [[], ["godkjenn", "send-tilbake"], []], [[], ["apne"], []]]


def test_report_says_what_it_lacks_when_handing_it_in_was_tried(
    client: Client, report: UnitReport, leader: User
) -> None:
    client.force_login(leader)
    page = client.get(f"{report.get_absolute_url()}?lever=1").content.decode()
    assert (page.count("1 verdi mangler"), page.count("Lever likevel"), page.count("Lever rapporten")) == (1, 1, 0)
    assert page.count(f'href="#row-{report.rows.get().pk}"') == 1


def test_report_says_which_misses_must_be_explained(client: Client, missed: UnitReport, leader: User) -> None:
    client.force_login(leader)
    page = client.get(f"{missed.get_absolute_url()}?lever=1").content.decode()
    assert (page.count('id="unexplained-title"'), page.count("Lever likevel"), page.count("Lever rapporten")) == (
        1,
        0,
        1,
    )
