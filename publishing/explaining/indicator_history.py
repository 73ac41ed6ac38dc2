"""The published past of an indicator: its values period by period, what was changed, and the chart of them.

Pure, without the ORM. What the newest version of some document says, counts; of several, what was published last.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from organisation import periods
from publishing.charts import Plot, Series
from publishing.explaining.figure_history import Change, Saying, told
from scorecards import notation
from scorecards.assessment import Outcome

RESULT, TARGET, FORECAST = "result", "target", "forecast"
KINDS = (RESULT, TARGET, FORECAST)
FEWEST_POINTS = 3


class Statement(NamedTuple):
    """A value as a publication has it. `is_current` is that the publication is its document's newest version."""

    kind: str
    period: str
    saying: Saying
    is_current: bool


class Correction(NamedTuple):
    """A value that a publication changed: what it was before, and whether it was an error."""

    before: str
    saying: Saying
    is_error: bool


@dataclass(frozen=True)
class Figure:
    """What has been published as the value of one kind for one period, in the order of publication."""

    kind: str
    period: str
    sayings: tuple[Saying, ...]
    current: Saying | None

    @property
    def label(self) -> str:
        """The period as people write it."""
        return periods.label_of(self.period)

    @property
    def corrections(self) -> list[Correction]:
        """What was changed on the way, the newest first."""
        steps = pairwise(told(self.sayings))
        changes = (Change.CHANGED, Change.CORRECTED)
        found = [
            Correction(before.saying.text, after.saying, after.change is Change.CORRECTED)
            for before, after in steps
            if after.change in changes
        ]
        return found[::-1]

    @property
    def withdrawn(self) -> Saying | None:
        """What was said last, where no document says it in its newest version."""
        return None if self.current else self.sayings[-1]

    @property
    def value(self) -> notation.Value:
        """What counts now, understood; empty where nothing does."""
        return notation.parse(self.current.text if self.current else "", as_text=True)

    @property
    def is_limit(self) -> bool:
        """Whether it is a target that is a limit, such as «< 12,5»."""
        is_number = self.value.kind is notation.Kind.NUMBER
        return self.kind == TARGET and is_number and self.value.comparator not in ("", "=")

    @property
    def number(self) -> Decimal | None:
        """The number for a chart, with its printed decimals; the limit of a target that is one."""
        if self.current is None:
            return None
        number = self.value.number
        if self.is_limit or (number is not None and number == self.current.value):
            return number
        return None if self.current.value is None else self.current.value.normalize()


class Judged(NamedTuple):
    """How a result was judged where it was published last."""

    outcome: Outcome
    reason: str
    target: str


@dataclass(frozen=True)
class Line:
    """A period with what is published for it. The target of a year stands beside its only result, where it has one."""

    period: str
    result: Figure | None = None
    target: Figure | None = None
    forecast: Figure | None = None
    judged: Judged | None = None

    @property
    def label(self) -> str:
        """The period as people write it."""
        return periods.label_of(self.period)

    @property
    def year(self) -> int:
        """The year in which the period ends, whose target it is held against."""
        return periods.parse(self.period).end.year

    @property
    def figures(self) -> list[Figure]:
        """What there is of result, target and forecast."""
        return [one for one in (self.result, self.target, self.forecast) if one]

    @property
    def is_measured(self) -> bool:
        """Whether there is a result or a forecast, and not only a target."""
        return self.result is not None or self.forecast is not None

    @property
    def saying(self) -> Saying:
        """Where the value that says most of the period was published last."""
        return next((one.current for one in self.figures if one.current), self.figures[0].sayings[-1])

    @property
    def held_against(self) -> str:
        """The target that the result was judged by, where it is another than the one beside it; else ""."""
        beside = self.target.current.text if self.target and self.target.current else ""
        return self.judged.target if self.judged and self.judged.target != beside else ""


def history(statements: Iterable[Statement], judged: Mapping[str, Judged]) -> list[Line]:
    """Every period with its values, the newest first. Statements come in the order of publication.

    `judged` has the verdict on the result of a period, by the period's code.
    """
    figures = [one for one in _figures(statements) if one.kind in KINDS]
    measured = {one.period for one in figures if one.kind != TARGET}
    found: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        place = _place_of_target(figure.period, measured) if figure.kind == TARGET else figure.period
        found.setdefault(place, {})[figure.kind] = figure
    lines = [Line(period, **kinds, judged=judged.get(period)) for period, kinds in found.items()]
    return sorted(lines, key=lambda line: _age(line.period), reverse=True)


def plot_of(lines: Sequence[Line], *, unit: str, direction: str = "") -> Plot | None:
    """The results, then what is foreseen after them, with the targets; None where there are fewer than three periods.

    A target of a year holds for each of the year's results. Numbers that are printed with unlike units make no chart.
    """
    shown = _shown(lines)
    values = [_number(line.result) for line in shown]
    known = [place for place, value in enumerate(values) if value is not None]
    last = known[-1] if known else -1
    foreseen = [place for place, line in enumerate(shown) if place > last and _number(line.forecast) is not None]
    for place in foreseen:
        values[place] = _number(shown[place].forecast)
    units = {figure.value.unit for line in shown for figure in line.figures} - {""}
    if len([line for line in shown if line.figures]) < FEWEST_POINTS or not known + foreseen or len(units) > 1:
        return None
    name = _("Resultat") if known else _("Prognose")
    targets = _targets(lines, shown)
    aims = tuple(_number(target) for target in targets)
    series = [Series(name, tuple(values), _decimals(values))]
    if any(aim is not None for aim in aims):
        series.append(Series(_("Mål"), aims, _decimals(aims), is_target=True))
    has_limits = any(target and target.is_limit for target in targets)
    return Plot(
        kind="line",
        labels=tuple(line.label for line in shown),
        series=tuple(series),
        forecast=foreseen[0] if known and foreseen else None,
        unit=unit,
        note=_("Målet er en grense, slik det står i tabellen.") if has_limits else "",
        direction=direction if direction in ("higher", "lower") else "",
    )


def _figures(statements: Iterable[Statement]) -> list[Figure]:
    grouped: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        grouped.setdefault((statement.kind, statement.period), []).append(statement)
    return [
        Figure(
            kind,
            period,
            tuple(one.saying for one in said),
            next((one.saying for one in reversed(said) if one.is_current), None),
        )
        for (kind, period), said in grouped.items()
    ]


def _place_of_target(period: str, measured: set[str]) -> str:
    """The period of the only result that the target is for, else its own."""
    if period in measured or periods.parse(period).kind != "year":
        return period
    own = [one for one in measured if f"{periods.parse(one).end.year}" == period]
    return own[0] if len(own) == 1 else period


def _age(period: str) -> tuple[datetime.date, int]:
    """What periods are sorted by: when they end; of those that end alike the longest is the last."""
    span = periods.parse(period)
    return span.end, (span.end - span.start).days


def _shown(lines: Sequence[Line]) -> list[Line]:
    """The periods of the chart, oldest first: those with a number, and the targets of years that have none.

    Where all are years, those between them stand there too, so that a gap is seen as one.
    """
    measured = {line.year for line in lines if line.is_measured}
    found = [
        line
        for line in reversed(lines)
        if _number(line.result) is not None
        or _number(line.forecast) is not None
        or (line.year not in measured and _number(line.target) is not None)
    ]
    by_year = {line.year: line for line in found if line.period.isdecimal()}
    if not found or len(by_year) < len(found):
        return found
    return [by_year.get(year, Line(f"{year}")) for year in range(min(by_year), max(by_year) + 1)]


def _targets(lines: Sequence[Line], shown: Sequence[Line]) -> list[Figure | None]:
    """The target of each period that is shown: its own, else its year's."""
    of_year = {line.target.period: line.target for line in lines if line.target}
    return [line.target or of_year.get(f"{line.year}") for line in shown]


def _number(figure: Figure | None) -> Decimal | None:
    return figure.number if figure else None


def _decimals(values: Iterable[Decimal | None]) -> int:
    """The most decimals that any of them is printed with."""
    return max((-int(value.as_tuple().exponent) for value in values if value is not None), default=0)
