"""The list of what was sent, and sending now."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as outbox_of
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.models import Unit, User
from reporting import handing_in
from reporting.models import Reminder, ReportingRound
from tests.workplace import Workplace, open_tertial

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE = "/arbeid/runder/2-tertial-2024/paminnelser/"
DEED = "/arbeid/runder/2-tertial-2024/paminn/"


@pytest.fixture
def late(place: Workplace, top: Unit, schools: Unit, care: Unit, leader: User, approver: User) -> ReportingRound:
    """A round whose deadline was five days ago, which is no day of the pattern; the approver has no address."""
    User.objects.filter(pk=leader.pk).update(email="leder@testvik.example")
    return open_tertial(top=top, units=[schools, care], days_left=-5)


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def remind(round_: ReportingRound, person: User, *, days_ago: int, **facts: Any) -> Reminder:
    day = TODAY - datetime.timedelta(days=days_ago)
    said = {"address": person.email, "subject": f"Frist {days_ago}", "body": f"Tekst {days_ago}"}
    reminder = Reminder.objects.create(person=person, day=day, **said, **facts)
    reminder.reports.set(round_.reports.all())
    return reminder


def answer(client: Client) -> tuple[str, str]:
    """Where the deed leads, and what is said there."""
    response = client.post(DEED, follow=True)
    return response.redirect_chain[0][0], " ".join(str(one) for one in response.context["messages"])


def test_remind_sends_now_to_the_owners_of_what_is_late(late: ReportingRound, as_controller: Client) -> None:
    assert answer(as_controller) == (PAGE, "1 påminnelse er sendt. 1 kunne ikke sendes.")
    assert [(message.to, message.subject) for message in outbox_of.outbox] == [
        (["leder@testvik.example"], "Fristen er passert: Sektor for skole, 2. tertial 2024")
    ]
    said = "Ingen nye påminnelser er sendt. 1 person har fått en påminnelse i dag allerede. 1 kunne ikke sendes."
    assert answer(as_controller) == (PAGE, said)
    assert len(outbox_of.outbox) == 1


def test_remind_without_anything_late_says_so(tertial: ReportingRound, leader: User, as_controller: Client) -> None:
    said = "Ingen påminnelser er sendt: ingen rapporter i runden er forsinket."
    assert answer(as_controller) == (PAGE, said)


def test_remind_in_a_closed_round_sends_nothing(late: ReportingRound, as_controller: Client, controller: User) -> None:
    handing_in.close_round(round_=late, by=controller)
    as_controller.post(DEED)
    assert (Reminder.objects.count(), outbox_of.outbox) == (0, [])


def test_remind_is_posted(late: ReportingRound, as_controller: Client) -> None:
    assert as_controller.get(DEED).status_code == 405


def test_reminder_list_shows_the_newest_first_and_what_failed_before_what_was_sent(
    late: ReportingRound, as_controller: Client, leader: User, approver: User
) -> None:
    leader.refresh_from_db()
    at = timezone.now().replace(hour=5, minute=2)
    shown = [
        remind(late, leader, days_ago=0, sent_at=at),
        remind(late, approver, days_ago=1, problem="Personen har ingen e-postadresse."),
        remind(late, approver, days_ago=2),
        remind(late, leader, days_ago=2, sent_at=at - datetime.timedelta(days=2)),
    ]
    Reminder.objects.create(person=leader, day=TODAY - datetime.timedelta(days=9), subject="En annen runde")
    page = as_controller.get(PAGE)
    assert list(page.context["page"]) == shown
    text = page.content.decode()
    assert text.count(f"Sendt kl. {timezone.localtime(at):%H.%M}") == 2
    assert text.count("Personen har ingen e-postadresse.") == 1
    assert text.count("Sendingen ble avbrutt.") == 1
    assert text.count("Sektor for omsorg, Sektor for skole") == 4
    assert text.count('<pre class="reminders__body">Tekst 0</pre>') == 1


def test_reminder_list_says_who_gets_the_next_one(
    late: ReportingRound, as_controller: Client, leader: User, approver: User
) -> None:
    page = as_controller.get(PAGE)
    mails = page.context["following"]
    assert {(mail.day, mail.person) for mail in mails} == {
        (TODAY + datetime.timedelta(days=2), person) for person in (leader, approver)
    }
    assert page.content.decode().count("2 rapporter er forsinket.") == 1
    assert page.content.decode().count("Ingen påminnelser er sendt ennå.") == 1


def test_reminder_list_of_a_closed_round_offers_nothing(
    late: ReportingRound, as_controller: Client, controller: User
) -> None:
    handing_in.close_round(round_=late, by=controller)
    page = as_controller.get(PAGE).content.decode()
    assert (page.count("Ingen flere påminnelser går ut."), page.count(f'action="{DEED}"')) == (1, 0)


def test_reminder_list_is_paged(late: ReportingRound, as_controller: Client, leader: User) -> None:
    for days in range(51):
        remind(late, leader, days_ago=days)
    assert len(as_controller.get(PAGE).context["page"]) == 50
    second = as_controller.get(PAGE, {"page": 2})
    assert [one.subject for one in second.context["page"]] == ["Frist 50"]
    assert second.content.decode().count('rel="prev" href="?page=1"') == 1


def test_reminder_list_runs_the_same_queries_for_few_and_many(
    late: ReportingRound,
    as_controller: Client,
    leader: User,
    approver: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    remind(late, leader, days_ago=0)
    with django_assert_max_num_queries(25) as few:
        as_controller.get(PAGE)
    for days in range(1, 6):
        remind(late, approver, days_ago=days)
    with django_assert_max_num_queries(25) as many:
        as_controller.get(PAGE)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("person", "expected"), [("leader", 403), ("approver", 403), ("reader", 403), ("administrator", 404)]
)
def test_reminders_are_for_those_who_publish(
    tertial: ReportingRound, client: Client, request: pytest.FixtureRequest, person: str, expected: int
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert (client.get(PAGE).status_code, client.post(DEED).status_code) == (expected, expected)


def test_reminders_ask_strangers_to_log_in(tertial: ReportingRound, client: Client) -> None:
    assert client.get(PAGE)["Location"] == f"{reverse('organisation:login')}?next={PAGE}"
