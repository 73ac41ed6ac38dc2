"""The budget in a document: by unit and by function, for a plan and for a report, with either sign."""

from decimal import Decimal
from typing import Any

import pytest

from organisation.bulk import functions_by_code
from organisation.models import Unit
from organisation.versions import create
from plans.models import Section
from publishing.building.budget_blocks import BUILDERS
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.structure import Table
from tests.budget.money import Layer, amendment, line, load_codes
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db

BY_UNIT, BY_FUNCTION = Section.Block.BUDGET_BY_UNIT, Section.Block.BUDGET_BY_FUNCTION


@pytest.fixture(autouse=True)
def _lines(place: Workplace, top: Unit, schools: Unit, one_school: Unit, care: Unit) -> None:
    load_codes()
    for unit, amount in ((schools, 1_200_400), (one_school, 2_400_400), (care, 6_000_400)):
        for month in range(1, 13):
            line(unit, amount, layer=Layer.ORIGINAL, period=f"{YEAR}-{month:02}")
            line(unit, amount - 100_000, period=f"{YEAR - 1}-{month:02}")
        line(unit, amount * 4, period=f"{YEAR}-04", function="222")
    line(top, -120_000_000, layer=Layer.ORIGINAL, function="800", art="870", period=f"{YEAR}-01")


def _table(chapter: Section, block: str, *, area: int | None = None, **parameters: Any) -> Table:
    section = create(
        Section(document=chapter.document, parent=chapter, unit=chapter.unit, position=90, kind="block", block=block),
        by=None,
    )
    section.parameters = parameters
    place = Place(section, area, "budsjett", "1.1")
    material = Material(year=YEAR, areas=[], unit=chapter.unit)
    built = BUILDERS[block](place, material)
    assert isinstance(built, Table)
    return built


def _rows(table: Table) -> list[tuple[str, tuple[str | None, ...]]]:
    return [(row.label, row.values) for row in table.rows()]


def test_budget_by_unit_has_last_years_accounts_and_the_budget(place: Workplace) -> None:
    table = _table(place.common, BY_UNIT)
    assert [column.label for column in table.columns] == [f"Regnskap {YEAR - 1}", f"Budsjett {YEAR}"]
    assert (table.caption, table.unit_of_measure) == (f"Budsjett per enhet, {YEAR}", "1 000 kroner")
    assert _rows(table) == [
        ("Sektor for omsorg", ("70805", "72005")),
        ("Sektor for skole", ("40809", "43209")),
        ("Testvik kommune, felles", ("0", "-120000")),
        ("Sum", ("111614", "-4786")),
    ]


def test_budget_by_unit_shows_changes_where_there_are_some(place: Workplace, top: Unit, care: Unit) -> None:
    decision = amendment(top)
    line(care, 5_000_600, layer=Layer.REVISED, amendment=decision, period=f"{YEAR}-06")
    table = _table(place.common, BY_UNIT)
    assert [column.label for column in table.columns][1:] == [f"Budsjett {YEAR}", "Endringer", "Regulert budsjett"]
    assert _rows(table)[0] == ("Sektor for omsorg", ("70805", "72005", "5001", "77006"))


def test_budget_by_unit_on_two_levels_adds_up_on_both(place: Workplace) -> None:
    table = _table(place.common, BY_UNIT, levels=2)
    school = next(group for group in table.groups if group.title == "Sektor for skole")
    assert [(row.label, row.is_sum) for row in school.rows] == [
        ("Bakken skole", False),
        ("Sektor for skole, felles", False),
        ("Sum Sektor for skole", True),
    ]
    for column in (0, 1):
        *parts, total = [Decimal(row.values[column] or 0) for row in school.rows]
        assert sum(parts) == total
    assert len({row.anchor for row in table.rows()}) == len(list(table.rows()))


def test_budget_by_unit_of_a_sector_is_of_its_own_units(place: Workplace) -> None:
    labels = [row.label for row in _table(place.schools.chapter, BY_UNIT).rows()]
    assert labels == ["Bakken skole", "Sektor for skole, felles", "Sum"]


def test_budget_by_unit_so_far_has_deviations(place: Workplace) -> None:
    table = _table(place.common, BY_UNIT, months=4)
    assert table.caption == f"Budsjett per enhet, til og med april {YEAR}"
    assert [column.label for column in table.columns] == [
        "Regnskap hittil",
        "Budsjett hittil",
        "Avvik",
        "Avvik i prosent",
        "Årsbudsjett",
        "Forbruk i prosent",
        "Regnskap samme tid i fjor",
    ]
    assert _rows(table)[0] == ("Sektor for omsorg", ("24002", "24002", "0", "0.0", "72005", "33.3", "23602"))


def test_budget_with_the_other_sign_turns_amounts(place: Workplace) -> None:
    kostra, turned = (_table(place.common, BY_UNIT, sign=sign) for sign in ("kostra", "reversed"))
    assert [row.values[1] for row in turned.rows()] == ["-72005", "-43209", "120000", "4786"]
    assert (kostra.note, turned.note) == (
        "Utgifter står uten minus, inntekter med.",
        "Inntekter står uten minus, utgifter med.",
    )


def test_budget_in_kroner_is_exact(place: Workplace) -> None:
    table = _table(place.common, BY_UNIT, in_thousands=False)
    assert _rows(table)[0] == ("Sektor for omsorg", ("70804800.00", "72004800.00"))
    assert next(table.rows()).cells == ("70 804 800,00", "72 004 800,00")


def test_budget_by_function_of_an_area_has_its_functions_alone(place: Workplace) -> None:
    place.schools.function.functions.set([functions_by_code()["202"]])
    area = place.schools.area.pk
    table = _table(place.schools.chapter, BY_FUNCTION, area=area)
    assert _rows(table) == [("202 Grunnskole", ("111614", "115214")), ("Sum", ("111614", "115214"))]


def test_budget_by_function_outside_areas_is_of_the_unit(place: Workplace) -> None:
    labels = [row.label for row in _table(place.common, BY_FUNCTION, months=4).rows()]
    assert labels == ["202 Grunnskole", "222 Skolelokaler", "800 Skatt på inntekt og formue", "Sum"]


def test_budget_of_a_year_without_lines_is_missing(place: Workplace) -> None:
    with pytest.raises(MissingData, match=f"Det er ikke lest inn budsjett eller regnskap for {YEAR + 5}."):
        _table(place.common, BY_UNIT, year=YEAR + 5)


@pytest.mark.parametrize(("name", "said"), [("months", 13), ("months", "april"), ("year", "24"), ("levels", 3)])
def test_budget_with_a_choice_that_cannot_be_used_is_refused(place: Workplace, name: str, said: Any) -> None:
    with pytest.raises(MissingData, match=f"Valget {name} = «{said}» kan ikke brukes."):
        _table(place.common, BY_UNIT, **{name: said})
