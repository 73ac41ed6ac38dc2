"""What the page of one measure shows: its years in words, who said what of it, and where it is followed up."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils import timezone

from organisation import periods
from organisation.editing import Saving
from organisation.periods import Span
from plans.measures.figures import say_amount, say_fte
from plans.measures.saving import achieved_of, planned_of
from plans.measures.standing import Standing
from plans.models import Document, Measure, MeasureStatus

SHOWN = 50
"""How many saves the page shows, the newest first."""

PARTS = ("T1", "T2", "T3")


@dataclass(frozen=True)
class YearInWords:
    """What a year was to give and gave, in words; kroner in thousands. "" where nothing is said."""

    year: int
    planned: str
    achieved: str
    planned_fte: str
    achieved_fte: str


def in_each_year(measure: Measure) -> list[YearInWords]:
    """The measure's years in order."""
    return [
        YearInWords(
            effect.year,
            say_amount(planned_of(effect).amount),
            say_amount(achieved_of(effect).amount),
            say_fte(planned_of(effect).fte),
            say_fte(achieved_of(effect).fte),
        )
        for effect in measure.effects.all()
    ]


def statuses_of(measure: Measure) -> list[tuple[Standing, Saving, str]]:
    """Every status, newest period first, with who last saved it and when, and its period's code. Two queries."""
    rows = measure.statuses.select_related("period").order_by("-period__end", "period__start")
    history = MeasureStatus.history.filter(measure_id=measure.pk).select_related("history_user")
    last = {one.id: one for one in history.order_by("history_date", "history_id")}
    return [(Standing(row), _saving(last.get(row.pk)), code_of(row)) for row in rows]


def code_of(row: MeasureStatus) -> str:
    """The status's period as it stands in an address: 2024-T1."""
    return periods.code(Span(row.period.kind, row.period.start, row.period.end))


def _saving(last: Any) -> Saving:
    return Saving(str(last.history_user or ""), last.history_date) if last else Saving("", None)


@dataclass(frozen=True)
class Save:
    """One save of the measure: the row of the history, and the names of the fields that were changed in it."""

    row: Any
    changed: list[str]


def saves_of(measure: Measure) -> list[Save]:
    """The last saves, newest first."""
    rows = list(measure.history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    pairs = zip_longest(rows[:SHOWN], rows[1 : SHOWN + 1])
    return [Save(row, _changed(row, before)) for row, before in pairs if row]


def _changed(row: Any, before: Any) -> list[str]:
    fields = (field for field in Measure._meta.concrete_fields if field.name not in ("id", "version", "position"))
    if before is None:
        return []
    return [
        str(field.verbose_name) for field in fields if getattr(row, field.attname) != getattr(before, field.attname)
    ]


@dataclass(frozen=True)
class FollowUpLink:
    """A period after which the measure can be followed up, and where."""

    label: str
    address: str


def follow_up_links(measure: Measure, today: datetime.date) -> list[tuple[int, list[FollowUpLink]]]:
    """The tertials that have begun, and the whole, of each of the measure's years; the newest year first."""
    years = {effect.year for effect in measure.effects.all()} or {today.year}
    begun = [year for year in sorted(years, reverse=True) if year <= today.year]
    return [(year, list(_links(measure, year, today))) for year in begun]


def _links(measure: Measure, year: int, today: datetime.date) -> Iterable[FollowUpLink]:
    spans = [periods.parse(f"{year}-{part}") for part in PARTS] + [periods.year(year)]
    for span in spans:
        if span.start <= today:
            address = reverse("plans:measure_follow_up", args=[measure.pk, periods.code(span)])
            yield FollowUpLink(periods.label(span.kind, span.start, span.end), address)


def first_year() -> int:
    """The first year of the økonomiplan that is worked on: that of the newest annual plan, else this year."""
    plans = Document.objects.filter(kind=Document.Kind.ANNUAL_PLAN).order_by("-year")
    return plans.values_list("year", flat=True).first() or timezone.localdate().year
