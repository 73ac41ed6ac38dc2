"""The indicators that are the same measure as another, and those that came before and after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from publishing.charts import Plot
from publishing.explaining.among_others import range_of
from publishing.explaining.indicator_history import Figure, Line, history
from publishing.models import PublishedIndicator
from publishing.public.indicators.rows import age, dated, is_current, statements, values_of


@dataclass(frozen=True)
class Twin:
    """An indicator beside others that are the same measure. `lines` are its values, the newest first."""

    slug: str
    name: str
    owner: str
    lines: list[Line]

    @property
    def result(self) -> Figure | None:
        """The newest result."""
        return next((line.result for line in self.lines if line.result and line.result.current), None)

    @property
    def target(self) -> Figure | None:
        """The newest target."""
        return next((line.target for line in self.lines if line.target and line.target.current), None)


class Relatives:
    """The indicators that an indicator has something to do with. Two queries at most."""

    def __init__(self, own: Any) -> None:
        """`own` is what the newest publication says of the indicator. One query."""
        self.own = own
        self._same = [slug for slug in (own.slug, own.same_as) if slug]
        before = [slug for slug in (own.same_as, own.succeeds) if slug]
        related = Q(same_as__in=self._same) | Q(slug__in=before) | Q(succeeds=own.slug)
        rows = dated(PublishedIndicator.objects.filter(related).exclude(slug=own.slug))
        counting = sorted((row for row in rows if is_current(row) or row.slug in before), key=age)
        self._by_slug = {row.slug: row for row in sorted(counting, key=is_current)}

    @cached_property
    def others(self) -> list[Twin]:
        """The same measure in other places. One query where there are any."""
        found = [row for row in self._by_slug.values() if row.slug in self._same or row.same_as in self._same]
        values = values_of(row.slug for row in found) if found else []
        return [_twin(row, values) for row in sorted(found, key=lambda row: row.name)]

    def range_of(self, own: Sequence[Line]) -> Plot | None:
        """Where this indicator's results lie among those of the others, period by period."""
        return range_of(own, [twin.lines for twin in self.others], unit=self.own.unit_of_measure)

    @property
    def predecessor(self) -> Any:
        """The indicator that this one carries on, or None."""
        return self._by_slug.get(self.own.succeeds)

    @property
    def successors(self) -> list[Any]:
        """The indicators that carry this one on."""
        return [row for row in self._by_slug.values() if row.succeeds == self.own.slug]


def _twin(row: Any, values: Iterable[Any]) -> Twin:
    own = (value for value in values if value.indicator_slug == row.slug)
    return Twin(row.slug, row.name, row.owner, history(statements(own), {}))
