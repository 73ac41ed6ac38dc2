"""What a round asks for, and of whom."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.models import Model

from organisation import periods
from organisation.models import Period, Unit
from reporting import asking
from scorecards.models import Indicator
from scorecards.registration import register
from tests.workplace import YEAR, Workplace, add_row, year_period

SECOND = Period(kind="tertial", start=date(YEAR, 5, 1), end=date(YEAR, 8, 31))
ALL = asking.IN_A_YEAR


def change(row: Model, **facts: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**facts)


def names(place: Workplace, period: Period = SECOND, frequencies: tuple[str, ...] = ALL) -> dict[str, list[str]]:
    """Unit address → the names of the indicators that it is asked for."""
    units = asking.units_in(period, below=place.document.unit)
    found = asking.asked_of(units, period, frequencies)
    return {unit.slug: [one.name for one in found[unit.pk]] for unit in units if unit.pk in found}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"valid_to": date(YEAR, 5, 1)}, True),
        ({"valid_to": date(YEAR, 4, 30)}, False),
        ({"valid_from": date(YEAR, 8, 31)}, True),
        ({"valid_from": date(YEAR, 9, 1)}, False),
    ],
)
def test_units_in_the_period(top: Unit, schools: Unit, facts: dict[str, date], expected: bool) -> None:
    change(schools, **facts)
    assert (schools in asking.units_in(SECOND, below=top)) == expected


def test_units_in_the_order_of_the_tree(
    top: Unit, schools: Unit, one_school: Unit, care: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        found = asking.units_in(SECOND, below=top)
    assert found == [top, care, schools, one_school]


def test_units_in_keep_what_stands_under_a_closed_one(top: Unit, schools: Unit, one_school: Unit) -> None:
    change(schools, valid_to=date(YEAR, 1, 31))
    assert asking.units_in(SECOND, below=top) == [top, one_school]


def test_asked_of_by_frequency(place: Workplace) -> None:
    change(place.schools.row.indicator, frequency="year")
    assert names(place, frequencies=asking.IN_A_TERTIAL) == {"omsorg": ["Trivsel"]}
    assert names(place) == {"skole": ["Trivsel"], "omsorg": ["Trivsel"]}


def test_asked_of_a_shared_indicator_stands_with_both(place: Workplace) -> None:
    shared = add_row(place.schools.card, "Felles", owner=place.schools.area.unit).indicator
    shared.shared_with.add(place.care.area.unit)
    assert names(place) == {"skole": ["Trivsel", "Felles"], "omsorg": ["Felles", "Trivsel"]}


def test_asked_of_an_indicator_in_two_scorecards_stands_once(place: Workplace) -> None:
    row = add_row(place.care.card, "Igjen", owner=place.schools.area.unit)
    change(row, indicator=place.schools.row.indicator)
    assert names(place)["skole"] == ["Trivsel"]


@pytest.mark.parametrize(
    ("year", "text", "expected"),
    [(YEAR - 1, "4,5", False), (YEAR - 2, "4,5", True), (YEAR - 1, "ikke målt", True)],
)
def test_asked_of_every_other_year_rests_the_year_after(place: Workplace, year: int, text: str, expected: bool) -> None:
    indicator = add_row(place.schools.card, "Innbyggerundersøkelse", owner=place.schools.area.unit).indicator
    change(indicator, frequency=Indicator.Frequency.BIENNIAL)
    register(indicator=indicator, period=year_period(year), kind="result", text=text, by=None)
    assert ("Innbyggerundersøkelse" in names(place)["skole"]) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"valid_to": date(YEAR, 4, 30)}, {"omsorg": ["Trivsel"]}),
        ({"valid_to": date(YEAR, 5, 1)}, {"skole": ["Trivsel"], "omsorg": ["Trivsel"]}),
        ({"valid_from": date(YEAR, 9, 1)}, {"omsorg": ["Trivsel"]}),
    ],
)
def test_asked_of_what_is_valid_in_the_period(
    place: Workplace, facts: dict[str, date], expected: dict[str, list[str]]
) -> None:
    change(place.schools.row.indicator, **facts)
    assert names(place) == expected


def test_asked_of_another_years_scorecards_is_nothing(place: Workplace) -> None:
    assert names(place, Period.objects.for_span(periods.parse(f"{YEAR + 1}-T1"))) == {}


def test_asked_of_runs_the_same_queries_for_few_and_many(
    place: Workplace, django_assert_num_queries: Callable[[int], Any]
) -> None:
    units = [place.schools.area.unit, place.care.area.unit]
    with django_assert_num_queries(3):
        asking.asked_of(units, SECOND, ALL)
    for number in range(5):
        add_row(place.schools.card, f"Rad {number}", owner=units[0]).indicator.shared_with.add(units[1])
    with django_assert_num_queries(3):
        found = asking.asked_of(units, SECOND, ALL)
    assert {unit: len(rows) for unit, rows in found.items()} == {units[0].pk: 6, units[1].pk: 6}
