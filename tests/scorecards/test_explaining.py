"""Everything about a figure on one page: what was judged, by which rule, who answers, and its history."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation import periods
from organisation.models import Period, User
from scorecards import explaining, notation
from scorecards.assessment import Direction
from scorecards.models import Indicator, Observation
from scorecards.registration import register
from tests.workplace import Workplace

Ceiling = Callable[[int], Any]


def state(indicator: Indicator, text: str, period: str, *, kind: str = "result", **facts: Any) -> Observation:
    when = Period.objects.for_span(periods.parse(period))
    return register(indicator=indicator, period=when, kind=kind, text=text, **({"by": None} | facts))


def page_of(observation: Observation) -> str:
    return reverse("scorecards:observation_explain", args=[observation.pk])


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


# The rule in words


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        ("4,8", "higher", "Målet er nådd når resultatet er 4,8 eller høyere."),
        ("> 4,8", "higher", "Målet er nådd når resultatet er høyere enn 4,8."),
        ("≤ 8 %", "lower", "Målet er nådd når resultatet er 8\u00a0% eller lavere."),
        ("<20 %", "lower", "Målet er nådd når resultatet er lavere enn 20\u00a0%."),
        ("2–5 %", "range", "Målet er nådd når resultatet er i området 2–5\u00a0%, grensene medregnet."),
        ("= 5", "range", "Målet er nådd når resultatet er akkurat 5."),
        ("Ja", "yes", "Målet er nådd når svaret er ja."),
    ],
)
def test_rule_in_words_says_when_it_is_reached(target: str, direction: str, expected: str) -> None:
    assert explaining.rule_in_words(notation.parse(target), Direction(direction), None)[0] == expected


@pytest.mark.parametrize(
    ("target", "tolerance", "expected"),
    [
        ("4,8", None, "Det er nesten nådd når avviket er høyst 5 % av måltallet."),
        ("0", None, "Når måltallet er 0, teller ingenting som nesten nådd."),
        ("90 %", "2.5000", "Det er nesten nådd når avviket er høyst 2,5\u00a0prosentpoeng."),
        ("18 av 29", "10.0000", "Det er nesten nådd når avviket er høyst 10\u00a0prosentpoeng."),
        ("12 dager", "1.0000", "Det er nesten nådd når avviket er høyst 1\u00a0dag."),
        ("4,8", "0.2500", "Det er nesten nådd når avviket er høyst 0,25."),
        ("4,8", "0", "Slingringsmonnet er satt til 0, så ingenting teller som nesten nådd."),
    ],
)
def test_rule_in_words_says_when_it_is_nearly_reached(target: str, tolerance: str | None, expected: str) -> None:
    allowed = Decimal(tolerance) if tolerance else None
    assert explaining.rule_in_words(notation.parse(target), Direction.HIGHER, allowed)[1] == expected


# The page

pytestmark = pytest.mark.django_db


def explained(client: Client, observation: Observation) -> explaining.Explanation:
    found: explaining.Explanation = client.get(page_of(observation)).context["explanation"]
    return found


def test_observation_explain_tells_who_changed_what_and_why(
    as_leader: Client, controller: User, place: Workplace
) -> None:
    row = place.schools.result
    state(row.indicator, "4,7", "2024", base_version=1, by=controller, reason="Ny telling")
    answer = as_leader.get(page_of(row))
    changes = [
        (one.row.history_user, one.before, one.after, one.row.history_change_reason or "")
        for one in answer.context["explanation"].changes
    ]
    assert changes == [(controller, "4,5", "4,7", "Ny telling"), (None, "", "4,5", "")]
    assert answer.content.decode().count("Ny telling") == 1


def test_observation_explain_of_another_sector_does_not_exist(as_leader: Client, place: Workplace) -> None:
    assert as_leader.get(page_of(place.care.result)).status_code == 404


def test_observation_explain_says_the_facts_and_what_is_missing(as_leader: Client, place: Workplace) -> None:
    row = place.schools.result
    Indicator.objects.filter(pk=row.indicator_id).update(definition="Svar på en skala", direction="higher")
    answer = as_leader.get(page_of(row))
    facts = dict(answer.context["explanation"].facts)
    assert facts == {
        "Hva som måles": "Svar på en skala",
        "Måleenhet": "",
        "Skala": "",
        "Retning": "høyere er bedre",
        "Hvor ofte": "",
        "Kilde": "",
        "Eier": "Sektor for skole",
        "Ansvarlig": "leder",
    }
    assert answer.content.decode().count("Ikke oppgitt") == 4


def test_observation_explain_judges_a_result(as_leader: Client, place: Workplace) -> None:
    row = place.schools.result
    Indicator.objects.filter(pk=row.indicator_id).update(direction="higher")
    state(row.indicator, "≥ 4,8", "2024", kind="target")
    verdict = explained(as_leader, row).verdict
    assert verdict is not None
    assert (verdict.assessment.outcome, verdict.target and verdict.target.text) == ("missed", "≥ 4,8")
    assert [sentence.startswith(("Målet er nådd", "Det er nesten")) for sentence in verdict.rule] == [True, True]
    assert explained(as_leader, row).target == Decimal("4.8")


def test_observation_explain_says_why_a_result_is_not_judged(as_leader: Client, place: Workplace) -> None:
    answer = as_leader.get(page_of(place.schools.result))
    verdict = answer.context["explanation"].verdict
    assert (verdict.assessment.outcome, verdict.reason, verdict.rule) == ("not_assessable", "Ingen måltall.", [])
    assert answer.content.decode().count("Ingen måltall.") == 1


def test_observation_explain_does_not_judge_a_target(as_leader: Client, place: Workplace) -> None:
    target = state(place.schools.row.indicator, "5", "2024", kind="target")
    found = explained(as_leader, target)
    assert (found.verdict, found.trend) == (None, None)


def test_observation_explain_draws_the_way_to_this_result(as_leader: Client, place: Workplace) -> None:
    indicator = place.schools.row.indicator
    for text, period in (("4,1", "2022"), ("ikke målt", "2023"), ("4,9", "2025"), ("2", "2024-T2")):
        state(indicator, text, period)
    trend = explained(as_leader, place.schools.result).trend
    assert trend is not None
    assert trend.series == [Decimal("4.1"), None, Decimal("4.5")]
    assert trend.words == "Fra 4,1 (2022) til 4,5 (2024)."


def test_observation_explain_says_where_it_stands(as_leader: Client, place: Workplace) -> None:
    texts = [one.text for one in explained(as_leader, place.schools.result).places]
    assert texts == ["Målekort 2024, Skole", "Nøkkeltall 2024, Nøkkeltall"]


def test_observation_explain_runs_the_same_queries_for_few_values_and_many(
    as_leader: Client, place: Workplace, django_assert_max_num_queries: Ceiling
) -> None:
    page = page_of(place.schools.result)
    with django_assert_max_num_queries(20) as few:
        as_leader.get(page)
    for year in range(2015, 2023):
        state(place.schools.row.indicator, "4", f"{year}")
    state(place.schools.row.indicator, "4,6", "2024", base_version=1)
    with django_assert_max_num_queries(20) as many:
        as_leader.get(page)
    assert len(many) == len(few)
