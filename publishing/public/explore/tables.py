"""The list of published indicators as a table: its columns and their order, one page of it, and all of it as a file."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

import django_tables2 as tables
from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.alphabet import alphabetical
from publishing.cells import hard_spaces
from publishing.models import PublishedFigure
from publishing.public.explore.filters import WORST_FIRST
from publishing.public.explore.rows import Line, Listing, lines_of
from publishing.public.goal_words import distance_of, since_of
from scorecards.assessment import Outcome
from scorecards.trends import Trend

PER_PAGE = 25
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
ARROWS = {Trend.BETTER: "↗", Trend.SAME: "→", Trend.WORSE: "↘"}
WORSE_FIRST = (Trend.WORSE, Trend.SAME, Trend.BETTER)
ORDERS = (
    ("", gettext_lazy("Navn, A til Å")),
    ("-name", gettext_lazy("Navn, Å til A")),
    ("area", gettext_lazy("Tjenesteområde, A til Å")),
    ("-area", gettext_lazy("Tjenesteområde, Å til A")),
    ("outcome", gettext_lazy("Måloppnåelse, dårligst først")),
    ("-outcome", gettext_lazy("Måloppnåelse, best først")),
    ("-distance", gettext_lazy("Avvik, størst først")),
    ("distance", gettext_lazy("Avvik, minst først")),
    ("trend", gettext_lazy("Utvikling, dårligere først")),
    ("-trend", gettext_lazy("Utvikling, bedre først")),
)
Ordered = tuple[QuerySet[Any], bool]


class Order(NamedTuple):
    """A way to sort the list: its code in the address, what it is called, and whether the list is sorted so."""

    code: str
    text: str
    is_chosen: bool


class ExploreTable(tables.Table):
    """The indicators of a listing. What it shows beside the rows themselves takes two queries."""

    name = tables.Column(verbose_name=gettext_lazy("Indikator"), order_by=("name_order", "slug"))
    area = tables.Column(
        verbose_name=gettext_lazy("Tjenesteområde"), order_by=("area_order", "name_order", "slug"), empty_values=()
    )
    result = tables.Column(verbose_name=gettext_lazy("Nyeste resultat"), empty_values=(), orderable=False, attrs=NUMBER)
    target = tables.Column(verbose_name=gettext_lazy("Måltall"), empty_values=(), orderable=False, attrs=NUMBER)
    outcome = tables.Column(verbose_name=gettext_lazy("Måloppnåelse"), empty_values=())
    distance = tables.Column(verbose_name=gettext_lazy("Avvik"), empty_values=(), attrs=NUMBER)
    trend = tables.Column(verbose_name=gettext_lazy("Utvikling"), empty_values=())

    class Meta:
        order_by = "name"

    def __init__(self, rows: QuerySet[Any], *, request: HttpRequest, listing: Listing) -> None:
        super().__init__(rows.annotate(name_order=alphabetical("name"), area_order=alphabetical("area")))
        self.publications = listing.publications
        tables.RequestConfig(request, paginate=False).configure(self)

    def turn_to(self, number: str | None) -> None:
        """Show that page of the list; the nearest one there is. Reading them all once is quicker than counting too."""
        len(self.data.data)
        self.paginate(per_page=PER_PAGE)
        self.page = self.paginator.get_page(number)
        shown = [row.record for row in self.page.object_list]
        self.lines = {line.indicator.pk: line for line in lines_of(shown, self.publications)}

    def all_lines(self) -> list[Line]:
        """Every row of the list, in its order."""
        return lines_of([row.record for row in self.rows], self.publications)

    @property
    def orders(self) -> list[Order]:
        """The ways to sort the list."""
        asked = ",".join(self.order_by) if self.order_by else ""
        return [Order(code, str(text), code == asked or (not code and asked == "name")) for code, text in ORDERS]

    def render_name(self, record: Any) -> SafeString:
        """The name, which leads to the indicator's page."""
        address = reverse("publishing:indicator", args=[record.slug])
        return format_html('<a class="ds-link" href="{}">{}</a>', address, record.name)

    def render_area(self, record: Any) -> SafeString:
        """The chapter, which leads to the row, and the publication."""
        line = self.lines[record.pk]
        if not record.area:
            return format_html('<a class="ds-link" href="{}">{}</a>', line.address, line.publication.title)
        place = '<a class="ds-link" href="{}">{}</a> <span class="data-table__rownote">{}</span>'
        return format_html(place, line.address, record.area, line.publication.title)

    def render_result(self, record: Any) -> SafeString | str:
        """The newest result and its period."""
        line = self.lines[record.pk]
        if not line.result:
            return str(self.default)
        return format_html('{} <span class="data-table__rownote">{}</span>', hard_spaces(line.result), line.period)

    def render_target(self, record: Any) -> str:
        """What the result was held against."""
        goal = self.lines[record.pk].goal
        return hard_spaces(goal.target) if goal and goal.target else str(self.default)

    def render_outcome(self, record: Any) -> SafeString | str:
        """The verdict as sign and word, why there is none, and since when a goal is missed."""
        goal = self.lines[record.pk].goal
        if goal is None:
            return str(self.default)
        outcome = Outcome(goal.outcome)
        sign = '<span class="status status--{}"><span class="status__symbol" aria-hidden="true">{}</span> {}</span>'
        verdict = format_html(sign, outcome.value, outcome.symbol, _(outcome.word))
        since = since_of(goal)
        return format_html('{} <span class="status__reason">{}</span>', verdict, since) if since else verdict

    def render_distance(self, record: Any) -> str:
        """How far the result is from the target, as a part of the target."""
        goal = self.lines[record.pk].goal
        return (distance_of(goal) if goal else "") or str(self.default)

    def render_trend(self, record: Any) -> SafeString | str:
        """Which way the result goes, as sign and word."""
        goal = self.lines[record.pk].goal
        if goal is None or not goal.trend:
            return str(self.default)
        sign = '<span class="trend"><span aria-hidden="true">{}</span> {}</span>'
        return format_html(sign, ARROWS[Trend(goal.trend)], goal.get_trend_display())

    def order_outcome(self, rows: QuerySet[Any], is_descending: bool) -> Ordered:
        """The worst first, the farthest from its target before the others; what is no goal comes last."""
        rank = _of_goal(_ranked("outcome", WORST_FIRST))
        rows = rows.annotate(rank=rank, off=_of_goal(F("distance")))
        off = F("off").desc(nulls_last=True)
        return rows.order_by(_ordered("rank", is_descending), off, "name_order", "slug"), True

    def order_distance(self, rows: QuerySet[Any], is_descending: bool) -> Ordered:
        """By the distance; what has none comes last."""
        rows = rows.annotate(off=_of_goal(F("distance")))
        return rows.order_by(_ordered("off", is_descending), "name_order", "slug"), True

    def order_trend(self, rows: QuerySet[Any], is_descending: bool) -> Ordered:
        """Worse first; where nothing is known comes last."""
        rows = rows.annotate(rank=_of_goal(_ranked("trend", WORSE_FIRST)))
        return rows.order_by(_ordered("rank", is_descending), "name_order", "slug"), True


def address_with(request: HttpRequest, path: str) -> str:
    """The path with what is asked for and no more: a form sends its empty fields too."""
    asked = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return f"{path}?{urlencode(asked)}" if asked else path


def _of_goal(expression: Any) -> Subquery:
    goal = PublishedFigure.objects.filter(pk=OuterRef("goal")).annotate(sorted_by=expression)
    return Subquery(goal.values("sorted_by")[:1])


def _ranked(field: str, first_to_last: tuple[str, ...]) -> Case:
    ranks = [When(**{field: value}, then=Value(rank)) for rank, value in enumerate(first_to_last)]
    return Case(*ranks, default=None, output_field=IntegerField())


def _ordered(field: str, is_descending: bool) -> Any:
    return F(field).desc(nulls_last=True) if is_descending else F(field).asc(nulls_last=True)
