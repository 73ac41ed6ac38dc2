"""Counting goals."""

from dataclasses import dataclass

import pytest

from publishing.goals.progress import Segment, Standing, by_chapter, by_sector, in_all, reached_in_words, rest_in_words
from scorecards.assessment import Outcome


@dataclass
class Figure:
    chapter_slug: str
    outcome: str
    chapter_title: str = ""
    sector: str = ""


FIGURES = [
    Figure("skole", "reached", "Skole", "Økonomi"),
    Figure("barnehage", "missed", "Barnehage", "Kultur"),
    Figure("skole", "nearly", "Skole", "Økonomi"),
    Figure("skole", "not_assessable", "Skole"),
    Figure("skole", "not_measured", "Skole"),
]


def test_by_chapter_keeps_the_order_of_the_document() -> None:
    assert [(one.slug, one.title, one.total) for one in by_chapter(FIGURES)] == [
        ("skole", "Skole", 4),
        ("barnehage", "Barnehage", 1),
    ]


def test_standing_counts_only_what_can_be_assessed_as_assessed() -> None:
    school = by_chapter(FIGURES)[0]
    assert (school.reached, school.nearly, school.missed) == (1, 1, 0)
    assert (school.assessed, school.unassessed) == (2, 2)
    assert (school.not_measured, school.not_assessable) == (1, 1)


def test_segments_fill_the_bar_and_leave_out_empty_parts() -> None:
    assert list(by_chapter(FIGURES)[0].segments) == [
        Segment(Outcome.REACHED, 0, 1),
        Segment(Outcome.NEARLY, 1, 1),
        Segment(Outcome.NOT_ASSESSABLE, 2, 2),
    ]


def test_in_all_adds_the_chapters() -> None:
    standings = by_chapter(FIGURES)
    whole = in_all(standings, "Alle")
    assert (whole.title, whole.total, whole.reached, whole.missed) == ("Alle", 5, 1, 1)
    assert standings[0].total == 4


def test_by_sector_stands_by_name_with_those_of_none_last() -> None:
    assert [(one.title, one.total) for one in by_sector(FIGURES, "Ingen")] == [
        ("Kultur", 1),
        ("Økonomi", 2),
        ("Ingen", 2),
    ]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (FIGURES, "1 av 3 vurderte mål er nådd. 1 er nesten nådd. 2 er ikke målt eller kan ikke vurderes."),
        (FIGURES[:2], "1 av 2 vurderte mål er nådd. "),
        ([], "Ingen av målene kan vurderes. "),
        (FIGURES[3:], "Ingen av målene kan vurderes. 2 er ikke målt eller kan ikke vurderes."),
    ],
    ids=["all", "two", "none", "unassessed"],
)
def test_standing_in_words(figures: list[Figure], expected: str) -> None:
    whole: Standing = in_all(by_chapter(figures), "Alle")
    assert f"{reached_in_words(whole)} {rest_in_words(whole)}" == expected
