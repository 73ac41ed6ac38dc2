"""`manage.py send_reminders [--dry-run]`: today's reminders, for cron. A second run the same day sends none twice."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.reminder_mail import subject
from reporting.reminding import outstanding
from reporting.sending import send, waiting


class Command(BaseCommand):
    """Sends what `reporting.reminding` says of the day in Norway. Fails when a mail could not be sent."""

    help = "Send today's reminders about unit reports by e-mail. Run it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print what would be sent, and send nothing")

    def handle(self, **options: Any) -> None:
        today = timezone.localdate()
        mails = outstanding().on(today)
        if options["dry_run"]:
            for mail in waiting(mails, day=today):
                self.stdout.write(f"{mail.person} <{mail.person.email}>: {subject(mail)}")
            return
        outcome = send(mails=mails)
        self.stdout.write(str(outcome))
        if outcome.failed:
            lines = [f"{one.person} <{one.address}>: {one.problem}" for one in outcome.failed]
            raise CommandError("\n".join([_("Noen påminnelser kunne ikke sendes:"), *lines]))
