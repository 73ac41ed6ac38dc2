"""The list of all published indicators: what stands in it, what narrows it, its order and its pages."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from publishing.models import Publication, PublishedFigure
from tests.publishing.small_publications import add, add_goal, add_value, fill, goal, make_document, publish

pytestmark = pytest.mark.django_db

LIST = "/indikatorer/"
MOST_QUERIES = 8


@pytest.fixture
def plan(db: None) -> Publication:
    """A plan with nothing in it yet."""
    return publish(make_document("plan", "Plan 2024"))


@pytest.fixture
def mixed(plan: Publication) -> Publication:
    """The plan with goals of every outcome in two areas, and a figure that is no goal."""
    fill(plan)
    return plan


def ask(client: Client, **words: str) -> Any:
    return client.get(f"{LIST}?{urlencode(words)}" if words else LIST)


def names(client: Client, **words: str) -> list[str]:
    return [row.record.slug for row in ask(client, **words).context["table"].page.object_list]


def cells(client: Client, **words: str) -> list[dict[str, str]]:
    rows = ask(client, **words).context["table"].page.object_list
    return [{column.name: str(cell) for column, cell in row.items()} for row in rows]


# What stands in it


def test_explore_of_nothing_says_so(client: Client, db: None) -> None:
    response = ask(client)
    assert response.status_code == 200
    assert response.content.decode().count("Ingenting er publisert ennå.") == 1


def test_explore_lists_goals_and_other_figures(client: Client, mixed: Publication) -> None:
    assert names(client) == ["besok", "elever", "fall", "lesing", "svar", "trivsel", "ventetid"]
    assert ask(client).context["count"] == "7 indikatorer"


def test_explore_row_says_what_a_reader_asks(client: Client, mixed: Publication) -> None:
    (row,) = cells(client, text="lesing")
    assert row["name"] == '<a class="ds-link" href="/indikatorer/lesing/">Lesing</a>'
    assert row["area"] == (
        '<a class="ds-link" href="/publikasjoner/plan/versjon-1/skole/#malekort-lesing">Skole</a>'
        ' <span class="data-table__rownote">Plan 2024</span>'
    )
    assert row["result"] == '4 <span class="data-table__rownote">2023</span>'
    assert (row["target"], row["distance"]) == ("5", "12,5\u00a0%")
    assert row["outcome"].count("✗") == row["outcome"].count("Ikke nådd") == row["outcome"].count("siden 2021") == 1
    assert row["trend"].count("dårligere") == 1


def test_explore_row_of_what_is_no_goal_has_its_newest_result(client: Client, mixed: Publication) -> None:
    (row,) = cells(client, text="elever")
    assert row["result"] == '302 <span class="data-table__rownote">2023</span>'
    assert {row[name] for name in ("target", "outcome", "distance", "trend")} == {"—"}
    assert row["area"].count('href="/publikasjoner/plan/versjon-1/skole/#tabell-elever"') == 1


def test_explore_row_of_an_indicator_without_a_value_leads_to_the_document(client: Client, plan: Publication) -> None:
    add(plan, "elever")
    (row,) = cells(client)
    assert row["area"] == '<a class="ds-link" href="/publikasjoner/plan/versjon-1/">Plan 2024</a>'
    assert row["result"] == "—"


def test_explore_distance_from_zero_is_no_percentage(client: Client, plan: Publication) -> None:
    goal(plan, "mobbing", "missed", distance="10.6", result="10,6 %", target="0 %")
    assert cells(client)[0]["distance"] == "10,6 fra målet"


def test_explore_escapes_what_is_published(client: Client, plan: Publication) -> None:
    goal(plan, "fiende", name="<script>alert(1)</script>")
    assert cells(client)[0]["name"].count("<script>") == 0


def test_explore_shows_an_indicator_once_from_the_newest_publication(client: Client, plan: Publication) -> None:
    goal(plan, "trivsel", "missed")
    report = publish(make_document("rapport", "Rapport"), day=5)
    goal(report, "trivsel", "reached")
    assert [row["outcome"].count("Nådd") for row in cells(client)] == [1]
    assert names(client, publication="plan", outcome="missed") == ["trivsel"]
    assert names(client, outcome="missed") == []


def test_explore_prefers_a_goal_to_a_newer_mention(client: Client, plan: Publication) -> None:
    goal(plan, "trivsel", "missed")
    add(publish(make_document("rapport"), day=5), "trivsel")
    assert names(client, outcome="missed") == ["trivsel"]


def test_explore_forgets_what_only_an_older_version_has(client: Client, plan: Publication) -> None:
    goal(plan, "trivsel", "missed")
    goal(plan, "gammel", "missed")
    goal(publish(plan.document, day=5), "trivsel", "reached")
    assert (names(client), names(client, outcome="missed")) == (["trivsel"], [])


def test_explore_shows_the_areas_own_row_before_a_summarys(client: Client, plan: Publication) -> None:
    add(plan, "trivsel", chapter="Oppsummering")
    add_goal(plan, "trivsel", "missed", chapter="Oppsummering", is_area=False)
    goal(plan, "annet")
    add_goal(plan, "trivsel", "missed", is_area=True)
    assert cells(client, text="trivsel")[0]["area"].count(">Skole</a>") == 1


def test_explore_finds_an_indicator_in_each_area_where_it_stands(client: Client, plan: Publication) -> None:
    goal(plan, "trivsel", chapter="Skole")
    goal(plan, "annet", chapter="Helse")
    add_goal(plan, "trivsel", "missed", chapter="Helse")
    assert names(client, area="helse") == ["annet", "trivsel"]
    assert names(client, area="skole") == ["trivsel"]


# What narrows it


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"area": "pleie"}, ["besok", "fall", "ventetid"]),
        ({"sector": "Sektor for skole"}, ["elever", "lesing", "trivsel"]),
        ({"function": "254"}, ["besok", "fall", "ventetid"]),
        ({"function": "25"}, ["svar"]),
        ({"plan": 'Bo "trygt"'}, ["besok", "fall", "ventetid"]),
        ({"plan": "Oppvekst Å"}, ["lesing", "trivsel"]),
        ({"outcome": "missed"}, ["lesing", "ventetid"]),
        ({"outcome": "nearly"}, ["besok"]),
        ({"outcome": "not_measured"}, ["fall"]),
        ({"outcome": "not_assessable"}, ["svar"]),
        ({"outcome": "reached"}, ["trivsel"]),
        ({"outcome": "none"}, ["elever"]),
        ({"trend": "worse"}, ["lesing"]),
        ({"trend": "same"}, ["ventetid"]),
        ({"area": "pleie", "outcome": "missed", "trend": "same"}, ["ventetid"]),
        ({"area": "pleie", "outcome": "reached"}, []),
    ],
    ids=lambda value: "-".join(f"{name}-{word}" for name, word in value.items()) if isinstance(value, dict) else None,
)
def test_explore_narrows_the_list(
    client: Client, mixed: Publication, words: dict[str, str], expected: list[str]
) -> None:
    assert names(client, **words) == expected


def test_explore_offers_what_the_list_holds(client: Client, mixed: Publication) -> None:
    form = ask(client).context["filters"].form
    offered = {name: [str(text) for _value, text in form.fields[name].choices][1:] for name in ("area", "function")}
    assert offered == {"area": ["Pleie", "Skole"], "function": ["202 Grunnskole", "25", "253", "254"]}
    assert [value for value, _text in form.fields["plan"].choices] == ["", 'Bo "trygt"', "Helse", "Oppvekst Å"]


def test_explore_counts_in_words(client: Client, mixed: Publication) -> None:
    assert ask(client, outcome="missed").context["count"] == "2 av 7 indikatorer"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("åpne", ["a", "b"]),
        ("ÅPNE ØREVERK", ["b"]),
        ("ørever åpn", ["b"]),
        ("Æresborger", ["c"]),
        ("(50 %)", ["c"]),
        (".*", []),
        ("åpne æresborger", []),
    ],
    ids=["small", "capital", "parts", "ae", "signs", "pattern", "not all"],
)
def test_explore_finds_every_word_in_any_case(
    client: Client, plan: Publication, text: str, expected: list[str]
) -> None:
    for slug, name in (("a", "Åpne møter"), ("b", "åpne Øreverk"), ("c", "ÆRESBORGERE (50 %)")):
        goal(plan, slug, name=name)
    assert sorted(names(client, text=text)) == expected


def test_explore_without_a_match_says_what_to_do(client: Client, mixed: Publication) -> None:
    page = ask(client, text="finnes ikke").content.decode()
    assert page.count("Ingen indikatorer passer med alle valgene.") == 1
    assert page.count("0 av 7 indikatorer") == 1
    assert page.count("<table") == 0


@pytest.mark.parametrize(
    "words",
    [{"area": "ukjent"}, {"outcome": "null"}, {"publication": "ukjent"}, {"text": "å" * 101}, {"text": "\x00"}],
    ids=["area", "outcome", "publication", "long", "null character"],
)
def test_explore_says_that_a_choice_is_not_used(client: Client, mixed: Publication, words: dict[str, str]) -> None:
    response = ask(client, **words)
    assert (response.status_code, response.context["count"]) == (200, "7 indikatorer")
    assert response.content.decode().count("Et av valgene finnes ikke, og er ikke brukt.") == 1


def test_explore_ignores_an_order_and_a_page_that_are_none(client: Client, mixed: Publication) -> None:
    assert names(client, sort="pris", page="siste") == names(client)


def test_explore_leads_to_an_address_without_empty_words(client: Client, mixed: Publication) -> None:
    response = ask(client, text="", area="pleie", outcome="")
    assert (response.status_code, response.headers["Location"]) == (302, "/indikatorer/?area=pleie")


# Its order and pages


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-name", ["ventetid", "trivsel", "svar", "lesing", "fall", "elever", "besok"]),
        ("area", ["besok", "fall", "ventetid", "elever", "lesing", "svar", "trivsel"]),
        ("outcome", ["ventetid", "lesing", "besok", "fall", "svar", "trivsel", "elever"]),
        ("-outcome", ["trivsel", "svar", "fall", "besok", "ventetid", "lesing", "elever"]),
        ("distance", ["besok", "lesing", "ventetid", "elever", "fall", "svar", "trivsel"]),
        ("-distance", ["ventetid", "lesing", "besok", "elever", "fall", "svar", "trivsel"]),
        ("trend", ["lesing", "ventetid", "trivsel", "besok", "elever", "fall", "svar"]),
        ("-trend", ["trivsel", "ventetid", "lesing", "besok", "elever", "fall", "svar"]),
    ],
)
def test_explore_is_sorted(client: Client, mixed: Publication, sort: str, expected: list[str]) -> None:
    assert names(client, sort=sort) == expected
    chosen = [order.code for order in ask(client, sort=sort).context["table"].orders if order.is_chosen]
    assert chosen == [sort]


def test_explore_sorts_as_a_norwegian_dictionary(client: Client, plan: Publication) -> None:
    for slug, name in (("a", "Åpning"), ("b", "ærlighet"), ("c", "Zoo"), ("d", "Ørret"), ("e", "alder")):
        goal(plan, slug, name=name)
    assert names(client) == ["e", "c", "b", "d", "a"]


def test_explore_has_pages_of_twenty_five(client: Client, plan: Publication) -> None:
    for number in range(30):
        goal(plan, f"trivsel-{number:02}")
    first, last = ask(client), ask(client, page="2")
    assert [first.context["count"], last.context["count"]] == [
        "30 indikatorer, viser 1–25",
        "30 indikatorer, viser 26–30",
    ]
    assert names(client, page="2") == [f"trivsel-{number}" for number in range(25, 30)]
    assert first.content.decode().count('href="?page=2#explore-count"') == 2


@pytest.mark.parametrize("publications", [1, 6])
def test_explore_takes_as_many_queries_for_many(
    client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries, publications: int
) -> None:
    for number in range(publications):
        document = make_document(f"plan-{number}", year=2020 + number)
        for version in (1, 2):
            publication = publish(document, day=2 * number + version)
            for one in range(5):
                goal(publication, f"trivsel-{one}", functions="202", plans=["Helse"])
            add(publication, f"elever-{number}")
            add_value(publication, f"elever-{number}", "result", "2023", "3")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(names(client, plan="Helse", function="202", sort="outcome")) == 5
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(names(client)) == 5 + publications


def test_explore_knows_all_trends(mixed: Publication, client: Client) -> None:
    offered = dict(ask(client).context["filters"].form.fields["trend"].choices)
    assert set(offered) == {"", "better", "same", "worse"} == set(PublishedFigure.Trend.values)
