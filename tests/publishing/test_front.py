"""The front page: the newest plan's goals, and the ways on to each area's page."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.publishing.goals_by_hand import Figure, at, publish

pytestmark = pytest.mark.django_db

QUERIES = 4


def text_at(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


def test_front_without_publications_says_so(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.content.decode().count("Ingenting er publisert ennå.") == 1
    assert response.context["overview"] is None


def test_front_of_a_plan_without_goals_shows_the_plan_alone(client: Client) -> None:
    publish()
    response = client.get("/")
    assert [one.slug for one in response.context["publications"]] == ["plan-2024"]
    assert response.context["overview"] is None


def test_front_counts_the_goals_of_the_newest_version(client: Client) -> None:
    publish("plan-2024", Figure("a", "missed"), version=1)
    publish("plan-2024", Figure("a"), Figure("b", "missed"), Figure("c", "not_measured"), version=2)
    context = client.get("/").context
    whole = context["overview"].whole
    assert (whole.reached, whole.nearly, whole.missed, whole.unassessed, whole.assessed) == (1, 0, 1, 1, 2)
    assert (context["issue"].slug, context["issue"].version) == ("plan-2024", 2)
    assert [goal.figure.indicator_slug for goal in context["overview"].missed] == ["b"]


def test_front_lists_a_report_but_counts_the_plan(client: Client) -> None:
    publish("plan-2024", Figure("a", "missed"))
    publish("rapport", Figure("a", "reached", period="2024-T1"), kind="tertial-report", published_at=at(2024, 6))
    context = client.get("/").context
    assert [one.slug for one in context["publications"]] == ["rapport", "plan-2024"]
    assert context["issue"].slug == "plan-2024"


def test_front_leads_to_each_area_and_to_the_overview(client: Client) -> None:
    publish("plan-2024", Figure("a", "missed", Decimal("0.2"), missed_since="2023"))
    page = text_at(client)
    assert page.count('<th scope="row"><a class="ds-link" href="/malekort/2024/skole/">Skole</a>') == 1
    assert page.count('href="/malekort/">Målekort: hva som er endret, og alle år og perioder</a>') == 1
    assert page.count('href="/indikatorer/a/">Mål</a>') == 1
    assert page.count("siden 2023</span>") == 1
    assert page.count('href="/publikasjoner/plan-2024/versjon-1/skole/#malekort-maal"') == 1


def test_front_leads_to_the_figures_it_counts_when_something_newer_is_published(client: Client) -> None:
    publish("plan-2024", Figure("a"))
    publish("rapport", Figure("a", period="2024-T1"), kind="tertial-report", published_at=at(2024, 6))
    page = text_at(client)
    assert page.count('href="/malekort/2024/skole/?publikasjon=plan-2024&amp;versjon=1">Skole</a>') == 1


def test_front_folds_all_but_the_largest_misses(client: Client) -> None:
    publish("plan-2024", *(Figure(f"maal-{number}", "missed", Decimal(number)) for number in range(8)))
    response = client.get("/")
    shown = [goal.figure.indicator_slug for goal in response.context["overview"].most_missed]
    assert shown == ["maal-7", "maal-6", "maal-5", "maal-4", "maal-3", "maal-2"]
    assert response.content.decode().count("Vis de 2 andre") == 1


@pytest.mark.parametrize("goals", [1, 40])
def test_front_takes_as_many_queries_for_many_goals(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, goals: int
) -> None:
    for year in range(2020, 2025):
        figures = [Figure(f"maal-{one}", "missed", chapter_slug=f"omraade-{one % 5}") for one in range(goals)]
        publish(f"plan-{year}", *figures, year=year)
    with django_assert_num_queries(QUERIES):
        assert client.get("/").status_code == 200
