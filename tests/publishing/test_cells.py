"""A printed cell is taken apart without guessing: the number must be the one that was stored."""

from decimal import Decimal

import pytest

from publishing.cells import hard_spaces, read


@pytest.mark.parametrize(
    ("printed", "value", "number", "decimals", "unit"),
    [
        ("1 246", "1246", "1246", 0, ""),
        ("1\u00a0479,0", "1479.0", "1479.0", 1, ""),
        ("99,9%", "99.9", "99.9", 1, "%"),
        ("73,0 mill. kr", "73.0", "73.0", 1, "mill. kr"),
        ("4.1", "4.1", "4.1", 1, ""),
        ("−2,4 %", "-2.4", "-2.4", 1, "%"),
        ("12 kr per m²", "12", "12", 0, "kr per m²"),
    ],
)
def test_read_number(printed: str, value: str, number: str, decimals: int, unit: str) -> None:
    cell = read(printed, value)
    assert (f"{cell.number}", cell.decimals, cell.unit) == (number, decimals, unit)


@pytest.mark.parametrize("printed", ["> 14", "Måles ikke", "", "18 av 29", "2-5 %"])
def test_read_without_a_stored_number(printed: str) -> None:
    cell = read(printed, None)
    assert (cell.text, cell.number) == (printed, None)


def test_read_number_that_is_not_the_printed_one() -> None:
    assert read("14", "15").number is None


@pytest.mark.parametrize(
    ("printed", "value", "marks", "text", "mark"),
    [
        ("28 1", "28", {"1"}, "28", "1"),
        ("1 246", "1246", {"1"}, "1 246", ""),
        ("6,8 *", "6.8", set(), "6,8", "*"),
        ("Ikke målt **", None, {"**"}, "Ikke målt", "**"),
        ("Byplan 1", None, {"1"}, "Byplan 1", ""),
    ],
)
def test_read_footnote_mark(printed: str, value: str | None, marks: set[str], text: str, mark: str) -> None:
    cell = read(printed, value, marks)
    assert (cell.text, cell.mark) == (text, mark)


def test_read_number_before_a_mark() -> None:
    assert read("28 1", "28", {"1"}).number == Decimal(28)


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("1 246", "1_246"),
        ("99,9 %", "99,9_%"),
        ("73,0 mill. kr", "73,0_mill. kr"),
        ("> 14", ">_14"),
        ("18 av 29", "18 av 29"),
        ("Byplan 2030 og mer", "Byplan 2030 og mer"),
        ("12 årsverk", "12 årsverk"),
    ],
)
def test_hard_spaces(text: str, hard: str) -> None:
    assert hard_spaces(text).replace("\u00a0", "_") == hard
