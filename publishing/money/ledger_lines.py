"""The lines behind a sum, a hundred to a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budget.ledger.summing import NOTHING, Layer, last_day
from budget.models import BudgetLine
from organisation import periods
from publishing.money import ledger_words
from publishing.money.ledger_reading import Reading
from publishing.money.ledger_words import Step

PER_PAGE = 100
ORDER = ("period__start", "period__end", "layer", "unit__position", "function__code", "art__code", "pk")


@dataclass(frozen=True)
class LayerSum:
    """What the lines of one layer come to, how many they are, and the address of those alone."""

    name: str
    amount: Any
    count: int
    address: str
    is_shown: bool


class CountedPaginator(Paginator):
    """A paginator that has been told how many there are."""

    def __init__(self, lines: Any, *, count: int) -> None:
        super().__init__(lines, PER_PAGE)
        self.total = count

    @property
    def count(self) -> int:
        """How many lines there are on all the pages."""
        return self.total


@dataclass(frozen=True)
class LinesPage:
    """A page of the lines that are asked for: budget of the whole year, accounts up to and with the month."""

    reading: Reading
    number: str

    @cached_property
    def _lines(self) -> Any:
        asked = self.reading.asked
        later = Q(layer=Layer.ACTUAL, period__end__gt=last_day(asked.year, asked.month))
        lines = self.reading.lines.of_year(asked.year).exclude(later)
        if not asked.period:
            return lines
        span = periods.parse(asked.period)
        return lines.filter(period__kind=span.kind, period__start=span.start, period__end=span.end)

    @cached_property
    def sums(self) -> list[LayerSum]:
        """The sum of each layer. One query, which counts the lines as well."""
        rows = self._lines.order_by().values_list("layer").annotate(Sum("amount"), Count("pk"))
        found = {layer: (amount, count) for layer, amount, count in rows}
        return [self._sum(layer, *found[layer]) for layer in Layer if layer in found]

    def _sum(self, layer: Layer, amount: Any, count: int) -> LayerSum:
        asked = self.reading.asked
        address = asked.lines(layer="" if asked.layer == layer else layer)
        return LayerSum(str(layer.label).capitalize(), amount or NOTHING, count, address, asked.layer in ("", layer))

    @cached_property
    def page(self) -> Page:
        """The lines of the page with all that is shown of them. One query."""
        layer = self.reading.asked.layer
        rows = self._lines.filter(layer=layer) if layer else self._lines
        rows = rows.select_related("unit", "function", "art", "period", "batch__source", "amendment")
        count = sum(one.count for one in self.sums if one.is_shown)
        return CountedPaginator(rows.order_by(*ORDER), count=count).get_page(self.number)

    def rows(self) -> Iterator[BudgetLine]:
        """The lines of the page."""
        yield from self.page.object_list

    @property
    def title(self) -> str:
        """What the lines are of: «Drift til og med august 2024: Hanstad skole, 202 Grunnskole»."""
        asked, told = self.reading.asked, ledger_words.title(self.reading)
        return f"{told}, {periods.label_of(asked.period)}" if asked.period else told

    @property
    def trail(self) -> list[Step]:
        """The way down to here."""
        return ledger_words.trail(self.reading, lines=True)

    @property
    def is_example(self) -> bool:
        """Whether there are made-up lines among those of the year."""
        return self.reading.is_example

    @property
    def turned(self) -> list[Step]:
        """The addresses of the first, the previous, the next and the last page, those that there are."""
        numbers = self._neighbours()
        asked = self.reading.asked
        return [(f"{asked.lines()}&page={number}", text) for number, text in numbers]

    def _neighbours(self) -> Iterator[tuple[int, str]]:
        page = self.page
        if page.has_previous():
            yield 1, _("Første")
            yield page.previous_page_number(), _("Forrige")
        if page.has_next():
            yield page.next_page_number(), _("Neste")
            yield page.paginator.num_pages, pgettext("page", "Siste")
