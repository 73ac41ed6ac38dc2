"""Signing in and out."""

import pytest
from django.test import Client

from organisation.models import User

pytestmark = pytest.mark.django_db

LOGIN, LOGOUT = "/logg-inn/", "/logg-ut/"


@pytest.fixture
def kari() -> User:
    return User.objects.create_user("kari", password="hemmelig-nok-1")


def test_login_with_the_right_password_goes_to_the_page_asked_for(client: Client, kari: User) -> None:
    data = {"username": "kari", "password": "hemmelig-nok-1", "next": "/publikasjoner/"}
    response = client.post(LOGIN, data)
    assert (response.status_code, response.headers["Location"]) == (302, "/publikasjoner/")
    assert client.session["_auth_user_id"] == str(kari.pk)


def test_login_with_the_wrong_password_shows_the_form_again(client: Client, kari: User) -> None:
    response = client.post(LOGIN, {"username": "kari", "password": "feil"})
    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1
    assert "_auth_user_id" not in client.session


def test_login_without_a_name_points_the_field_at_its_error(client: Client) -> None:
    page = client.post(LOGIN, {"username": "", "password": "x"}).content.decode()
    assert page.count('aria-describedby="id_username_error"') == 1
    assert page.count('id="id_username_error"') == 1
    assert page.count('href="#id_username"') == 1


def test_login_does_not_lead_to_another_site(client: Client, kari: User) -> None:
    page = "https://example.org/"
    client.post(LOGOUT)
    response = client.post(f"{LOGIN}?next={page}", {"username": "kari", "password": "hemmelig-nok-1", "next": page})
    assert response.status_code == 302
    assert response.headers["Location"] != page


def test_logout_signs_out_and_goes_to_the_front_page(client: Client, kari: User) -> None:
    client.force_login(kari)
    response = client.post(LOGOUT)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session


def test_logout_by_link_is_refused(client: Client, kari: User) -> None:
    client.force_login(kari)
    assert client.get(LOGOUT).status_code == 405
    assert client.session["_auth_user_id"] == str(kari.pk)
