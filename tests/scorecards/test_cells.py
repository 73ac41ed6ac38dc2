"""Where a row and a column of a key-figure table meet."""

from collections.abc import Callable

import pytest

from organisation import periods
from organisation.models import Period, ServiceArea, Unit
from scorecards.cells import Breakdown, CellKey, key_figure_cell, key_of
from scorecards.models import Indicator, KeyFigureColumn, KeyFigureRow, KeyFigureTable, Observation

NOTHING = Breakdown()


@pytest.fixture
def indicator(schools: Unit) -> Indicator:
    return Indicator.objects.create(slug="elever", name="Elever", owner=schools)


@pytest.fixture
def other(schools: Unit) -> Indicator:
    return Indicator.objects.create(slug="laerere", name="Lærere", owner=schools)


@pytest.fixture
def table(schools: Unit) -> KeyFigureTable:
    area = ServiceArea.objects.create(
        municipality=schools.municipality, unit=schools, name="Skole", slug="skole", position=1
    )
    return KeyFigureTable.objects.create(slug="elevtall", area=area, year=2024, caption="Elevtall", position=1)


def _period(text: str) -> Period:
    return Period.objects.for_span(periods.parse(text))


def _row(**facts: object) -> KeyFigureRow:
    return KeyFigureRow(position=1, label="rad", **facts)


def _column(**facts: object) -> KeyFigureColumn:
    return KeyFigureColumn(position=1, label="kolonne", **facts)


def test_cell_of_an_indicator_row_and_a_period_column(table: KeyFigureTable, indicator: Indicator) -> None:
    found = key_figure_cell(table, _row(indicator=indicator), _column(period=_period("2025"), kind="forecast"), NOTHING)
    assert found == CellKey(indicator.pk, "forecast", periods.parse("2025"))


def test_cell_of_a_period_row_and_an_indicator_column(table: KeyFigureTable, indicator: Indicator) -> None:
    found = key_figure_cell(table, _row(period=_period("2023-Q1")), _column(indicator=indicator), NOTHING)
    assert found == CellKey(indicator.pk, "result", periods.parse("2023-Q1"))


def test_cell_of_a_year_row_and_a_month_column(table: KeyFigureTable, indicator: Indicator) -> None:
    table.indicator = indicator
    found = key_figure_cell(table, _row(period=_period("2022")), _column(month=2), NOTHING)
    assert found == CellKey(indicator.pk, "result", periods.parse("2022-02"))


def test_cell_of_a_column_with_both(table: KeyFigureTable, indicator: Indicator) -> None:
    column = _column(indicator=indicator, period=_period("2021"))
    assert key_figure_cell(table, _row(), column, NOTHING) == CellKey(indicator.pk, "result", periods.parse("2021"))


def test_cell_of_a_row_that_has_an_indicator_is_the_rows(
    table: KeyFigureTable, indicator: Indicator, other: Indicator
) -> None:
    table.indicator = other
    column = _column(indicator=other, period=_period("2021"))
    assert key_figure_cell(table, _row(indicator=indicator), column, NOTHING) == CellKey(
        indicator.pk, "result", periods.parse("2021")
    )


def test_cell_of_a_unit_row_is_the_units_part(table: KeyFigureTable, indicator: Indicator, one_school: Unit) -> None:
    part = Indicator.objects.create(
        slug="elever-bakken", name="Elever, Bakken", owner=one_school, parent=indicator, unit=one_school
    )
    column = _column(indicator=indicator, period=_period("2023-12-15"))
    breakdown = Breakdown.of([indicator.pk])
    key = CellKey(part.pk, "result", periods.parse("2023-12-15"))
    assert key_figure_cell(table, _row(unit=one_school), column, breakdown) == key
    total = key_figure_cell(table, _row(is_sum=True), column, breakdown)
    assert total == CellKey(indicator.pk, "result", key.span)


def test_cell_of_a_unit_without_a_part_is_none(table: KeyFigureTable, indicator: Indicator, one_school: Unit) -> None:
    column = _column(indicator=indicator, period=_period("2023"))
    assert key_figure_cell(table, _row(unit=one_school), column, Breakdown.of([indicator.pk])) is None


def test_cell_that_says_too_little_is_none(table: KeyFigureTable, indicator: Indicator) -> None:
    assert key_figure_cell(table, _row(indicator=indicator), _column(), NOTHING) is None
    assert key_figure_cell(table, _row(), _column(period=_period("2023")), NOTHING) is None
    assert key_figure_cell(table, _row(indicator=indicator), _column(month=3), NOTHING) is None


def test_breakdown_of_takes_one_query(indicator: Indicator, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):
        assert Breakdown.of([indicator.pk]) == {}


def test_key_of_an_observation_is_its_address(indicator: Indicator) -> None:
    row = Observation(indicator=indicator, period=_period("2022/2023"), kind="result")
    assert key_of(row) == CellKey(indicator.pk, "result", periods.parse("2022/2023"))
