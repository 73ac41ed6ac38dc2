"""A reminder is claimed, sent once, and written down, also when it could not be sent."""

import datetime
import threading
from collections.abc import Iterable
from io import StringIO
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as outbox_of
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import Settings

from organisation.models import Unit, User
from reporting import handing_in, reminding, sending
from reporting.models import Reminder, ReportingRound
from reporting.reminder_mail import subject
from tests.workplace import Workplace, open_tertial

TODAY = timezone.localdate()
REFUSED = "finnes.ikke@testvik.example"


class RefusingBackend(EmailBackend):
    """A mail server that knows all addresses but one."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Refuse the one, take the others."""
        messages = list(email_messages)
        if any(REFUSED in message.to for message in messages):
            raise SMTPRecipientsRefused({REFUSED: (550, b"User unknown")})
        return super().send_messages(messages)


class AbsentBackend(EmailBackend):
    """A mail server that is not there; counts how often it was called."""

    calls = 0

    def open(self) -> bool:
        """Nobody answers."""
        AbsentBackend.calls += 1
        raise ConnectionRefusedError


class HangingUpBackend(EmailBackend):
    """A mail server that hangs up on everyone, and again when one hangs up oneself."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Hang up."""
        raise SMTPServerDisconnected

    def close(self) -> None:
        """Hang up once more."""
        raise SMTPServerDisconnected


@pytest.fixture
def round_(place: Workplace, top: Unit, schools: Unit, care: Unit, leader: User, approver: User) -> ReportingRound:
    """The last day of the round is today; the leader reports for the schools, the approver for the care sector."""
    for person in (leader, approver):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@testvik.example")
    return open_tertial(top=top, units=[schools, care], days_left=0)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


def sent_to() -> list[str]:
    return sorted(to for message in outbox_of.outbox for to in message.to)


def test_mail_says_what_when_and_where(round_: ReportingRound, settings: Settings) -> None:
    settings.SITE_URL = "https://plan.testvik.example"
    before = timezone.now()
    assert run() == "2 påminnelser er sendt.\n"
    [message] = [one for one in outbox_of.outbox if one.to == ["leder@testvik.example"]]
    assert message.subject == "Frist i dag: Sektor for skole, 2. tertial 2024"
    assert message.body.splitlines()[:8] == [
        "Hei, leder",
        "",
        "Dette venter på deg:",
        "",
        "Sektor for skole, 2. tertial 2024",
        f"Frist: i dag, {date_format(TODAY, 'j. F Y')}",
        "Fylt ut: 0 av 1",
        "https://plan.testvik.example/arbeid/runder/2-tertial-2024/skole/",
    ]
    assert message.body.endswith("\n\nHilsen\nTestvik kommune\n")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    reminder = Reminder.objects.get(person__username="leder")
    assert (reminder.day, reminder.address, reminder.problem) == (TODAY, "leder@testvik.example", "")
    assert (reminder.subject, reminder.body) == (message.subject, message.body)
    assert before <= (reminder.sent_at or before) <= timezone.now()
    assert [report.unit.slug for report in reminder.reports.all()] == ["skole"]


def test_mail_tells_what_is_late_below_and_carries_the_comment(
    round_: ReportingRound, place: Workplace, leader: User, approver: User
) -> None:
    report = round_.reports.get(unit__slug="skole")
    handing_in.hand_in(report=report, by=leader)
    seen = report.steps.latest("at", "pk").pk
    comment = "Tall & tekst mangler."
    handing_in.send_back(report=report, comment=comment, due_at=round_.sector_due_at, seen_step=seen, by=approver)
    later = TODAY + datetime.timedelta(days=3)
    sending.send(mails=reminding.outstanding().on(later))
    bodies = {message.to[0].partition("@")[0]: message for message in outbox_of.outbox}
    own, _sep, below = bodies["godkjenner"].body.partition("Fristen er passert for disse enhetene under deg.")
    assert (own.count("Sektor for omsorg"), own.count("Sektor for skole")) == (1, 0)
    assert (below.count("Sektor for omsorg"), below.count("Sektor for skole")) == (0, 1)
    assert bodies["leder"].subject == "Fristen er passert: Sektor for skole, 2. tertial 2024"
    lines = bodies["leder"].body.splitlines()
    assert lines[5].endswith(", for 3 dager siden")
    assert lines[6:9] == [
        "Rapporten er låst. Be den som godkjenner, om å åpne den igjen.",
        "Fylt ut: 0 av 1",
        "Sendt tilbake: Tall & tekst mangler.",
    ]


def test_mail_is_one_for_several_reports(round_: ReportingRound, leader: User, approver: User) -> None:
    User.objects.filter(pk=leader.pk).update(is_active=False)
    run()
    [message] = outbox_of.outbox
    assert message.subject == "Frist i dag: Sektor for omsorg og 1 til, 2. tertial 2024"
    assert message.body.count("/arbeid/runder/2-tertial-2024/") == 2


def test_subject_of_days_before_and_of_the_leader_above(round_: ReportingRound, approver: User) -> None:
    round_.reports.filter(unit__slug="omsorg").update(state="approved")
    late = reminding.outstanding().on(TODAY + datetime.timedelta(days=3))
    early = reminding.outstanding().on(TODAY - datetime.timedelta(days=3))
    expected = f"Frist {date_format(TODAY, 'j. F')}: Sektor for skole, 2. tertial 2024"
    assert [subject(one) for one in early] == [expected]
    [above] = [one for one in late if one.person == approver]
    assert subject(above) == "Ikke levert: Sektor for skole, 2. tertial 2024"


def test_sent_twice_a_day_is_sent_once(round_: ReportingRound) -> None:
    run()
    assert run() == "Ingen nye påminnelser er sendt. 2 personer har fått en påminnelse i dag allerede.\n"
    assert sent_to() == ["godkjenner@testvik.example", "leder@testvik.example"]
    assert Reminder.objects.count() == 2


def test_refused_address_is_written_down_and_tried_again(round_: ReportingRound, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    User.objects.filter(username="godkjenner").update(email=REFUSED)
    with pytest.raises(CommandError, match=f"godkjenner <{REFUSED}>: Adressen ble avvist: 550 User unknown"):
        run()
    failed = Reminder.objects.get(person__username="godkjenner")
    assert (failed.sent_at, failed.problem) == (None, "Adressen ble avvist: 550 User unknown")
    assert sent_to() == ["leder@testvik.example"]
    User.objects.filter(username="godkjenner").update(email="ny@testvik.example")
    assert run() == "1 påminnelse er sendt. 1 person har fått en påminnelse i dag allerede.\n"
    failed.refresh_from_db()
    assert (failed.problem, failed.address, failed.sent_at is None) == ("", "ny@testvik.example", False)
    assert sent_to() == ["leder@testvik.example", "ny@testvik.example"]


def test_absent_server_is_called_once_and_each_mail_written_down(round_: ReportingRound, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.AbsentBackend"
    AbsentBackend.calls = 0
    with pytest.raises(CommandError):
        run()
    problems = Reminder.objects.filter(sent_at=None).values_list("problem", flat=True)
    assert (list(problems), AbsentBackend.calls) == (["Fikk ikke kontakt med e-posttjeneren."] * 2, 1)


def test_server_that_hangs_up_stops_no_other_mail(round_: ReportingRound, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.HangingUpBackend"
    with pytest.raises(CommandError):
        run()
    assert set(Reminder.objects.values_list("problem", flat=True)) == {"E-posttjeneren svarte ikke."}
    assert Reminder.objects.count() == 2


def test_person_without_an_address_is_written_down(round_: ReportingRound) -> None:
    User.objects.filter(username="leder").update(email="")
    with pytest.raises(CommandError, match="leder <>: Personen har ingen e-postadresse"):
        run()
    assert sent_to() == ["godkjenner@testvik.example"]


def test_person_who_leaves_meanwhile_is_written_down(round_: ReportingRound) -> None:
    mails = reminding.outstanding().on(TODAY)
    for mail in mails:
        mail.person.is_active = False
    outcome = sending.send(mails=mails)
    assert {one.problem for one in outcome.failed} == {"Personen er ikke aktiv lenger."}
    assert outbox_of.outbox == []


def test_dry_run_writes_and_sends_nothing(round_: ReportingRound) -> None:
    said = run("--dry-run").splitlines()
    assert said == [
        "godkjenner <godkjenner@testvik.example>: Frist i dag: Sektor for omsorg, 2. tertial 2024",
        "leder <leder@testvik.example>: Frist i dag: Sektor for skole, 2. tertial 2024",
    ]
    assert (Reminder.objects.count(), outbox_of.outbox) == (0, [])
    run()
    assert run("--dry-run") == "Ingen påminnelser i dag.\n"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_mail_each(round_: ReportingRound) -> None:
    """Also where both try again what failed."""
    mails = reminding.outstanding().on(TODAY)
    barrier = threading.Barrier(2)
    outcomes: list[sending.Outcome] = []

    def colleague() -> None:
        try:
            barrier.wait()
            outcomes.append(sending.send(mails=mails))
        finally:
            connection.close()

    def both() -> list[int]:
        outcomes.clear()
        threads = [threading.Thread(target=colleague) for _run in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [sum(len(one.sent) for one in outcomes), sum(one.already for one in outcomes)]

    assert (both(), len(outbox_of.outbox)) == ([2, 2], 2)
    Reminder.objects.update(sent_at=None, problem="Adressen ble avvist.")
    assert (both(), len(outbox_of.outbox)) == ([2, 2], 4)
