"""`manage.py demo`: a case with people who can log in, on a machine of one's own."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from elverum import cases
from elverum.management.commands import demo
from organisation.models import Membership, User
from plans.models import Document
from publishing.models import Publication
from publishing.tasks import file_names
from reporting.models import ReportingRound
from tests.publishing.pdf_drawing import LEFT_OUT

pytestmark = pytest.mark.draws_pdfs


@pytest.fixture
def fresh_case(db: None) -> Document:
    """The case, loaded into an empty database."""
    return cases.load(folder=cases.FIXTURES / "elverum")


@pytest.fixture
def laptop(settings: Settings, tmp_path: Path) -> Path:
    """A machine with DEBUG on, and a folder to write to."""
    settings.DEBUG = True
    settings.BASE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def publication(fresh_case: Document) -> Publication:
    """The case's document, already published."""
    published = Publication.objects.create(
        document=fresh_case,
        version=1,
        slug=fresh_case.slug,
        title=fresh_case.title,
        year=fresh_case.year,
        stage="adopted",
        published_at=timezone.now(),
        published_by=User.objects.get(username="controller"),
        contents="{}",
        sha256="0" * 64,
    )
    for name, content in zip(file_names(published), (b"%PDF-", b"%PDF-arkiv", b"<arkiv/>"), strict=True):
        published.files.create(name=name, media_type="application/pdf", content=content, size=5, sha256="1" * 64)
    return published


def _run() -> str:
    said = StringIO()
    call_command("demo", no_serve=True, stdout=said)
    return said.getvalue()


def test_demo_with_debug_off_is_refused(db: None, settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="går bare når DEBUG er på"):
        _run()
    assert (Document.objects.count(), User.objects.count()) == (0, 0)


def test_demo_of_a_published_case_publishes_nothing_more(laptop: Path, publication: Publication) -> None:
    _run()
    assert list(Publication.objects.all()) == [publication]
    assert (laptop / "out" / "virksomhetsplan-2024.pdf").read_bytes() == b"%PDF-"


def test_demo_lets_every_demo_person_log_in(laptop: Path, publication: Publication) -> None:
    said = _run()
    people = list(User.objects.filter(is_demo=True))
    assert len(people) == 20
    assert [authenticate(username=one.username, password=demo.LOGIN_WORD) for one in people] == people
    assert [one.username for one in people if one.username not in said] == []


def test_demo_tells_where_the_rounds_are_and_that_they_are_examples(laptop: Path, publication: Publication) -> None:
    said = "Rapportering: http://localhost:8000/arbeid/runder/ (1. tertial 2024, 2. tertial 2024; tallene er eksempler)"
    assert _run().count(said) == 1
    assert _run().count(said) == 1
    assert ReportingRound.objects.count() == 2


def test_demo_whose_pdf_a_worker_is_to_draw_says_so(laptop: Path, fresh_case: Document, settings: Settings) -> None:
    settings.TASKS = LEFT_OUT
    assert _run().count("  PDF:            ikke ferdig ennå\n") == 1
    assert Publication.objects.get().pdf_orders.get().status == "waiting"
    assert (laptop / "out").exists() is False


def test_demo_without_a_controller_says_so(laptop: Path, fresh_case: Document) -> None:
    Membership.objects.filter(role="controller").delete()
    with pytest.raises(CommandError, match="Eksempelet har ingen controller som kan publisere"):
        _run()


@pytest.mark.slow
def test_demo_twice_is_once(db: None, laptop: Path) -> None:
    _run()
    first = Publication.objects.get()
    _run()
    assert Publication.objects.get() == first
    assert (first.version, first.stage, first.decision) == (1, "adopted", "Kommunestyret")
    assert str(first.published_by) == str(User.objects.get(username="controller"))
    assert (laptop / "out" / "virksomhetsplan-2024.pdf").read_bytes()[:5] == b"%PDF-"
