"""What every test shares: a fast password hash, and a word at the end when the browser tests did not run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from elverum import cases
from organisation.access import Role
from organisation.models import Membership, Municipality, Unit, User
from plans.models import Document
from reporting.models import ReportingRound
from tests.publishing.pdf_drawing import LEFT_OUT
from tests.workplace import Workplace, open_tertial

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium: set CHROMIUM to its path, or install the package chromium"


def chromium_path() -> Path | None:
    """The Chromium to test with: the one CHROMIUM names, else the first on the PATH, else none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`: leave out tests that ask no database, where they have been run against another one already."""
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark everything in tests/browser/ as `browser`, and skip it where there is no Chromium.

    Tests that read the loaded case are marked as using the database, or none would be made when they run alone.
    """
    for item in items:
        if "loaded_case" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)
    browser = [item for item in items if item.path.is_relative_to(Path(__file__).parent / "browser")]
    for item in browser:
        item.add_marker(pytest.mark.browser)
        if chromium_path() is None:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    if config.getoption("--database-only"):
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    """Whether the test may ask the database: by its mark, or by a fixture that does."""
    return item.get_closest_marker("django_db") is not None or "db" in getattr(item, "fixturenames", ())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in plain words that nothing was tried in a browser."""
    if chromium_path() is None:
        terminalreporter.write_line(f"Browser tests were skipped: {NO_BROWSER}.", yellow=True)


@pytest.fixture(scope="session")
def chromium() -> Path | None:
    """The path of the Chromium to test with; tests in tests/browser/ are skipped where it is None."""
    return chromium_path()


@pytest.fixture(autouse=True)
def _pdfs_left_out(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Draw no PDF, which takes seconds, but in tests that are marked `draws_pdfs`. What is ordered waits."""
    if request.node.get_closest_marker("draws_pdfs") is None:
        settings.TASKS = LEFT_OUT


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Settings) -> None:
    """Hash passwords with MD5, since a safe hash is slow on purpose and tests log in often."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# People: four who work in a small municipality with two sectors, and an approver.


@pytest.fixture
def top(db: None) -> Unit:
    """The municipality itself, at the top of the organisation tree."""
    owner = Municipality.objects.create(number="0001", name="Testvik kommune", short_name="Testvik", is_owner=True)
    return Unit.objects.create(municipality=owner, kind="municipality", name="Testvik kommune", slug="testvik")


def _unit(parent: Unit, kind: str, name: str, slug: str) -> Unit:
    return Unit.objects.create(municipality=parent.municipality, parent=parent, kind=kind, name=name, slug=slug)


@pytest.fixture
def schools(top: Unit) -> Unit:
    """The sector the leader leads."""
    return _unit(top, "sector", "Sektor for skole", "skole")


@pytest.fixture
def one_school(schools: Unit) -> Unit:
    """A unit of the leader's sector."""
    return _unit(schools, "unit", "Bakken skole", "bakken-skole")


@pytest.fixture
def care(top: Unit) -> Unit:
    """The other sector."""
    return _unit(top, "sector", "Sektor for omsorg", "omsorg")


def _person(username: str, role: Role, unit: Unit) -> User:
    person = User.objects.create_user(username, password=f"{username}-passord", is_staff=role == Role.ADMINISTRATOR)
    Membership.objects.create(user=person, role=role, unit=unit)
    return person


@pytest.fixture
def leader(schools: Unit) -> User:
    """Leads the school sector."""
    return _person("leder", Role.LEADER, schools)


@pytest.fixture
def approver(top: Unit) -> User:
    """Approves for the whole municipality."""
    return _person("godkjenner", Role.APPROVER, top)


@pytest.fixture
def controller(top: Unit) -> User:
    """Runs the round, imports and publishes."""
    return _person("controller", Role.CONTROLLER, top)


@pytest.fixture
def administrator(top: Unit) -> User:
    """Keeps people and code lists."""
    return _person("administrator", Role.ADMINISTRATOR, top)


@pytest.fixture
def reader(top: Unit) -> User:
    """Reads what is not published."""
    return _person("leser", Role.READER, top)


@pytest.fixture
def place(top: Unit, schools: Unit, care: Unit) -> Workplace:
    """What the municipality works on: one of each, of both sectors."""
    return Workplace.build(top=top, schools=schools, care=care)


@pytest.fixture
def tertial(place: Workplace) -> ReportingRound:
    """The round of the second tertial, open for both sectors, with a week left."""
    return open_tertial(top=place.document.unit, units=[place.schools.card.unit, place.care.card.unit])


@pytest.fixture(scope="module")
def loaded_case(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Document]:
    """The case of Elverum, loaded once for all tests of a file. Tests that ask for this alone must only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cases.load(folder=cases.FIXTURES / "elverum")
        transaction.set_rollback(True)


@pytest.fixture
def elverum_case(loaded_case: Document, db: None) -> Document:
    """The case of Elverum to change as one likes: what a test does to it is taken back after the test.

    Its people are let in as if they were not of a demo, which is refused when DEBUG is off.
    """
    User.objects.update(is_demo=False)
    return Document.objects.get(pk=loaded_case.pk)
