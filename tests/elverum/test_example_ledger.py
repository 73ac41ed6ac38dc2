"""The large made-up ledger: the same each time, as many lines as asked for, valid codes, and it adds up."""

from collections import Counter
from decimal import Decimal

import pytest

from elverum import case_files, cases
from elverum.examples.ledger import ExampleLedger, ExampleLine, as_csv
from elverum.examples.posts import ExampleUnit

FUNCTIONS, ARTS = (case_files.read_codes(cases.FIXTURES / "kostra" / f"{name}.csv") for name in ("functions", "arts"))
UNITS = [ExampleUnit("kommunen"), *(ExampleUnit(f"enhet-{number}") for number in range(5))]
SIZE = {2023: 8_000, 2024: 7_000}


def _lines(seed: int = 1) -> list[ExampleLine]:
    return list(ExampleLedger(UNITS, FUNCTIONS, ARTS, SIZE, {2024: 8}, seed=seed).generated())


@pytest.fixture(scope="module")
def lines() -> list[ExampleLine]:
    return _lines()


def _sum(lines: list[ExampleLine], **facts: object) -> Decimal:
    found = [line for line in lines if all(getattr(line, name) == wanted for name, wanted in facts.items())]
    assert found
    return sum((line.amount for line in found), Decimal(0))


def test_the_same_seed_gives_the_same_ledger(lines: list[ExampleLine]) -> None:
    assert _lines() == lines
    assert _lines(seed=2) != lines


def test_there_are_as_many_lines_as_asked_for(lines: list[ExampleLine]) -> None:
    assert Counter(line.year for line in lines) == SIZE


@pytest.mark.parametrize("year", SIZE)
def test_every_code_that_is_valid_occurs_and_no_other(lines: list[ExampleLine], year: int) -> None:
    for codes, place in ((FUNCTIONS, "function"), (ARTS, "art")):
        valid = {one["code"] for one in codes if _is_valid(one, year)}
        assert {getattr(line, place) for line in lines if line.year == year} == valid


@pytest.mark.parametrize("account", ["operations", "investment"])
def test_codes_are_used_in_the_account_they_are_meant_for(lines: list[ExampleLine], account: str) -> None:
    allowed = "is_operational" if account == "operations" else "is_investment"
    for codes, place in ((FUNCTIONS, "function"), (ARTS, "art")):
        meant = {one["code"] for one in codes if one[allowed] == "yes"}
        assert {getattr(line, place) for line in lines if line.account == account} <= meant


def _is_valid(one: object, year: int) -> bool:
    facts: dict[str, str] = one  # type: ignore[assignment]
    starts, ends = facts["valid_from"] or "0000", facts["valid_to"] or "9999"
    return starts <= f"{year}-12-31" and ends >= f"{year}-01-01"


@pytest.mark.parametrize("year", SIZE)
@pytest.mark.parametrize("account", ["operations", "investment"])
def test_the_adopted_budget_adds_up_to_nothing(lines: list[ExampleLine], year: int, account: str) -> None:
    assert _sum(lines, year=year, account=account, layer="original") == 0


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_decision_keeps_the_sum(lines: list[ExampleLine], number: int) -> None:
    assert _sum(lines, year=2024, amendment=number, layer="revised") == 0


@pytest.mark.parametrize("layer", ["original", "actual"])
def test_depreciation_is_met_by_its_counter_entry(lines: list[ExampleLine], layer: str) -> None:
    written_off = _sum(lines, year=2023, layer=layer, art="590")
    assert written_off > 0
    assert written_off == -_sum(lines, year=2023, layer=layer, art="990")


def test_what_operations_transfer_is_what_investments_receive(lines: list[ExampleLine]) -> None:
    given = _sum(lines, year=2024, layer="original", art="570", account="operations")
    assert given == -_sum(lines, year=2024, layer="original", art="970", account="investment") > 0


@pytest.mark.parametrize("art", ["010", "099", "500", "510"])
def test_wages_interest_and_instalments_are_expenditure(lines: list[ExampleLine], art: str) -> None:
    assert _sum(lines, year=2024, layer="actual", art=art, account="operations") > 0


@pytest.mark.parametrize("art", ["700", "710", "600", "729", "800", "870", "900"])
def test_refunds_sales_taxes_and_grants_are_income(lines: list[ExampleLine], art: str) -> None:
    assert _sum(lines, year=2024, layer="actual", art=art, account="operations") < 0


def test_accounts_end_with_the_last_month_that_has_any(lines: list[ExampleLine]) -> None:
    months = {line.period for line in lines if line.year == 2024 and line.layer == "actual"}
    assert max(months) == "2024-08"


def test_a_year_without_room_for_what_must_be_there_is_refused() -> None:
    with pytest.raises(ValueError, match="100 lines are too few for 2024: it takes"):
        list(ExampleLedger(UNITS, FUNCTIONS, ARTS, {2024: 100}).generated())


def test_as_csv_writes_as_economy_systems_do(lines: list[ExampleLine]) -> None:
    line = ExampleLine(
        "actual", "investment", 2024, "enhet-1", "222", "230", "2024-03", Decimal("-1234.5"), "P7", "Bygg"
    )
    assert as_csv([line]) == (
        "Ansvar;Tjeneste;Art;Prosjekt;Periode;Kontoklasse;Konto;Tekst;Beløp\r\n"
        "enhet-1;222;230;P7;2024-03;investering;12300;Bygg;-1234,50\r\n"
    )


def test_what_is_moved_or_corrected_leaves_depreciation_alone(lines: list[ExampleLine]) -> None:
    assert {line.art for line in lines if line.layer == "revised" or line.text == "Rettet bilag"} & {
        "590",
        "990",
    } == set()
