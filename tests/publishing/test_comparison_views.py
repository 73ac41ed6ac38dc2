"""The page of a comparison: what it shows and leads to, how long it may be kept, and how few queries it takes."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing import json_form
from publishing.models import Publication
from publishing.structure import Contents
from tests.publishing.comparison_edits import put
from tests.publishing.sample import CONTENTS, SCORECARD

pytestmark = pytest.mark.django_db

PLAN = "/publikasjoner/plan/"
FOREVER = "public, max-age=31536000, immutable"
WITHOUT_A_GOAL = put(CONTENTS, SCORECARD.groups[0].rows[0])

Store = Callable[..., Publication]


@pytest.fixture
def store() -> Store:
    """A function that stores a version of a plan."""
    municipality = Municipality.objects.create(number="3499", name="Dalen kommune", short_name="Dalen", is_owner=True)
    unit = Unit.objects.create(municipality=municipality, kind="municipality", name="Dalen kommune", slug="dalen")
    document = Document.objects.create(slug="plan", kind="annual-plan", title="Plan", year=2024, unit=unit)
    person = User.objects.create_user("kari", password="hemmelig-nok-1")

    def make(version: int, contents: Contents, stage: str = "proposal", **fields: object) -> Publication:
        text = json_form.canonical(json_form.to_json(contents))
        return Publication.objects.create(
            document=document,
            version=version,
            slug="plan",
            title="Plan",
            year=2024,
            stage=stage,
            published_at=timezone.now(),
            published_by=person,
            contents=text,
            sha256=json_form.digest(text.encode()),
            **fields,
        )

    return make


@pytest.fixture
def two(store: Store) -> None:
    """A proposal, and the plan as it was adopted without one of its goals."""
    store(1, CONTENTS)
    decided = {"decision_body": "Kommunestyret", "case_number": "7/24", "decided_on": datetime.date(2024, 2, 1)}
    store(2, WITHOUT_A_GOAL, "adopted", reason="Ett mål gikk ut.", **decided)


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_comparison_names_the_dropped_goal_and_leads_to_it(client: Client, two: None) -> None:
    page = text_of(client, f"{PLAN}versjon-1...2/")
    assert "<li>1 mål fjernet</li>" in page
    assert '<span class="compared-tag compared-tag--removed">Fjernet</span> Oppetid for nettverket' in page
    assert f'href="{PLAN}versjon-1/barnehage/#malekort"' in page
    assert f'href="{PLAN}versjon-2/barnehage/#malekort"' in page
    assert "Innbyggere 0–1 år" not in page


def test_comparison_says_which_versions(client: Client, two: None) -> None:
    page = text_of(client, f"{PLAN}versjon-1...2/")
    assert "Vedtatt, Kommunestyret, sak 7/24" in page
    assert "1. februar 2024" in page
    assert "Ett mål gikk ut." in page


def test_comparison_the_other_way_tells_the_opposite(client: Client, two: None) -> None:
    assert "<li>1 nytt mål</li>" in text_of(client, f"{PLAN}versjon-2...1/")


def test_comparison_escapes_what_people_wrote(client: Client, store: Store) -> None:
    store(1, put(CONTENTS, SCORECARD.groups[0].rows[1]))
    store(2, CONTENTS)
    page = text_of(client, f"{PLAN}versjon-1...2/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_comparison_is_kept_for_ever_and_knows_no_later_version(client: Client, two: None, store: Store) -> None:
    address = f"{PLAN}versjon-1...2/"
    before = client.get(address)
    Publication.objects.create(
        **{field.name: getattr(Publication.objects.get(version=2), field.name) for field in Publication._meta.fields}
        | {"id": None, "version": 3}
    )
    assert before.headers["Cache-Control"] == FOREVER
    assert client.get(address).content == before.content


@pytest.mark.parametrize("address", ["versjon-1...3/", "versjon-0...1/", "versjon-9...9/"])
def test_comparison_with_an_unknown_version_is_not_found(client: Client, two: None, address: str) -> None:
    assert client.get(f"{PLAN}{address}").status_code == 404


def test_comparison_with_itself_leads_to_the_document(client: Client, two: None) -> None:
    response = client.get(f"{PLAN}versjon-2...2/")
    assert (response.status_code, response.headers["Location"]) == (302, PLAN)


def test_comparison_of_equal_versions_says_so(client: Client, store: Store) -> None:
    store(1, CONTENTS)
    store(2, CONTENTS)
    assert "Ingenting er endret." in text_of(client, f"{PLAN}versjon-1...2/")


def test_comparison_takes_three_queries(
    client: Client, two: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        client.get(f"{PLAN}versjon-1...2/")


def test_compare_leads_to_the_comparison_that_was_chosen(client: Client, two: None) -> None:
    response = client.get("/sammenlign/", {"dokument": "plan", "fra": "2", "til": "1"})
    assert (response.status_code, response.headers["Location"]) == (302, f"{PLAN}versjon-2...1/")
    assert response.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "chosen",
    [
        {"dokument": "plan", "fra": "1", "til": "9"},
        {"dokument": "plan", "fra": "1"},
        {"dokument": "plan", "fra": "en", "til": "to"},
        {"dokument": "ukjent"},
        {"dokument": "ukjent", "fra": "1", "til": "2"},
    ],
)
def test_compare_of_what_does_not_exist_is_not_found(client: Client, two: None, chosen: dict[str, str]) -> None:
    assert client.get("/sammenlign/", chosen).status_code == 404


def test_compare_without_a_choice_lets_the_reader_choose(client: Client, two: None) -> None:
    page = text_of(client, "/sammenlign/")
    assert '<option value="1" selected>Versjon 1, forslag</option>' in page
    assert '<option value="2" selected>Versjon 2, vedtatt</option>' in page


def test_compare_offers_no_document_with_one_version(client: Client, store: Store) -> None:
    store(1, CONTENTS)
    assert "Ingen dokumenter er publisert i mer enn én versjon ennå." in text_of(client, "/sammenlign/")
