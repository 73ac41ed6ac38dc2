"""Where an indicator's results lie among those of others that are the same measure."""

from decimal import Decimal

import pytest

from publishing.charts import Plot, draw_plot
from publishing.explaining.among_others import range_of
from publishing.explaining.indicator_history import Line, history
from tests.publishing.test_indicator_history import said


def lines(results: dict[str, str]) -> list[Line]:
    """The newest first, as an indicator's page has them."""
    return history([said("result", period, text) for period, text in results.items()], {})


def found(own: dict[str, str], *others: dict[str, str]) -> Plot | None:
    return range_of(lines(own), [lines(one) for one in others], unit="%")


def roles(plot: Plot) -> dict[str, tuple[Decimal | None, ...]]:
    return {one.role: one.values for one in plot.series}


def test_range_is_of_all_of_them_in_each_period_that_enough_have() -> None:
    own = {"2021": "7,0", "2022": "9", "2023": "8"}
    plot = found(own, {"2022": "5,0", "2023": "4"}, {"2021": "6", "2022": "10,0"})
    assert plot is not None
    assert (plot.kind, plot.labels) == ("range", ("2022",))
    assert roles(plot) == {"own": (Decimal(9),), "lowest": (Decimal(5),), "average": (Decimal(8),), "highest": (10,)}


def test_range_has_the_oldest_period_first_and_says_where_one_stands() -> None:
    same = {"2022": "10 %", "2023": "12 %"}
    plot = found(same, {"2022": "5 %", "2023": "6 %"}, {"2022": "7 %", "2023": "8 %"})
    assert plot is not None
    assert plot.labels == ("2022", "2023")
    assert "Denne" in draw_plot(plot, title="Samme mål", anchor="samme").svg


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ({"2022": "9"}, [{"2022": "5"}]),
        ({"2022": "9"}, [{"2022": "5"}, {"2021": "7"}]),
        ({"2022": "Måles ikke"}, [{"2022": "5"}, {"2022": "7"}]),
        ({"2022": "9 %"}, [{"2022": "5 dager"}, {"2022": "7 %"}]),
        ({}, []),
    ],
    ids=["one other", "other years", "no number", "unlike units", "nothing"],
)
def test_no_range_where_there_is_no_group(own: dict[str, str], others: list[dict[str, str]]) -> None:
    assert found(own, *others) is None
