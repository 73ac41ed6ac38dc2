"""Drawing PDFs in the background: of publications, which are out meanwhile, and by a worker."""

from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from organisation.access import Role
from organisation.models import Membership, User
from plans.models import Document
from publishing import tasks
from publishing.freeze import freeze
from publishing.models import PdfOrder
from publishing.ordering_pdf import order_draft, send, try_again
from tests.publishing.pdf_drawing import BY_WORKER, LEFT_OUT, StandIn, run_worker
from tests.publishing.sample import CONTENTS
from tests.workplace import Workplace

pytestmark = pytest.mark.draws_pdfs

SENTENCE = "Noe gikk galt da PDF-en ble laget. Prøv igjen, eller si fra til dem som driver systemet."


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Draws in place of WeasyPrint."""
    return StandIn().put_in(monkeypatch)


@pytest.fixture
def publisher(place: Workplace) -> User:
    """Someone who publishes for the whole municipality."""
    person = User.objects.create_user("publiserer")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=place.document.unit)
    return person


def test_freeze_orders_the_pdfs_after_the_rest(place: Workplace, publisher: User, drawing: StandIn) -> None:
    publication = freeze(document=place.document, stage="adopted", by=publisher)
    made = publication.pdf_orders.get()
    assert (made.status, made.name, made.ordered_by) == ("done", "plan-versjon-1.pdf", publisher)
    assert list(publication.files.order_by("pk").values_list("name", flat=True))[-3:] == tasks.file_names(publication)
    assert tasks.file_names(publication) == [
        "plan-versjon-1.pdf",
        "plan-versjon-1-arkiv.pdf",
        "plan-versjon-1-arkiv.xml",
    ]
    assert made.content is None


def test_publication_is_out_while_its_pdf_follows(
    place: Workplace, publisher: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = LEFT_OUT
    publication = freeze(document=place.document, stage="adopted", by=publisher)
    names = set(publication.files.values_list("name", flat=True))
    assert (publication.chapters.count(), publication.pdf_orders.get().status) == (3, "waiting")
    assert names & set(tasks.file_names(publication)) == set()
    tasks.draw_pdf.call(publication.pdf_orders.get().pk)
    assert set(publication.files.values_list("name", flat=True)) == names | set(tasks.file_names(publication))


def test_pdfs_of_a_publication_are_all_there_or_none(
    place: Workplace, publisher: User, drawing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> bytes:
        raise ValueError

    monkeypatch.setattr("publishing.book.archive.metadata", refuse)
    publication = freeze(document=place.document, stage="adopted", by=publisher)
    assert publication.files.filter(name__in=tasks.file_names(publication)).count() == 0
    assert publication.pdf_orders.get().status == "failed"


def test_pdfs_of_a_publication_are_never_doubled_or_changed(
    place: Workplace, publisher: User, drawing: StandIn
) -> None:
    publication = freeze(document=place.document, stage="adopted", by=publisher)
    before = list(publication.files.order_by("pk").values())
    publication.pdf_orders.update(status="failed")
    try_again(order=publication.pdf_orders.get())
    assert publication.pdf_orders.get().status == "done"
    assert len(drawing.drawn) == 2
    assert list(publication.files.order_by("pk").values()) == before


def test_freeze_with_changes_compares_with_the_version_before(
    place: Workplace, publisher: User, drawing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "compare", lambda old, new: (old.title, new.title))
    first = freeze(document=place.document, stage="proposal", by=publisher, has_changes=True)
    Document.objects.update(title="Ny tittel")
    document = Document.objects.get()
    second = freeze(document=document, stage="adopted", by=publisher, reason="Navn", has_changes=True)
    assert [one.pdf_orders.get().has_changes for one in (first, second)] == [False, True]
    assert [changes for _c, _e, changes in drawing.drawn] == [None, ("Virksomhetsplan", "Ny tittel")]


def test_worker_draws_what_waits(
    transactional_db: None, place: Workplace, leader: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = BY_WORKER
    waiting = order_draft(document=place.document, contents=CONTENTS, before=None, by=leader)
    assert (waiting.status, drawing.drawn) == ("waiting", [])
    assert connection.in_atomic_block is False
    run_worker()
    assert PdfOrder.objects.get().status == "done"
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL"]


def test_worker_that_fails_keeps_the_reason_and_draws_again(
    transactional_db: None, place: Workplace, publisher: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = BY_WORKER
    drawing.problem = ValueError("fonten mangler")
    publication = freeze(document=place.document, stage="adopted", by=publisher)
    run_worker()
    failed = publication.pdf_orders.get()
    result = DBTaskResult.objects.get()
    assert (failed.status, failed.problem, result.status) == ("failed", SENTENCE, "FAILED")
    assert "ValueError: fonten mangler" in result.traceback
    drawing.problem = None
    try_again(order=failed)
    run_worker()
    assert publication.pdf_orders.get().status == "done"
    assert publication.files.filter(name__in=tasks.file_names(publication)).count() == 3


def test_worker_draws_an_order_that_was_sent_twice_once(
    transactional_db: None, place: Workplace, leader: User, drawing: StandIn, settings: Settings
) -> None:
    settings.TASKS = BY_WORKER
    send(order_draft(document=place.document, contents=CONTENTS, before=None, by=leader))
    run_worker()
    assert (DBTaskResult.objects.count(), len(drawing.drawn)) == (2, 1)
