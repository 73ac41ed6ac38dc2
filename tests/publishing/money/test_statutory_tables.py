"""The statutory tables as they are printed: columns, signs, sums and what is left over."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.statutory.computing import Code
from budget.statutory.distribution import Division, Part
from budget.statutory.figures import Figures, columns_of
from budget.statutory.mapping import EVERY_TABLE
from organisation.models import Unit
from publishing.money.statutory_tables import Choice, Frame, Sign, Statutory, View
from publishing.structure import Table
from tests.budget.statutory import example
from tests.workplace import YEAR

AMOUNTS = st.integers(min_value=-(10**11), max_value=10**11).map(lambda ore: Decimal(ore).scaleb(-2))


@pytest.fixture
def year(top: Unit, schools: Unit, care: Unit) -> int:
    """The year of the hand-made budget."""
    example.build(top)
    return YEAR


def shown(slug: str, choice: Choice | None = None, *, year: int = YEAR) -> Table:
    return Statutory(year, choice or Choice()).table(slug, Frame(slug))


def column(table: Table, index: int) -> dict[str, str]:
    """The labels and what is printed in a column."""
    return {row.label: row.cells[index].replace("\u00a0", " ") for row in table.rows()}


@pytest.mark.django_db
def test_columns_of_a_year_are_those_of_the_regulation(year: int) -> None:
    assert [one.label for one in shown("operations").columns] == [
        "Regnskap 2023",
        "Opprinnelig budsjett 2024",
        "Regulert budsjett 2024",
        "Regnskap 2024",
    ]


@pytest.mark.django_db
def test_columns_of_the_plan_are_four_years(year: int) -> None:
    table = shown("operations", Choice(view=View.PLAN))
    expected = ["Budsjett 2024", "Økonomiplan 2025", "Økonomiplan 2026", "Økonomiplan 2027"]
    assert [one.label for one in table.columns] == expected
    assert table.caption == "Bevilgningsoversikt drift 2024–2027"


@pytest.mark.django_db
def test_operations_are_usually_printed_with_income_above_zero(year: int) -> None:
    table = shown("operations")
    printed = column(table, 1)
    assert printed["Rammetilskudd"] == "250 000"
    assert printed["Sum bevilgninger drift, netto"] == "−531 700"
    assert printed["Netto driftsresultat"] == "10 800"
    assert printed["Fremført til inndekning i senere år (merforbruk)"] == "0"
    assert table.note == "Inntekter står uten minus, utgifter med."
    assert [row.values[1] for row in table.rows()][:1] == ["250000"]


@pytest.mark.django_db
def test_sign_is_as_chosen(year: int) -> None:
    kostra, turned = (shown("operations", Choice(sign=sign)) for sign in (Sign.KOSTRA, Sign.TURNED))
    assert column(kostra, 1)["Rammetilskudd"] == "−250 000"
    assert column(turned, 1)["Rammetilskudd"] == "250 000"
    assert kostra.note == "Utgifter står uten minus, inntekter med."


@pytest.mark.django_db
def test_sums_are_marked_and_dispositions_stand_under_their_heading(year: int) -> None:
    table = shown("operations")
    assert [row.label for row in table.rows() if row.is_sum] == [
        "Sum generelle driftsinntekter",
        "Sum netto driftsutgifter",
        "Brutto driftsresultat",
        "Netto finansutgifter",
        "Netto driftsresultat",
        "Sum disponeringer eller dekning av netto driftsresultat",
        "Fremført til inndekning i senere år (merforbruk)",
    ]
    assert [group.title for group in table.groups if group.title] == [
        "Disponering eller dekning av netto driftsresultat"
    ]


@pytest.mark.django_db
def test_operations_by_area_end_with_the_row_of_the_first_part(year: int) -> None:
    table = shown("operations-by-area")
    assert column(table, 1) == {
        "Område skole": "−236 500",
        "Område omsorg": "−281 200",
        "Område testvik": "−14 000",
        "Sum bevilgninger drift, netto": "−531 700",
    }
    assert table.row_heading == "Tjenesteområde"


@pytest.mark.django_db
def test_operations_of_no_area_are_printed_as_left_over(year: int, top: Unit) -> None:
    example.move(top, ("370", "010", 600_000))
    printed = column(shown("operations-by-area", Choice(sign=Sign.KOSTRA)), 1)
    assert list(printed.items())[-2:] == [
        ("Ikke fordelt på tjenesteområder", "600"),
        ("Sum bevilgninger drift, netto", "532 300"),
    ]


@pytest.mark.django_db
def test_investments_by_group_are_summed_row_by_row(year: int) -> None:
    table = shown("investments-by-group")
    assert [(group.title, [(row.label, row.cells[1]) for row in group.rows]) for group in table.groups] == [
        (
            "Investeringer i varige driftsmidler",
            [
                ("Skolebygg", "50 000"),
                ("Helsebygg", "25 000"),
                ("Sum investeringer i varige driftsmidler", "75 000"),
            ],
        ),
        (
            "Tilskudd til andres investeringer",
            [("Idrett", "2 000"), ("Sum tilskudd til andres investeringer", "2 000")],
        ),
        (
            "Investeringer i aksjer og andeler i selskaper",
            [("Andre investeringer", "3 000"), ("Sum investeringer i aksjer og andeler i selskaper", "3 000")],
        ),
        ("Utlån av egne midler", [("Næring", "1 000"), ("Sum utlån av egne midler", "1 000")]),
    ]


@pytest.mark.django_db
def test_addresses_within_a_table_are_all_different(year: int) -> None:
    for slug in EVERY_TABLE:
        anchors = [row.anchor for row in shown(slug).rows()]
        assert len(anchors) == len(set(anchors))


@pytest.mark.django_db
def test_table_of_a_year_without_lines_is_empty_but_whole(top: Unit) -> None:
    assert column(shown("investments-by-group"), 0) == {"Sum investeringer i varige driftsmidler": "0"}


@given(
    wages=AMOUNTS,
    grants=AMOUNTS,
    areas=st.lists(AMOUNTS, max_size=14),
    by=st.sampled_from([Division.AREA, Division.SECTOR]),
)
def test_second_part_adds_up_to_the_first_as_printed(
    wages: Decimal, grants: Decimal, areas: list[Decimal], by: Division
) -> None:
    columns = columns_of(YEAR)
    count = len(columns)
    sums = {
        Code("operations", "202", "010"): (wages + sum(areas),) * count,
        Code("operations", "840", "800"): (grants,) * count,
    }
    tables = Statutory(YEAR, Choice(operations=by))
    tables.__dict__["figures"] = Figures(YEAR, columns, sums, None)
    parts = [Part(f"part-{number}", f"{number}", (area,) * count) for number, area in enumerate(areas)]
    tables.__dict__["parts"] = {"appropriations": parts}
    first, second = (tables.table(slug, Frame(slug)) for slug in ("operations", "operations-by-area"))
    *rows, whole = second.rows()
    assert whole.values == next(row.values for row in first.rows() if row.key == "appropriations")
    for at in range(4):
        assert sum(Decimal(row.values[at] or 0) for row in rows) == Decimal(whole.values[at] or 0)
