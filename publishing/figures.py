"""A publication's contents as rows: what the public counts, filters, searches and charts over."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from organisation import periods
from plans.models import Section
from publishing.models import Publication, PublishedFigure, PublishedIndicator, PublishedObservation
from publishing.structure import Chapter, Contents, IndicatorFacts, Origin, Row, RowGroup, Table, Verdict
from scorecards import notation
from scorecards.assessment import Direction, Outcome, assess
from scorecards.trends import Trend, distance, trend

RESULT, TARGET = "result", "target"
SMALLEST = Decimal("0.000001")


@dataclass(frozen=True)
class Place:
    """A row where it stands."""

    chapter: Chapter
    table: Table
    group: RowGroup
    row: Row

    @cached_property
    def cells(self) -> list[tuple[int, Origin, str, str | None]]:
        """The row's figures of indicators: column, what it is of, as printed, and its number."""
        rows = enumerate(zip(self.row.origins, self.row.cells, self.row.values, strict=False))
        return [(column, origin, text, value) for column, (origin, text, value) in rows if origin]

    def series(self, kind: str) -> list[tuple[str, notation.Value]]:
        """The row's values of a kind, oldest first: the period's code, and what was understood."""
        found = [
            (origin.period, notation.parse(text, as_text=True))
            for _c, origin, text, _v in self.cells
            if origin.kind == kind
        ]
        return sorted(found, key=lambda pair: periods.parse(pair[0]).end)


def places(contents: Contents) -> Iterator[Place]:
    """Every row of every table, in reading order."""
    for chapter, table in contents.tables():
        for group in table.groups:
            yield from (Place(chapter, table, group, row) for row in group.rows)


def published_indicators(publication: Publication, contents: Contents) -> Iterator[PublishedIndicator]:
    """The facts of each indicator."""
    for facts in contents.indicators:
        yield PublishedIndicator(publication=publication, **vars(facts))


def published_observations(publication: Publication, contents: Contents) -> Iterator[PublishedObservation]:
    """Each value once, from the scorecard row where there is one, else from where it stands first."""
    chosen: dict[Origin, tuple[Place, int, str, str | None]] = {}
    for place in places(contents):
        for column, origin, text, value in place.cells:
            if origin not in chosen or (place.row.verdict and not chosen[origin][0].row.verdict):
                chosen[origin] = place, column, text, value
    for position, (origin, (place, column, text, value)) in enumerate(chosen.items(), start=1):
        yield PublishedObservation(
            publication=publication,
            indicator_slug=origin.indicator,
            kind=origin.kind,
            period=origin.period,
            period_ends_on=periods.parse(origin.period).end,
            text=text,
            value=None if value is None else Decimal(value),
            chapter_slug=place.chapter.slug,
            table_anchor=place.table.anchor,
            row_anchor=place.row.anchor,
            column=column,
            position=position,
        )


def published_figures(publication: Publication, contents: Contents) -> Iterator[PublishedFigure]:
    """Every goal with its verdict, its trend and, where it is missed, since when."""
    facts_of = {facts.slug: facts for facts in contents.indicators}
    plans, words = _plans(contents), _words(contents)
    assessed = ((place, place.row.verdict) for place in places(contents) if place.row.verdict)
    for position, (place, verdict) in enumerate(assessed, start=1):
        facts = facts_of[place.row.key]
        results = place.series(RESULT)
        is_off = verdict.outcome in (Outcome.MISSED, Outcome.NEARLY)
        yield PublishedFigure(
            publication=publication,
            chapter_slug=place.chapter.slug,
            chapter_title=place.chapter.title,
            is_area=bool(place.chapter.area),
            sector=facts.sector,
            functions=" ".join(place.group.functions),
            plans=plans.get(place.chapter.title.casefold(), []),
            group=place.group.title[:300],
            table_anchor=place.table.anchor,
            row_anchor=place.row.anchor,
            indicator_slug=place.row.key,
            name=place.row.label,
            period=results[-1][0] if results else "",
            result=verdict.result,
            target=verdict.target,
            outcome=verdict.outcome,
            reason=verdict.reason,
            distance=_distance(verdict.result, verdict.target) if is_off else None,
            trend=trend_of(place, facts),
            missed_since=missed_since(place, verdict, facts) if verdict.outcome == Outcome.MISSED else "",
            comment="\n".join(filter(None, [place.row.note, *words[place.chapter.slug, place.row.key]])),
            position=position,
        )


def missed_since(place: Place, verdict: Verdict, facts: IndicatorFacts) -> str:
    """The code of the first period of the unbroken run of misses that ends with the last result.

    A result is held against the target for the year in which its period ends; where the row has none, against the one
    that the verdict is about.
    """
    targets = {code[:4]: value for code, value in place.series(TARGET)}
    current = notation.parse(verdict.target, as_text=True)
    tolerance = Decimal(facts.tolerance) if facts.tolerance else None
    since = ""
    for code, result in reversed(place.series(RESULT)):
        target = targets.get(f"{periods.parse(code).end.year}", current) if since else current
        judged = assess(result=result, target=target, direction=Direction(facts.direction), tolerance=tolerance)
        if judged.outcome is not Outcome.MISSED:
            break
        since = code
    return since


def trend_of(place: Place, facts: IndicatorFacts) -> Trend:
    """From the last result but one to the last, of periods of the same kind: a tertial is not held against a year."""
    results = place.series(RESULT)
    kinds = [periods.parse(code).kind for code, _value in results]
    alike = [value for kind, (_code, value) in zip(kinds, results, strict=True) if kind == kinds[-1]]
    return trend(alike[-2], alike[-1], Direction(facts.direction)) if len(alike) > 1 else Trend.UNKNOWN


def _distance(result: str, target: str) -> Decimal:
    part = distance(notation.parse(result, as_text=True), notation.parse(target, as_text=True))
    return (Decimal(part.numerator) / Decimal(part.denominator)).quantize(SMALLEST)


def _words(contents: Contents) -> Mapping[tuple[str, str], list[str]]:
    """(chapter, row's key) → what is said of the goal in columns of words, after their headings.

    A report says a goal's comment in its scorecard, and why it is missed in the table of deviations.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for place in places(contents):
        said = found[place.chapter.slug, place.row.key]
        for column, text in zip(place.table.columns, place.row.cells, strict=True):
            line = f"{column.label}: {text}"
            if column.kind == "text" and text and line not in said:
                said.append(line)
    return found


def _plans(contents: Contents) -> Mapping[str, list[str]]:
    """The title of each service area, in small letters → the plans that the document says it contributes to."""
    found: dict[str, list[str]] = {}
    for place in places(contents):
        if place.table.kind == Section.Block.PLAN_MATRIX:
            for column, cell in zip(place.table.columns, place.row.cells, strict=True):
                if cell:
                    found.setdefault(column.label.casefold(), []).append(place.row.label)
    return found
