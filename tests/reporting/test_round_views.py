"""The pages on which a controller runs rounds; opening one is in `test_round_open.py`."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisation.models import Unit, User
from reporting import deadlines, handing_in, proposing
from reporting.models import ReportingRound, UnitReport
from tests.reporting.pages import Page, form_of, in_days, messages_of
from tests.workplace import open_tertial

pytestmark = pytest.mark.django_db

LIST = "/arbeid/runder/"
NEW = "/arbeid/runder/ny/"


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


# The list


def test_round_list_shows_how_far_each_has_come(
    as_controller: Client, tertial: ReportingRound, leader: User, approver: User
) -> None:
    older = open_tertial(top=tertial.unit, units=[tertial.unit], of="2024-T1", is_example=True)
    handing_in.close_round(round_=older, by=approver)
    for report in tertial.reports.all():
        handing_in.hand_in(report=report, by=leader)
    report = tertial.reports.get(unit__slug="skole")
    handing_in.approve(report=report, seen_step=report.steps.latest("at", "pk").pk, by=approver)
    page = as_controller.get(LIST)
    lines = [(one.round, one.round.owed, one.round.delivered, one.round.approved) for one in page.context["lines"]]
    assert lines == [(tertial, 2, 2, 1), (older, 1, 0, 0)]
    words = ("2 av 2 levert, 1 godkjent", ">Åpen<", ">Avsluttet<", ">Eksempeldata<")
    assert [page.content.decode().count(one) for one in words] == [1, 1, 1, 1]


def test_round_list_shows_the_last_day_of_the_deadlines(as_controller: Client, tertial: ReportingRound) -> None:
    line = as_controller.get(LIST).context["lines"][0]
    expected = timezone.localdate() + datetime.timedelta(days=7)
    assert (line.first_due_on, line.last_due_on) == (expected, expected)


def test_round_list_has_the_newest_period_first(as_controller: Client, tertial: ReportingRound) -> None:
    for part in ("2024", "2024-T1"):
        open_tertial(top=tertial.unit, units=[], of=part)
    page = as_controller.get(LIST)
    assert [line.round.slug for line in page.context["lines"]] == ["2024", "2-tertial-2024", "1-tertial-2024"]
    assert Page(page).buttons == [f"{NEW}?fra=2024"]


@pytest.mark.parametrize("who", ["leader", "approver", "reader"])
def test_round_list_leads_to_a_new_round_only_for_those_who_run_it(
    client: Client, tertial: ReportingRound, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    page = client.get(LIST)
    assert (len(page.context["lines"]), Page(page).buttons) == (1, [])


def test_round_list_without_rounds_leads_to_the_first(as_controller: Client, leader: User) -> None:
    assert Page(as_controller.get(LIST)).buttons == [NEW]
    as_controller.force_login(leader)
    assert Page(as_controller.get(LIST)).buttons == []


def test_round_list_runs_the_same_queries_for_few_and_many(
    as_controller: Client, tertial: ReportingRound, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(10) as few:
        as_controller.get(LIST)
    for part in ("2023-T1", "2023-T2", "2024-T1"):
        open_tertial(top=tertial.unit, units=[tertial.unit], of=part)
    with django_assert_max_num_queries(10) as many:
        as_controller.get(LIST)
    assert len(many) == len(few)


# Changing


def edit_url(round_: ReportingRound) -> str:
    return f"{LIST}{round_.slug}/endre/"


def test_round_edit_saves_with_history(as_controller: Client, tertial: ReportingRound, controller: User) -> None:
    url = edit_url(tertial)
    due = {"department_due_at": in_days(3), "unit_due_at": in_days(5), "sector_due_at": in_days(9)}
    sent = form_of(as_controller, url, title="Tertial to", grace_days="1", instructions="Skriv kort.", **due)
    response = as_controller.post(url, sent)
    tertial.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, tertial.get_absolute_url())
    assert (tertial.title, tertial.grace_days, tertial.instructions) == ("Tertial to", 1, "Skriv kort.")
    days = [f"{deadlines.day_of(getattr(tertial, name))}" for name in proposing.DEADLINES]
    assert (days, tertial.history.first().history_user) == ([in_days(3), in_days(5), in_days(9)], controller)


def test_round_edit_unchanged_keeps_the_deadlines(as_controller: Client, tertial: ReportingRound) -> None:
    as_controller.post(edit_url(tertial), form_of(as_controller, edit_url(tertial)))
    after = ReportingRound.objects.get(pk=tertial.pk)
    assert (after.version, after.sector_due_at) == (2, tertial.sector_due_at)


def test_round_edit_of_what_another_has_saved_shows_both(as_controller: Client, tertial: ReportingRound) -> None:
    url = edit_url(tertial)
    sent = form_of(as_controller, url, sector_due_at=in_days(8), title="Mitt")
    as_controller.post(url, sent | {"title": "Deres"})
    page = as_controller.post(url, sent | {"sector_due_at": in_days(10)})
    theirs = f"{datetime.date.fromisoformat(in_days(8)):%d.%m.%Y}"
    assert (page.status_code, page.context["form"].clash.theirs) == (
        409, [("Tittel", "Deres"), ("Frist for sektorer og staber", theirs)]
    )  # fmt: skip
    assert as_controller.post(url, sent | {"overwrite": "2"}).status_code == 302
    tertial.refresh_from_db()
    assert tertial.title == "Mitt"


def test_round_edit_with_deadlines_that_go_downwards_is_refused(as_controller: Client, tertial: ReportingRound) -> None:
    url = edit_url(tertial)
    page = as_controller.post(url, form_of(as_controller, url, unit_due_at=in_days(8)))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["sector_due_at"])


@pytest.mark.parametrize("page", ["endre", "enheter", "avslutt"])
def test_a_closed_round_is_not_changed(
    as_controller: Client, tertial: ReportingRound, controller: User, page: str
) -> None:
    handing_in.close_round(round_=tertial, by=controller)
    response = as_controller.post(f"{LIST}{tertial.slug}/{page}/", {"title": "Ny"})
    assert (response.status_code, response["Location"]) == (302, tertial.get_absolute_url())
    assert ReportingRound.objects.get().title == tertial.title


# More units


def test_round_units_add(as_controller: Client, tertial: ReportingRound, one_school: Unit) -> None:
    url = f"{LIST}{tertial.slug}/enheter/"
    groups = as_controller.get(url).context["form"].groups
    boxes = [one.unit.slug for group in groups for one in group.shown + group.idle if one.box]
    assert boxes == ["bakken-skole", "testvik"]
    answers = [as_controller.post(url, {"units": [one_school.pk]}) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == [tertial.get_absolute_url()] * 2
    assert sorted(tertial.reports.values_list("unit__slug", flat=True)) == ["bakken-skole", "omsorg", "skole"]


def test_round_units_add_none_is_refused(as_controller: Client, tertial: ReportingRound) -> None:
    page = as_controller.post(f"{LIST}{tertial.slug}/enheter/")
    assert (page.status_code, page.context["form"].errors) == (422, {"units": ["Velg minst én enhet."]})


# Closing


def test_round_close_asks_first(as_controller: Client, tertial: ReportingRound, leader: User) -> None:
    handing_in.hand_in(report=tertial.reports.get(unit__slug="skole"), by=leader)
    page = as_controller.get(f"{LIST}{tertial.slug}/avslutt/")
    found = [[one.unit.slug for one in page.context[name]] for name in ("with_the_unit", "handed_in")]
    assert (found, ReportingRound.objects.get().closed_at) == ([["omsorg"], ["skole"]], None)


def test_round_close_locks_what_is_not_handed_in(as_controller: Client, tertial: ReportingRound, leader: User) -> None:
    handing_in.hand_in(report=tertial.reports.get(unit__slug="skole"), by=leader)
    response = as_controller.post(f"{LIST}{tertial.slug}/avslutt/")
    assert (response["Location"], messages_of(response)) == (tertial.get_absolute_url(), ["Runden er avsluttet"])
    locked = UnitReport.objects.filter(locked_at__isnull=False).values_list("unit__slug", flat=True)
    assert (list(locked), ReportingRound.objects.get().closed_at is None) == (["omsorg"], False)
