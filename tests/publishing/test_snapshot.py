"""Publishing reads one moment of the database, also while people save. With real connections, on both databases."""

import threading
from typing import Any

import pytest
from django.db import connection

from organisation.models import Unit
from plans.models import Document, Section
from publishing import freeze
from publishing.building import contents
from publishing.structure import Contents


@pytest.fixture
def document(transactional_db: None, top: Unit) -> Document:
    document = Document.objects.create(slug="plan", kind="annual-plan", title="Plan", year=2024, unit=top)
    Section.objects.create(document=document, unit=top, position=1, heading="Før", slug="kapittel")
    return document


def rename(document: Document) -> None:
    """What a colleague does meanwhile, in a thread with a connection of its own."""
    document.sections.update(heading="Etter")
    connection.close()


def test_snapshot_does_not_see_what_is_saved_while_it_is_made(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = threading.Thread(target=rename, args=[document])
    seen: list[str] = []

    def build(*args: Any, **kwargs: Any) -> Contents:
        seen.append(document.sections.get().heading)
        colleague.start()
        colleague.join(timeout=1)  # SQLite lets the colleague wait until the snapshot is made
        built = contents_build(*args, **kwargs)
        seen.append(built.chapters[0].title)
        return built

    contents_build = contents.build
    monkeypatch.setattr(contents, "build", build)
    freeze._snapshot(document)
    colleague.join()
    assert seen == ["Før", "Før"]
    assert document.sections.get().heading == "Etter"
