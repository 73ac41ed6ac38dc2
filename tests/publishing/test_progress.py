"""Counting goals."""

from dataclasses import dataclass

from publishing.progress import Segment, by_chapter, in_all
from scorecards.assessment import Outcome


@dataclass
class Figure:
    chapter_slug: str
    outcome: str
    chapter_title: str = ""


FIGURES = [
    Figure("skole", "reached", "Skole"),
    Figure("barnehage", "missed", "Barnehage"),
    Figure("skole", "nearly", "Skole"),
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
