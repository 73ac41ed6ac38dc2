"""Rows from sums, and rounding that adds up in every sum."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.statutory.computing import Code, compute
from budget.statutory.mapping import INVESTMENTS, OPERATIONS, OVERVIEW
from budget.statutory.rows import StatutoryTable

ARTS = ("010", "120", "300", "470", "500", "510", "540", "550", "570", "590", "600", "729", "800", "810", "870", "990")
AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12).map(lambda ore: Decimal(ore).scaleb(-2))
FUNCTIONS = st.sampled_from(["202", "840", "870"])
SUMS = st.dictionaries(st.tuples(FUNCTIONS, st.sampled_from(ARTS)), AMOUNTS, max_size=40)


@pytest.mark.parametrize("table", [OPERATIONS, OVERVIEW, INVESTMENTS], ids=lambda table: table.slug)
@given(found=SUMS)
def test_every_printed_sum_is_what_its_printed_rows_are(
    table: StatutoryTable, found: dict[tuple[str, str], Decimal]
) -> None:
    sums = {Code(table.account, *key): (amount,) for key, amount in found.items()}
    computed = compute(table, sums, years=[2024])
    printed = computed.printed(0)
    assert printed.keys() == {row.key for row in table.rows()}
    for row in table.rows():
        assert abs(printed[row.key] - computed.of(row.key, 0) / 1_000) < 1
        if row.parts:
            assert printed[row.key] == sum(printed[part] for part in row.parts)
            assert computed.of(row.key, 0) == sum(computed.of(part, 0) for part in row.parts)


@given(found=SUMS)
def test_both_tables_of_operations_print_the_same_results(found: dict[tuple[str, str], Decimal]) -> None:
    sums = {Code("operations", *key): (amount,) for key, amount in found.items()}
    one, other = (compute(table, sums, years=[2024]).printed(0) for table in (OPERATIONS, OVERVIEW))
    same = ("gross-result", "net-finance", "net-result", "dispositions", "carried-forward", "interest")
    assert [one[key] for key in same] == [other[key] for key in same]


@given(found=SUMS)
def test_no_line_is_lost(found: dict[tuple[str, str], Decimal]) -> None:
    sums = {Code("operations", *key): (amount,) for key, amount in found.items()}
    for table in (OPERATIONS, OVERVIEW):
        computed = compute(table, sums, years=[2024])
        placed = sum(computed.of(row.key, 0) for row in table.leaves())
        left = sum(amounts[0] for amounts in computed.unplaced.values())
        assert placed + left == sum(found.values())


def test_lines_of_the_other_account_are_left_out() -> None:
    sums = {Code("investment", "202", "010"): (Decimal(5),), Code("operations", "202", "010"): (Decimal(7),)}
    assert compute(OPERATIONS, sums, years=[2024]).of("appropriations", 0) == Decimal(7)


def test_art_of_no_row_is_told_of() -> None:
    known, unknown = Code("operations", "202", "650"), Code("operations", "202", "599")
    sums = {known: (Decimal(-1), Decimal(0)), unknown: (Decimal(0), Decimal(3))}
    assert compute(OVERVIEW, sums, years=[2024, 2025]).unplaced == {unknown: (Decimal(0), Decimal(3))}
