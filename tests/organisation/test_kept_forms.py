"""The session is over when a form is sent: nothing that was typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import User
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db

TEXT = "En lang tekst som noen har brukt formiddagen på."
KEPT = "/arbeid/tatt-vare-pa/"


def send(client: Client, place: Workplace) -> tuple[str, str]:
    """(the page, where the browser is led) for a section that is sent without a session."""
    page = reverse("plans:section_edit", args=[place.schools.text.pk])
    form = {"heading": "Om", "content": "text", "body": TEXT, "state": "draft", "base_version": "1"}
    return page, client.post(page, form)["Location"]


def test_form_sent_without_a_session_is_kept_through_the_login(place: Workplace, leader: User, client: Client) -> None:
    page, login = send(client, place)
    assert login == f"/logg-inn/?next={KEPT}"
    form = {"username": "leder", "password": "leder-passord", "next": KEPT}
    assert client.post("/logg-inn/", form)["Location"] == KEPT
    answer = client.get(KEPT)
    assert answer.context["kept"]["page"] == page
    assert answer.context["texts"] == [TEXT]

    fields = dict(answer.context["fields"])
    assert client.post(page, fields).status_code == 302
    place.schools.text.refresh_from_db()
    assert place.schools.text.body == f"<p>{TEXT}</p>"


def test_kept_form_can_be_thrown_away(place: Workplace, leader: User, client: Client) -> None:
    send(client, place)
    client.force_login(leader)
    assert client.post(KEPT)["Location"] == "/arbeid/"
    assert client.get(KEPT)["Location"] == "/arbeid/"


def test_kept_form_of_another_session_is_not_shown(place: Workplace, leader: User, client: Client) -> None:
    send(Client(), place)
    client.force_login(leader)
    assert client.get(KEPT)["Location"] == "/arbeid/"


def test_form_with_a_wrong_token_is_not_kept(place: Workplace, leader: User) -> None:
    """Another site must not be able to put words into a person's session."""
    client = Client(enforce_csrf_checks=True)
    page = reverse("plans:section_edit", args=[place.schools.text.pk])
    assert client.post(page, {"body": TEXT}).status_code == 403
    client.force_login(leader)
    assert client.get(KEPT)["Location"] == "/arbeid/"


def test_page_that_is_read_without_a_session_comes_after_the_login(place: Workplace, client: Client) -> None:
    page = reverse("plans:section_edit", args=[place.schools.text.pk])
    assert client.get(page)["Location"] == f"/logg-inn/?next={page}"
