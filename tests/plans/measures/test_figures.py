"""The figures of measures: what they are called, and that what is rounded adds up."""

from decimal import Decimal

import pytest

from plans.measures.figures import Figures, in_thousands, say_amount, say_fte


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-4800000", "innsparing 4\u00a0800"),
        ("500000", "koster 500 mer"),
        ("-810000.50", "innsparing 810,0005"),
        ("0", "ingen virkning i kroner"),
    ],
    ids=["saving", "cost", "with-ore", "nothing"],
)
def test_say_amount_in_thousands_without_a_sign(amount: str, words: str) -> None:
    assert say_amount(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("fte", "words"),
    [("-2.50", "2,5 færre årsverk"), ("4", "4,0 flere årsverk"), ("0", "ingen årsverk")],
    ids=["fewer", "more", "none"],
)
def test_say_fte_without_a_sign(fte: str, words: str) -> None:
    assert say_fte(Decimal(fte)) == words


def test_figures_of_which_nothing_is_said_have_no_words() -> None:
    assert (str(Figures()), Figures().is_empty, Figures(Decimal(0)).is_empty) == ("", True, False)
    assert str(Figures(Decimal(-1000), Decimal(1))) == "innsparing 1, 1,0 flere årsverk"


def test_in_thousands_adds_up_in_each_group_and_in_all() -> None:
    third = Decimal("-333.34")
    rows, sums, whole = in_thousands([[third, third, third], [Decimal(-400), None], [Decimal(-400)]])
    assert whole == -2
    assert sum(one for one in sums if one is not None) == whole
    assert [sum(one for one in group if one is not None) for group in rows] == sums
    assert rows[1][1] is None


def test_in_thousands_of_nothing_is_nothing() -> None:
    assert in_thousands([[None], []]) == ([[None], []], [None, None], None)
