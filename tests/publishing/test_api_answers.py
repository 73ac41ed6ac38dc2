"""How the API answers: errors in Norwegian, for everyone and any cache, described in OpenAPI."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from publishing.models import Publication
from tests.publishing.published import add_file, store

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def plan(db: None) -> Publication:
    return store()


def answer(client: Client, path: str) -> Any:
    found = client.get(f"{API}{path}")
    assert found.status_code == 200
    return found.json()


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/publications/finnes-ikke/1", 404, "Det finnes ikke noe på denne adressen."),
        ("/publications/plan-2024/9/contents", 404, "Det finnes ikke noe på denne adressen."),
        ("/publications/plan-2024/9/goals", 404, "Det finnes ikke noe på denne adressen."),
        ("/indicators/finnes-ikke", 404, "Det finnes ikke noe på denne adressen."),
        ("/tull", 404, "Det finnes ikke noe på denne adressen."),
        ("/publications/", 404, "Det finnes ikke noe på denne adressen."),
        ("/observations?limit=501", 422, "«limit» kan være høyst 500."),
        ("/observations?limit=0", 422, "«limit» må være minst 1."),
        ("/observations?offset=-1", 422, "«offset» må være minst 0."),
        ("/publications?year=i+fjor", 422, "«year» må være et helt tall."),
        (
            "/publications?stage=utkast",
            422,
            "«stage» må være en av disse: proposal, adopted, revised, tertial, final.",
        ),
        ("/publications?newest=kanskje", 422, "«newest» må være «true» eller «false»."),
        ("/observations?periode=2023", 422, "«periode» er ikke noe du kan velge etter her."),
        (
            "/observations?period=i+fjor",
            422,
            "«i fjor» er ikke en periode. Skriv for eksempel 2024, 2023/2024, 2024-T1, 2024-03 eller 2024-08-31.",
        ),
    ],
)
def test_errors_are_told_in_norwegian(client: Client, plan: Publication, path: str, status: int, detail: str) -> None:
    found = client.get(f"{API}{path}")
    assert (found.status_code, found.json()) == (status, {"detail": detail})
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/publications", "/openapi.json", "/tull"])
def test_only_reading_is_allowed(client: Client, plan: Publication, method: str, path: str) -> None:
    found = getattr(client, method)(f"{API}{path}")
    assert (found.status_code, found.headers["Allow"]) == (405, "GET, HEAD")
    assert found.json() == {"detail": "API-et kan bare leses. Bruk GET."}


ADDRESSES = [
    "/publications",
    "/publications/plan-2024/1",
    "/publications/plan-2024/1/contents",
    "/publications/plan-2024/1/goals",
    "/indicators",
    "/indicators/lesing",
    "/observations",
    "/openapi.json",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_answers_are_for_everyone_and_any_cache(client: Client, plan: Publication, path: str) -> None:
    client.cookies["sessionid"] = "en-annens"
    found = client.get(f"{API}{path}", headers={"origin": "https://andre.example"})
    assert found.status_code == 200
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.headers["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in found.headers.get("Vary", "")
    assert found.cookies == {}
    again = client.get(f"{API}{path}", headers={"if-none-match": found.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(f"{API}{path}")
    assert (head.status_code, head.content) == (200, b"")


def test_signed_in_sees_the_same(client: Client, plan: Publication, admin_client: Client) -> None:
    for path in ADDRESSES:
        assert admin_client.get(f"{API}{path}").content == client.get(f"{API}{path}").content


@pytest.mark.parametrize("path", [*ADDRESSES[:-1], "/publications/plan-2024/1/goals?missed_since=2023"])
def test_as_many_queries_whatever_there_is(
    client: Client, plan: Publication, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as first:
        client.get(f"{API}{path}")
    for _number in range(3):
        add_file(store(), ".pdf")
    with django_assert_num_queries(len(first)):
        client.get(f"{API}{path}")
    assert len(first) <= 4


def test_openapi_describes_every_answer(client: Client, plan: Publication) -> None:
    found = answer(client, "/openapi.json")
    assert list(found["paths"]) == [
        "/api/v1/publications",
        "/api/v1/publications/{slug}/{version}",
        "/api/v1/publications/{slug}/{version}/contents",
        "/api/v1/publications/{slug}/{version}/goals",
        "/api/v1/indicators",
        "/api/v1/indicators/{slug}",
        "/api/v1/observations",
    ]
    for methods in found["paths"].values():
        assert list(methods) == ["get"]
        assert methods["get"]["summary"]
        assert methods["get"]["description"]
        assert set(methods["get"]["responses"]) == {"200", "404", "422"}
    for name, form in found["components"]["schemas"].items():
        if name.endswith("Form") or name == "PublicationWithFiles":
            assert [key for key, field in form["properties"].items() if not field.get("description")] == []


FORMS = {
    "/publications": ("PublicationForm", True),
    "/publications/plan-2024/1": ("PublicationWithFiles", False),
    "/publications/plan-2024/1/goals": ("GoalForm", True),
    "/indicators": ("IndicatorForm", True),
    "/indicators/lesing": ("IndicatorForm", False),
    "/observations": ("ObservationForm", True),
}


@pytest.mark.parametrize("path", FORMS)
def test_answers_are_as_openapi_says(client: Client, plan: Publication, path: str) -> None:
    form, is_list = FORMS[path]
    described = answer(client, "/openapi.json")["components"]["schemas"][form]["properties"]
    found = answer(client, path)["items"][0] if is_list else answer(client, path)
    assert list(found) == list(described)


def test_openapi_has_no_english_word_of_ours(client: Client) -> None:
    """A docstring of the code would stand as a description."""
    found = json.dumps(answer(client, "/openapi.json"), ensure_ascii=False)
    assert [word for word in ("queries", "Everyone", "newest first", "the file", "Raises") if word in found] == []


def test_addresses_can_be_reversed() -> None:
    assert reverse("publishing:api:publications") == "/api/v1/publications"
    assert reverse("publishing:api:openapi-json") == "/api/v1/openapi.json"
