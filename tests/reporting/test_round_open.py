"""Opening a round: two clicks from the list, and what is refused."""

import datetime
from typing import Any

import pytest
from django.test import Client

from organisation.models import Unit, User
from reporting import deadlines, proposing
from reporting.models import ReportingRound
from scorecards.models import Indicator
from tests.reporting.pages import Page, form_of, in_days, messages_of
from tests.workplace import Workplace, open_tertial

pytestmark = pytest.mark.django_db

LIST = "/arbeid/runder/"
NEW = "/arbeid/runder/ny/"


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def test_round_open_is_two_clicks_from_the_list(
    as_controller: Client, tertial: ReportingRound, controller: User
) -> None:
    """One on the button of the list, one on the button of the filled-in page; nothing typed."""
    (button,) = Page(as_controller.get(LIST)).buttons
    sent = Page(as_controller.get(button)).sent
    response = as_controller.post(button, sent)
    opened = ReportingRound.objects.exclude(pk=tertial.pk).get()
    assert (response.status_code, response["Location"], messages_of(response)) == (
        302, opened.get_absolute_url(), ["Runden er åpnet"]
    )  # fmt: skip
    assert (opened.title, opened.period.label, opened.previous, opened.opened_by) == (
        "Årsrapportering 2024", "2024", tertial, controller
    )  # fmt: skip
    assert {one.unit.slug for one in opened.reports.all()} == {"skole", "omsorg"}
    kept = ("grace_days", "instructions", "asks_forecast", "asks_texts")
    assert [getattr(opened, name) for name in kept] == [getattr(tertial, name) for name in kept]
    assert opened.frequencies == ["month", "tertial", "year", "school-year", "biennial", ""]
    assert (opened.document_id is None, opened.document_id == tertial.document_id) == (False, False)


def test_round_open_without_a_round_before(as_controller: Client, place: Workplace) -> None:
    units = [place.schools.area.unit.pk, place.care.area.unit.pk]
    sent = form_of(as_controller, NEW, title="Andre tertial", units=units)
    response = as_controller.post(NEW, sent)
    opened = ReportingRound.objects.get()
    assert (response.status_code, opened.slug, opened.previous) == (302, "andre-tertial", None)
    assert {one.unit.slug for one in opened.reports.all()} == {"skole", "omsorg"}


def test_round_open_sent_twice_opens_one(as_controller: Client, tertial: ReportingRound) -> None:
    url = f"{NEW}?fra={tertial.slug}"
    sent = form_of(as_controller, url)
    first, second = as_controller.post(url, sent), as_controller.post(url, sent)
    assert (ReportingRound.objects.count(), second["Location"]) == (2, first["Location"])


def test_round_open_for_a_period_that_is_open_warns_and_lets_pass(
    as_controller: Client, tertial: ReportingRound
) -> None:
    open_tertial(top=tertial.unit, units=[tertial.unit], of="2024-T1", title="Forrige")
    page = as_controller.get(f"{NEW}?fra=forrige")
    assert page.context["form"].open_already == [tertial]
    assert page.content.decode().count("Det er allerede en åpen runde for 2. tertial 2024") == 1
    response = as_controller.post(f"{NEW}?fra=forrige", Page(page).sent)
    assert (response.status_code, messages_of(response)[1:]) == (302, ["Runden er åpnet"])
    assert sorted(ReportingRound.objects.values_list("slug", flat=True)) == [
        "2-tertial-2024", "2-tertial-2024-2", "forrige"
    ]  # fmt: skip


def test_round_open_offers_a_unit_that_closed_in_the_period(
    as_controller: Client, tertial: ReportingRound, place: Workplace
) -> None:
    Unit.objects.filter(pk=place.schools.area.unit.pk).update(valid_to=datetime.date(2024, 1, 1))
    Unit.objects.filter(pk=place.care.area.unit.pk).update(valid_to=datetime.date(2023, 12, 31))
    page = as_controller.get(f"{NEW}?fra={tertial.slug}")
    offered = [slug for group in tree_of(page) for slug, _level, _asked in group[0] + group[1]]
    assert (sorted(offered), Page(page).sent["units"]) == (["skole", "testvik"], [f"{place.schools.area.unit.pk}"])


def tree_of(page: Any) -> list[list[list[tuple[str, int, int]]]]:
    """For each group the units that are shown and those that are folded: address, level, number of indicators."""
    return [
        [[(one.unit.slug, one.level, one.asked) for one in part] for part in (group.shown, group.idle)]
        for group in page.context["form"].groups
    ]


def test_round_open_draws_the_units_as_a_tree(as_controller: Client, tertial: ReportingRound, one_school: Unit) -> None:
    """What has nothing to report and was not in the last round is folded."""
    assert tree_of(as_controller.get(f"{NEW}?fra={tertial.slug}")) == [
        [[("omsorg", 1, 1)], []],
        [[("skole", 1, 1)], [("bakken-skole", 2, 0)]],
        [[], [("testvik", 0, 0)]],
    ]


def test_round_open_shows_what_stands_above_a_unit_with_indicators(
    as_controller: Client, tertial: ReportingRound, place: Workplace, one_school: Unit
) -> None:
    Indicator.objects.filter(pk=place.schools.row.indicator_id).update(owner=one_school)
    tertial.reports.filter(unit=place.schools.area.unit).delete()
    assert tree_of(as_controller.get(f"{NEW}?fra={tertial.slug}"))[1] == [
        [("skole", 1, 0), ("bakken-skole", 2, 1)], []
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"units": None}, "units", "Velg minst én enhet."),
        ({"frequencies": None}, "frequencies", "Velg minst én."),
        ({"title": ""}, "title", "Feltet er påkrevet."),
        ({"period": "2024-T4"}, "period", None),
        ({"unit_due_at": in_days(1)}, "unit_due_at", "Enhetene kan ikke ha tidligere frist enn avdelingene"),
        ({"sector_due_at": in_days(6)}, "sector_due_at", "Sektorene kan ikke ha tidligere frist enn de som leverer"),
        ({"department_due_at": in_days(-1)}, "department_due_at", "Dagen er passert."),
    ],
)
def test_round_open_says_what_is_wrong(
    as_controller: Client, tertial: ReportingRound, changes: dict[str, Any], field: str, message: str | None
) -> None:
    url = f"{NEW}?fra={tertial.slug}"
    due = dict.fromkeys(proposing.DEADLINES, in_days(7))
    page = as_controller.post(url, form_of(as_controller, url, **due | changes))
    errors = page.context["form"].errors
    assert (page.status_code, list(errors), ReportingRound.objects.count()) == (422, [field], 1)
    assert page.content.decode().count("Dette må rettes") == 1
    assert message is None or errors[field][0].startswith(message)


def test_round_open_refuses_a_unit_that_is_not_in_the_period(
    as_controller: Client, tertial: ReportingRound, place: Workplace
) -> None:
    url = f"{NEW}?fra={tertial.slug}"
    sent = form_of(as_controller, url)
    Unit.objects.filter(pk=place.care.area.unit.pk).update(valid_to=datetime.date(2023, 12, 31))
    page = as_controller.post(url, sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["units"])
    assert Page(page).sent["units"] == [f"{place.schools.area.unit.pk}"]


def test_round_open_keeps_the_end_of_the_day(as_controller: Client, tertial: ReportingRound) -> None:
    url = f"{NEW}?fra={tertial.slug}"
    as_controller.post(url, form_of(as_controller, url, **dict.fromkeys(proposing.DEADLINES, in_days(30))))
    opened = ReportingRound.objects.exclude(pk=tertial.pk).get()
    due_at = deadlines.end_of(datetime.date.fromisoformat(in_days(30)))
    assert [getattr(opened, name) for name in proposing.DEADLINES] == [due_at] * 3


def test_round_open_from_nothing_is_not_there(as_controller: Client, tertial: ReportingRound) -> None:
    assert as_controller.get(f"{NEW}?fra=finnes-ikke").status_code == 404
