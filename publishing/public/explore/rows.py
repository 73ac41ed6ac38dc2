"""Which indicators the list of everything published holds, and what it says of each."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from organisation.alphabet import LAST_LETTERS
from publishing.models import Publication, PublishedChapter, PublishedFigure, PublishedIndicator, PublishedObservation
from publishing.public.goal_words import period_of
from scorecards.models import Observation

RESULT = Observation.Kind.RESULT

Place = tuple[int, str]
"""A publication, and the slug of an indicator in it."""


class Goal(NamedTuple):
    """A row of a scorecard by its ids, and what it is grouped by."""

    pk: int
    publication: int
    indicator: str
    functions: str
    group: str
    plans: list[str]


class Listed(NamedTuple):
    """An indicator of the list by its id, where it stands, and its row on a scorecard if any."""

    pk: int
    sector: str
    chapter: str
    area: str
    goal: Goal | None


class Listing:
    """Every published indicator once, from the newest version of each document, or of the one that is asked for.

    An indicator stands in the list as it does in the newest publication where it is a goal; one that is a goal in
    none, as in the newest where it stands at all. Four queries.
    """

    def __init__(self, document: str = "") -> None:
        """`document` is the slug of the only document to list from; one that nobody has published counts as none."""
        has_indicators = Exists(PublishedIndicator.objects.filter(publication=OuterRef("pk")))
        latest = Publication.objects.latest_of_each().filter(has_indicators).defer("contents")
        self.publications = {one.pk: one for one in latest}
        chosen = [pk for pk, one in self.publications.items() if one.slug == document] or list(self.publications)
        goals = _goals(chosen)
        newest = self._newest(chosen, goals)
        placed = _placed(newest).values_list("pk", "sector", "chapter", "area", "publication", "slug")
        self.listed = [
            Listed(pk, sector, chapter, area, goals.get((publication, slug)))
            for pk, sector, chapter, area, publication, slug in placed
        ]

    def _newest(self, publications: Sequence[int], goals: Mapping[Place, Goal]) -> list[int]:
        """Of each indicator the id of its newest row, one that is a goal before one that is none."""
        rows = PublishedIndicator.objects.filter(publication__in=publications)
        found: dict[str, tuple[bool, datetime.datetime, int, int]] = {}
        for pk, publication, slug in rows.values_list("pk", "publication", "slug"):
            published_at = self.publications[publication].published_at
            row = ((publication, slug) in goals, published_at, publication, pk)
            found[slug] = max(row, found.get(slug, row))
        return [pk for _is_goal, _published_at, _publication, pk in found.values()]

    @property
    def rows(self) -> QuerySet[Any]:
        """The indicators, with `goal`, `chapter` and `area` beside their facts."""
        return _placed([one.pk for one in self.listed])

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.listed)

    @property
    def areas(self) -> dict[str, str]:
        """Slug and title of every chapter in which an indicator stands, in the order of their titles."""
        areas = {one.chapter: one.area for one in self.listed if one.area}
        return dict(sorted(areas.items(), key=lambda pair: in_alphabet(pair[1])))

    @property
    def sectors(self) -> list[str]:
        """The sectors and staffs that answer for an indicator."""
        return sorted({one.sector for one in self.listed if one.sector}, key=in_alphabet)

    @property
    def goals(self) -> list[Goal]:
        """The indicators that are goals."""
        return [one.goal for one in self.listed if one.goal]


def in_alphabet(text: str) -> str:
    """What the text is sorted by, so that æ, ø and å come last."""
    return text.casefold().translate({ord(letter): spelled for letter, spelled in LAST_LETTERS})


@dataclass(frozen=True)
class Line:
    """An indicator as the list shows it: its facts, its goal if any, its newest result and where that stands.

    `period` is the result's, as people write it.
    """

    indicator: Any
    publication: Publication
    goal: PublishedFigure | None
    result: str
    period: str
    anchor: str

    @property
    def address(self) -> str:
        """The row itself, in its version; the version's title page where no row has a value of it."""
        publication, chapter = self.publication, self.indicator.chapter
        if not chapter:
            return publication.get_absolute_url()
        address = reverse("publishing:version_chapter", args=[publication.slug, publication.version, chapter])
        return f"{address}#{self.anchor}"


def lines_of(indicators: Sequence[Any], publications: dict[int, Publication]) -> list[Line]:
    """What is shown of each indicator. Two queries, whatever their number."""
    goals = PublishedFigure.objects.in_bulk([one.goal for one in indicators if one.goal])
    newest = _newest_values([one for one in indicators if not one.goal])
    return [
        _line(one, publications, goals.get(one.goal), newest.get((one.publication_id, one.slug))) for one in indicators
    ]


def _line(
    indicator: Any,
    publications: dict[int, Publication],
    goal: PublishedFigure | None,
    value: PublishedObservation | None,
) -> Line:
    publication = publications[indicator.publication_id]
    if goal:
        return Line(indicator, publication, goal, goal.result, period_of(goal), goal.row_anchor)
    if value and value.kind == RESULT:
        return Line(indicator, publication, None, value.text, value.period_label, value.row_anchor)
    return Line(indicator, publication, None, "", "", value.row_anchor if value else "")


def _newest_values(indicators: Sequence[Any]) -> dict[tuple[int, str], PublishedObservation]:
    """Of each indicator in its publication: the newest result, or some other value where there is no result."""
    values = PublishedObservation.objects.filter(
        publication__in={one.publication_id for one in indicators}, indicator_slug__in=[one.slug for one in indicators]
    )
    found = sorted(values, key=lambda one: (one.kind == RESULT, one.period_ends_on))
    return {(one.publication_id, one.indicator_slug): one for one in found}


def _goals(publications: Sequence[int]) -> dict[Place, Goal]:
    """Of each publication and indicator the row on a scorecard, the service area's own before a summary's."""
    rows = PublishedFigure.objects.filter(publication__in=publications).order_by("is_area", "-position")
    fields = ("pk", "publication", "indicator_slug", "functions", "group", "plans")
    goals = (Goal(*row) for row in rows.values_list(*fields))
    return {(goal.publication, goal.indicator): goal for goal in goals}


def _placed(indicators: Sequence[int]) -> QuerySet[Any]:
    """The indicators with the same goal, and the chapter where it stands."""
    rows = PublishedIndicator.objects.filter(pk__in=indicators)
    here = {"publication": OuterRef("publication"), "indicator_slug": OuterRef("slug")}
    goals = PublishedFigure.objects.filter(**here).order_by("-is_area", "position")
    values = PublishedObservation.objects.filter(**here).order_by("position")
    chapters = PublishedChapter.objects.filter(publication=OuterRef("publication"), slug=OuterRef("chapter"))
    return rows.annotate(
        goal=Subquery(goals.values("pk")[:1]),
        chapter=Coalesce(
            Subquery(goals.values("chapter_slug")[:1]), Subquery(values.values("chapter_slug")[:1]), Value("")
        ),
        area=Coalesce(Subquery(chapters.values("title")[:1]), Value("")),
    )
