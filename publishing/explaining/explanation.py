"""What explains a published figure: what it measures, how it was judged, and what it was said to be before and after.

Everything is read from publications, so that it can be told to everyone.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from organisation import periods
from publishing.cells import hard_spaces
from publishing.explaining.figure_history import (
    Change,
    Telling,
    observations_of,
    origin_of,
    past_of_observations,
    past_of_row,
)
from publishing.explaining.references import Element, Kind, column_name, table_name
from publishing.models import Publication, PublishedFigure, PublishedIndicator, PublishedObservation
from publishing.structure import Chapter, Origin, Row, Table, Verdict
from scorecards import notation
from scorecards.assessment import ASSESSED, Direction
from scorecards.explaining import Fact, rule_in_words
from scorecards.models import Indicator, Observation

UNCHANGED = (Change.FIRST, Change.SAME)


@dataclass(frozen=True)
class Judgement:
    """How a goal was judged. `columns` are the numbers of the columns compared, from 1; `words` tell by which rule.

    `missed_since` is a period in words, or "".
    """

    verdict: Verdict
    columns: tuple[int, ...]
    words: tuple[str, ...]
    missed_since: str = ""


@dataclass(frozen=True)
class Explanation:
    """All that is public about a row or a figure. `past` is the figures' past by column number.

    `observation` is the copied value of a figure, by which those who are signed in find who entered it.
    """

    indicator: PublishedIndicator | None
    facts: list[Fact]
    judgement: Judgement | None
    comment: str
    past: dict[int, list[Telling]]
    observation: PublishedObservation | None = None

    @property
    def changed(self) -> dict[int, list[Telling]]:
        """The past of those figures that have not always been the same."""
        return {number: told for number, told in self.past.items() if {one.change for one in told} - set(UNCHANGED)}


def explain(element: Element, chapter: Chapter, publication: Publication) -> Explanation | None:
    """What explains a row or a figure of the version; None for everything else. At most three queries."""
    table, row = element.table, element.row
    if table is None or row is None:
        return None
    origins = _origins(element, row)
    indicator = _indicator(publication, origins.values())
    observations = observations_of(origins.values())
    figure = _figure(publication, chapter, row)
    origin = origins.get(element.number)
    marks = [mark for mark, _text in table.footnotes]
    past = past_of_observations(origins, observations, marks)
    return Explanation(
        indicator=indicator,
        facts=[*(_of_indicator(indicator) if indicator else _of_table(table)), *_of_column(element, origin)],
        judgement=_judgement(row, row.verdict, publication.year, indicator, figure) if row.verdict else None,
        comment=figure.comment if figure else row.note,
        past=past or past_of_row(element, chapter, publication),
        observation=_own(observations, publication, origin),
    )


def _origins(element: Element, row: Row) -> dict[int, Origin]:
    """What the figures are of, by column number: all in the row, or the one figure."""
    found = {number: origin for number, origin in enumerate(row.origins, start=1) if origin}
    is_row = element.kind is Kind.ROW
    return {number: origin for number, origin in found.items() if is_row or number == element.number}


def _indicator(publication: Publication, origins: Iterable[Origin]) -> PublishedIndicator | None:
    """The indicator that all the figures are of."""
    slugs = {origin.indicator for origin in origins}
    return publication.indicators.filter(slug__in=slugs).first() if len(slugs) == 1 else None


def _figure(publication: Publication, chapter: Chapter, row: Row) -> PublishedFigure | None:
    if row.verdict is None:
        return None
    return publication.figures.filter(chapter_slug=chapter.slug, row_anchor=row.anchor).first()


def _own(
    observations: Iterable[PublishedObservation], publication: Publication, origin: Origin | None
) -> PublishedObservation | None:
    own = (one for one in observations if one.publication_id == publication.pk and origin_of(one) == origin)
    return next(own, None)


# What it is


def _of_indicator(indicator: PublishedIndicator) -> list[Fact]:
    frequencies = {str(value): str(label) for value, label in Indicator.Frequency.choices}
    scale = [Fact(_("Skala"), indicator.scale)] if indicator.scale else []
    return [
        Fact(_("Hva som måles"), indicator.definition),
        Fact(_("Måleenhet"), indicator.unit_of_measure),
        *scale,
        Fact(_("Retning"), _(Direction(indicator.direction).word)),
        Fact(_("Hvor ofte"), frequencies.get(indicator.frequency, "")),
        Fact(_("Kilde"), indicator.source),
        Fact(_("Eier"), indicator.owner),
    ]


def _of_table(table: Table) -> list[Fact]:
    return [
        Fact(_("Tabell"), table_name(table)),
        Fact(_("Måleenhet"), table.unit_of_measure),
        Fact(_("Kilde"), table.source),
    ]


def _of_column(element: Element, origin: Origin | None) -> list[Fact]:
    if element.column is None:
        return []
    if origin is None:
        return [Fact(_("Kolonne"), column_name(element.column))]
    kind = Observation.Kind(origin.kind)
    return [Fact(_("Hva slags tall"), str(kind.label)), Fact(_("Periode"), periods.label_of(origin.period))]


# How it was judged


def _judgement(
    row: Row, verdict: Verdict, year: int, indicator: PublishedIndicator | None, figure: PublishedFigure | None
) -> Judgement:
    if verdict.outcome not in ASSESSED:
        return Judgement(verdict, (), ())
    result, target = _compared(row, verdict, year)
    words = [_what_was_compared(row, verdict, result, target)]
    if indicator:
        tolerance = Decimal(indicator.tolerance) if indicator.tolerance else None
        value = notation.parse(verdict.target, as_text=True)
        words += rule_in_words(value, Direction(indicator.direction), tolerance)
    since = periods.label_of(figure.missed_since) if figure and figure.missed_since else ""
    return Judgement(verdict, tuple(number for number in (result, target) if number), tuple(words), since)


def _compared(row: Row, verdict: Verdict, year: int) -> tuple[int, int]:
    """The numbers of the columns that were compared, 0 for one that cannot be told.

    They are the last result and the target for the year in which its period ends, else for the publication's year.
    """
    results = sorted((end, number) for number, end in _columns(row, Observation.Kind.RESULT, verdict.result))
    targets = {end.year: number for number, end in _columns(row, Observation.Kind.TARGET, verdict.target)}
    if not results:
        return 0, targets.get(year, 0)
    end, number = results[-1]
    return number, targets.get(end.year) or targets.get(year, 0)


def _columns(row: Row, kind: str, text: str) -> Iterator[tuple[int, datetime.date]]:
    """(number, last day of the period) of each column of the kind with that figure, perhaps with a footnote mark."""
    for number, (origin, cell) in enumerate(zip(row.origins, row.cells, strict=False), start=1):
        if origin and origin.kind == kind and (cell == text or cell.startswith(f"{text} ")):
            yield number, periods.parse(origin.period).end


def _what_was_compared(row: Row, verdict: Verdict, result: int, target: int) -> str:
    said = {
        "result": _with_period(row, verdict.result, result),
        "target": _with_period(row, verdict.target, target),
    }
    return _("Resultatet %(result)s er holdt mot måltallet %(target)s.") % said


def _with_period(row: Row, text: str, number: int) -> str:
    origin = row.origins[number - 1] if number else None
    figure = hard_spaces(text)
    if origin is None:
        return figure
    return _("%(figure)s for %(period)s") % {"figure": figure, "period": periods.label_of(origin.period)}
