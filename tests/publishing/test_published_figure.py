"""From a published figure to who entered it: only for those who are signed in, and may see the working row."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from organisation.models import User
from publishing.models import PublishedObservation
from publishing.working.published_figure_views import published_figure
from tests.publishing.published import store
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db


def published(place: Workplace, *, period: str = "2024") -> PublishedObservation:
    """A published copy of the school sector's result."""
    return PublishedObservation.objects.create(
        publication=store(),
        indicator_slug=place.schools.result.indicator.slug,
        kind="result",
        period=period,
        period_ends_on="2024-12-31",
        text="4,5",
        chapter_slug="skole",
        table_anchor="malekort",
        row_anchor="malekort-trivsel",
        column=0,
        position=99,
    )


def answer(pk: int, user: User | AnonymousUser) -> HttpResponse:
    request = RequestFactory().get(f"/arbeid/publisert-tall/{pk}/")
    request.user = user
    return published_figure(request, pk)


def test_published_figure_leads_to_the_working_row(place: Workplace, leader: User, client: Client) -> None:
    explained = reverse("scorecards:observation_explain", args=[place.schools.result.pk])
    response = answer(published(place).pk, leader)
    assert (response.status_code, response["Location"]) == (302, explained)
    client.force_login(leader)
    assert client.get(explained).status_code == 200


def test_published_figure_asks_strangers_to_sign_in(place: Workplace) -> None:
    response = answer(published(place).pk, AnonymousUser())
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, reverse("organisation:login"))


def test_published_figure_whose_working_row_is_gone_is_not_found(place: Workplace, leader: User) -> None:
    with pytest.raises(Http404):
        answer(published(place, period="2019").pk, leader)
    with pytest.raises(Http404):
        answer(0, leader)
