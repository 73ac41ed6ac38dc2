"""The draft, and publishing it from the browser."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organisation.models import User
from plans.models import Document
from publishing.models import PdfOrder, Publication

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]


@pytest.fixture
def small(elverum_case: Document) -> Document:
    elverum_case.sections.chapters().exclude(slug__in=["barnehage", "skole", "styring-ledelse-og-kontroll"]).delete()
    return elverum_case


@pytest.fixture
def as_leader(small: Document, client: Client) -> Client:
    client.force_login(User.objects.get(username="leder.barnehage"))
    return client


@pytest.fixture
def as_controller(small: Document, controller: User, client: Client) -> Client:
    client.force_login(controller)
    return client


def form(**changes: Any) -> dict[str, Any]:
    return {"stage": "proposal", "decision_body": "", "decided_on": "", "version": 1} | changes


def test_draft_shows_a_leader_only_own_chapters(as_leader: Client, small: Document) -> None:
    page = as_leader.get(reverse("publishing:draft", args=[small.slug]))
    assert [chapter.slug for chapter in page.context["chapters"]] == [
        "styring-ledelse-og-kontroll",
        "barnehage",
    ]


def test_draft_chapter_of_another_sector_does_not_exist(as_leader: Client, small: Document) -> None:
    assert as_leader.get(reverse("publishing:draft_chapter", args=[small.slug, "skole"])).status_code == 404


@pytest.mark.parametrize("username", ["controller", "leder.staber", "leder.barnehage"])
def test_draft_chapter_takes_at_most_25_queries(
    elverum_case: Document, client: Client, django_assert_max_num_queries: Ceiling, username: str
) -> None:
    person = User.objects.get(username=username)
    client.force_login(person)
    for chapter in elverum_case.sections.chapters().visible_to(person):
        with django_assert_max_num_queries(25):
            client.get(reverse("publishing:draft_chapter", args=[elverum_case.slug, chapter.slug]))


def test_draft_chapter_shows_values_and_edit_links(as_leader: Client, small: Document) -> None:
    page = as_leader.get(reverse("publishing:draft_chapter", args=[small.slug, "barnehage"]))
    assert page.status_code == 200
    assert "12,66" in page.content.decode()
    assert page.content.decode().count("edit-link") > 5


def test_draft_chapter_that_cannot_be_built_says_why(as_controller: Client, small: Document) -> None:
    small.sections.filter(block="key-figures").update(parameters={"table": "borte"})
    page = as_controller.get(reverse("publishing:draft_chapter", args=[small.slug, "barnehage"]))
    assert page.status_code == 409
    assert "«borte»" in page.content.decode()


def test_draft_file_holds_only_what_the_person_may_see(as_leader: Client, small: Document) -> None:
    answer = as_leader.get(reverse("publishing:draft_file", args=[small.slug, "xlsx"]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="virksomhetsplan-2024-utkast.xlsx"'
    sheets = load_workbook(io.BytesIO(answer.content)).sheetnames
    assert {name.partition(".")[0] for name in sheets} == {"Innhold", "2"}


def test_draft_file_is_a_workbook_only(as_leader: Client, small: Document) -> None:
    assert as_leader.get(reverse("publishing:draft_file", args=[small.slug, "pdf"])).status_code == 404


def test_publish_is_not_for_leaders(as_leader: Client, small: Document) -> None:
    assert as_leader.get(reverse("publishing:publish", args=[small.slug])).status_code == 403
    assert as_leader.post(reverse("publishing:publish", args=[small.slug]), form()).status_code == 403
    assert Publication.objects.count() == 0


def test_publish_shows_findings(as_controller: Client, small: Document) -> None:
    page = as_controller.get(reverse("publishing:publish", args=[small.slug]))
    assert page.status_code == 200
    assert "Planen «Veteraner i Elverum – 2019 – 2023» gikk ut i 2023." in page.content.decode()


def test_publish_makes_the_next_version(as_controller: Client, small: Document) -> None:
    answer = as_controller.post(reverse("publishing:publish", args=[small.slug]), form())
    assert answer.status_code == 302
    publication = Publication.objects.get()
    assert (publication.version, publication.stage, publication.is_correction) == (1, "proposal", False)
    order = PdfOrder.objects.get(publication=publication)
    assert answer.headers["Location"] == reverse("publishing:pdf_order", args=[order.pk])
    page = as_controller.get(answer.headers["Location"]).content.decode()
    assert page.count("<h1") == page.count("Versjon 1 er publisert</h1>") == 1
    assert page.count(f">http://testserver{publication.get_absolute_url()}</a>") == 1
    assert as_controller.get(publication.get_absolute_url()).status_code == 200


def test_publish_twice_from_the_same_page_makes_one_version(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    as_controller.post(url, form())
    again = as_controller.post(url, form(reason="Dobbeltklikk"))
    assert again.status_code == 422
    assert "Versjon 1 er publisert i mellomtiden" in again.content.decode()
    assert Publication.objects.count() == 1


def test_publish_adopted_without_decision_is_refused(as_controller: Client, small: Document) -> None:
    page = as_controller.post(reverse("publishing:publish", args=[small.slug]), form(stage="adopted"))
    assert page.status_code == 422
    assert "Skriv hvem som har vedtatt det, for eksempel «Kommunestyret»." in page.content.decode()
    assert Publication.objects.count() == 0


def test_publish_second_version_needs_what_has_changed(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    as_controller.post(url, form())
    assert as_controller.post(url, form(version=2)).status_code == 422
    assert as_controller.post(url, form(version=2, reason="Rettet tall")).status_code == 302
    second = Publication.objects.get(version=2)
    assert (second.reason, second.is_correction, second.pdf_orders.get().has_changes) == ("Rettet tall", False, False)


def test_publish_first_version_corrects_and_compares_nothing(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    assert list(as_controller.get(url).context["form"].fields) == [
        *("stage", "decision_body", "case_number", "decided_on", "version")
    ]
    as_controller.post(url, form(is_correction="on", has_changes="on", reason="Feil"))
    first = Publication.objects.get()
    assert (first.reason, first.is_correction, first.pdf_orders.get().has_changes) == ("", False, False)


def test_publish_correction_needs_what_was_wrong(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    as_controller.post(url, form())
    refused = as_controller.post(url, form(version=2, is_correction="on"))
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"reason": ["Skriv hva som var feil i forrige versjon."]}
    assert Publication.objects.count() == 1


def test_publish_correction_with_changes_says_both(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    as_controller.post(url, form())
    labels = {name: str(field.label) for name, field in as_controller.get(url).context["form"].fields.items()}
    assert labels["is_correction"] == "Versjonen retter en feil i forrige versjon"
    assert labels["has_changes"] == "Legg endringene siden versjon 1 ved PDF-en som vedlegg"
    as_controller.post(url, form(version=2, is_correction="on", has_changes="on", reason="Feil antall barn"))
    second = Publication.objects.get(version=2)
    assert (second.reason, second.is_correction, second.pdf_orders.get().has_changes) == (
        "Feil antall barn",
        True,
        True,
    )


def test_publish_page_says_what_has_changed(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    as_controller.post(url, form())
    unchanged = as_controller.get(url)
    assert unchanged.context["comparison"].is_empty
    assert "Ingenting er endret." in unchanged.content.decode()
    small.sections.filter(parent__slug="skole", heading="Målgrupper for tjenestene").update(heading="Målgrupper")
    assert as_controller.get(url).context["comparison"].summary == ("1 avsnitt med nytt navn",)


def test_finding_accept_keeps_the_reason(as_controller: Client, small: Document, controller: User) -> None:
    url = reverse("publishing:finding_accept", args=[small.slug])
    as_controller.post(url, {"key": "plan-expired:veteraner", "reason": "Ny plan i mai"})
    acceptance = small.acceptances.get()
    assert (acceptance.key, acceptance.reason, acceptance.accepted_by) == (
        "plan-expired:veteraner",
        "Ny plan i mai",
        controller,
    )


def test_finding_accept_without_reason_keeps_nothing(as_controller: Client, small: Document) -> None:
    as_controller.post(reverse("publishing:finding_accept", args=[small.slug]), {"key": "x:y", "reason": ""})
    assert small.acceptances.count() == 0
