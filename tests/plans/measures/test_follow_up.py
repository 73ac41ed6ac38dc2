"""Following a measure up: one row for each measure and period, and what it has given of the year so far."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Period, Unit, User
from organisation.versions import Conflict
from plans.measures.figures import Figures
from plans.models import Measure, MeasureStatus
from tests.plans.measures.made import effects, follow, followed_up, last_saver, made
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def measure(schools: Unit) -> Measure:
    found: Measure = made(schools, planned={YEAR: -5_000_000})
    return found


def page(measure: Measure, of: str = f"{YEAR}-T1") -> str:
    return reverse("plans:measure_follow_up", args=[measure.pk, of])


def rows() -> list[tuple[str, str, str]]:
    return [(str(one.period), one.status, one.comment) for one in MeasureStatus.objects.all()]


def test_measure_follow_up_writes_status_and_what_was_achieved(
    as_leader: Client, measure: Measure, leader: User
) -> None:
    facts = {f"saves_{YEAR}": "700", f"fewer_{YEAR}": "1,5"}
    answer = follow(as_leader, measure, comment="Forsinket.", **facts)
    assert answer["Location"] == measure.get_absolute_url()
    assert rows() == [(f"1. tertial {YEAR}", "begun", "Forsinket.")]
    assert effects(measure) == {YEAR: (Decimal("-5000000.00"), Decimal("-700000.00"), None, Decimal("-1.50"))}
    assert last_saver(measure) == leader
    assert measure.history.latest().history_change_reason == (
        f"1. tertial {YEAR}, påbegynt, innsparing 700, 1,5 færre årsverk"
    )


def test_measure_follow_up_again_is_the_same_row(as_leader: Client, measure: Measure) -> None:
    follow(as_leader, measure)
    follow(as_leader, measure, status_now="done")
    assert rows() == [(f"1. tertial {YEAR}", "done", "")]
    assert MeasureStatus.objects.get().history.count() == 2


def test_measure_follow_up_that_is_only_read_makes_no_period(as_leader: Client, measure: Measure) -> None:
    assert as_leader.get(page(measure)).status_code == 200
    assert Period.objects.count() == 0


@pytest.mark.parametrize("of", ["tull", f"{YEAR}-T4", f"{YEAR}-08-31", f"{YEAR}-13"])
def test_measure_follow_up_of_what_is_no_period_within_a_year_does_not_exist(
    as_leader: Client, measure: Measure, of: str
) -> None:
    assert as_leader.get(page(measure, of)).status_code == 404


def test_measure_follow_up_without_a_status_is_not_saved(as_leader: Client, measure: Measure) -> None:
    answer = follow(as_leader, measure, status_now="")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["status_now"])
    assert rows() == []


def test_measure_follow_up_conflict_shows_both(as_leader: Client, measure: Measure, controller: User) -> None:
    sent = {"status_now": "begun", "comment": "Min.", "base_version": measure.version, f"saves_{YEAR}": "1"}
    followed_up(measure, status="done", comment="Deres.", achieved=Figures(Decimal(-2_000)), by=controller)
    answer = as_leader.post(page(measure), sent)
    clash = answer.context["form"].clash
    assert (answer.status_code, clash.saving.by) == (409, "controller")
    assert clash.theirs == [
        ("Status", "Gjennomført"), ("Kommentar", "Deres."), (f"Sparer hittil i {YEAR}", "2")
    ]  # fmt: skip
    assert answer.context["form"]["comment"].value() == "Min."
    assert rows() == [(f"1. tertial {YEAR}", "done", "Deres.")]
    assert as_leader.post(page(measure), sent | {"overwrite": clash.version}).status_code == 302
    assert rows() == [(f"1. tertial {YEAR}", "begun", "Min.")]
    assert effects(measure)[YEAR][1] == Decimal("-1000.00")


def test_measure_follow_up_of_another_period_meanwhile_is_a_conflict_too(measure: Measure) -> None:
    """Both write what the year has given so far."""
    followed_up(measure, f"{YEAR}-T1", achieved=Figures(Decimal(-1)))
    with pytest.raises(Conflict):
        followed_up(measure, f"{YEAR}-T2", achieved=Figures(Decimal(-2)), base_version=1)
    assert effects(measure)[YEAR][1] == Decimal("-1.00")


def test_measure_follow_up_shows_how_it_stood_before(as_leader: Client, measure: Measure) -> None:
    followed_up(measure, f"{YEAR}-T1", comment="I vår.")
    followed_up(measure, f"{YEAR}-T3", comment="I vinter.")
    assert as_leader.get(page(measure, f"{YEAR}-T2")).context["before"].row.comment == "I vår."
    assert as_leader.get(page(measure, f"{YEAR}-T1")).context["before"] is None


def test_measure_shows_every_status_with_who_and_when(as_leader: Client, measure: Measure, controller: User) -> None:
    followed_up(measure, f"{YEAR}-T1", by=controller)
    followed_up(measure, f"{YEAR}-T2", status="done", by=controller)
    context = as_leader.get(measure.get_absolute_url()).context
    shown = [(standing.word, saving.by, code) for standing, saving, code in context["statuses"]]
    assert shown == [("gjennomført", "controller", f"{YEAR}-T2"), ("påbegynt", "controller", f"{YEAR}-T1")]
    assert [save.row.version for save in context["saves"]] == [3, 2, 1]


def test_measure_offers_the_tertials_and_the_year_that_have_begun(as_leader: Client, measure: Measure) -> None:
    links = as_leader.get(measure.get_absolute_url()).context["follow_up"]
    assert [(year, [link.label for link in found]) for year, found in links] == [
        (YEAR, [f"1. tertial {YEAR}", f"2. tertial {YEAR}", f"3. tertial {YEAR}", f"{YEAR}"])
    ]


def test_measure_for_those_who_only_read_has_no_tools(client: Client, reader: User, measure: Measure) -> None:
    followed_up(measure)
    client.force_login(reader)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert [page.count(word) for word in ("Rediger", "Fjern", "Følg opp")] == [0, 0, 0]
    assert client.get(reverse("plans:measure_follow_up", args=[measure.pk, f"{YEAR}-T1"])).status_code == 403
