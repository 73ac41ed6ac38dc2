"""The published past of an indicator: what counts, what was changed, and the chart of it."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from publishing.explaining.figure_history import Saying
from publishing.explaining.indicator_history import Judged, Line, Statement, history, plot_of
from publishing.models import Publication
from scorecards.assessment import Outcome

PLAN_1 = Publication(slug="plan", title="Plan", version=1)
PLAN_2 = Publication(slug="plan", title="Plan", version=2, is_correction=True)
REPORT = Publication(slug="rapport", title="Rapport", version=1)


def said(kind: str, period: str, text: str, publication: Publication = PLAN_2, *, is_current: bool = True) -> Statement:
    plain = text.replace(",", ".").removesuffix(" %")
    value = Decimal(plain) if plain.replace(".", "").isdigit() else None
    return Statement(kind, period, Saying(publication, text, value, f"/{publication.slug}/"), is_current)


def results(**texts: str) -> list[Statement]:
    return [said("result", f"20{year[1:]}", text) for year, text in texts.items()]


def lines_of(*statements: Statement) -> list[Line]:
    return history(statements, {})


def shown(lines: Sequence[Line]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Label of each line with kind, period and text of what counts in it."""
    return [
        (line.label, [(one.kind, one.period, one.current.text if one.current else "") for one in line.figures])
        for line in lines
    ]


def test_history_puts_the_newest_period_first() -> None:
    lines = lines_of(*results(y22="4", y23="5"), said("target", "2023", "6"), said("forecast", "2024", "7"))
    assert shown(lines) == [
        ("2024", [("forecast", "2024", "7")]),
        ("2023", [("result", "2023", "5"), ("target", "2023", "6")]),
        ("2022", [("result", "2022", "4")]),
    ]


def test_history_of_nothing_is_empty() -> None:
    assert lines_of() == []
    assert plot_of([], unit="") is None


def test_history_leaves_out_what_others_have_found() -> None:
    assert lines_of(said("reference", "2023", "5")) == []


def test_history_puts_a_years_target_beside_its_only_result() -> None:
    lines = lines_of(said("result", "2022/2023", "67"), said("target", "2023", "100"), said("target", "2024", "100"))
    assert shown(lines) == [
        ("2024", [("target", "2024", "100")]),
        ("2022/2023", [("result", "2022/2023", "67"), ("target", "2023", "100")]),
    ]


def test_history_of_tertials_keeps_the_years_target_apart() -> None:
    tertials = [said("result", f"2023-T{number}", f"{number}") for number in (1, 2, 3)]
    lines = lines_of(*tertials, said("target", "2023", "5"))
    assert [line.label for line in lines] == ["2023", "3. tertial 2023", "2. tertial 2023", "1. tertial 2023"]


def test_history_lets_the_newest_count_and_tells_what_was_corrected() -> None:
    (line,) = lines_of(said("result", "2023", "4,5", PLAN_1, is_current=False), said("result", "2023", "5,0"))
    assert line.result is not None
    assert line.result.current is not None
    assert line.result.current.text == "5,0"
    (correction,) = line.result.corrections
    assert (correction.before, correction.saying.publication, correction.is_error) == ("4,5", PLAN_2, True)


def test_history_calls_it_a_change_when_another_document_says_something_else() -> None:
    (line,) = lines_of(said("result", "2023", "4,5"), said("result", "2023", "5,0", REPORT))
    assert line.result is not None
    assert [(one.before, one.is_error) for one in line.result.corrections] == [("4,5", False)]


def test_history_takes_the_same_number_in_another_form_for_no_change() -> None:
    (line,) = lines_of(said("result", "2023", "4,5", PLAN_1, is_current=False), said("result", "2023", "4,50"))
    assert line.result is not None
    assert line.result.corrections == []


def test_history_tells_what_is_withdrawn_and_draws_it_no_more() -> None:
    gone = said("result", "2023", "99", PLAN_1, is_current=False)
    lines = lines_of(*results(y20="1", y21="2", y22="3"), gone)
    assert lines[0].result is not None
    assert (lines[0].result.current, lines[0].result.withdrawn) == (None, gone.saying)
    plot = plot_of(lines, unit="")
    assert plot is not None
    assert plot.labels == ("2020", "2021", "2022")


def test_history_does_not_let_a_superseded_version_count_though_it_came_last() -> None:
    lines = lines_of(said("result", "2023", "5", REPORT), said("result", "2023", "9", PLAN_1, is_current=False))
    assert shown(lines) == [("2023", [("result", "2023", "5")])]


@pytest.mark.parametrize(("target", "expected"), [("6", ""), ("7", "6"), (None, "6")], ids=["same", "other", "none"])
def test_line_says_what_else_the_result_was_held_against(target: str | None, expected: str) -> None:
    judged = {"2023": Judged(Outcome.MISSED, "", "6")}
    targets = [said("target", "2023", target)] if target else []
    (line,) = history([*results(y23="5"), *targets], judged)
    assert line.judged == judged["2023"]
    assert line.held_against == expected


def test_plot_has_results_and_targets() -> None:
    lines = lines_of(*results(y22="4,0", y23="4,5"), said("target", "2023", "5"), said("target", "2024", "5,25"))
    plot = plot_of(lines, unit="poeng", direction="higher")
    assert plot is not None
    assert (plot.kind, plot.labels, plot.forecast) == ("line", ("2022", "2023", "2024"), None)
    assert (plot.unit, plot.direction, plot.note) == ("poeng", "higher", "")
    assert [(one.name, one.values, one.decimals, one.is_target) for one in plot.series] == [
        ("Resultat", (Decimal("4.0"), Decimal("4.5"), None), 1, False),
        ("Mål", (None, Decimal(5), Decimal("5.25")), 2, True),
    ]


def test_plot_goes_on_with_the_forecast_after_the_last_result() -> None:
    foreseen = [said("forecast", year, text) for year, text in (("2022", "9"), ("2023", "6"), ("2024", "7"))]
    plot = plot_of(lines_of(*results(y21="4", y22="5"), *foreseen), unit="")
    assert plot is not None
    assert plot.labels == ("2021", "2022", "2023", "2024")
    assert (plot.forecast, [one.values for one in plot.series]) == (2, [tuple(map(Decimal, (4, 5, 6, 7)))])


def test_plot_of_forecasts_alone_is_called_so() -> None:
    plot = plot_of(lines_of(*(said("forecast", f"{year}", "7") for year in (2024, 2025, 2026))), unit="")
    assert plot is not None
    assert ([one.name for one in plot.series], plot.forecast) == (["Prognose"], None)


def test_plot_shows_a_missing_year_as_a_gap() -> None:
    plot = plot_of(lines_of(*results(y18="1", y19="2", y22="3")), unit="")
    assert plot is not None
    assert plot.labels == ("2018", "2019", "2020", "2021", "2022")
    assert plot.series[0].values == (Decimal(1), Decimal(2), None, None, Decimal(3))


def test_plot_of_tertials_holds_each_against_the_years_target() -> None:
    tertials = [said("result", f"2023-T{number}", f"{number}") for number in (1, 2, 3)]
    plot = plot_of(lines_of(*tertials, said("target", "2023", "5")), unit="")
    assert plot is not None
    assert plot.labels == ("1. tertial 2023", "2. tertial 2023", "3. tertial 2023")
    assert plot.series[1].values == (Decimal(5), Decimal(5), Decimal(5))


def test_plot_of_a_tertial_holds_it_against_the_target_of_a_year_with_a_forecast() -> None:
    year = [said("target", "2024", "5"), said("forecast", "2024", "4")]
    plot = plot_of(lines_of(*results(y23="2"), said("result", "2024-T1", "3"), *year), unit="")
    assert plot is not None
    assert plot.labels == ("2023", "1. tertial 2024", "2024")
    assert plot.series[1].values == (None, Decimal(5), Decimal(5))


def test_plot_draws_a_limit_and_says_that_it_is_one() -> None:
    plot = plot_of(lines_of(*results(y21="150", y22="160"), said("target", "2023", ">170")), unit="")
    assert plot is not None
    assert plot.series[1].values == (None, None, Decimal(170))
    assert plot.note == "Målet er en grense, slik det står i tabellen."


@pytest.mark.parametrize(
    "statements",
    [
        results(y22="4", y23="5"),
        results(y21="Ja", y22="Nei", y23="Ja"),
        [said("target", f"{year}", "5") for year in (2022, 2023, 2024)],
        [*results(y21="4 kr", y22="5"), said("target", "2023", "5 %")],
    ],
    ids=["too few", "no numbers", "only targets", "unlike units"],
)
def test_plot_is_none_where_it_would_say_nothing_true(statements: list[Statement]) -> None:
    assert plot_of(lines_of(*statements), unit="") is None
