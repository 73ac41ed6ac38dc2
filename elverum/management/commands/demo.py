"""`manage.py demo`: a whole case, published and with people who can log in, on a machine of one's own."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.shortcuts import resolve_url

from elverum import cases
from organisation.access import Right, Role
from organisation.bulk import LoadingError
from organisation.loading import give_demo_password
from organisation.models import User
from plans.models import Document
from publishing.freeze import freeze
from publishing.models import Publication
from publishing.tasks import file_names
from reporting.models import ReportingRound

LOGIN_WORD = "elverum-demo"
"""The demo people's password: known to everyone, and refused where DEBUG is off (`organisation.backends`)."""

CONSOLE_MAIL = "django.core.mail.backends.console.EmailBackend"


class Command(BaseCommand):
    """Makes the database, loads a case with its rounds, publishes its document and serves the site.

    Running it again harms nothing.
    """

    help = "Lager databasen, leser inn et eksempel, publiserer dokumentet og starter nettstedet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which case, and whether and where to serve it."""
        parser.add_argument("--case", choices=cases.names(), default="elverum", help="mappen under fixtures/")
        parser.add_argument("--no-serve", action="store_true", help="ikke start nettstedet")
        parser.add_argument("--port", type=int, default=8000, help="porten nettstedet svarer på")

    def handle(self, *, case: str, no_serve: bool, port: int, **_options: object) -> None:
        """Do it, step by step."""
        if not settings.DEBUG:
            raise CommandError("Demoen lager brukere med kjent passord, og går bare når DEBUG er på.")
        call_command("migrate", verbosity=0)
        folder = cases.FIXTURES / case
        try:
            document = cases.load(folder=folder)
            rounds = cases.load_examples(folder=folder, document=document)
        except LoadingError as error:
            raise CommandError(str(error)) from error
        people = give_demo_password(password=LOGIN_WORD)
        publication = document.publications.order_by("version").first() or self._publish(document, folder)
        site = f"http://localhost:{port}"
        self._tell(publication, people, _write_pdf(publication), site)
        if rounds:
            self._tell_of_rounds(rounds, site)
        if not no_serve:
            call_command("runserver", f"{port}", use_reloader=False)

    def _publish(self, document: Document, folder: Path) -> Publication:
        people = User.objects.filter(is_demo=True, memberships__role=Role.CONTROLLER).order_by("pk")
        controller = next((one for one in people if document.unit_id in one.unit_ids(Right.PUBLISH)), None)
        if controller is None:
            raise CommandError("Eksempelet har ingen controller som kan publisere.")
        self.stdout.write("Publiserer dokumentet. Det tar noen sekunder å lage PDF-en …")
        decision = cases.decision(folder=folder)
        return freeze(
            document=document,
            stage=decision.stage,
            decision_body=decision.text,
            decided_on=decision.decided_on,
            by=controller,
        )

    def _tell(self, publication: Publication, people: list[User], pdf: Path | None, site: str) -> None:
        self.stdout.write(f"\n{publication} er publisert.")
        self.stdout.write(f"  Nettsted:       {site}/")
        self.stdout.write(f"  Logg inn:       {site}{resolve_url(settings.LOGIN_URL)}")
        self.stdout.write(f"  Administrasjon: {site}{resolve_url('admin:index')}")
        self.stdout.write(f"  PDF:            {pdf or 'ikke ferdig ennå'}\n\n")
        self.stdout.write(f"Logg inn med passordet «{LOGIN_WORD}»:")
        width = max((len(person.username) for person in people), default=0)
        for person in people:
            roles = "; ".join(f"{one.get_role_display()}, {one.unit}" for one in person.memberships.all())
            self.stdout.write(f"  {person.username:<{width}} {person} ({roles})")

    def _tell_of_rounds(self, rounds: list[ReportingRound], site: str) -> None:
        titles = ", ".join(str(one) for one in rounds)
        self.stdout.write(
            f"\nRapportering: {site}{resolve_url('reporting:round_list')} ({titles}; tallene er eksempler)"
        )
        if settings.EMAIL_BACKEND == CONSOLE_MAIL:
            self.stdout.write("E-posten som påminnelsene sender, vises her i terminalen.")


def _write_pdf(publication: Publication) -> Path | None:
    """Write the publication's PDF to `out/`. Returns the path, relative to where the project stands.

    None where the PDF is not there: it is left to a worker, or could not be drawn.
    """
    file = publication.files.filter(name=file_names(publication)[0]).first()
    if file is None:
        return None
    path = Path("out") / f"{publication.slug}.pdf"
    target = settings.BASE_DIR / path
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(file.content)
    return path
