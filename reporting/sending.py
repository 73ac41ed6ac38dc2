"""Sending reminders: claim the person's day, send, write down how it went.

A claim is a `Reminder` that is not sent and has no problem; the database lets one run have it, and it is committed
before anything is sent, so that no lock is held while the mail server is talked to. A run that is killed between the
two leaves the claim: that person gets no second mail on that day, and the list says that the sending was broken off.
"""

import contextlib
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.models import Reminder
from reporting.reminder_mail import write
from reporting.reminding import Mail

FAILURES = (OSError, ValueError)
"""What sending fails with: the mail server or the network (an SMTPException is an OSError), or what is no address."""

SECONDS = 20
"""How long the mail server may take to answer, where the settings say nothing."""

HEADERS = {"Auto-Submitted": "auto-generated"}
"""Keeps automatic replies away (RFC 3834)."""

LONGEST_PROBLEM = Reminder._meta.get_field("problem").max_length


@dataclass
class Outcome:
    """How a run went: those that were sent, how many had theirs already that day, and those that could not be sent."""

    sent: list[Reminder] = field(default_factory=list)
    already: int = 0
    failed: list[Reminder] = field(default_factory=list)

    def __str__(self) -> str:
        sent, already, failed = len(self.sent), self.already, len(self.failed)
        one_or_more = ngettext("%(number)s påminnelse er sendt.", "%(number)s påminnelser er sendt.", sent)
        said = [one_or_more % {"number": sent} if sent else _("Ingen nye påminnelser er sendt.")]
        if already:
            one_or_more = ngettext(
                "%(number)s person har fått en påminnelse i dag allerede.",
                "%(number)s personer har fått en påminnelse i dag allerede.",
                already,
            )
            said.append(one_or_more % {"number": already})
        if failed:
            said.append(_("%(number)s kunne ikke sendes.") % {"number": failed})
        return " ".join(said)


def send(*, mails: Iterable[Mail]) -> Outcome:
    """Send each mail that its person has not got on its day. What fails is written down, and the others go out.

    Not atomic, on purpose: each claim is committed before its mail is sent. What failed earlier the same day is tried
    again, what was sent is not.
    """
    outcome, post = Outcome(), _Post()
    with contextlib.closing(post):
        for mail in mails:
            reminder = _claim(mail)
            if reminder is None:
                outcome.already += 1
                continue
            reminder.problem = _unreachable(mail) or post.deliver(reminder)
            reminder.sent_at = None if reminder.problem else timezone.now()
            reminder.save(update_fields=["sent_at", "problem"])
            (outcome.failed if reminder.problem else outcome.sent).append(reminder)
    return outcome


def waiting(mails: Iterable[Mail], *, day: datetime.date) -> list[Mail]:
    """The mails whose person has not been sent one on the day. One query."""
    told = told_on(day)
    return [mail for mail in mails if mail.person.pk not in told]


def told_on(day: datetime.date) -> set[int]:
    """Ids of those who have been sent a reminder on the day."""
    return set(Reminder.objects.filter(day=day, sent_at__isnull=False).values_list("person_id", flat=True))


@transaction.atomic
def _claim(mail: Mail) -> Reminder | None:
    """The reminder, with what it is to say now; None where another run has it or it is sent.

    The constraint on person and day lets one of two runs make the row. Of two that try a failed one again, the UPDATE
    finds the problem for the first alone.
    """
    subject, body = write(mail)
    facts = {"address": mail.person.email, "subject": subject, "body": body}
    reminder, is_new = Reminder.objects.get_or_create(person=mail.person, day=mail.day, defaults=facts)
    if not is_new:
        failed = Reminder.objects.filter(pk=reminder.pk, sent_at__isnull=True).exclude(problem="")
        if not failed.update(**facts, problem=""):
            return None
        reminder.refresh_from_db()
    reminder.reports.set({*mail.own, *mail.below})
    return reminder


def _unreachable(mail: Mail) -> str:
    """Why there is no use in trying, or ""."""
    if not mail.person.is_active:
        return _("Personen er ikke aktiv lenger.")
    return "" if mail.person.email else _("Personen har ingen e-postadresse.")


class _Post:
    """The way out: one connection for all mails, opened again after a failure, given up when it cannot be opened."""

    def __init__(self) -> None:
        self.connection = get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS)
        self.is_away = False

    def deliver(self, reminder: Reminder) -> str:
        """Send it. Returns why it could not be sent, or ""."""
        message = EmailMessage(
            reminder.subject, reminder.body, to=[reminder.address], headers=HEADERS, connection=self.connection
        )
        if not self._is_open():
            return _("Fikk ikke kontakt med e-posttjeneren.")
        try:
            message.send()
        except FAILURES as error:
            self.close()
            return Truncator(_why(error)).chars(LONGEST_PROBLEM or 0)
        return ""

    def _is_open(self) -> bool:
        if not self.is_away:
            try:
                self.connection.open()
            except FAILURES:
                self.is_away = True
        return not self.is_away

    def close(self) -> None:
        """Hang up; a server that has done so already is no failure."""
        with contextlib.suppress(*FAILURES):
            self.connection.close()


def _why(error: Exception) -> str:
    """The failure in a sentence for the person who reads the list."""
    if isinstance(error, SMTPRecipientsRefused):
        code, refusal = next(iter(error.recipients.values()))
        return _("Adressen ble avvist: %(answer)s") % {"answer": f"{code} {_readable(refusal)}"}
    if isinstance(error, SMTPResponseException):
        answer = f"{error.smtp_code} {_readable(error.smtp_error)}"
        return _("E-posttjeneren tok ikke imot: %(answer)s") % {"answer": answer}
    if isinstance(error, SMTPServerDisconnected | TimeoutError):
        return _("E-posttjeneren svarte ikke.")
    return _("E-posten kunne ikke sendes: %(error)s") % {"error": error}


def _readable(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
