"""The list of indicators as a table: its columns, their order, and what is read for one page of it."""

from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.access import Right
from organisation.alphabet import alphabetical
from organisation.models import User
from scorecards.indicator_places import places_of
from scorecards.models import Indicator, Observation
from scorecards.notation import Kind

PER_PAGE = 50

NUMBER = {"th": {"class": "num"}, "td": {"class": "num words"}}
Ordered = tuple[QuerySet[Any], bool]


class IndicatorTable(tables.Table):
    """One page of the indicators, made from `listed`. What it shows beside the rows themselves takes three queries."""

    name = tables.Column(
        verbose_name=gettext_lazy("Indikator"),
        order_by=("name_order", "pk"),
        linkify=lambda record, table: table.edit_url(record),
        attrs={"a": {"class": "ds-link"}},
    )
    owner = tables.Column(verbose_name=gettext_lazy("Eier"), order_by=("owner_order", "name_order", "pk"))
    unit_of_measure = tables.Column(
        verbose_name=gettext_lazy("Måleenhet"), order_by=("unit_of_measure", "name_order", "pk")
    )
    direction = tables.Column(
        verbose_name=gettext_lazy("Retning"), order_by=("direction", "name_order", "pk"), empty_values=()
    )
    result = tables.Column(verbose_name=gettext_lazy("Nyeste resultat"), empty_values=(), attrs=NUMBER)
    target = tables.Column(verbose_name=gettext_lazy("Nyeste mål"), empty_values=(), attrs=NUMBER)
    places = tables.Column(verbose_name=gettext_lazy("Står i"), empty_values=(), orderable=False)

    class Meta:
        order_by = "name"
        empty_text = gettext_lazy("Ingen indikatorer passer med valgene.")

    def __init__(self, rows: QuerySet[Any], *, request: HttpRequest, user: User) -> None:
        super().__init__(rows)
        self.user = user
        self.here = request.get_full_path()
        tables.RequestConfig(request, paginate=False).configure(self)
        self.paginate(per_page=PER_PAGE)
        self.page = self.paginator.get_page(request.GET.get("page"))
        shown = [row.record.pk for row in self.page.object_list]
        self.places = places_of(shown, user)
        self.newest = {(value.indicator_id, value.kind): value for value in newest_values(shown)}

    @property
    def summary(self) -> str:
        """How many there are, and which of them stand on this page."""
        count = self.paginator.count
        total = ngettext("%(count)s indikator", "%(count)s indikatorer", count) % {"count": count}
        if self.paginator.num_pages == 1:
            return total
        first, last = self.page.start_index(), self.page.end_index()
        return _("%(total)s, viser %(first)s–%(last)s") % {"total": total, "first": first, "last": last}

    def edit_url(self, record: Indicator) -> str | None:
        """Where the person may change the indicator; None where they may not."""
        if record.owner_id not in self.user.unit_ids(Right.EDIT):
            return None
        return f"{reverse('scorecards:indicator_edit', args=[record.pk])}?{urlencode({'next': self.here})}"

    @property
    def may_hand_over(self) -> bool:
        """Whether the person looks after who answers for what."""
        return self.user.has_right(Right.PUBLISH)

    def render_owner(self, record: Indicator) -> SafeString | str:
        """The unit and, where it is another than the unit's leader, who answers for the indicator."""
        if record.responsible is None:
            return str(record.owner)
        return format_html('{} <span class="data-table__rownote">{}</span>', record.owner, record.responsible)

    def render_direction(self, record: Indicator) -> SafeString | str:
        """In words, or marked as not set."""
        if record.direction:
            return record.get_direction_display()
        sign = '<span class="status status--nearly"><span class="status__symbol" aria-hidden="true">!</span>{}</span>'
        return format_html(sign, _("ikke satt"))

    def render_result(self, record: Indicator) -> SafeString | str:
        """The newest result and its period."""
        return self._value(record, Observation.Kind.RESULT)

    def render_target(self, record: Indicator) -> SafeString | str:
        """The target of the newest year that has one, and the year."""
        return self._value(record, Observation.Kind.TARGET)

    def _value(self, record: Indicator, kind: str) -> SafeString | str:
        value = self.newest.get((record.pk, kind))
        if value is None:
            return str(self.default)
        return format_html('{} <span class="data-table__rownote">{}</span>', value.printed, value.period)

    def render_places(self, record: Indicator) -> SafeString | str:
        """A line for each place, with a link for those who may type there."""
        places = self.places.get(record.pk)
        if not places:
            return str(self.default)
        lines = [(self._place(place.text, place.url),) for place in places]
        return format_html('<ul class="work-list__places">{}</ul>', format_html_join("", "<li>{}</li>", lines))

    def _place(self, text: str, url: str) -> SafeString | str:
        query = urlencode({"next": self.here})
        return format_html('<a class="ds-link" href="{}?{}">{}</a>', url, query, text) if url else text

    def order_result(self, rows: QuerySet[Any], is_descending: bool) -> Ordered:
        """By the period of the newest result; those without one are older than all."""
        return _by_newest(rows, Observation.Kind.RESULT, is_descending), True

    def order_target(self, rows: QuerySet[Any], is_descending: bool) -> Ordered:
        """By the period of the newest target; those without one are older than all."""
        return _by_newest(rows, Observation.Kind.TARGET, is_descending), True


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The indicators with what the table sorts them by."""
    return rows.select_related("owner", "responsible").annotate(
        name_order=alphabetical("name"), owner_order=alphabetical("owner__name")
    )


def stated_values() -> QuerySet[Observation]:
    """Results, also those that say why there is no number, and targets that do say something («måles ikke» is none)."""
    is_no_target = Q(kind=Observation.Kind.TARGET, value_kind=Kind.REASON)
    kinds = (Observation.Kind.RESULT, Observation.Kind.TARGET)
    return Observation.objects.filter(kind__in=kinds, reference_group=None).exclude(is_no_target).exclude(text="")


def newest_values(indicators: list[int]) -> QuerySet[Observation]:
    """The newest result and the newest target of each indicator. Of two periods that end alike, the longest."""
    age = Window(
        RowNumber(),
        partition_by=[F("indicator"), F("kind")],
        order_by=[F("period__end").desc(), F("period__start").asc(), F("pk").asc()],
    )
    values = stated_values().filter(indicator__in=indicators).annotate(age=age)
    return values.filter(age=1).select_related("period")


def _by_newest(rows: QuerySet[Any], kind: str, is_descending: bool) -> QuerySet[Any]:
    values = stated_values().filter(indicator=OuterRef("pk"), kind=kind).order_by("-period__end")
    newest = F("newest").desc(nulls_last=True) if is_descending else F("newest").asc(nulls_first=True)
    return rows.annotate(newest=Subquery(values.values("period__end")[:1])).order_by(newest, "name_order", "pk")
