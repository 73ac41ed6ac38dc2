"""The files of publications: there for ever, soon, or never."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import User
from plans.models import Document
from publishing.freeze import freeze
from publishing.models import Publication
from publishing.tasks import draw_pdf, file_names
from tests.publishing.pdf_drawing import StandIn
from tests.workplace import Workplace

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def publication(place: Workplace, leader: User) -> Publication:
    """A version whose PDFs are still to come."""
    return freeze(document=place.document, stage="adopted", by=leader)


def address(publication: Publication, name: str) -> str:
    return reverse("publishing:publication_file", args=[publication.slug, publication.version, name])


@pytest.mark.parametrize("name", ["plan-versjon-1.pdf", "plan-versjon-1-arkiv.pdf", "plan-versjon-1-arkiv.xml"])
def test_publication_file_that_is_still_to_come_says_so(client: Client, publication: Publication, name: str) -> None:
    answer = client.get(address(publication, name))
    assert answer.status_code == 503
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("10", "no-store")
    assert "ETag" not in answer.headers
    assert answer.content.decode().count("<h1>PDF-en er ikke ferdig ennå</h1>") == 1


def test_publication_file_of_pdfs_that_failed_is_still_to_come(client: Client, publication: Publication) -> None:
    publication.pdf_orders.update(status="failed")
    assert client.get(address(publication, "plan-versjon-1.pdf")).status_code == 503


@pytest.mark.parametrize("name", ["plan-versjon-2.pdf", "plan-utkast.pdf", "plan.pdf", "passord.txt"])
def test_publication_file_that_never_will_be_does_not_exist(
    client: Client, publication: Publication, name: str
) -> None:
    assert client.get(address(publication, name)).status_code == 404


def test_publication_file_of_a_version_without_an_order_does_not_exist(
    client: Client, publication: Publication
) -> None:
    publication.pdf_orders.all().delete()
    assert client.get(address(publication, "plan-versjon-1.pdf")).status_code == 404


def test_publication_file_is_the_same_for_ever(
    client: Client, publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    StandIn().put_in(monkeypatch)
    draw_pdf.call(publication.pdf_orders.get().pk)
    for name in file_names(publication):
        stored = publication.files.get(name=name)
        answer = client.get(address(publication, name))
        assert (answer.status_code, answer.content) == (200, bytes(stored.content))
        assert answer.headers["Cache-Control"] == FOR_EVER
        again = client.get(address(publication, name), headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_publication_file_of_a_draft_is_never_public(client: Client, publication: Publication) -> None:
    Document.objects.update(title="Hemmelig")
    assert client.get(address(publication, "plan-utkast.pdf")).status_code == 404
    assert "Hemmelig" not in client.get(address(publication, "plan-versjon-1.pdf")).content.decode()
