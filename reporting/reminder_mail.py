"""What a reminder says: a subject with what and when, and a plain text with each report, its progress and its link."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reporting import deadlines
from reporting.models import Reminder, UnitReport
from reporting.reminding import Mail, days_past

LONGEST_SUBJECT = Reminder._meta.get_field("subject").max_length


@dataclass(frozen=True)
class Entry:
    """A report as the mail tells of it on a day; `days` is how long ago the last day was, below 0 before it."""

    report: UnitReport
    day: datetime.date

    @property
    def days(self) -> int:
        """How many days it is late."""
        return days_past(self.report, self.day)

    @property
    def days_left(self) -> int:
        """How many days are left."""
        return -self.days

    @property
    def locks_on(self) -> datetime.date:
        """The last day on which it can be written in."""
        return deadlines.day_of(self.report.locks_at)

    @property
    def is_locked(self) -> bool:
        """Whether that day is past."""
        return self.day > self.locks_on

    @property
    def address(self) -> str:
        """The way straight to the report, for someone who is not on the site."""
        return f"{settings.SITE_URL}{self.report.get_absolute_url()}"


def write(mail: Mail) -> tuple[str, str]:
    """The subject and the text."""
    context = {
        "person": mail.person,
        "own": [Entry(one, mail.day) for one in mail.own],
        "below": [Entry(one, mail.day) for one in mail.below],
        "sender": (mail.own or mail.below)[0].unit.municipality.name,
    }
    return subject(mail), render_to_string("reporting/mail/reminder.txt", context).strip() + "\n"


def subject(mail: Mail) -> str:
    """What and when, on one line: "Frist i dag: Sektor for barnehage, 2. tertial 2024"; cut where there is no room."""
    first, *others = mail.due or mail.below
    facts = {"unit": first.unit.name, "round": first.round.title, "number": len(others)}
    what = _("%(unit)s og %(number)s til, %(round)s") if others else _("%(unit)s, %(round)s")
    line = " ".join(f"{_when(mail)}: {what % facts}".split())
    return Truncator(line).chars(LONGEST_SUBJECT or len(line))


def _when(mail: Mail) -> str:
    if not mail.due:
        return _("Ikke levert")
    due_on = mail.due[0].due_on
    if due_on == mail.day:
        return _("Frist i dag")
    return (
        _("Fristen er passert") if due_on < mail.day else _("Frist %(day)s") % {"day": date_format(due_on, _("j. F"))}
    )
