"""The page of one indicator: all that was published of it, what counts now, and where it stands."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from publishing.models import Publication
from tests.publishing.small_publications import add, add_goal, add_value, goal, make_document, publish

pytestmark = pytest.mark.django_db

PAGE = "/indikatorer/trivsel/"
CHART = f"{PAGE}diagram.json"
MOST_QUERIES = 8


@pytest.fixture
def plan(db: None) -> Publication:
    """A plan with a goal that is missed, its values over four years, and a comment."""
    publication = publish(make_document("plan", "Plan 2024"))
    facts = {"definition": "Andel som trives.", "unit_of_measure": "poeng", "scale": "1–5", "source": "Undersøkelsen"}
    add(publication, "trivsel", name="Trivsel", frequency="year", tolerance="0.5", sector="Oppvekst", **facts)
    add_goal(publication, "trivsel", "missed", missed_since="2022", plans=["Oppvekst", "Helse"], comment="Vikarer.")
    for year, text in (("2021", "4,5"), ("2022", "4,0"), ("2023", "4,0")):
        add_value(publication, "trivsel", "result", year, text)
    for year in ("2023", "2024"):
        add_value(publication, "trivsel", "target", year, "5")
    return publication


def shown(client: Client, path: str = PAGE) -> Any:
    return client.get(path).context["shown"]


def text_at(client: Client, path: str = PAGE) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_indicator_that_nobody_has_published_is_not_found(client: Client, plan: Publication) -> None:
    assert client.get("/indikatorer/ukjent/").status_code == 404
    assert client.get("/indikatorer/ukjent/diagram.json").status_code == 404


def test_indicator_says_what_it_is(client: Client, plan: Publication) -> None:
    assert [tuple(fact) for fact in shown(client).facts] == [
        ("Hva som måles", "Andel som trives."),
        ("Måleenhet", "poeng"),
        ("Skala", "1–5"),
        ("Retning", "høyere er bedre"),
        (
            "Når målet er nådd",
            "Målet er nådd når resultatet er 5 eller høyere. Det er nesten nådd når avviket er høyst 0,5.",
        ),
        ("Hvor ofte", "hvert år"),
        ("Kilde", "Undersøkelsen"),
        ("Eier", "Skolen"),
        ("Sektor eller stab", "Oppvekst"),
    ]


def test_indicator_says_how_it_stands(client: Client, plan: Publication) -> None:
    summary = shown(client).summary
    assert (summary.period, summary.result, summary.target) == ("2023", "4", "5")
    assert (summary.outcome, summary.since) == ("missed", "siden 2022")
    page = text_at(client)
    assert page.count('<h1 class="indicator__name">Trivsel</h1>') == 1
    assert page.count('10. januar 2024 <span class="headlines__note">Plan 2024, versjon 1</span>') == 1


def test_indicator_has_a_row_for_each_period(client: Client, plan: Publication) -> None:
    lines = shown(client).lines
    assert [(line.label, [(one.kind, one.current.text) for one in line.figures]) for line in lines] == [
        ("2024", [("target", "5")]),
        ("2023", [("result", "4,0"), ("target", "5")]),
        ("2022", [("result", "4,0")]),
        ("2021", [("result", "4,5")]),
    ]
    assert [line.judged.outcome if line.judged else "" for line in lines] == ["", "missed", "", ""]
    address = "/publikasjoner/plan/versjon-1/skole/#tabell-trivsel"
    assert text_at(client).count(f'href="{address}">Plan 2024, versjon 1<span') == 4


def test_indicator_shows_what_was_corrected(client: Client, plan: Publication) -> None:
    second = publish(plan.document, day=3, is_correction=True)
    goal(second, "trivsel", name="Trivsel")
    add_value(second, "trivsel", "result", "2023", "4,2")
    page = text_at(client)
    link = '<a class="ds-link" href="/publikasjoner/plan/versjon-2/skole/#tabell-trivsel">Plan 2024, versjon 2</a>'
    assert page.count(f"rettet fra 4,0 i {link}") == 1
    first = link.replace("versjon-2", "versjon-1").replace("versjon 2", "versjon 1")
    assert page.count(f"var 4,5 i {first}, men står ikke i det som gjelder nå") == 1


def test_indicator_is_described_by_the_newest_version(client: Client, plan: Publication) -> None:
    second = publish(plan.document, day=3)
    goal(second, "trivsel", name="Trivsel i skolen", outcome="reached", comment="Bra.")
    page = shown(client)
    assert (page.indicator.name, page.summary.outcome) == ("Trivsel i skolen", "reached")
    assert [(one.text, str(one.publication)) for one in page.comments] == [("Bra.", "Plan 2024, versjon 2")]
    assert [(str(one.publication), one.chapter) for one in page.places] == [("Plan 2024, versjon 2", "Skole")]


def test_indicator_that_no_document_has_any_more_says_so(client: Client, plan: Publication) -> None:
    goal(publish(plan.document, day=3), "annet")
    page = text_at(client)
    assert page.count("Indikatoren står ikke i noe dokument som gjelder nå.") == 1
    assert page.count("Den ble sist publisert i Plan 2024, versjon 1.") == 1
    assert (shown(client).comments, shown(client).places, shown(client).areas) == ([], [], [])


def test_indicator_that_is_current_does_not_say_so(client: Client, plan: Publication) -> None:
    assert text_at(client).count("Indikatoren står ikke i noe dokument") == 0


def test_indicator_has_the_comments_of_all_documents_the_newest_first(client: Client, plan: Publication) -> None:
    report = publish(make_document("rapport", "Rapport"), day=5)
    goal(report, "trivsel", comment="Bedre nå.\nÅrsak: nye folk", period="2024-T1")
    add_goal(report, "trivsel", "missed", comment="Bedre nå.\nÅrsak: nye folk", chapter="Oppsummering", is_area=False)
    assert [(one.text, one.period) for one in shown(client).comments] == [
        ("Bedre nå.\nÅrsak: nye folk", "1. tertial 2024"),
        ("Vikarer.", "2023"),
    ]
    assert text_at(client).count("Bedre nå.<br>Årsak: nye folk") == 1


def test_indicator_leads_to_areas_plans_and_chapters(client: Client, plan: Publication) -> None:
    page = shown(client)
    assert [tuple(area) for area in page.areas] == [("Skole", "/malekort/2024/skole/")]
    assert [tuple(one) for one in page.plans] == [
        ("Oppvekst", "/indikatorer/?plan=Oppvekst"),
        ("Helse", "/indikatorer/?plan=Helse"),
    ]
    assert [(one.chapter, one.address) for one in page.places] == [
        ("Skole", "/publikasjoner/plan/versjon-1/skole/#malekort-trivsel")
    ]


def test_indicator_that_is_no_goal_has_a_page(client: Client, plan: Publication) -> None:
    add(plan, "elever", direction="")
    for year, kind, text in (("2023", "result", "302"), ("2022", "result", "310"), ("2024", "forecast", "300")):
        add_value(plan, "elever", kind, year, text)
    page = shown(client, "/indikatorer/elever/")
    assert (page.summary.period, page.summary.result, page.summary.outcome) == ("2023", "302", None)
    assert page.kinds == {"result", "forecast"}
    assert [tuple(fact) for fact in page.facts] == [("Eier", "Skolen")]
    text = text_at(client, "/indikatorer/elever/")
    assert [text.count(f'role="columnheader"{css}>{name}<') for css, name in _HEADINGS] == [1, 1, 1, 0, 0]


_HEADINGS = (
    ("", "Periode"),
    (' class="num"', "Resultat"),
    (' class="num"', "Prognose"),
    (' class="num"', "Mål"),
    ("", "Måloppnåelse"),
)


def test_indicator_without_a_value_says_so(client: Client, plan: Publication) -> None:
    add(plan, "elever")
    response = client.get("/indikatorer/elever/")
    assert (response.status_code, response.context["chart"]) == (200, None)
    assert response.content.decode().count("Ingen resultater eller mål er publisert ennå.") == 1


# Others


@pytest.mark.parametrize("slug", ["trivsel", "trivsel-i-helse", "trivsel-i-kultur"])
def test_indicator_shows_the_same_measure_elsewhere(client: Client, plan: Publication, slug: str) -> None:
    for other in ("helse", "kultur"):
        goal(plan, f"trivsel-i-{other}", same_as="trivsel", chapter=other.capitalize())
        add_value(plan, f"trivsel-i-{other}", "result", "2022", "3,9")
    twins = client.get(f"/indikatorer/{slug}/").context["twins"]
    assert twins[0].slug == slug
    assert sorted(twin.slug for twin in twins) == ["trivsel", "trivsel-i-helse", "trivsel-i-kultur"]
    found = {twin.slug: (twin.result.label, twin.result.current.text) for twin in twins}
    assert found == {
        "trivsel": ("2023", "4,0"),
        "trivsel-i-helse": ("2022", "3,9"),
        "trivsel-i-kultur": ("2022", "3,9"),
    }


def test_indicator_that_stands_alone_has_no_twins(client: Client, plan: Publication) -> None:
    goal(plan, "annet")
    assert client.get(PAGE).context["twins"] == []
    assert text_at(client).count("Samme mål andre steder") == 0


def test_indicator_is_no_twin_of_one_that_a_correction_parted_from_it(client: Client, plan: Publication) -> None:
    goal(plan, "annet", same_as="trivsel")
    second = publish(plan.document, day=2)
    for slug in ("trivsel", "annet"):
        goal(second, slug)
    assert client.get(PAGE).context["twins"] == []


def test_indicator_leads_to_what_it_carries_on_and_what_carries_it_on(client: Client, plan: Publication) -> None:
    later = publish(make_document("neste", "Plan 2025", year=2025), day=9)
    goal(later, "trivsel-ny", name="Ny trivsel", succeeds="trivsel")
    link = '<a class="ds-link" href="/indikatorer/{}/">{}</a>'
    assert text_at(client).count(f"Følges videre i {link.format('trivsel-ny', 'Ny trivsel')}") == 1
    newer = text_at(client, "/indikatorer/trivsel-ny/")
    assert newer.count(f"Fører videre {link.format('trivsel', 'Trivsel')}") == 1
    assert newer.count("Samme mål andre steder") == 0


# The chart


def test_indicator_chart_says_what_it_shows(client: Client, plan: Publication) -> None:
    response = client.get(PAGE)
    assert response.context["chart"].svg.count("<svg") == 1
    page = response.content.decode()
    assert page.count(f'data-chart="{CHART}"') == 1
    assert page.count(response.context["chart"].words) >= 1


def test_indicator_chart_as_json_has_the_same_figures(client: Client, plan: Publication) -> None:
    response = client.get(CHART)
    figure = response.json()
    assert [(trace["name"], trace["x"], trace["y"]) for trace in figure["data"]] == [
        ("Resultat", ["2021", "2022", "2023", "2024"], [4.5, 4.0, 4.0, None]),
        ("Mål", ["2021", "2022", "2023", "2024"], [None, None, 5, 5]),
    ]
    assert figure["layout"]["title"]["text"] == "Trivsel"
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_indicator_chart_of_too_few_numbers_is_not_found(client: Client, plan: Publication) -> None:
    goal(plan, "annet")
    add_value(plan, "annet", "result", "2023", "4")
    assert client.get("/indikatorer/annet/diagram.json").status_code == 404
    assert client.get("/indikatorer/annet/").content.decode().count("chart.js") == 0


# What it costs, and who may read it


@pytest.mark.parametrize("publications", [1, 6])
def test_indicator_takes_as_many_queries_for_many(
    client: Client, plan: Publication, django_assert_max_num_queries: DjangoAssertNumQueries, publications: int
) -> None:
    for number in range(publications):
        document = make_document(f"plan-{number}", year=2020 + number)
        for version in (1, 2):
            publication = publish(document, day=2 * number + version)
            goal(publication, "trivsel", succeeds="gammel", comment=f"I versjon {version} av {number}.")
            goal(publication, "tvilling", same_as="trivsel")
            for slug in ("trivsel", "tvilling"):
                add_value(publication, slug, "result", "2023", f"{number}")
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(PAGE)
    assert len(response.context["places"]) == publications + 1
    assert len(response.context["twins"]) == 2


@pytest.mark.parametrize("path", [PAGE, CHART])
def test_indicator_may_be_kept_a_minute_and_not_posted_to(client: Client, plan: Publication, path: str) -> None:
    response = client.get(path)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


def test_indicator_escapes_what_is_published(client: Client, plan: Publication) -> None:
    hostile = "<script>alert(1)</script>"
    goal(plan, "fiende", name=hostile, comment=hostile, result=hostile)
    for year in ("2021", "2022", "2023"):
        add_value(plan, "fiende", "result", year, "4")
    add_value(plan, "fiende", "target", "2023", hostile)
    assert text_at(client, "/indikatorer/fiende/").count("<script>") == 0
