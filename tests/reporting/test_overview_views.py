"""The overview of a round: who sees what, filters, and what those who run the round get."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisation.models import Unit, User
from reporting import handing_in
from reporting.models import ReportingRound
from scorecards.models import Indicator
from scorecards.registration import register
from tests.workplace import Workplace, add_row, open_tertial, year_period


def units(response: Any) -> list[str]:
    return [line.report.unit.slug for group in response.context["groups"] for line in group.lines]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("leader", ["skole"]),
        ("approver", ["omsorg", "skole"]),
        ("controller", ["omsorg", "skole"]),
        ("reader", ["omsorg", "skole"]),
    ],
)
def test_round_overview_shows_own_reports_and_those_below(
    client: Client, tertial: ReportingRound, request: pytest.FixtureRequest, who: str, expected: list[str]
) -> None:
    client.force_login(request.getfixturevalue(who))
    page = client.get(tertial.get_absolute_url())
    assert units(page) == expected
    assert [page.content.decode().count(f'href="{tertial.get_absolute_url()}{one}/"') for one in expected] == [1] * len(
        expected
    )


def test_round_overview_never_shows_the_report_above(
    client: Client, tertial: ReportingRound, leader: User, one_school: Unit
) -> None:
    leader.memberships.update(unit=one_school)
    client.force_login(leader)
    page = client.get(tertial.get_absolute_url())
    assert (page.status_code, units(page)) == (200, [])
    assert "Ingen av enhetene dine skal rapportere" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["omsorg", "skole"]),
        ("?vis=mangler", ["omsorg"]),
        ("?vis=til-godkjenning", ["skole"]),
        ("?vis=forsinket", []),
        ("?vis=ukjent", ["omsorg", "skole"]),
    ],
)
def test_round_overview_filters(
    client: Client, tertial: ReportingRound, leader: User, controller: User, asked: str, expected: list[str]
) -> None:
    handing_in.hand_in(report=tertial.reports.get(unit__slug="skole"), by=leader)
    client.force_login(controller)
    page = client.get(f"{tertial.get_absolute_url()}{asked}")
    assert units(page) == expected
    assert [(one.word, one.number) for one in page.context["filters"]] == [
        ("", 2), ("mangler", 1), ("til-godkjenning", 1), ("forsinket", 0),
    ]  # fmt: skip
    assert page.content.decode().count('<p class="round-sum">1 av 2 levert, 0 godkjent, 0 forsinket</p>') == 1


@pytest.mark.parametrize(("who", "waits"), [("approver", ["skole"]), ("leader", []), ("reader", [])])
def test_round_overview_says_what_waits_for_approval(
    client: Client, tertial: ReportingRound, leader: User, request: pytest.FixtureRequest, who: str, waits: list[str]
) -> None:
    handing_in.hand_in(report=tertial.reports.get(unit__slug="skole"), by=leader)
    client.force_login(request.getfixturevalue(who))
    page = client.get(tertial.get_absolute_url())
    assert [line.report.unit.slug for line in page.context["waiting"]] == waits
    assert page.content.decode().count("Begynn med Sektor for skole") == len(waits)


@pytest.mark.parametrize(("who", "number"), [("controller", 1), ("approver", 0), ("leader", 0), ("reader", 0)])
def test_round_overview_gives_tools_to_those_who_run_it(
    client: Client, place: Workplace, request: pytest.FixtureRequest, who: str, number: int
) -> None:
    late = open_tertial(top=place.document.unit, units=[place.schools.card.unit], days_left=-2, grace_days=30)
    client.force_login(request.getfixturevalue(who))
    page = client.get(late.get_absolute_url()).content.decode()
    tools = ("endre/", "avslutt/", "paminnelser/")
    assert [page.count(f'href="{late.get_absolute_url()}{one}"') for one in tools] == [number] * 3
    assert page.count(f'action="{late.get_absolute_url()}paminn/"') == number
    assert page.count(f'href="/arbeid/publiser/{late.document.slug}/"') == number
    assert page.count("2 dager over fristen") == 1


def test_round_overview_without_late_reports_sends_no_reminder(
    client: Client, tertial: ReportingRound, controller: User
) -> None:
    client.force_login(controller)
    assert client.get(tertial.get_absolute_url()).content.decode().count("paminn/") == 0


def test_round_overview_shows_ten_misses_and_the_way_to_the_rest(
    client: Client, place: Workplace, schools: Unit, controller: User
) -> None:
    for number in range(11):
        add_row(place.schools.card, f"Mål {number}", owner=schools)
    Indicator.objects.update(direction="higher")
    round_ = open_tertial(top=place.document.unit, units=[schools])
    for row in round_.reports.get().rows.select_related("indicator"):
        register(indicator=row.indicator, period=year_period(), kind="target", text="5", by=None)
        register(indicator=row.indicator, period=round_.period, kind="result", text="2", by=None)
    client.force_login(controller)
    few = client.get(round_.get_absolute_url())
    everything = client.get(f"{round_.get_absolute_url()}?avvik=alle")
    assert (len(few.context["misses"]), few.content.decode().count("Og 2 til")) == (10, 1)
    assert (len(everything.context["misses"]), everything.content.decode().count("Og 2 til")) == (12, 0)


def test_round_overview_runs_the_same_queries_for_few_and_many(
    client: Client, place: Workplace, top: Unit, controller: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    facts = {"municipality": top.municipality, "kind": "unit", "parent": place.care.card.unit}
    more = [Unit.objects.create(name=f"Enhet {one}", slug=f"enhet-{one}", **facts) for one in range(60)]
    for unit in more:
        add_row(place.care.card, f"Mål for {unit}", owner=unit)
    before = open_tertial(top=top, units=[], of="2024-T1")
    pages = [
        open_tertial(top=top, units=units, previous=before, title=title).get_absolute_url()
        for units, title in ((more[:3], "Få"), (more, "Mange"))
    ]
    client.force_login(controller)
    with django_assert_max_num_queries(12) as few:
        client.get(pages[0])
    with django_assert_max_num_queries(12) as many:
        page = client.get(pages[1])
    assert (len(page.context["overview"].lines), len(many)) == (60, len(few))
