"""The draft, and publishing it from the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import User
from plans.models import Document
from publishing.models import Publication

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
    assert answer.headers["Location"] == reverse("publishing:version_document", args=[small.slug, 1])
    assert list(Publication.objects.values_list("version", "stage")) == [(1, "proposal")]


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


def test_publish_page_says_which_chapters_have_changed(as_controller: Client, small: Document) -> None:
    url = reverse("publishing:publish", args=[small.slug])
    as_controller.post(url, form())
    assert "Ingenting er endret siden versjon 1." in as_controller.get(url).content.decode()
    small.sections.filter(parent__slug="skole", heading="Målgrupper for tjenestene").update(heading="Målgrupper")
    assert as_controller.get(url).context["changed"] == ["Skole"]


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
