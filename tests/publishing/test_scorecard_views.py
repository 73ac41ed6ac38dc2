"""The overview and the page of a service area: what they count, list, compare and lead to."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from scorecards.assessment import Outcome
from tests.publishing.goals_by_hand import Figure, at, observe, publish, succeed

pytestmark = pytest.mark.django_db

OVERVIEW, AREA = "/malekort/", "/malekort/2024/skole/"
SHORT = "public, max-age=60"
QUERIES = {OVERVIEW: 4, AREA: 4}
MISSED: dict[str, Any] = {"outcome": "missed", "distance": Decimal("0.2"), "missed_since": "2022"}


def text_at(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def turns(client: Client, path: str = OVERVIEW) -> list[tuple[str, dict[str, list[str]]]]:
    """What the overview is compared with, and the indicators that have taken each turn."""
    return [
        (
            since.issue.words,
            {kind: [one.goal.figure.indicator_slug for one in some] for kind, some in since.changes.groups},
        )
        for since in client.get(path).context["changed"]
    ]


# The overview


def test_scorecard_overview_without_publications_says_so(client: Client) -> None:
    response = client.get(OVERVIEW)
    assert response.status_code == 200
    assert response.content.decode().count("Ingen mål er publisert ennå.") == 1


def test_scorecard_overview_of_a_publication_without_goals_says_so(client: Client) -> None:
    publish("plan-2024", Figure())
    publish("melding", kind="annual-report", year=2023, stage="final")
    page = text_at(client, f"{OVERVIEW}?publikasjon=melding")
    assert page.count("Denne publikasjonen har ingen vurderte mål.") == 1
    assert page.count('<option value="melding:1" selected>2023, årsmelding (endelig), versjon 1</option>') == 1


def test_scorecard_overview_counts_by_area_and_sector(client: Client) -> None:
    publish(
        "plan-2024",
        Figure("a", sector="Økonomi", chapter_slug="styringsmaal", chapter_title="Styringsmål", is_area=False),
        Figure("b", "missed", sector="Kultur"),
        Figure("c", "nearly", sector="Kultur"),
        Figure("d", "not_measured", sector=""),
        Figure("e", "not_assessable", chapter_slug="helse", chapter_title="Helse", sector="Kultur"),
    )
    overview = client.get(OVERVIEW).context["overview"]

    def counts(standing: Any) -> tuple[str, int, int, int, int, int]:
        return (
            standing.title,
            standing.reached,
            standing.nearly,
            standing.missed,
            standing.not_measured,
            standing.not_assessable,
        )

    assert [counts(one) for one in overview.standings] == [
        ("Styringsmål", 1, 0, 0, 0, 0),
        ("Skole", 0, 1, 1, 1, 0),
        ("Helse", 0, 0, 0, 0, 1),
    ]
    assert [counts(one) for one in overview.sectors] == [
        ("Kultur", 0, 1, 1, 0, 1),
        ("Økonomi", 1, 0, 0, 0, 0),
        ("Ingen sektor oppgitt", 0, 0, 0, 1, 0),
    ]
    assert counts(overview.whole) == ("Hele kommunen", 1, 1, 1, 1, 1)


def test_scorecard_overview_leads_on_from_each_miss(client: Client) -> None:
    publish("plan-2024", Figure("a", name="Lesing", row_anchor="malekort-a", **MISSED))
    page = text_at(client, OVERVIEW)
    assert page.count('href="/indikatorer/a/">Lesing</a>') == 1
    assert page.count(f'href="{AREA}">Skole</a>') == 2
    assert page.count('href="/publikasjoner/plan-2024/versjon-1/skole/#malekort-a"') == 1
    assert page.count("siden 2022</span>") == 1
    assert page.count("«Siden» er den første perioden i den ubrutte rekken") == 1


def test_scorecard_overview_leads_from_a_sector_to_its_list_in_the_newest_version(client: Client) -> None:
    publish("plan-2024", Figure("a", sector="Kultur og idrett"), Figure("b", sector=""), version=1)
    publish("plan-2024", Figure("a", sector="Kultur og idrett"), Figure("b", sector=""), version=2)
    link = 'href="/indikatorer/?publication=plan-2024&amp;sector=Kultur%20og%20idrett">Kultur og idrett</a>'
    assert text_at(client, OVERVIEW).count(link) == 1
    assert text_at(client, OVERVIEW).count("&amp;sector=") == 1
    assert text_at(client, f"{OVERVIEW}?publikasjon=plan-2024&versjon=1").count("&amp;sector=") == 0


def test_scorecard_overview_tells_why_a_goal_is_not_assessed(client: Client) -> None:
    publish("plan-2024", Figure("a", "not_assessable", reason="Ingen måltall."))
    response = client.get(OVERVIEW)
    assert [outcome for outcome, _goals in response.context["overview"].unknown] == [Outcome.NOT_ASSESSABLE]
    assert response.content.decode().count("Ingen måltall.") == 1


def test_scorecard_overview_is_compared_with_the_year_and_the_version_before(client: Client) -> None:
    publish("plan-2023", Figure("a", "missed"), Figure("gone"), year=2023)
    publish("plan-2024", Figure("a", "missed"), Figure("b"), stage="proposal", version=1)
    publish("plan-2024", Figure("a"), Figure("c", "missed"), version=2)
    assert turns(client) == [
        (
            "2023, virksomhetsplan (vedtatt), versjon 1",
            {"better": ["a"], "new": ["c"], "dropped": ["gone"]},
        ),
        ("2024, virksomhetsplan (forslag), versjon 1", {"better": ["a"], "new": ["c"], "dropped": ["b"]}),
    ]


def test_scorecard_overview_follows_an_indicator_that_succeeds_another(client: Client) -> None:
    publish("plan-2023", Figure("old"), year=2023)
    succeed(publish("plan-2024", Figure("new", **MISSED)), "new", "old")
    assert turns(client) == [("2023, virksomhetsplan (vedtatt), versjon 1", {"worse": ["new"]})]


def test_scorecard_overview_of_a_tertial_is_compared_with_the_one_before(client: Client) -> None:
    publish("plan-2024", Figure("a"))
    tertial: dict[str, Any] = {"kind": "tertial-report", "stage": "tertial"}
    publish("t1", Figure("a", **MISSED | {"period": "2024-T1"}), **tertial, published_at=at(2024, 6))
    publish("t2", Figure("a", period="2024-T2"), **tertial, published_at=at(2024, 10))
    assert turns(client, f"{OVERVIEW}?publikasjon=t2") == [("2024, 1. tertial, versjon 1", {"better": ["a"]})]
    assert turns(client, f"{OVERVIEW}?publikasjon=t1&versjon=1") == [
        ("2024, virksomhetsplan (vedtatt), versjon 1", {"worse": ["a"]})
    ]


def test_scorecard_overview_with_nothing_to_compare_with_says_so(client: Client) -> None:
    publish("plan-2024", Figure())
    assert text_at(client, OVERVIEW).count("Det er ikke publisert noe tidligere") == 1


def test_scorecard_overview_shows_what_the_form_asks_for(client: Client) -> None:
    publish("plan-2024", Figure("a"), version=1)
    publish("plan-2024", Figure("b"), version=2)
    response = client.get(OVERVIEW, {"vis": "plan-2024:1"}, follow=True)
    assert response.redirect_chain == [("/malekort/?publikasjon=plan-2024&versjon=1", 302)]
    assert response.context["issue"].version == 1
    assert response.content.decode().count("selected>2024, virksomhetsplan (vedtatt), versjon 1</option>") == 1


@pytest.mark.parametrize(
    "path",
    [
        f"{OVERVIEW}?publikasjon=ukjent",
        f"{OVERVIEW}?publikasjon=plan-2024&versjon=9",
        f"{OVERVIEW}?publikasjon=plan-2024&versjon=ny",
        f"{OVERVIEW}?versjon=1",
        "/malekort/2024/ukjent/",
        "/malekort/1999/skole/",
        "/malekort/2023/skole/?publikasjon=plan-2024",
        f"{AREA}?publikasjon=ukjent",
        f"{AREA}?publikasjon=plan-2024&versjon=9",
    ],
)
def test_unknown_scorecard_is_not_found(client: Client, path: str) -> None:
    publish("plan-2024", Figure())
    response = client.get(path)
    assert response.status_code == 404
    assert response.content.decode().count("<h1>Fant ikke siden</h1>") == 1


# A service area


def test_scorecard_says_it_all_in_the_first_sentence(client: Client) -> None:
    publish(
        "plan-2024",
        Figure("a"),
        Figure("b", name="Lesing", row_anchor="malekort-b", **MISSED),
        Figure("c", "nearly"),
        Figure("d", "not_measured"),
        Figure("e", chapter_slug="helse"),
    )
    page = " ".join(text_at(client, AREA).split())
    assert page.count("1 av 3 vurderte mål er nådd. 1 er ikke nådd:</p>") == 1
    assert page.count('<a class="ds-link" href="#malekort-b">Lesing</a> <span class="goals__since">(siden 2022)') == 1
    assert page.count("1 er nesten nådd. 1 er ikke målt eller kan ikke vurderes.") == 1


def test_scorecard_shows_the_missed_goals_first(client: Client) -> None:
    publish("plan-2024", Figure("a"), Figure("b", "not_measured"), Figure("c", "nearly"), Figure("d", **MISSED))
    shown = client.get(AREA).context["overview"].by_outcome
    assert [goal.figure.indicator_slug for _outcome, goals in shown for goal in goals] == ["d", "c", "b", "a"]


def test_scorecard_draws_the_results_that_were_known(client: Client) -> None:
    earlier = publish("plan-2023", Figure("a", result="3", period="2022"), year=2023)
    observe(earlier, "a", "2021", "2,5")
    wrong = publish("plan-2024", Figure("a", result="9"), version=1)
    observe(wrong, "a", "2020", "99")
    publish("plan-2024", Figure("a", result="4"), version=2)
    publish("plan-2025", Figure("a", result="7", period="2024"), year=2025)
    goals = client.get(AREA).context["overview"].goals
    assert [(point.period, point.text) for point in goals[0].line] == [("2021", "2,5"), ("2022", "3"), ("2023", "4")]
    page = text_at(client, AREA)
    assert page.count("<title>2021: 2,5. 2022: 3. 2023: 4. Mål: 5.</title>") == 1


def test_scorecard_without_earlier_results_draws_no_line(client: Client) -> None:
    publish("plan-2024", Figure("a"))
    assert text_at(client, AREA).count("sparkline") == 0


def test_scorecard_folds_the_comment_and_tells_the_trend(client: Client) -> None:
    publish("plan-2024", Figure("a", name="Lesing", trend="worse", comment="Årsak: Sykdom.\nTiltak: Vikar.", **MISSED))
    page = text_at(client, AREA)
    assert page.count("<p>Årsak: Sykdom.<br>Tiltak: Vikar.</p>") == 1
    assert page.count('Kommentar<span class="visually-hidden"> til Lesing</span>') == 1
    assert page.count("Dårligere enn forrige måling") == 1


def test_scorecard_is_of_the_newest_publication_of_the_year_and_leads_to_the_others(client: Client) -> None:
    publish("plan-2023", Figure("a"), year=2023)
    publish("plan-2024", Figure("a"))
    publish("rapport", Figure("a", period="2024-T1"), kind="tertial-report", published_at=at(2024, 6))
    publish("annet", Figure("b", chapter_slug="helse"), published_at=at(2024, 7))
    response = client.get(AREA)
    assert response.context["issue"].slug == "rapport"
    page = response.content.decode()
    assert page.count(f'href="{AREA}?publikasjon=plan-2024&amp;versjon=1">2024, virksomhetsplan (vedtatt)') == 1
    assert page.count('href="/malekort/2023/skole/?publikasjon=plan-2023&amp;versjon=1">2023, virksomhetsplan') == 1
    assert page.count("Det er publisert noe nyere for samme år.") == 0


def test_scorecard_of_an_earlier_publication_says_that_there_is_a_newer_one(client: Client) -> None:
    publish("plan-2024", Figure("a"), version=1)
    publish("plan-2024", Figure("a"), version=2)
    page = text_at(client, f"{AREA}?publikasjon=plan-2024&versjon=1")
    assert page.count("Det er publisert noe nyere for samme år.") == 1
    assert page.count(f'href="{AREA}">2024, virksomhetsplan (vedtatt), versjon 2</a>') == 1


# Both


@pytest.mark.parametrize("path", [OVERVIEW, AREA])
@pytest.mark.parametrize("goals", [1, 40])
def test_scorecard_page_takes_as_many_queries_for_many_goals(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, goals: int
) -> None:
    for year in (2022, 2023, 2024):
        figures = [Figure(f"maal-{one}", **MISSED) for one in range(goals)]
        publish(f"plan-{year}", *figures, year=year)
    with django_assert_num_queries(QUERIES[path]):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", [OVERVIEW, AREA, f"{OVERVIEW}?publikasjon=plan-2024&versjon=1", f"{OVERVIEW}?vis=plan-2024:1"]
)
def test_scorecard_page_may_be_kept_for_a_minute(client: Client, path: str) -> None:
    publish("plan-2024", Figure())
    publish("plan-2024", Figure(), version=2)
    assert client.get(path).headers["Cache-Control"] == SHORT
    assert client.post(path).status_code == 405
