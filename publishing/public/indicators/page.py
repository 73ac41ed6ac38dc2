"""What a reader sees of one indicator: everything that has been published of it, in all publications."""

from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import charts
from publishing.explaining.indicator_history import Judged, Line, history, plot_of
from publishing.models import Publication, PublishedChapter, PublishedFigure, PublishedIndicator
from publishing.public.goal_words import period_of, since_of
from publishing.public.indicators.relatives import Relatives, Twin
from publishing.public.indicators.rows import age, dated, is_current, row_address, statements, values_of
from scorecards import notation
from scorecards.assessment import ASSESSED, Direction, Outcome
from scorecards.explaining import Fact, rule_in_words
from scorecards.models import Indicator


class Summary(NamedTuple):
    """How it stands: the newest result and, of a goal, how it went. `trend` is in words."""

    period: str
    result: str
    target: str = ""
    outcome: Outcome | None = None
    since: str = ""
    trend: str = ""


class Comment(NamedTuple):
    """What a publication says of the goal. `period` is that of the result, in words."""

    text: str
    period: str
    publication: Publication
    address: str


class Place(NamedTuple):
    """A row of a publication where the indicator stands."""

    publication: Publication
    chapter: str
    address: str


class Link(NamedTuple):
    """A name that leads somewhere."""

    text: str
    address: str


class IndicatorPage:
    """An indicator by its slug: as the newest publication describes it, with all that was ever published of it.

    At most six queries, whatever there is.
    """

    def __init__(self, slug: str) -> None:
        """Find it. One query. Raises Http404 for what no publication has."""
        self.slug = slug
        rows = list(dated(PublishedIndicator.objects.filter(slug=slug)))
        if not rows:
            raise Http404
        self.indicator = max(rows, key=lambda row: (is_current(row), age(row)))

    @property
    def is_current(self) -> bool:
        """Whether the newest version of some document has it."""
        return is_current(self.indicator)

    @property
    def newest(self) -> Publication:
        """The publication in which it was published last."""
        return self.indicator.publication

    @cached_property
    def goals(self) -> list[Any]:
        """Its rows on scorecards, of the newest version of each document, the newest first. One query.

        In a publication, a service area's own row comes before a summary's.
        """
        rows = [row for row in dated(PublishedFigure.objects.filter(indicator_slug=self.slug)) if is_current(row)]
        return sorted(rows, key=lambda row: (age(row), row.is_area, -row.position), reverse=True)

    @cached_property
    def values(self) -> list[Any]:
        """Its published values, in the order of publication. One query."""
        return values_of([self.slug])

    @cached_property
    def lines(self) -> list[Line]:
        """Its values period by period, the newest first."""
        judged = {goal.period: Judged(Outcome(goal.outcome), goal.reason, goal.target) for goal in reversed(self.goals)}
        return history(statements(self.values), judged)

    @property
    def kinds(self) -> set[str]:
        """Which kinds of values there are: result, target, forecast; and "judged" where a result was."""
        judged = {"judged"} if any(line.judged for line in self.lines) else set()
        return {figure.kind for line in self.lines for figure in line.figures} | judged

    @property
    def summary(self) -> Summary | None:
        """How it stands by its newest scorecard; for what is no goal the newest result, or None."""
        if self.goals:
            goal = self.goals[0]
            trend = goal.get_trend_display() if goal.trend else ""
            return Summary(period_of(goal), goal.result, goal.target, Outcome(goal.outcome), since_of(goal), trend)
        results = (line.result for line in self.lines if line.result)
        newest = next((result for result in results if result.current), None)
        return Summary(newest.label, newest.current.text) if newest and newest.current else None

    @cached_property
    def plot(self) -> charts.Plot | None:
        """Its chart, or None where its numbers are too few."""
        return plot_of(self.lines, unit=self.indicator.unit_of_measure, direction=self.indicator.direction)

    @property
    def chart(self) -> charts.Chart | None:
        """The chart drawn, with what it shows in words."""
        return charts.draw_plot(self.plot, title=self.indicator.name, anchor="utvikling") if self.plot else None

    @property
    def facts(self) -> list[Fact]:
        """What it is. What nobody has published of it is left out."""
        frequencies = {str(value): str(label) for value, label in Indicator.Frequency.choices}
        one = self.indicator
        found = [
            Fact(_("Hva som måles"), one.definition),
            Fact(_("Måleenhet"), one.unit_of_measure),
            Fact(_("Skala"), one.scale),
            Fact(_("Retning"), _(Direction(one.direction).word) if one.direction or self.goals else ""),
            Fact(_("Når målet er nådd"), " ".join(self._rule())),
            Fact(_("Hvor ofte"), frequencies.get(one.frequency, "")),
            Fact(_("Kilde"), one.source),
            Fact(_("Eier"), one.owner),
            Fact(_("Sektor eller stab"), one.sector if one.sector != one.owner else ""),
        ]
        return [fact for fact in found if fact.text]

    def _rule(self) -> list[str]:
        """When the newest target that could be judged is reached, and what counts as nearly."""
        goal = next((goal for goal in self.goals if goal.outcome in ASSESSED), None)
        if goal is None:
            return []
        tolerance = Decimal(self.indicator.tolerance) if self.indicator.tolerance else None
        return rule_in_words(notation.parse(goal.target, as_text=True), Direction(self.indicator.direction), tolerance)

    @property
    def comments(self) -> list[Comment]:
        """What the newest version of each document says, the newest first; the same words once."""
        found: dict[str, Comment] = {}
        for goal in self.goals:
            address = row_address(goal.publication, goal.chapter_slug, goal.row_anchor)
            if goal.comment:
                found.setdefault(goal.comment, Comment(goal.comment, period_of(goal), goal.publication, address))
        return list(found.values())

    @property
    def areas(self) -> list[Link]:
        """The service areas whose scorecard it stands on, each in its newest year."""
        found: dict[str, Link] = {}
        for goal in self.goals:
            address = reverse("publishing:scorecard", args=[goal.publication.year, goal.chapter_slug])
            if goal.is_area:
                found.setdefault(goal.chapter_slug, Link(goal.chapter_title, address))
        return list(found.values())

    @property
    def plans(self) -> list[Link]:
        """The plans that those areas contribute to; each leads to all the indicators that do."""
        plans = dict.fromkeys(plan for goal in self.goals for plan in goal.plans)
        return [Link(plan, f"{reverse('publishing:explore')}?{urlencode({'plan': plan})}") for plan in plans]

    @property
    def places(self) -> list[Place]:
        """The chapters where it stands in the newest version of each document, the newest first. One query.

        Each leads to its row there, that of the scorecard where there is one.
        """
        rows = [*self.goals, *(row for row in self.values if is_current(row))]
        found = {(row.publication_id, row.chapter_slug): row for row in reversed(rows)}
        chapters = PublishedChapter.objects.filter(
            publication__in={row.publication_id for row in rows}, slug__in={row.chapter_slug for row in rows}
        )
        titles = {(pk, slug): title for pk, slug, title in chapters.values_list("publication", "slug", "title")}
        places = sorted(found.values(), key=age, reverse=True)
        return [
            Place(
                row.publication,
                titles.get((row.publication_id, row.chapter_slug), ""),
                row_address(row.publication, row.chapter_slug, row.row_anchor),
            )
            for row in places
        ]

    @cached_property
    def relatives(self) -> Relatives:
        """What it has something to do with. Two queries at most."""
        return Relatives(self.indicator)

    @property
    def range(self) -> charts.Chart | None:
        """Where its results lie among those of the same measure elsewhere, drawn; None where too few have any."""
        plot = self.relatives.range_of(self.lines) if self.relatives.others else None
        return charts.draw_plot(plot, title=_("Samme mål andre steder"), anchor="samme") if plot else None

    @property
    def twins(self) -> list[Twin]:
        """The same measure wherever it stands, this indicator first; empty where it stands alone."""
        own = Twin(self.slug, self.indicator.name, self.indicator.owner, self.lines)
        return [own, *self.relatives.others] if self.relatives.others else []
