"""Tables of sums add up: down the columns, along the rows, and from one level of the tree to the next."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.kroner import from_ore
from budget.ledger.standings import Standing
from budget.ledger.summing import Sums
from organisation.periods import MONTHS
from publishing import charts
from publishing.cells import cells_of
from publishing.money import ledger_charts
from publishing.money.ledger_tables import Entry, Look, Wording, table_of, used_percent
from publishing.structure import Row, Table

NAMES = ("actual", "budget_so_far", "deviation", "deviation_percent", "budget", "forecast", "forecast_deviation")
AMOUNT = st.integers(-(10**11), 10**11).map(from_ore)
STANDING = st.builds(lambda *amounts: Standing(Sums(*amounts[:6]), amounts[6]), *([AMOUNT] * 7))


def _wording(*names: str) -> Wording:
    return Wording("tall", "Tall", "Enhet", {name: name for name in names})


def _table(*entries: Entry, names: tuple[str, ...] = NAMES, look: Look | None = None) -> Table:
    return table_of(entries, _wording(*names), look=look)


def _standing(actual: str, budget: str, **sums: str) -> Standing:
    amounts = {name: Decimal(amount) for name, amount in sums.items()}
    return Standing(Sums(original=Decimal(budget), budget_so_far=Decimal(budget), actual=Decimal(actual), **amounts))


def _column(rows: list[Row], place: int) -> Decimal:
    return sum((Decimal(row.values[place] or 0) for row in rows), Decimal(0))


@given(st.lists(STANDING, max_size=12))
def test_columns_and_rows_add_up(standings: list[Standing]) -> None:
    table = _table(*(Entry(f"{place}", f"{place}", one) for place, one in enumerate(standings)))
    *rows, total = table.rows()
    for place in (0, 1, 2, 4, 5, 6):
        assert _column(rows, place) == Decimal(total.values[place] or 0)
    for row in (*rows, total):
        actual, budget_so_far, deviation, _percent, budget, forecast, off = (Decimal(one or 0) for one in row.values)
        assert (deviation, off) == (budget_so_far - actual, budget - forecast)


@given(st.lists(st.lists(STANDING, min_size=1, max_size=4), min_size=1, max_size=4))
def test_each_level_adds_up_to_the_one_above(tree: list[list[Standing]]) -> None:
    entries = []
    for number, standings in enumerate(tree):
        parts = tuple(Entry(f"{number}-{place}", "del", one) for place, one in enumerate(standings))
        entries.append(Entry(f"{number}", f"Sektor {number}", sum(standings, Standing()), parts))
    table = _table(*entries)
    *groups, last = table.groups
    for place in (0, 1, 2, 4, 5, 6):
        for group in groups:
            *rows, total = group.rows
            assert _column(rows, place) == Decimal(total.values[place] or 0)
        sums = [group.rows[-1] for group in groups]
        assert _column(sums, place) == Decimal(last.rows[0].values[place] or 0)


@given(st.lists(STANDING, max_size=6))
def test_in_kroner_every_amount_is_exact(standings: list[Standing]) -> None:
    entries = [Entry(f"{place}", f"{place}", one) for place, one in enumerate(standings)]
    *rows, total = _table(*entries, look=Look(in_thousands=False)).rows()
    assert [row.values[0] for row in rows] == [f"{one.sums.actual + 0:f}" for one in standings]
    assert Decimal(total.values[0] or 0) == sum((one.sums.actual for one in standings), Decimal(0))


@given(st.lists(STANDING, max_size=8))
def test_the_revised_budget_is_the_sum_of_what_stands_beside_it(standings: list[Standing]) -> None:
    entries = [Entry(f"{place}", f"{place}", one) for place, one in enumerate(standings)]
    for row in _table(*entries, names=("original", "changes", "budget")).rows():
        original, changes, budget = (Decimal(value or 0) for value in row.values)
        assert budget == original + changes


@given(STANDING)
def test_what_is_printed_is_what_the_values_say(standing: Standing) -> None:
    table = _table(Entry("en", "En", standing), names=(*NAMES, "used_percent", "year_before"))
    for row in table.rows():
        numbers = [cell.number for cell in cells_of(table, row)]
        assert numbers == [None if value is None else Decimal(value) for value in row.values]


def test_a_row_in_thousands_and_its_sum() -> None:
    schools = Entry("skole", "Skole", _standing("1234567.89", "1200000"))
    income = Entry("skatt", "Skatt", _standing("-1500", "0"))
    names = ("actual", "budget_so_far", "deviation", "deviation_percent")
    table = _table(schools, income, names=names)
    assert [(row.label, row.cells, row.values, row.is_sum) for row in table.rows()] == [
        ("Skole", ("1 235", "1 200", "−35", "−2,9"), ("1235", "1200", "-35", "-2.9"), False),
        ("Skatt", ("−2", "0", "2", ""), ("-2", "0", "2", None), False),
        ("Sum", ("1 233", "1 200", "−33", "−2,8"), ("1233", "1200", "-33", "-2.8"), True),
    ]
    assert table.unit_of_measure == "1 000 kroner"


def test_with_the_other_sign_amounts_turn_and_deviations_do_not() -> None:
    entry = Entry("skatt", "Skatt", _standing("-9000", "-8000"))
    names = ("actual", "budget_so_far", "deviation")
    kostra, turned = (next(_table(entry, names=names, look=Look(is_reversed=one)).rows()) for one in (False, True))
    assert (kostra.cells, turned.cells) == (("−9", "−8", "1"), ("9", "8", "1"))


def test_nothing_is_never_below_zero() -> None:
    entry = Entry("lite", "Lite", _standing("-400", "-300"))
    row = next(_table(entry, names=("actual", "budget_so_far", "deviation")).rows())
    assert (row.cells, row.values) == (("0", "0", "0"), ("0", "0", "0"))


@pytest.mark.parametrize(
    ("actual", "budget", "percent"),
    [("500", "2000", "25.0"), ("-500", "-2000", "25.0"), ("500", "-2000", "-25.0"), ("500", "999.99", None)],
)
def test_the_part_of_the_budget_that_is_used(actual: str, budget: str, percent: str | None) -> None:
    assert used_percent(Decimal(actual), Decimal(budget)) == (None if percent is None else Decimal(percent))


def test_bars_are_drawn_from_the_figures_of_the_table() -> None:
    entries = [Entry(f"{n}", f"Enhet {n}", _standing(f"{n}500", f"{n}400")) for n in range(1, 5)]
    plot = charts.plot_of(ledger_charts.bars(entries, _wording("budget_so_far", "actual")))
    assert plot is not None
    shown = [tuple(f"{value}" for value in one.values) for one in plot.series]
    *rows, _total = _table(*entries, names=("budget_so_far", "actual")).rows()
    assert (plot.kind, plot.labels) == ("bar", tuple(entry.label for entry in entries))
    assert shown == [tuple(row.values[place] for row in rows) for place in (0, 1)]


def test_of_very_many_the_largest_are_drawn() -> None:
    entries = [Entry(f"{n}", f"Enhet {n}", _standing(f"{n}000", "0")) for n in range(1, 31)]
    labels = [row.label for row in ledger_charts.bars(entries, _wording("actual")).rows()]
    assert labels == [f"Enhet {n}" for n in range(11, 31)]


def test_over_the_months_amounts_are_added_and_accounts_end_where_they_end() -> None:
    entries = [Entry(f"2024-{n:02}", MONTHS[n - 1], _standing("1000", "2000")) for n in range(1, 13)]
    whole = Entry("2024", "2024", _standing("0", "9000"))
    table = ledger_charts.over_months([*entries, whole], _wording("budget", "actual"), through=4)
    plot = charts.plot_of(table)
    assert plot is not None
    assert (plot.kind, len(plot.labels)) == ("line", 12)
    assert [row.values for row in table.rows()][3:5] == [("8", "4"), ("10", None)]
    assert plot.series[1].known() == [(place, Decimal(place + 1)) for place in range(4)]


def test_a_standing_with_a_forecast_alone_is_not_empty() -> None:
    assert Standing().is_empty
    assert not replace(Standing(), forecast=Decimal(1)).is_empty
