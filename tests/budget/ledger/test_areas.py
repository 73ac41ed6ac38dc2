"""In which service area a line belongs, and how sums go up the tree of units."""

import pytest

from budget.ledger.areas import AreasOfYear
from budget.ledger.standings import Standing
from budget.ledger.units import ReadableUnits
from budget.models import BudgetLine
from organisation.bulk import functions_by_code
from organisation.models import AreaFunction, Delivery, ServiceArea, Unit, User
from organisation.versions import create
from tests.budget.money import line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db


def _area(unit: Unit, name: str, position: int, *codes: str) -> ServiceArea:
    area = ServiceArea.objects.create(
        municipality=unit.municipality, unit=unit, name=name, slug=name.lower(), position=position
    )
    for place, code in enumerate(codes, start=1):
        row = create(AreaFunction(area=area, name=code, position=place), by=None)
        row.functions.add(functions_by_code()[code])
    return area


@pytest.fixture
def school_area(schools: Unit) -> ServiceArea:
    """Delivered by the school sector; 222 is in the other area as well."""
    load_codes()
    area = _area(schools, "Skole", 2, "202", "222")
    create(Delivery(area=area, unit=schools, position=1), by=None)
    return area


@pytest.fixture
def property_area(care: Unit, school_area: ServiceArea) -> ServiceArea:
    """The first by position, delivered by the other sector."""
    area = _area(care, "Eiendom", 1, "130", "222")
    create(Delivery(area=area, unit=care, position=1), by=None)
    return area


def test_a_function_of_one_area_belongs_there_whoever_has_it(
    school_area: ServiceArea, property_area: ServiceArea, care: Unit
) -> None:
    assert AreasOfYear(YEAR, ReadableUnits()).area_of(care.pk, "202") == school_area.pk


def test_a_function_of_several_belongs_where_the_unit_or_one_above_delivers(
    school_area: ServiceArea, property_area: ServiceArea, one_school: Unit, care: Unit
) -> None:
    areas = AreasOfYear(YEAR, ReadableUnits())
    assert areas.area_of(one_school.pk, "222") == school_area.pk
    assert areas.area_of(care.pk, "222") == property_area.pk


def test_the_nearest_unit_that_delivers_decides(
    school_area: ServiceArea, property_area: ServiceArea, one_school: Unit
) -> None:
    create(Delivery(area=property_area, unit=one_school, position=2), by=None)
    assert AreasOfYear(YEAR, ReadableUnits()).area_of(one_school.pk, "222") == property_area.pk


def test_a_function_of_several_where_nobody_delivers_belongs_to_the_first(
    school_area: ServiceArea, property_area: ServiceArea, top: Unit
) -> None:
    assert AreasOfYear(YEAR, ReadableUnits()).area_of(top.pk, "222") == property_area.pk


def test_a_function_of_no_area_belongs_to_none(school_area: ServiceArea, schools: Unit) -> None:
    assert AreasOfYear(YEAR, ReadableUnits()).area_of(schools.pk, "800") is None


def test_areas_and_functions_of_other_years_do_not_count(school_area: ServiceArea, schools: Unit) -> None:
    AreaFunction.objects.update(valid_to=f"{YEAR - 1}-12-31")
    assert AreasOfYear(YEAR, ReadableUnits()).area_of(schools.pk, "202") is None
    assert AreasOfYear(YEAR - 1, ReadableUnits()).area_of(schools.pk, "202") == school_area.pk


def test_each_line_is_in_exactly_one_area_or_in_none(
    school_area: ServiceArea, property_area: ServiceArea, one_school: Unit, care: Unit, top: Unit
) -> None:
    units = ReadableUnits()
    areas = AreasOfYear(YEAR, units)
    for unit in (one_school, care, top):
        for function in ("202", "222", "130", "800"):
            line(unit, 1, function=function)
    for area in (school_area.pk, property_area.pk, None):
        found = BudgetLine.objects.filter(areas.lines_of(area)).values_list("unit_id", "function__code")
        every = BudgetLine.objects.values_list("unit_id", "function__code")
        assert sorted(found) == sorted(pair for pair in every if areas.area_of(*pair) == area)


def test_units_above_and_beside_are_not_readable(leader: User, top: Unit, one_school: Unit, care: Unit) -> None:
    units = ReadableUnits.of(leader)
    assert [unit.name for unit in units.readable.values()] == [one_school.name, "Sektor for skole"]
    assert [unit.name for unit in units.tops] == ["Sektor for skole"]
    assert [unit.name for unit in units.way_to(one_school)] == ["Sektor for skole", one_school.name]


def test_sums_go_up_to_every_unit_above(top: Unit, schools: Unit, one_school: Unit, care: Unit) -> None:
    own = {unit.pk: Standing(undivided=number) for number, unit in ((1, one_school), (10, care), (100, top))}
    found = ReadableUnits().summed_up(own)
    assert {pk: one.undivided for pk, one in found.items()} == {
        top.pk: 111,
        schools.pk: 1,
        one_school.pk: 1,
        care.pk: 10,
    }
