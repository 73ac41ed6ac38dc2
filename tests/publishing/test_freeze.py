"""Publishing a version."""

import datetime
import json

import pytest

from organisation.models import User
from plans.models import Document, Section
from publishing import json_form
from publishing.freeze import CannotPublish, freeze
from publishing.models import PdfOrder, Publication
from publishing.tasks import file_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(elverum_case: Document) -> Document:
    """The plan with two chapters left."""
    elverum_case.sections.chapters().exclude(slug__in=["barnehage", "fellesfunksjoner"]).delete()
    return elverum_case


@pytest.fixture
def publication(small: Document, controller: User) -> Publication:
    return freeze(
        document=small,
        stage="adopted",
        decision_body="Kommunestyret",
        case_number="1/24",
        decided_on=datetime.date(2023, 12, 20),
        by=controller,
    )


def test_freeze_stores_contents_with_their_checksum(publication: Publication) -> None:
    assert publication.version == 1
    assert json_form.digest(publication.contents.encode()) == publication.sha256
    titles = [chapter["title"] for chapter in json.loads(publication.contents)["chapters"]]
    assert titles == ["Barnehage", "Fellesfunksjoner"]


def test_freeze_stores_a_page_for_each_chapter(publication: Publication) -> None:
    chapters = list(publication.chapters.values_list("number", "slug", "title"))
    assert chapters == [("1", "barnehage", "Barnehage"), ("2", "fellesfunksjoner", "Fellesfunksjoner")]
    page = publication.chapters.get(slug="barnehage")
    assert [
        "mal-for-tjenesteproduksjonen-malekort-2024",
        "Mål for tjenesteproduksjonen – målekort 2024",
        2,
    ] in page.outline
    assert "Antall barn pr. pedagog skal være i henhold til norm" in page.html


def test_freeze_stores_each_assessed_row_as_a_figure(publication: Publication) -> None:
    figures = publication.figures.all()
    assert len(figures) == 14
    assert (figures[0].name, figures[0].result, figures[0].target, figures[0].outcome) == (
        "Antall barn pr. pedagog skal være i henhold til norm",
        "12,66",
        ">14",
        "not_assessable",
    )


def test_freeze_stores_files_with_checksums(publication: Publication) -> None:
    files = {file.name: file for file in publication.files.all()}
    assert {f"virksomhetsplan-2024-versjon-1.{ending}" for ending in ("json", "xlsx")} - set(files) == set()
    for file in files.values():
        assert file.size == len(file.content)
        assert file.sha256 == json_form.digest(bytes(file.content))


def test_freeze_leaves_the_pdfs_to_an_order(publication: Publication, controller: User) -> None:
    assert publication.files.filter(name__in=file_names(publication)).count() == 0
    order = publication.pdf_orders.get()
    assert (order.status, order.name, order.ordered_by, order.has_changes) == (
        "waiting",
        "virksomhetsplan-2024-versjon-1.pdf",
        controller,
        False,
    )


def test_freeze_again_leaves_the_first_version_as_it_was(
    publication: Publication, small: Document, controller: User
) -> None:
    before = Publication.objects.filter(pk=publication.pk).values().get()
    pages = list(publication.chapters.values("slug", "html"))
    chapter = small.sections.get(slug="barnehage")
    Section.objects.create(document=small, parent=chapter, unit=chapter.unit, position=99, body="<p>Nytt avsnitt</p>")
    second = freeze(document=small, stage="revised", reason="Nytt avsnitt", by=controller)
    assert second.version == 2
    assert "Nytt avsnitt" in second.chapters.get(slug="barnehage").html
    assert Publication.objects.filter(pk=publication.pk).values().get() == before
    assert list(publication.chapters.values("slug", "html")) == pages


def test_freeze_keeps_that_a_version_is_a_correction(
    publication: Publication, small: Document, controller: User
) -> None:
    second = freeze(
        document=small, stage="revised", reason="Feil tall", is_correction=True, has_changes=True, by=controller
    )
    assert [one.is_correction for one in (publication, second)] == [False, True]
    assert second.pdf_orders.get().has_changes is True


def test_freeze_document_without_chapters_is_refused(small: Document, controller: User) -> None:
    small.sections.all().delete()
    with pytest.raises(CannotPublish, match="ingen kapitler"):
        freeze(document=small, stage="proposal", by=controller)
    assert (Publication.objects.count(), PdfOrder.objects.count()) == (0, 0)


def test_freeze_that_someone_else_came_before_stores_nothing(
    publication: Publication, small: Document, controller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.freeze._next_version", lambda document: 1)
    with pytest.raises(CannotPublish, match="publiserte versjon 1"):
        freeze(document=small, stage="revised", by=controller)
    assert list(Publication.objects.values_list("version", flat=True)) == [1]
    assert publication.chapters.count() == 2
    assert PdfOrder.objects.count() == 1
