"""Every row of the statutory tables, against figures that were added up by hand."""

from decimal import Decimal

import pytest

from budget.statutory.computing import Computed
from budget.statutory.distribution import Division, investment_parts, operations_parts
from budget.statutory.figures import Figures, Kind
from budget.statutory.mapping import INVESTMENTS, OPERATIONS, OVERVIEW
from organisation.models import Unit
from tests.budget.statutory import example
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db

BEFORE, ORIGINAL, REVISED, ACTUAL, PLAN = 0, 1, 2, 3, 4

DRIFT = {
    "Rammetilskudd": -250_000_000,
    "Inntekts- og formuesskatt": -300_000_000,
    "Eiendomsskatt": -20_000_000,
    "Andre generelle driftsinntekter": -13_500_000,
    "Sum generelle driftsinntekter": -583_500_000,
    "Sum bevilgninger drift, netto": 531_700_000,
    "Avskrivninger": 25_000_000,
    "Sum netto driftsutgifter": 556_700_000,
    "Brutto driftsresultat": -26_800_000,
    "Renteinntekter": -3_000_000,
    "Utbytter": -5_000_000,
    "Gevinster og tap på finansielle omløpsmidler": -1_000_000,
    "Renteutgifter": 22_000_000,
    "Avdrag på lån": 28_000_000,
    "Netto finansutgifter": 41_000_000,
    "Motpost avskrivninger": -25_000_000,
    "Netto driftsresultat": -10_800_000,
    "Overføring til investering": 10_000_000,
    "Avsetninger til bundne driftsfond": 1_200_000,
    "Bruk av bundne driftsfond": -700_000,
    "Avsetninger til disposisjonsfond": 1_300_000,
    "Bruk av disposisjonsfond": -2_000_000,
    "Dekning av tidligere års merforbruk": 1_000_000,
    "Sum disponeringer eller dekning av netto driftsresultat": 10_800_000,
    "Fremført til inndekning i senere år (merforbruk)": 0,
}

INVESTERING = {
    "Investeringer i varige driftsmidler": 75_000_000,
    "Tilskudd til andres investeringer": 2_000_000,
    "Investeringer i aksjer og andeler i selskaper": 3_000_000,
    "Utlån av egne midler": 1_000_000,
    "Avdrag på lån": 1_500_000,
    "Sum investeringsutgifter": 82_500_000,
    "Kompensasjon for merverdiavgift": -15_000_000,
    "Tilskudd fra andre": -4_000_000,
    "Salg av varige driftsmidler": -2_500_000,
    "Salg av finansielle anleggsmidler": -600_000,
    "Utdeling fra selskaper": -200_000,
    "Mottatte avdrag på utlån av egne midler": -800_000,
    "Bruk av lån": -48_200_000,
    "Sum investeringsinntekter": -71_300_000,
    "Videreutlån": 12_000_000,
    "Bruk av lån til videreutlån": -12_000_000,
    "Avdrag på lån til videreutlån": 6_000_000,
    "Mottatte avdrag på videreutlån": -6_500_000,
    "Netto utgifter videreutlån": -500_000,
    "Overføring fra drift": -10_000_000,
    "Avsetninger til bundne investeringsfond": 500_000,
    "Bruk av bundne investeringsfond": -200_000,
    "Avsetninger til ubundet investeringsfond": 100_000,
    "Bruk av ubundet investeringsfond": -1_400_000,
    "Dekning av tidligere års udekket beløp": 300_000,
    "Sum overføring fra drift og netto avsetninger": -10_700_000,
    "Fremført til inndekning i senere år (udekket beløp)": 0,
}

ETTER_ART = {
    "Rammetilskudd": -250_000_000,
    "Inntekts- og formuesskatt": -300_000_000,
    "Eiendomsskatt": -20_000_000,
    "Andre skatteinntekter": -1_000_000,
    "Andre overføringer og tilskudd fra staten": -15_000_000,
    "Overføringer og tilskudd fra andre": -23_300_000,
    "Brukerbetalinger": -28_000_000,
    "Salgs- og leieinntekter": -9_000_000,
    "Sum driftsinntekter": -646_300_000,
    "Lønnsutgifter": 437_000_000,
    "Sosiale utgifter": 79_000_000,
    "Kjøp av varer og tjenester": 58_000_000,
    "Overføringer og tilskudd til andre": 20_500_000,
    "Avskrivninger": 25_000_000,
    "Sum driftsutgifter": 619_500_000,
    "Brutto driftsresultat": -26_800_000,
} | dict(list(DRIFT.items())[9:])


@pytest.fixture
def year(top: Unit, schools: Unit, care: Unit) -> int:
    """The year of the hand-made budget."""
    example.build(top)
    return YEAR


def rows_of(table: Computed, column: int) -> dict[str, int]:
    """The table's labels and amounts, in order."""
    return {row.label: int(table.of(row.key, column)) for row in table.table.rows()}


def in_order(rows: dict[str, int]) -> list[tuple[str, int]]:
    """The rows with their order, which == on dictionaries does not see."""
    return list(rows.items())


def in_kroner(amounts: tuple[Decimal, ...]) -> tuple[int, ...]:
    """The accounts of the year before, the budget, the changed budget and the accounts."""
    return tuple(int(amount) for amount in amounts[:4])


def test_operations_are_as_added_up_by_hand(year: int) -> None:
    assert in_order(rows_of(Figures.of(year).table(OPERATIONS), ORIGINAL)) == in_order(DRIFT)


def test_investments_are_as_added_up_by_hand(year: int) -> None:
    assert in_order(rows_of(Figures.of(year).table(INVESTMENTS), ORIGINAL)) == in_order(INVESTERING)


def test_economic_overview_is_as_added_up_by_hand(year: int) -> None:
    assert in_order(rows_of(Figures.of(year).table(OVERVIEW), ORIGINAL)) == in_order(ETTER_ART)


def test_operations_by_area_are_as_added_up_by_hand(year: int) -> None:
    parts = [(part.name, int(part.amounts[ORIGINAL])) for part in operations_parts(year, by=Division.AREA)]
    assert parts == [("Område skole", 236_500_000), ("Område omsorg", 281_200_000), ("Område testvik", 14_000_000)]


def test_operations_by_sector_are_as_added_up_by_hand(year: int, one_school: Unit) -> None:
    example.move(one_school, ("202", "010", 3_000_000))
    parts = [(part.name, int(part.amounts[ORIGINAL])) for part in operations_parts(year, by=Division.SECTOR)]
    expected = [("Sektor for omsorg", 281_200_000), ("Sektor for skole", 239_500_000), ("Testvik kommune", 14_000_000)]
    assert parts == expected


def test_operations_on_a_function_of_no_area_are_left_over(year: int, top: Unit) -> None:
    example.move(top, ("370", "010", 600_000))
    *_areas, left = operations_parts(year, by=Division.AREA)
    assert (left.is_left, left.amounts[ORIGINAL]) == (True, Decimal(600_000))


def test_investments_by_group_are_as_added_up_by_hand(year: int) -> None:
    found = investment_parts(year, by=Division.GROUP, rows=["fixed-assets", "grants-given", "shares", "lending"])
    assert {key: [(part.name, int(part.amounts[ORIGINAL])) for part in parts] for key, parts in found.items()} == {
        "fixed-assets": [("Skolebygg", 50_000_000), ("Helsebygg", 25_000_000)],
        "grants-given": [("Idrett", 2_000_000)],
        "shares": [("Andre investeringer", 3_000_000)],
        "lending": [("Næring", 1_000_000)],
    }


def test_investments_by_project_bear_the_projects_names(year: int) -> None:
    found = investment_parts(year, by=Division.PROJECT, rows=["fixed-assets"])
    assert [part.name for part in found["fixed-assets"]] == ["Ny skole", "Nytt sykehjem"]


def test_columns_hold_accounts_and_changes_of_the_year(year: int, top: Unit) -> None:
    example.change_budget(top, ("202", "010", 1_000_000), ("880", "540", -1_000_000))
    example.write(example.OPERATIONS[:1], account="operations", layer="actual", year=year - 1, plan_year=year - 1)
    example.write(example.OPERATIONS[6:7], account="operations", layer="actual")
    table = Figures.of(year).table(OPERATIONS)
    assert in_kroner(table.amounts["block-grant"]) == (-250_000_000, -250_000_000, -250_000_000, 0)
    assert in_kroner(table.amounts["appropriations"]) == (0, 531_700_000, 532_700_000, 175_000_000)
    assert in_kroner(table.amounts["to-free-fund"]) == (0, 1_300_000, 300_000, 0)
    assert in_kroner(table.amounts["gross-result"]) == (-250_000_000, -26_800_000, -25_800_000, 175_000_000)


def test_plan_shows_each_year_on_the_arts_of_that_year(year: int) -> None:
    example.write_plan(2025, 2026, 2027)
    figures = Figures.of(year)
    for table, expected in ((OPERATIONS, DRIFT), (INVESTMENTS, INVESTERING), (OVERVIEW, ETTER_ART)):
        computed = figures.table(table)
        assert [in_order(rows_of(computed, PLAN + ahead)) for ahead in range(3)] == [in_order(expected)] * 3
        assert not computed.unplaced
    assert [(one.kind, one.year) for one in figures.columns[PLAN:]] == [(Kind.PLAN, year + n) for n in (1, 2, 3)]


def test_plan_of_an_earlier_budget_is_not_in_the_years_tables(year: int, top: Unit) -> None:
    example.write(example.OPERATIONS, account="operations", year=year, plan_year=year - 1)
    assert in_order(rows_of(Figures.of(year).table(OPERATIONS), ORIGINAL)) == in_order(DRIFT)


def test_refunds_on_general_functions_are_general_income(year: int, top: Unit) -> None:
    example.move(top, ("850", "700", -200_000), ("840", "890", -100_000), ("202", "700", -400_000))
    table = Figures.of(year).table(OPERATIONS)
    assert table.of("other-general-income", ORIGINAL) == Decimal(-13_800_000)
    assert table.of("appropriations", ORIGINAL) == Decimal(531_300_000)


def test_printed_rows_of_the_example_are_the_exact_thousands(year: int) -> None:
    table = Figures.of(year).table(OPERATIONS)
    printed = table.printed(ORIGINAL)
    assert {row.label: int(printed[row.key]) * 1_000 for row in OPERATIONS.rows()} == DRIFT
