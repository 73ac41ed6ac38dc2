"""Every breach is found where it is planted, and nothing is found in a budget that is in balance."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from budget.models import KostraArt
from budget.statutory.control import findings_of
from budget.statutory.distribution import Division
from organisation.models import AreaFunction, Unit
from tests.budget.money import line
from tests.budget.statutory import example
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db

Plant = Callable[[Unit], None]


@pytest.fixture
def sound(top: Unit, schools: Unit, care: Unit) -> Unit:
    """The hand-made budget with a plan for four years, accounts to the end of the year, and a decision."""
    example.build(top)
    example.write_plan(2025, 2026, 2027)
    example.write_accounts()
    example.change_budget(top, ("202", "010", 1_000_000), ("880", "540", -1_000_000))
    return top


def found(year: int = YEAR) -> list[tuple[str, str, int]]:
    """Rule, where and kroner of each finding."""
    return [(one.rule, one.where, int(one.amount)) for one in findings_of(year)]


def test_sound_budget_has_no_findings(sound: Unit) -> None:
    assert findings_of(YEAR) == []


def test_year_without_lines_has_no_findings(top: Unit) -> None:
    assert findings_of(YEAR) == []


def drift(*moves: tuple[str, str, int]) -> Plant:
    return lambda top: example.move(top, *moves)


def investing(*moves: tuple[str, str, int]) -> Plant:
    return lambda top: example.move(top, *moves, account="investment")


ORIGINAL = f"Opprinnelig budsjett {YEAR}"


@pytest.mark.parametrize(
    ("plant", "rule", "amount"),
    [
        (drift(("202", "010", 70_000)), "operations-unbalanced", 70_000),
        (drift(("840", "800", -70_000)), "operations-unbalanced", -70_000),
        (investing(("870", "910", 30_000)), "investment-unbalanced", 30_000),
        (investing(("870", "910", -30_000)), "investment-unbalanced", -30_000),
        (drift(("222", "590", 50_000), ("840", "800", -50_000)), "depreciation-differs", 50_000),
        (drift(("880", "570", 40_000), ("840", "800", -40_000)), "transfer-differs", 40_000),
        (investing(("880", "970", -40_000), ("870", "910", 40_000)), "transfer-differs", -40_000),
        (drift(("202", "010", 60_000), ("899", "980", -60_000)), "deficit", -60_000),
        (investing(("899", "980", -20_000), ("870", "910", 20_000)), "deficit", -20_000),
        (drift(("370", "010", 90_000), ("840", "800", -90_000)), "parts-differ", 90_000),
        (investing(("222", "230", 80_000), ("870", "910", -80_000)), "parts-differ", 80_000),
        (investing(("283", "522", 900_000), ("870", "910", -900_000)), "relending-unbalanced", 200_000),
        (investing(("870", "912", -10_000), ("870", "910", 10_000)), "relending-unbalanced", -10_000),
    ],
    ids=[
        "operations-lack",
        "operations-are-over",
        "investments-lack",
        "investments-are-over",
        "depreciation",
        "transfer-given",
        "transfer-taken",
        "deficit",
        "investment-deficit",
        "no-area",
        "no-project",
        "relending-lacks",
        "relending-is-over",
    ],
)
def test_breach_that_is_planted_is_found_alone(sound: Unit, plant: Plant, rule: str, amount: int) -> None:
    plant(sound)
    assert found() == [(rule, ORIGINAL, amount)]


def test_breach_tells_what_is_wrong_and_what_to_do(sound: Unit) -> None:
    example.move(sound, ("202", "010", 1_500_000))
    (one,) = findings_of(YEAR)
    assert one.message == "Driften går ikke opp: det mangler 1\u00a0500\u00a0000 kroner i inntekter eller bruk av fond."
    assert one.remedy == "Endre bevilgninger, avsetninger eller bruk av fond til summen er 0."
    assert (one.year, one.layer, one.subject) == (YEAR, "original", f"{YEAR}/original")


@pytest.mark.parametrize("year", [2025, 2026, 2027], ids=str)
def test_breach_in_a_year_of_the_plan_is_found(sound: Unit, year: int) -> None:
    example.move(sound, ("202", "010", 70_000), year=year)
    assert found() == [("operations-unbalanced", f"Økonomiplan {year}", 70_000)]


def test_breach_in_the_accounts_is_found_when_the_year_is_over(sound: Unit) -> None:
    line(sound, 70_000, period=f"{YEAR}-06")
    assert found() == [("operations-unbalanced", f"Regnskap {YEAR}", 70_000)]


def test_accounts_are_left_alone_before_the_year_is_over(top: Unit, schools: Unit, care: Unit) -> None:
    example.build(top)
    line(top, 70_000, period=f"{YEAR}-11")
    assert found() == []


def test_deficit_in_the_accounts_is_no_breach(sound: Unit) -> None:
    line(sound, 70_000, period=f"{YEAR}-06")
    line(sound, -70_000, period=f"{YEAR}-12", function="899", art="980")
    assert found() == []


def test_decision_that_changes_the_sum_is_found(sound: Unit) -> None:
    example.change_budget(sound, ("202", "010", 25_000), number=2)
    assert found() == [
        ("operations-unbalanced", f"Regulert budsjett {YEAR}", 25_000),
        ("amendment-unbalanced", f"Regulert budsjett {YEAR}", 25_000),
    ]


def test_decisions_that_make_up_for_each_other_are_both_found(sound: Unit) -> None:
    example.change_budget(sound, ("202", "010", 25_000), number=2)
    example.change_budget(sound, ("880", "540", -25_000), number=3)
    assert [(one.rule, one.subject) for one in findings_of(YEAR)] == [
        ("amendment-unbalanced", f"{YEAR}/2/operations"),
        ("amendment-unbalanced", f"{YEAR}/3/operations"),
    ]


def test_decision_across_the_accounts_keeps_the_sum_in_each(sound: Unit) -> None:
    example.change_budget(sound, ("880", "570", 500_000), ("880", "540", -500_000), number=2)
    decision: dict[str, Any] = {
        "layer": "revised",
        "period": f"{YEAR}",
        "amendment": sound.budget_amendments.get(number=2),
    }
    for function, art, amount in (("880", "970", -500_000), ("870", "910", 500_000)):
        line(sound, amount, function=function, art=art, account_class="investment", **decision)
    assert found() == []


def test_breach_of_the_original_budget_is_said_once(sound: Unit) -> None:
    example.move(sound, ("202", "010", 70_000))
    assert found() == [("operations-unbalanced", ORIGINAL, 70_000)]
    example.change_budget(sound, ("202", "010", 5_000), number=2)
    assert [one for one in found() if one[0] == "operations-unbalanced"] == [
        ("operations-unbalanced", ORIGINAL, 70_000),
        ("operations-unbalanced", f"Regulert budsjett {YEAR}", 75_000),
    ]


def test_art_that_no_row_knows_is_found(sound: Unit) -> None:
    KostraArt.objects.create(code="599", name="Ukjent", series="5", is_income=False)
    example.move(sound, ("202", "599", 10_000), ("840", "800", -10_000))
    (one,) = findings_of(YEAR)
    assert (one.rule, one.subject) == ("art-unplaced", f"{YEAR}/original/operations-202-599")
    assert one.message == "10\u00a0000 kroner på funksjon 202 og art 599 hører ikke til noen rad."


def test_sectors_have_every_line(sound: Unit) -> None:
    AreaFunction.objects.all().delete()
    assert {one.rule for one in findings_of(YEAR)} == {"parts-differ"}
    assert findings_of(YEAR, by=Division.SECTOR) == []


def test_area_that_is_gone_leaves_its_functions_over(sound: Unit) -> None:
    AreaFunction.objects.filter(area__slug="omrade-skole").update(valid_to=datetime.date(YEAR - 1, 12, 31))
    assert [one for one in found() if one[1] == ORIGINAL] == [("parts-differ", ORIGINAL, 236_500_000)]


def test_findings_take_the_same_queries_for_few_lines_and_many(
    sound: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        findings_of(YEAR)
    for _number in range(3):
        example.write_accounts()
    with django_assert_num_queries(8):
        findings_of(YEAR)
