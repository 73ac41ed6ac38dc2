"""The start page: what is mine."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisation.models import User
from plans.models import Section
from reporting import deadlines, handing_in
from reporting.models import ReportingRound
from scorecards.registration import register
from tests.workplace import Workplace, add_row, year_period

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/"
NEXT_WEEK = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=7))


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def test_start_shows_own_chapters(as_leader: Client, place: Workplace) -> None:
    page = as_leader.get(PAGE)
    assert [(one.document, one.chapters) for one in page.context["documents"]] == [
        (place.document, [place.schools.chapter])
    ]
    assert page.content.decode().count('href="/arbeid/utkast/plan/skole/"') == 1


def test_start_shows_the_report_to_write_first(as_leader: Client, tertial: ReportingRound) -> None:
    page = as_leader.get(PAGE).content.decode()
    assert page.count('<a class="task__link" href="/arbeid/runder/2-tertial-2024/skole/"') == 1
    assert page.index('id="to-write"') < page.index('id="mine"')


def test_start_shows_why_a_report_was_sent_back(
    as_leader: Client, tertial: ReportingRound, leader: User, approver: User
) -> None:
    report = tertial.reports.get(unit__slug="skole")
    seen = handing_in.hand_in(report=report, by=leader).pk
    handing_in.send_back(report=report, comment="Tall <b>mangler</b>", due_at=NEXT_WEEK, seen_step=seen, by=approver)
    page = as_leader.get(PAGE).content.decode()
    assert page.count("Sendt tilbake av godkjenner: «Tall &lt;b&gt;mangler&lt;/b&gt;»") == 1


def test_start_shows_another_units_chapter_with_an_own_section(as_leader: Client, place: Workplace) -> None:
    """Its draft is not for this person, so the way leads to the tree."""
    Section.objects.filter(pk=place.care.text.pk).update(unit=place.schools.area.unit)
    page = as_leader.get(PAGE)
    assert page.context["documents"][0].chapters == [place.schools.chapter, place.care.chapter]
    assert page.content.decode().count(f'href="/arbeid/dokument/plan/#section-{place.care.chapter.pk}"') == 1


def test_start_shows_values_that_are_missing_for_own_indicators(as_leader: Client, place: Workplace) -> None:
    tasks = as_leader.get(PAGE).context["missing"]
    assert [(task.scorecard, task.rows) for task in tasks] == [(place.schools.card, [("Trivsel", ["Mål"])])]
    register(indicator=place.schools.row.indicator, period=year_period(), kind="target", text="5", by=None)
    assert as_leader.get(PAGE).context["missing"] == []


@pytest.mark.parametrize(
    ("person", "publishes", "administers"),
    [("leader", 0, 0), ("approver", 0, 0), ("controller", 1, 0), ("administrator", 0, 1), ("reader", 0, 0)],
)
def test_start_leads_on_by_role(
    client: Client, request: pytest.FixtureRequest, place: Workplace, person: str, publishes: int, administers: int
) -> None:
    client.force_login(request.getfixturevalue(person))
    page = client.get(PAGE).content.decode()
    assert page.count('href="/arbeid/publiser/plan/"') == publishes
    assert page.count('href="/admin/"') == administers
    assert page.count('class="task"') == 0


def test_start_without_a_role_says_so(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("ny"))
    assert "Du har ingen rolle ennå" in client.get(PAGE).content.decode()


def test_start_runs_the_same_queries_for_few_and_many(
    as_leader: Client, place: Workplace, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(25) as few:
        as_leader.get(PAGE)
    for number in range(3):
        add_row(place.schools.card, f"Rad {number}", owner=place.schools.area.unit)
    with django_assert_max_num_queries(25) as many:
        as_leader.get(PAGE)
    assert len(many) == len(few)
