"""The demo's budget and accounts: they add up, look like a municipality's, and are the same each time."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import pytest

from elverum import case_files, cases
from elverum.examples.accounts import MOVABLE_ARTS, MOVES, ExampleAccounts, decided_on
from elverum.examples.budget import ExampleBudget, ExampleProject
from elverum.examples.ledger import ExampleLine
from elverum.examples.posts import MILLION, ExampleUnit
from elverum.examples.profiles import PROFILES, SIZES

FUNCTIONS = case_files.read_codes(cases.FIXTURES / "kostra" / "functions.csv")
YEARS = (2023, 2024)
SCHOOLS = [ExampleUnit(f"skole-{number}", ("202", "215")) for number in range(8)]
HOMES = [ExampleUnit(f"bolig-{number}", ("254", "257")) for number in range(8)]
OTHERS = [
    ExampleUnit(f"enhet-{number}", tuple(sorted(SIZES.keys() - {"202", "215", "254"}))[number::6])
    for number in range(6)
]
UNITS = [ExampleUnit("kommunen"), *SCHOOLS, *HOMES, *OTHERS]
PROJECT = ExampleProject("Eksempel-01", "enhet-1", "345", "230", {2023: 20 * MILLION, 2024: 30 * MILLION})
BUDGET = ExampleBudget(UNITS, FUNCTIONS, 2023, [PROJECT])


def _lines(budget: ExampleBudget = BUDGET) -> list[ExampleLine]:
    return list(ExampleAccounts(budget, {2023: 12, 2024: 8}, {"010": "Fastlønn"}).lines())


@pytest.fixture(scope="module")
def lines() -> list[ExampleLine]:
    return _lines()


def _sum(lines: Iterable[ExampleLine], **facts: object) -> Decimal:
    found = [line.amount for line in lines if all(getattr(line, name) == wanted for name, wanted in facts.items())]
    assert found
    return sum(found, Decimal(0))


def _part(lines: list[ExampleLine], first: str, last: str) -> Decimal:
    """How many per cent of operating expenditure in the budget of the newer year is on these arts."""
    budget = [one for one in lines if (one.year, one.layer, one.account) == (2024, "original", "operations")]
    spent = sum(one.amount for one in budget if one.art < "500" or one.art == "590")
    return sum((one.amount for one in budget if first <= one.art <= last), Decimal(0)) / spent * 100


def test_the_same_seed_gives_the_same_ledger(lines: list[ExampleLine]) -> None:
    assert _lines() == lines
    assert _lines(ExampleBudget(UNITS, FUNCTIONS, 2023, [PROJECT], seed=2)) != lines


@pytest.mark.parametrize("account", ["operations", "investment"])
@pytest.mark.parametrize(("year", "layer"), [(2023, "original"), (2024, "original"), (2023, "actual")])
def test_a_budget_and_the_accounts_of_a_whole_year_add_up_to_nothing(
    lines: list[ExampleLine], account: str, year: int, layer: str
) -> None:
    assert _sum(lines, year=year, account=account, layer=layer) == 0


@pytest.mark.parametrize("layer", ["original", "actual"])
@pytest.mark.parametrize(("one", "other"), [("590", "990"), ("570", "970")])
def test_what_answers_to_something_is_equal_to_it(lines: list[ExampleLine], layer: str, one: str, other: str) -> None:
    for year in YEARS:
        given = _sum(lines, year=year, layer=layer, art=one)
        assert given == -_sum(lines, year=year, layer=layer, art=other) > 0


@pytest.mark.parametrize(
    ("first", "last", "least", "most"),
    [
        pytest.param("010", "089", 54, 61, id="wages"),
        pytest.param("090", "099", 11, 16, id="social costs"),
        pytest.param("100", "399", 16, 22, id="goods and services"),
        pytest.param("400", "499", 5, 11, id="transfers"),
        pytest.param("590", "590", 2, 5, id="depreciation"),
        pytest.param("600", "619", -6, -3, id="user fees"),
        pytest.param("620", "699", -11, -6, id="sales and rent"),
        pytest.param("710", "710", -4, -1, id="sick pay refunded"),
        pytest.param("729", "729", -4, -1, id="VAT refunded"),
    ],
)
def test_the_mix_is_that_of_a_municipality(
    lines: list[ExampleLine], first: str, last: str, least: int, most: int
) -> None:
    assert least <= _part(lines, first, last) <= most


@pytest.mark.parametrize("year", YEARS)
def test_the_municipality_is_of_the_right_size_and_has_a_little_left(lines: list[ExampleLine], year: int) -> None:
    budget = [one for one in lines if (one.year, one.layer, one.account) == (year, "original", "operations")]
    spent = _sum(one for one in budget if one.art < "500" or one.art == "590")
    assert 1_900 * MILLION <= spent <= 2_200 * MILLION
    result = -_sum(one for one in budget if one.art not in {"540", "550", "570", "940", "950"})
    income = -_sum(one for one in budget if "600" <= one.art < "900")
    assert abs(result / income) <= Decimal("0.02")


def test_every_profile_shares_out_the_whole_cost() -> None:
    spent = {
        function: sum(Decimal(part) for part in arts.values() if part[0] != "-") for function, arts in PROFILES.items()
    }
    assert {function: part for function, part in spent.items() if part != 1} == {}


def test_decisions_move_round_sums_of_wages_and_goods_and_keep_the_sum(lines: list[ExampleLine]) -> None:
    moved: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        if line.layer == "revised":
            assert line.art in MOVABLE_ARTS
            moved[line.year, line.amendment][line.unit] += line.amount
    assert sorted(moved) == [(year, number) for year in YEARS for number in (1, 2, 3)]
    for by_unit in moved.values():
        assert sum(by_unit.values()) == 0
        assert len(by_unit) == 2 * MOVES
        assert {amount % 100_000 for amount in by_unit.values()} == {0}


def test_decisions_are_made_while_there_are_accounts() -> None:
    assert [decided_on(2024, number).month for number in (1, 2, 3)] == [4, 6, 8]


def test_accounts_end_with_the_last_month_that_has_any(lines: list[ExampleLine]) -> None:
    assert max(line.period for line in lines if line.year == 2024 and line.layer == "actual") == "2024-08"


def test_a_unit_goes_on_with_what_succeeds_an_ended_function(lines: list[ExampleLine]) -> None:
    before = _sum(lines, year=2023, layer="original", unit="bolig-0", function="254")
    after = _sum(lines, year=2024, layer="original", unit="bolig-0", function="257")
    assert Decimal("1.02") < after / before < Decimal("1.06")
    assert [line for line in lines if (line.year, line.function) in {(2023, "257"), (2024, "254")}] == []


def test_a_few_functions_go_away_from_the_budget_and_most_do_not(lines: list[ExampleLine]) -> None:
    sums: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        is_so_far = line.account == "operations" and "2024-01" <= line.period <= "2024-08"
        if is_so_far and line.unit != "kommunen" and line.layer != "revised":
            sums[line.unit, line.function][line.layer] += line.amount
    away = [one for one in sums.values() if abs(one["actual"] / one["original"] - 1) > Decimal("0.02")]
    assert len(sums) // 25 <= len(away) <= len(sums) // 4


def test_a_project_is_budgeted_for_the_year_and_paid_for_by_operations_and_loans(lines: list[ExampleLine]) -> None:
    found = [line for line in lines if line.account == "investment" and line.layer == "original" and line.year == 2024]
    assert [(one.project, one.art, one.period) for one in found] == [
        ("Eksempel-01", "230", "2024"),
        ("", "970", "2024"),
        ("", "910", "2024"),
    ]
    assert found[0].amount == 30 * MILLION
