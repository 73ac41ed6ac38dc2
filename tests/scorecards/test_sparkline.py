"""The small line: what it draws, and that it says so in words."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from scorecards import sparkline


def picture(*numbers: str, target: str = "", words: str = "Fra 1 til 3") -> ElementTree.Element:
    """The drawn line of the numbers; "" is a period without one."""
    series = [Decimal(number) if number else None for number in numbers]
    svg = sparkline.draw(series, words=words, target=Decimal(target) if target else None)
    return ElementTree.XML(svg)


def points(root: ElementTree.Element) -> list[list[tuple[float, float]]]:
    """The points of each line."""
    lines = [(line.get("points") or "").split() for line in root.iter("polyline")]
    return [[(float(x), float(y)) for x, _comma, y in (one.partition(",") for one in line)] for line in lines]


def test_draw_says_what_it_shows() -> None:
    root = picture("1", "2", "3", words="Fra <1> & til 3")
    assert (root.get("role"), root[0].tag, root[0].text) == ("img", "title", "Fra <1> & til 3")


def test_draw_rises_with_the_numbers_and_ends_in_a_point() -> None:
    root = picture("1", "2", "3")
    dot = root.find("circle")
    assert points(root) == [[(4, 24), (48, 14), (92, 4)]]
    assert dot is not None
    assert (dot.get("cx"), dot.get("cy")) == ("92.0", "4.0")


def test_draw_takes_the_last_eight() -> None:
    assert points(picture(*(["100"] * 5), *"12345678"))[0][0] == (4, 24)
    assert [len(line) for line in points(picture(*(["100"] * 5), *"12345678"))] == [8]


def test_draw_leaves_a_gap_where_there_is_no_number() -> None:
    assert [len(line) for line in points(picture("1", "2", "", "4", "5"))] == [2, 2]


def test_draw_target_is_dashed_and_within_the_picture() -> None:
    line = picture("1", "2", target="3").find("line")
    assert line is not None
    assert (line.get("y1"), line.get("stroke-dasharray")) == ("4.0", "3 3")


def test_draw_of_equal_numbers_lies_in_the_middle() -> None:
    assert points(picture("0", "0")) == [[(4, 14), (92, 14)]]


@pytest.mark.parametrize("series", [[], [None], [None, Decimal(1)]])
def test_draw_of_fewer_than_two_numbers_is_nothing(series: list[Decimal | None]) -> None:
    assert sparkline.draw(series, words="1") == ""


def test_sparkline_tag_is_drawn_in_a_page() -> None:
    page = Template("{% load sparkline %}{% sparkline series target words %}")
    series = [Decimal(1), Decimal(2)]
    facts = {"series": series, "target": None, "words": "Opp"}
    assert page.render(Context(facts)) == sparkline.draw(series, words="Opp")
