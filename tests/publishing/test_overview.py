"""The overview's rules, on goals by hand: since when, the largest misses, and what has changed."""

from decimal import Decimal

import pytest

from publishing.figures import Place, missed_since, trend_of
from publishing.goals.changes import Changes, Turn, changes, turn
from publishing.goals.goal import Goal, Point
from publishing.goals.issues import choices, chosen, in_force, newest, period_before, query_of, standard, version_before
from publishing.goals.overview import Overview, earlier
from publishing.structure import Chapter, Column, IndicatorFacts, Origin, Row, RowGroup, Table, Verdict
from scorecards.assessment import Outcome
from tests.publishing.goals_by_hand import Figure, at, goals, issue

PLAN_BEFORE = issue(1, year=2023, published_at=at(2023))
PLAN_PROPOSED = issue(2, document=2, slug="plan", published_at=at(2023, 11), stage="forslag")
PLAN = issue(3, document=2, slug="plan", version=2, published_at=at(2023, 12))
REPORT = {"kind": "tertialrapport", "stage": "tertialrapport", "is_report": True}
FIRST = issue(4, **REPORT, period="2024-T1", published_at=at(2024, 6))
SECOND = issue(5, **REPORT, period="2024-T2", published_at=at(2024, 10))
EMPTY = issue(6, year=2025, has_goals=False, published_at=at(2024, 11))
ISSUES = [PLAN_BEFORE, PLAN_PROPOSED, PLAN, FIRST, SECOND, EMPTY]


# Since when


def place(results: dict[str, str], targets: dict[str, str]) -> Place:
    """A row of a scorecard with these results and targets by period."""
    values = [("result", period, text) for period, text in results.items()]
    values += [("target", period, text) for period, text in targets.items()]
    cells = tuple(text for _kind, _period, text in values)
    origins = tuple(Origin("maal", kind, period) for kind, period, _text in values)
    row = Row("Mål", cells, (None,) * len(cells), key="maal", origins=origins)
    group = RowGroup((row,))
    columns = tuple(Column(f"{kind} {period}", "", kind) for kind, period, _text in values)
    table = Table("malekort", "1.1", "scorecard", "Målekort", columns, (group,))
    return Place(Chapter("skole", "1", "Skole", ""), table, group, row)


@pytest.mark.parametrize(
    ("results", "targets", "expected"),
    [
        ({"2023": "4"}, {"2024": "5"}, "2023"),
        ({"2021": "4", "2022": "4,2", "2023": "4"}, {"2024": "5"}, "2021"),
        ({"2021": "4", "2022": "6", "2023": "4"}, {"2024": "5"}, "2023"),
        ({"2021": "3", "2022": "4", "2023": "4"}, {"2021": "2", "2022": "5", "2024": "5"}, "2022"),
        ({"2021": "4", "2022": "4,9", "2023": "4"}, {"2024": "5"}, "2023"),
        ({"2021": "4", "2022": "Måles ikke", "2023": "4"}, {"2024": "5"}, "2023"),
        ({"2023": "4", "2024-T1": "4", "2024-T2": "3"}, {"2024": "5"}, "2023"),
        ({"2023": "6", "2024-T1": "4", "2024-T2": "3"}, {"2024": "5"}, "2024-T1"),
        ({"2021/2022": "6", "2022/2023": "3"}, {"2024": "5"}, "2022/2023"),
    ],
    ids=["one", "all", "reached-between", "own-target", "nearly-ends-it", "gap", "over-new-year", "tertial", "school"],
)
def test_missed_since_is_the_first_of_the_unbroken_run(
    results: dict[str, str], targets: dict[str, str], expected: str
) -> None:
    verdict = Verdict("missed", "Ikke nådd", "✗", result="4", target="5")
    assert missed_since(place(results, targets), verdict, IndicatorFacts("maal", "Mål", direction="higher")) == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"2022": "4", "2023": "5"}, "better"),
        ({"2022": "6", "2023": "5"}, "worse"),
        ({"2023": "5", "2024-T1": "2"}, ""),
        ({"2023-T1": "1", "2023": "5", "2024-T1": "2"}, "better"),
        ({"2023": "5"}, ""),
        ({}, ""),
    ],
    ids=["up", "down", "a year and a tertial", "two tertials", "one", "none"],
)
def test_trend_is_between_periods_of_the_same_kind(results: dict[str, str], expected: str) -> None:
    assert trend_of(place(results, {}), IndicatorFacts("maal", "Mål", direction="higher")) == expected


def test_goal_says_since_when_and_which_way_in_words() -> None:
    figure = Figure(outcome="missed", missed_since="2024-T1", trend="worse", period="2024-T2")
    goal = Goal(figure, PLAN)
    assert (goal.since, goal.trend, goal.period) == (
        "1. tertial 2024",
        "Dårligere enn forrige måling",
        "2. tertial 2024",
    )


def test_goal_that_is_reached_says_nothing_of_since_when() -> None:
    goal = Goal(Figure(period="", result=""), PLAN)
    assert (goal.since, goal.trend, goal.period, goal.line) == ("", "", "", [])


def test_line_of_a_goal_has_periods_of_the_same_kind_alone() -> None:
    points = [
        Point(code, at(2024).date(), text, value)
        for code, text, value in (
            ("2022", "2,4%", Decimal("2.4")),
            ("2023", "Måles ikke", None),
            ("2024-T1", "9", Decimal(9)),
            ("2024", "3,1 %", Decimal("3.1")),
        )
    ]
    goal = Goal(Figure(period="2024", target="< 2 %"), PLAN, points=points)
    assert goal.values == [Decimal("2.4"), None, Decimal("3.1")]
    assert goal.goal_line == Decimal(2)
    assert goal.in_words == "2022: 2,4%. 2023: Måles ikke. 2024: 3,1\u00a0%. Mål: <\u00a02\u00a0%."


# Counts and misses


def test_overview_puts_the_largest_miss_first_and_reads_in_the_order_of_need() -> None:
    overview = Overview(
        goals(
            Figure("a", "reached"),
            Figure("b", "missed", Decimal("0.1")),
            Figure("c", "missed", Decimal("0.5")),
            Figure("d", "not_measured"),
            Figure("e", "nearly", Decimal("0.9")),
            Figure("f", "missed", Decimal("0.5")),
            Figure("g", "not_assessable"),
        )
    )
    assert [goal.figure.indicator_slug for goal in overview.missed] == ["c", "f", "b"]
    assert [goal.figure.indicator_slug for goal in overview.missed_in_order] == ["b", "c", "f"]
    assert [(outcome, len(found)) for outcome, found in overview.by_outcome] == [
        (Outcome.MISSED, 3),
        (Outcome.NEARLY, 1),
        (Outcome.NOT_MEASURED, 1),
        (Outcome.NOT_ASSESSABLE, 1),
        (Outcome.REACHED, 1),
    ]
    assert [outcome for outcome, _found in overview.unknown] == [Outcome.NOT_MEASURED, Outcome.NOT_ASSESSABLE]


def test_overview_of_no_goals_has_nothing_to_say() -> None:
    overview = Overview([])
    assert (overview.missed, overview.unknown, overview.by_outcome, overview.whole.total) == ([], [], [], 0)


# What has changed


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Figure(outcome="missed", distance=Decimal("0.5")), Figure(outcome="reached"), Turn.BETTER),
        (Figure(outcome="missed", distance=Decimal("0.5")), Figure(outcome="nearly"), Turn.BETTER),
        (Figure(outcome="reached"), Figure(outcome="nearly", distance=Decimal("0.01")), Turn.WORSE),
        (
            Figure(outcome="missed", distance=Decimal("0.5")),
            Figure(outcome="missed", distance=Decimal("0.4")),
            Turn.BETTER,
        ),
        (
            Figure(outcome="nearly", distance=Decimal("0.01")),
            Figure(outcome="nearly", distance=Decimal("0.02")),
            Turn.WORSE,
        ),
        (
            Figure(outcome="missed", distance=Decimal("0.5")),
            Figure(outcome="missed", distance=Decimal("0.5")),
            Turn.SAME,
        ),
        (Figure(outcome="reached", result="5"), Figure(outcome="reached", result="9"), Turn.SAME),
        (Figure(outcome="reached"), Figure(outcome="not_measured"), Turn.UNASSESSED),
        (Figure(outcome="not_assessable"), Figure(outcome="missed"), Turn.ASSESSED),
        (Figure(outcome="not_assessable"), Figure(outcome="not_measured"), Turn.SAME),
    ],
    ids=["reached", "nearly", "lost", "nearer", "further", "alike", "still", "unassessed", "assessed", "unknown"],
)
def test_turn_of_a_goal(before: Figure, after: Figure, expected: Turn) -> None:
    assert turn(before, after) == expected


def slugs(found: Changes) -> dict[str, list[str]]:
    return {kind: [change.goal.figure.indicator_slug for change in some] for kind, some in found.groups}


def test_changes_tell_what_is_new_and_what_is_gone() -> None:
    before = goals(Figure("a", "missed"), Figure("b"), Figure("c", "missed"))
    after = goals(Figure("a", "reached"), Figure("c", "missed"), Figure("d"))
    found = changes(before, after, {})
    assert slugs(found) == {"better": ["a"], "new": ["d"], "dropped": ["b"]}
    assert (found.same, found.is_comparable) == (1, True)


def test_changes_follow_an_indicator_to_the_one_that_succeeds_it() -> None:
    found = changes(goals(Figure("a", "reached")), goals(Figure("b", "missed", target="9")), {"b": "a"})
    assert slugs(found) == {"worse": ["b"]}
    assert found.groups[0][1][0].has_moved_target is True


def test_changes_count_a_goal_of_two_chapters_once() -> None:
    twice = goals(Figure("a"), Figure("a", chapter_slug="helse"))
    found = changes(twice, twice, {})
    assert (found.same, found.groups) == (1, [])


def test_changes_between_unlike_documents_are_not_comparable() -> None:
    assert changes(goals(Figure("a")), goals(Figure("b")), {}).is_comparable is False


# Which publication


def test_standard_is_the_newest_version_of_the_newest_plan_with_goals() -> None:
    assert standard(ISSUES) == PLAN
    assert standard([FIRST, EMPTY]) is None


def test_chosen_is_what_the_address_names() -> None:
    assert chosen(ISSUES, {"publikasjon": "plan"}) == PLAN
    assert chosen(ISSUES, {"publikasjon": "plan", "versjon": "1"}) == PLAN_PROPOSED
    assert [
        chosen(ISSUES, words)
        for words in ({"publikasjon": "plan", "versjon": "9"}, {"publikasjon": "x"}, {"versjon": "1"})
    ] == [None, None, None]


def test_words_name_year_and_period() -> None:
    whole_year = issue(7, **REPORT, period="2024")
    assert [one.words for one in (PLAN_PROPOSED, FIRST, whole_year)] == [
        "2024, virksomhetsplan (forslag), versjon 1",
        "2024, 1. tertial, versjon 1",
        "2024, hele året, versjon 1",
    ]


def test_choices_stand_by_year_newest_first_without_empty_ones() -> None:
    assert [(year, [one.pk for one, _words in some]) for year, some in choices(ISSUES, PLAN)] == [
        (2024, [3, 2, 5, 4]),
        (2023, [1]),
    ]
    assert choices(ISSUES, EMPTY)[0][0] == 2025


def test_choices_that_would_be_called_the_same_bear_their_titles() -> None:
    twins = [issue(1, title="For skole"), issue(2, title="For helse")]
    words = "2024, virksomhetsplan (vedtatt), versjon 1"
    assert choices(twins, None) == [(2024, [(twins[0], f"{words}: For skole"), (twins[1], f"{words}: For helse")])]


def test_issue_is_held_against_the_period_before_and_the_version_before() -> None:
    assert [period_before(one, ISSUES) for one in ISSUES] == [None, PLAN_BEFORE, PLAN_BEFORE, PLAN, FIRST, PLAN]
    assert [version_before(one, ISSUES) for one in ISSUES] == [None, None, PLAN_PROPOSED, None, None, None]
    assert earlier(PLAN, ISSUES) == [(PLAN_BEFORE, False), (PLAN_PROPOSED, True)]


def test_newest_of_a_year_needs_no_query() -> None:
    assert newest(ISSUES, 2024) == SECOND
    assert newest(ISSUES, 1999) is None
    assert query_of(SECOND, ISSUES) == ""
    assert query_of(PLAN, ISSUES) == "?publikasjon=plan&versjon=2"


def test_in_force_is_what_held_when_it_was_published() -> None:
    assert in_force(PLAN_PROPOSED, ISSUES) == [PLAN_BEFORE, PLAN_PROPOSED]
    assert in_force(SECOND, ISSUES) == [PLAN_BEFORE, PLAN, FIRST, SECOND]
