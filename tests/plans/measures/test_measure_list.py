"""The list of measures: what was promised and what happened, sums that add up, and what narrows it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import Frame, FrameChange
from organisation.models import Unit, User
from organisation.versions import create
from plans.measures.figures import Figures
from tests.plans.measures.made import followed_up, made
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/tiltak/"


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def titles(client: Client, **chosen: Any) -> list[str]:
    """The measures that are shown, in order."""
    table = client.get(PAGE, chosen).context["table"]
    return [str(line.measure) for unit in table.units for line in unit.lines]


def frame(unit: Unit, amount: int, *, year: int = YEAR) -> Frame:
    """A frame that says this of measures, and something else of something else."""
    found: Frame = create(Frame(unit=unit, year=year, opening=Decimal(1_000_000)), by=None)
    create(FrameChange(frame=found, position=1, kind="measures", reason="Tiltak", amount=Decimal(amount)), by=None)
    create(FrameChange(frame=found, position=2, kind="duties", reason="Ny lov", amount=Decimal(7)), by=None)
    return found


def test_measure_list_shows_planned_and_achieved_of_each_year(as_controller: Client, schools: Unit) -> None:
    measure = made(schools, planned={YEAR: Figures(Decimal(-5_000_000), Decimal(-4)), YEAR + 1: 500_000})
    followed_up(measure, achieved=Figures(Decimal(-700_000), Decimal("-1.5")), comment="Forsinket.")
    table = as_controller.get(PAGE).context["table"]
    (line,) = table.units[0].lines
    assert table.years == [YEAR, YEAR + 1]
    assert [(cell.amount, cell.fte) for cell in line.cells] == [
        ("−5\u00a0000", "−4,0"), ("−700", "−1,5"), ("500", ""), ("", "")
    ]  # fmt: skip
    assert (line.standing.word, line.standing.symbol, str(line.standing.row.period)) == (
        "påbegynt", "→", f"1. tertial {YEAR}"
    )  # fmt: skip


def test_measure_list_sums_add_up_in_each_unit_and_in_all(
    as_controller: Client, top: Unit, schools: Unit, care: Unit
) -> None:
    for unit in (schools, care):
        for number in range(3):
            made(unit, f"{number}", planned={YEAR: Figures(Decimal("-333.34"), Decimal("0.33"))})
    table = as_controller.get(PAGE).context["table"]
    shown = [[int(line.cells[0].amount.replace("−", "-")) for line in unit.lines] for unit in table.units]
    sums = [int(unit.sums[0].amount.replace("−", "-")) for unit in table.units]
    assert [sum(amounts) for amounts in shown] == sums == [-1, -1]
    assert (table.sums[0].amount, table.sums[0].fte, table.sums[1].amount) == ("−2", "1,98", "")


def test_measure_list_stands_in_the_order_of_the_organisation(
    as_controller: Client, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    for unit in (one_school, care, schools, top):
        made(unit, unit.name)
    assert titles(as_controller) == ["Testvik kommune", "Sektor for omsorg", "Sektor for skole", "Bakken skole"]


def test_measure_list_shows_only_what_may_be_seen(
    client: Client, leader: User, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    for unit in (top, schools, one_school, care):
        made(unit, unit.slug)
    client.force_login(leader)
    page = client.get(PAGE)
    assert titles(client) == ["testvik", "skole", "bakken-skole"]
    assert page.content.decode().count("Rediger") == 2
    assert [slug for slug, _name in page.context["filters"].fields["unit"].choices] == [
        "", "testvik", "skole", "bakken-skole"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"unit": "skole"}, ["Buss", "Vikarer"]),
        ({"unit": "omsorg"}, ["Vaskeri"]),
        ({"year": YEAR + 1}, ["Buss"]),
        ({"status": "done"}, ["Vaskeri"]),
        ({"status": "none"}, ["Buss"]),
        ({"text": "vik"}, ["Vikarer"]),
        ({"text": "dyrt"}, ["Buss"]),
        ({"unit": "skole", "status": "done"}, []),
        ({"unit": "finnes-ikke", "year": "tull"}, ["Vaskeri", "Buss", "Vikarer"]),
    ],
    ids=["unit-and-below", "unit", "year", "status", "no-status", "title", "why", "two", "nonsense"],
)
def test_measure_list_narrowed(
    as_controller: Client, schools: Unit, one_school: Unit, care: Unit, chosen: dict[str, Any], shown: list[str]
) -> None:
    made(schools, "Buss", planned={YEAR + 1: -1}, why="Det er dyrt.")
    followed_up(made(one_school, "Vikarer", planned={YEAR: -1}))
    laundry = made(care, "Vaskeri", planned={YEAR: -1})
    followed_up(laundry, f"{YEAR}-T2", status="done")
    followed_up(laundry, f"{YEAR}-T1", status="begun")
    assert titles(as_controller, **chosen) == shown


def test_measure_list_of_a_year_shows_that_year_alone(as_controller: Client, schools: Unit) -> None:
    made(schools, planned={YEAR: -1, YEAR + 1: -1})
    page = as_controller.get(PAGE, {"year": YEAR + 1})
    assert (page.context["table"].years, page.context["first_year"]) == ([YEAR + 1], YEAR + 1)


def test_measure_list_for_an_administrator_does_not_exist(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    assert client.get(PAGE).status_code == 404


def test_measure_list_holds_the_measures_against_the_frames(
    as_controller: Client, schools: Unit, one_school: Unit, care: Unit
) -> None:
    """What counts is the change from the year before, of the units without a frame of their own too."""
    made(schools, planned={YEAR - 1: -1_000_000, YEAR: -5_000_000})
    made(one_school, planned={YEAR: 250_500})
    frame(schools, -4_000_000)
    frame(care, 0)
    (line,) = as_controller.get(PAGE).context["ties"]
    assert (line.tie.unit, line.tie.year) == (schools, YEAR)
    assert (line.in_frame, line.planned, line.difference) == ("−4\u00a0000", "−3\u00a0749,5", "−250,5")


def test_measure_list_counts_a_unit_with_its_own_frame_there_alone(
    as_controller: Client, schools: Unit, one_school: Unit
) -> None:
    made(one_school, planned={YEAR: -1_000})
    frame(schools, -1_000)
    frame(one_school, -1_000)
    frame(schools, 1_000, year=YEAR + 1)
    lines = as_controller.get(PAGE).context["ties"]
    assert [(line.tie.unit, line.tie.year, line.difference) for line in lines] == [
        (one_school, YEAR, "0"), (schools, YEAR, "−1"), (schools, YEAR + 1, "0")
    ]  # fmt: skip


def test_measure_list_hides_the_frames_of_units_above(client: Client, leader: User, top: Unit, schools: Unit) -> None:
    frame(top, -1_000)
    frame(schools, -2_000)
    client.force_login(leader)
    assert [line.tie.unit for line in client.get(PAGE).context["ties"]] == [schools]


def test_measure_list_runs_the_same_queries_for_one_measure_and_for_many(
    as_controller: Client, schools: Unit, care: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    def one(unit: Unit, number: int) -> None:
        followed_up(made(unit, f"{number}", planned={YEAR: -1}))
        frame(unit, -1, year=YEAR + number)

    one(schools, 0)
    as_controller.get(PAGE)
    with django_assert_num_queries(15):
        as_controller.get(PAGE)
    for number in range(1, 4):
        one(care, number)
    with django_assert_num_queries(15):
        as_controller.get(PAGE)


def test_measure_list_without_measures_says_so(as_controller: Client, top: Unit) -> None:
    page = as_controller.get(PAGE)
    assert "Ingen tiltak her." in page.content.decode()
    assert page.context["table"].units == []


def test_measure_add_is_offered_for_the_year_of_the_newest_plan(as_controller: Client, place: Any) -> None:
    page = as_controller.get(PAGE).content.decode()
    assert reverse("plans:measure_add", args=[YEAR]) in page
