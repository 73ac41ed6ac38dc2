"""The rule that makes the demo's example values."""

import pytest

from elverum.examples.values import example_row, example_value, newest
from organisation import periods
from scorecards.notation import parse

FIRST, SECOND = periods.parse("2024-T1"), periods.parse("2024-T2")


def value(result: str, target: str, step: int = 1, of: int = 3, *, is_away: bool = False) -> str:
    units = ["m² per innbygger"]
    return example_value(parse(result, units=units), parse(target, units=units), step, of, is_away=is_away)


@pytest.mark.parametrize(
    ("result", "target", "first", "second"),
    [
        ("94,1 %", "90 %", "92,7 %", "91,4 %"),
        ("9,7", "7,5", "9,0", "8,2"),
        ("12 257", "10 000", "11 505", "10 752"),
        ("0,6 m² per innbygger", "<0,3 m² per innbygger", "0,5 m² per innbygger", "0,4 m² per innbygger"),
        ("2", "3", "2", "3"),
        ("-1,5", "1,5", "\u22120,5", "0,5"),
        ("100%", "100 %", "100 %", "100 %"),
        ("6,8*", "7,4", "7,0", "7,2"),
    ],
)
def test_value_goes_a_part_of_the_way_to_the_target(result: str, target: str, first: str, second: str) -> None:
    assert (value(result, target), value(result, target, 2)) == (first, second)


@pytest.mark.parametrize(
    ("result", "target", "expected"),
    [
        ("73 %", "100 %", "55 %"),
        ("35", "25", "42"),
        ("3 %", "40 %", "0 %"),
        ("3", "10", "0"),
        ("99,9 %", "99,4 %", "100,0 %"),
        ("108 %", "100 %", "108 %"),
        ("-2", "1", "\u22122"),
        ("1 av 29", "29 av 29", "0 av 29"),
    ],
)
def test_value_goes_away_from_the_target_but_not_beyond_what_is_possible(
    result: str, target: str, expected: str
) -> None:
    assert value(result, target, 2, is_away=True) == expected


@pytest.mark.parametrize(
    ("result", "target", "expected"),
    [
        ("18 av 29", "30 av 30", "22 av 29"),
        ("18 av 29", "29 av 29", "22 av 29"),
        ("20 av 40", "80 %", "24 av 40"),
        ("18 av 29", "20", "18 av 29"),
        ("50 %", "4 av 5", "60 %"),
    ],
)
def test_value_of_a_share_keeps_the_whole(result: str, target: str, expected: str) -> None:
    assert value(result, target) == expected


@pytest.mark.parametrize("target", ["", "Ikke måltall", "2–5 %", "≤ landssnitt", "Ja"])
def test_value_stands_where_the_target_names_no_number(target: str) -> None:
    assert value("8,4", target) == "8,4"


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("", ""),
        ("Ikke målt", "Måles ikke"),
        ("<20", "Måles ikke"),
        ("2–5 %", "Måles ikke"),
        ("JA", "Ja"),
        ("Nei", "Nei"),
    ],
)
def test_value_of_what_is_no_number(result: str, expected: str) -> None:
    assert value(result, "30") == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([], ""),
        (["58", "91"], "91"),
        (["58", "Ikke målt", ""], "58"),
        (["18 av 29", "<20"], "18 av 29"),
        (["Ny", "Ikke målt"], "Ikke målt"),
    ],
)
def test_newest_with_a_number_else_the_newest(results: list[str], expected: str) -> None:
    assert newest([parse(one) for one in results]).text == expected


@pytest.mark.parametrize(
    ("result", "target", "position", "first", "second"),
    [
        ("94,1 %", "90%", 1, ("92,7 %", "90 %"), ("91,4 %", "90 %")),
        ("94,1 %", "90%", 4, ("95,5 %", "95,5 %"), ("96,8 %", "96,8 %")),
        ("4,6", "5", 2, ("4,7", "5"), ("4,9", "5")),
        ("18 av 29", "30 av 30", 3, ("22 av 29", "29 av 29"), ("25 av 29", "29 av 29")),
        ("8,4", "landssnitt", 5, ("8,4", "8,4"), ("8,4", "8,4")),
        ("Ikke målt", "100 %", 1, ("Måles ikke", "Måles ikke"), ("Måles ikke", "Måles ikke")),
        ("", "100 %", 1, ("", ""), ("", "")),
    ],
)
def test_row_goes_as_far_as_the_year_has_gone_and_every_fourth_away(
    result: str, target: str, position: int, first: tuple[str, str], second: tuple[str, str]
) -> None:
    results = [parse(result)]
    assert example_row(results, parse(target), FIRST, position) == first
    assert example_row(results, parse(target), SECOND, position) == second
