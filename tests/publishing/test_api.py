"""The read-only API: what it gives of publications, goals, indicators and values."""

import dataclasses
import datetime
from typing import Any

import pytest
from django.test import Client

from publishing.json_form import digest
from publishing.models import Publication, PublishedObservation
from tests.publishing.published import MEASURED, add_file, changed, store
from tests.publishing.sample import FORMULA

pytestmark = pytest.mark.django_db

API = "/api/v1"
LATER = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def plan(db: None) -> Publication:
    return store(decision_body="Kommunestyret", case_number="12/24", decided_on=datetime.date(2023, 12, 20))


@pytest.fixture
def second(plan: Publication) -> Publication:
    """The same plan once more, to correct it."""
    return store(reason="Feil tall.", is_correction=True)


def answer(client: Client, path: str) -> Any:
    found = client.get(f"{API}{path}")
    assert found.status_code == 200
    return found.json()


def items(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(client, path)["items"]
    return found


def test_publications_newest_first(client: Client, second: Publication) -> None:
    found = answer(client, "/publications")
    assert (found["count"], found["next"]) == (2, None)
    assert [one["version"] for one in found["items"]] == [2, 1]
    assert found["items"][1] == {
        "slug": "plan-2024",
        "version": 1,
        "newest_version": 2,
        "title": "Virksomhetsplan 2024",
        "kind": "annual-plan",
        "year": 2024,
        "stage": "adopted",
        "decision_body": "Kommunestyret",
        "case_number": "12/24",
        "decided_on": "2023-12-20",
        "reason": "",
        "is_correction": False,
        "published_at": "2024-01-10T12:00:00Z",
        "sha256": second.sha256,
        "address": "http://localhost:8000/publikasjoner/plan-2024/versjon-1/",
        "contents": "http://localhost:8000/api/v1/publications/plan-2024/1/contents",
    }


@pytest.mark.parametrize(
    ("question", "versions"),
    [
        ("year=2024", [2, 1]),
        ("year=2023", []),
        ("kind=annual-plan&stage=adopted", [2, 1]),
        ("kind=tertial-report", []),
        ("stage=proposal", []),
        ("newest=true", [2]),
        ("limit=1", [2]),
        ("limit=1&offset=1", [1]),
    ],
)
def test_publications_filtered(client: Client, second: Publication, question: str, versions: list[int]) -> None:
    assert [one["version"] for one in items(client, f"/publications?{question}")] == versions


def test_publications_next_keeps_the_filters(client: Client, second: Publication) -> None:
    following = answer(client, "/publications?stage=adopted&limit=1")["next"]
    assert following == "http://localhost:8000/api/v1/publications?stage=adopted&limit=1&offset=1"
    last = client.get(following.removeprefix("http://localhost:8000")).json()
    assert ([one["version"] for one in last["items"]], last["next"]) == ([1], None)


def test_publication_with_its_files(client: Client, plan: Publication) -> None:
    found = answer(client, "/publications/plan-2024/1")
    assert [(file["name"], file["what"]) for file in found["files"]] == [
        ("plan-2024-versjon-1.html", "Én HTML-fil"),
        ("plan-2024-versjon-1.xlsx", "Excel"),
        ("plan-2024-versjon-1.json", "JSON"),
        ("plan-2024-versjon-1.zip", "Datapakke (Frictionless)"),
    ]
    for file in found["files"]:
        content = client.get(file["address"].removeprefix("http://localhost:8000")).content
        assert (len(content), digest(content)) == (file["size"], file["sha256"])
    add_file(plan, ".pdf")
    assert answer(client, "/publications/plan-2024/1")["files"][-1]["what"] == "PDF"


def test_publication_contents_byte_for_byte(client: Client, plan: Publication) -> None:
    found = client.get(f"{API}/publications/plan-2024/1/contents")
    assert found.content == plan.contents.encode()
    assert digest(found.content) == plan.sha256
    assert found.headers["ETag"] == f'"{plan.sha256}"'
    assert "immutable" in found.headers["Cache-Control"]
    assert found.headers["Link"].startswith("<http://localhost:8000/data/publikasjon.schema.json>")


def test_publication_goals(client: Client, plan: Publication) -> None:
    found = items(client, "/publications/plan-2024/1/goals")
    assert [(one["indicator"], one["outcome"]) for one in found] == [
        ("lesing", "missed"),
        ("trivsel", "reached"),
        ("besok", "not_measured"),
    ]
    assert found[0] == {
        "indicator": "lesing",
        "name": "Lesing på 5. trinn",
        "area": "skole",
        "area_title": "Skole",
        "sector": "Sektor for skole",
        "group": "202: Grunnskole",
        "period": "2023",
        "result": "46,2 %",
        "target": "50 %",
        "outcome": "missed",
        "reason": "",
        "distance": "0.076",
        "trend": "worse",
        "missed_since": "2022",
        "comment": "",
    }


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("outcome=missed", ["lesing"]),
        ("trend=better", ["trivsel"]),
        ("area=omsorg", ["besok"]),
        ("missed_since=2022", ["lesing"]),
        ("missed_since=2023-T2", ["lesing"]),
        ("missed_since=2021", []),
        ("outcome=nearly", []),
    ],
)
def test_publication_goals_filtered(client: Client, plan: Publication, question: str, found: list[str]) -> None:
    assert [one["indicator"] for one in items(client, f"/publications/plan-2024/1/goals?{question}")] == found


def test_indicators_each_once_as_last_said(client: Client, plan: Publication) -> None:
    """A correction of an older year's plan is published later, but does not say how things are now."""
    older = dataclasses.replace(MEASURED.indicators[0], name="Et gammelt navn")
    store(changed(slug="plan-2023", year=2023, indicators=(older, *MEASURED.indicators[1:])), published_at=LATER)
    found = answer(client, "/indicators")
    assert found["count"] == 3
    assert [one["slug"] for one in found["items"]] == ["besok", "lesing", "trivsel"]
    assert {one["publication"] for one in found["items"]} == {"plan-2024"}
    assert found["items"][0]["name"] == FORMULA
    assert found["items"][1]["address"] == "http://localhost:8000/indikatorer/lesing/"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("search=trinn", ["lesing"]),
        ("search=TRIVSEL", ["trivsel"]),
        ("search=øverste", ["lesing"]),
        ("area=skole", ["lesing", "trivsel"]),
        ("area=omsorg", ["besok"]),
        ("area=skole&search=lesing", ["lesing"]),
        ("search=finnes ikke", []),
    ],
)
def test_indicators_filtered(client: Client, plan: Publication, question: str, found: list[str]) -> None:
    assert [one["slug"] for one in items(client, f"/indicators?{question}")] == found


def test_indicator_leads_to_its_observations(client: Client, plan: Publication) -> None:
    found = answer(client, "/indicators/lesing")
    assert (found["definition"], found["tolerance"], found["source"]) == ("Andel på ØVERSTE nivå", "0.5", "Skoleporten")
    values = client.get(found["observations"].removeprefix("http://localhost:8000")).json()
    assert [(one["period"], one["kind"], one["value"], one["text"]) for one in values["items"]] == [
        ("2022", "result", "48.5", "48,5 %"),
        ("2023", "result", "46.2", "46,2 %"),
        ("2024", "target", "50", "50 %"),
    ]


def test_observations_of_the_newest_versions(client: Client, second: Publication) -> None:
    assert {one["version"] for one in items(client, "/observations")} == {2}
    assert {one["version"] for one in items(client, "/observations?version=1")} == {1}
    assert answer(client, "/observations")["count"] == 9


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("indicator=lesing", 3),
        ("period=2023", 3),
        ("kind=target", 3),
        ("publication=plan-2024", 9),
        ("publication=plan-2023", 0),
        ("indicator=lesing&period=2024&kind=target", 1),
        ("period=2024-T1", 0),
    ],
)
def test_observations_filtered(client: Client, plan: Publication, question: str, count: int) -> None:
    assert answer(client, f"/observations?{question}")["count"] == count


def test_observation_numbers_are_exact_text(client: Client, plan: Publication) -> None:
    one = PublishedObservation.objects.filter(indicator_slug="besok", period="2022").get()
    assert items(client, "/observations?indicator=besok&period=2022")[0]["value"] is None
    for stored, shown in (("1234567.12345678", "1234567.12345678"), ("-0.50", "-0.5"), ("1E+3", "1000")):
        PublishedObservation.objects.filter(pk=one.pk).update(value=stored)
        assert items(client, "/observations?indicator=besok&period=2022")[0]["value"] == shown


def test_observation_address_is_where_it_stands(client: Client, plan: Publication) -> None:
    one = items(client, "/observations?indicator=lesing&period=2023")[0]
    assert one["address"] == "http://localhost:8000/publikasjoner/plan-2024/versjon-1/skole/#malekort-lesing"
