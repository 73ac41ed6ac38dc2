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

    help = "Sender dagens påminnelser om enhetsrapporter på e-post. Kjøres én gang om dagen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="vis hva som skulle vært sendt, uten å sende")

    def handle(self, **options: Any) -> None:
        today = timezone.localdate()
        mails = outstanding().on(today)
        if options["dry_run"]:
            lines = [f"{one.person} <{one.person.email}>: {subject(one)}" for one in waiting(mails, day=today)]
            self.stdout.write("\n".join(lines) or "Ingen påminnelser i dag.")
            return
        outcome = send(mails=mails)
        self.stdout.write(str(outcome))
        if outcome.failed:
            lines = [f"{one.person} <{one.address}>: {one.problem}" for one in outcome.failed]
            raise CommandError("\n".join([_("Noen påminnelser kunne ikke sendes:"), *lines]))
