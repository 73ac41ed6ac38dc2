"""Each code in exactly one row, in every year; a file that says otherwise is refused."""

import pytest

from budget.statutory import mapping
from budget.statutory.mapping import INVESTMENTS, OPERATIONS, OVERVIEW, MappingError, read
from budget.statutory.rows import Rule, StatutoryTable
from elverum import case_files, cases
from organisation.bulk import Facts

YEARS = range(2020, 2028)
APPROPRIATED = (("010", "480"), ("520", "520"), ("600", "780"), ("810", "895"), ("920", "920"))
"""What services spend and take in: the arts that may be a part of "Sum bevilgninger drift, netto"."""

TABLE = """
one:
  title: One
  law: § 1
  account: operations
  sign: kostra
  total: [sum]
  groups:
    - rows:
        - {key: a, label: A, lines: [{arts: ["010-099"]}]}
        - {key: b, label: B, lines: [{arts: ["100"], until: 2024}, {arts: ["101"], functions: ["100-199"]}]}
        - {key: c, label: C, lines: [{arts: ["100"], from: 2025}]}
        - {key: sum, label: Sum, sum: [a, b, c]}
"""


def codes(name: str, used: str, year: int) -> list[str]:
    """The codes of a national list that are valid in the year and used in one of the two accounts."""

    def is_valid(one: Facts) -> bool:
        return one["valid_from"][:4] <= f"{year}" and (not one["valid_to"] or f"{year}" <= one["valid_to"][:4])

    rows = case_files.read_codes(cases.FIXTURES / "kostra" / f"{name}.csv")
    return [one["code"] for one in rows if one[used] == "yes" and is_valid(one)]


def takers(table: StatutoryTable, art: str, year: int) -> list[tuple[str, Rule]]:
    """The rows whose own rules take the art on some function: not the rest, nor what is placed outside its years."""
    rules = [(row.key, rule) for row in table.leaves() for rule in row.rules]
    return [(key, rule) for key, rule in rules if rule.holds_in(year) and art in rule.arts]


@pytest.mark.parametrize("year", YEARS, ids=str)
@pytest.mark.parametrize(
    ("table", "used"),
    [(OPERATIONS, "is_operational"), (OVERVIEW, "is_operational"), (INVESTMENTS, "is_investment")],
    ids=["operations", "economic-overview", "investments"],
)
def test_every_line_of_a_year_is_in_exactly_one_row(table: StatutoryTable, used: str, year: int) -> None:
    functions, wrong = codes("functions", used, year), []
    rest = [row.key for row in table.rows() if row.is_rest]
    for art in codes("arts", used, year):
        rules = takers(table, art, year)
        for function in functions:
            found = [key for key, rule in rules if function in rule.functions] or rest
            leaf = table.leaf_of(function=function, art=art, year=year)
            if len(found) != 1 or leaf is None or found != [leaf.key]:
                wrong.append((function, art, found))
    assert wrong == []


@pytest.mark.parametrize("year", YEARS, ids=str)
def test_rest_of_the_operations_is_what_services_spend_and_take_in(year: int) -> None:
    arts = codes("arts", "is_operational", year)
    rest = [art for art in arts if (row := OPERATIONS.leaf_of(function="202", art=art, year=year)) and row.is_rest]
    expected = [art for art in arts if any(first <= art <= last for first, last in APPROPRIATED) and art not in NAMED]
    assert rest == expected


NAMED = ("870", "871", "872", "873", "874", "875", "876", "877", "878", "879")


@pytest.mark.parametrize(
    ("function", "art", "year", "row"),
    [
        ("840", "800", 2024, "block-grant"),
        ("800", "875", 2024, "property-tax"),
        ("800", "878", 2025, "property-tax"),
        ("850", "810", 2024, "other-general-income"),
        ("202", "810", 2024, "appropriations"),
        ("850", "470", 2024, "appropriations"),
        ("870", "500", 2024, "interest"),
        ("202", "500", 2024, "interest"),
        ("253", "550", 2024, "to-bound-funds"),
        ("899", "980", 2024, "carried-forward"),
        ("120", "272", 2026, "appropriations"),
    ],
    ids=str,
)
def test_line_of_the_operations_is_in_the_row_that_the_guide_says(function: str, art: str, year: int, row: str) -> None:
    found = OPERATIONS.leaf_of(function=function, art=art, year=year)
    assert found is not None
    assert found.key == row


def test_code_outside_its_years_goes_where_it_belonged() -> None:
    for table in (OPERATIONS, OVERVIEW):
        found = table.leaf_of(function="800", art="875", year=2027)
        assert found is not None
        assert found.key == "property-tax"


def test_both_tables_of_operations_end_the_same_way() -> None:
    assert OPERATIONS.total == OVERVIEW.total
    assert OPERATIONS.blocks[2].rows == OVERVIEW.blocks[2].rows
    assert OPERATIONS.blocks[3:] == OVERVIEW.blocks[3:]


def test_table_is_read_with_its_rows_and_sums() -> None:
    table = read(TABLE)["one"]
    assert isinstance(table, StatutoryTable)
    assert [row.key for row in table.leaves()] == ["a", "b", "c"]
    leaves = [table.leaf_of(function="150", art=art, year=year) for art, year in (("100", 2024), ("100", 2025))]
    assert [row and row.key for row in leaves] == ["b", "c"]
    outside = table.leaf_of(function="200", art="101", year=2024)
    assert outside is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"010-099"', '"010-100"', "one: a line could belong both to a and to b"),
        ("until: 2024", "until: 2026", "one: a line could belong both to b and to c"),
        ('"101"', '"099"', "one: a line could belong both to a and to b"),
        ('"010-099"', '"099-010"', "one/a: «099-010» is not a code such as '800' or a range such as '871-874'"),
        ('["100-199"]', "[100]", "one/b: «100» is not a code such as '800' or a range such as '871-874'"),
        ("sum: [a, b, c]", "sum: [a, b]", "one: not in exactly one sum, or not a row: c"),
        ("sum: [a, b, c]", "sum: [a, b, c, d]", "one: not in exactly one sum, or not a row: d"),
        ("sum: [a, b, c]", "sum: [a, b, c, c]", "one: not in exactly one sum, or not a row: c"),
        ("key: b,", "key: a,", "one: not in exactly one sum, or not a row: a, b"),
        ("total: [sum]\n", "total: [a]\n", "one: not in exactly one sum, or not a row: a, sum"),
        ('lines: [{arts: ["010-099"]}]', "note: x", "one/a: a row has lines, or a sum, or is the rest"),
        ("until: 2024}", "until: 2024, from: 2025}", "one/b: from 2025 is after until 2024"),
        ("until: 2024", "to: 2024", "one/b: to is not known"),
        ("sign: kostra", "sign: minus", "one: account or sign is not one of those there are"),
        ("account: operations", "account: drift", "one: account or sign is not one of those there are"),
    ],
    ids=lambda text: text if " " not in text else None,
)
def test_file_with_a_fault_is_refused(old: str, new: str, problem: str) -> None:
    assert old in TABLE
    with pytest.raises(MappingError) as refused:
        read(TABLE.replace(old, new))
    assert str(refused.value) == problem


def test_sums_that_add_up_each_other_are_refused() -> None:
    ring = TABLE.replace("total: [sum]", "total: [a, b, c]").replace(
        "- {key: sum, label: Sum, sum: [a, b, c]}",
        "- {key: d, label: D, sum: [e]}\n        - {key: e, label: E, sum: [d]}",
    )
    with pytest.raises(MappingError, match="some sums add up each other"):
        read(ring)


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ("parts_of: two, rows: [a]", "part: there is no table «two» above"),
        ("parts_of: one, rows: [z]", "part: one has no row 'z'"),
    ],
    ids=["table", "row"],
)
def test_second_part_of_nothing_is_refused(facts: str, problem: str) -> None:
    with pytest.raises(MappingError) as refused:
        read(f"{TABLE}\npart: {{title: Part, law: § 1, {facts}}}\n")
    assert str(refused.value) == problem


def test_two_rests_are_refused() -> None:
    twice = TABLE.replace('lines: [{arts: ["010-099"]}]', "rest: yes").replace(
        'lines: [{arts: ["100"], from: 2025}]', "rest: yes"
    )
    with pytest.raises(MappingError, match="two rows are the rest"):
        read(twice)


def test_second_part_is_not_a_first_one() -> None:
    with pytest.raises(KeyError):
        mapping.table_of("operations-by-area")
