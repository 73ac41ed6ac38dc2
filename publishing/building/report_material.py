"""What a round has gathered and somebody has approved: the goals of the scorecards, and what was published before.

What a unit has reported is shown as it stood when its report was approved. A report that waits for approval gives
nothing, whatever is typed in it.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q

from organisation import periods
from organisation.models import Period
from plans.models import Document
from publishing.building.report_texts import UnitTexts, texts_by_area
from publishing.models import PublishedFigure
from reporting.models import ROW_TEXTS, ReportingRound, ReportRow, ReportStep, UnitReport
from scorecards import notation
from scorecards.assessment import Outcome
from scorecards.cells import CellKey, span_of, values_of
from scorecards.judging import Judgement, judge
from scorecards.models import Indicator, Observation, Scorecard, ScorecardRow

Kind, State = Observation.Kind, UnitReport.State
EXPLAINED = (Outcome.MISSED, Outcome.NEARLY)
"""The outcomes of which cause and action are told."""


@dataclass(frozen=True)
class Goal:
    """An indicator that the round asks for, at its place in a scorecard.

    `judgement` is None until a report with it is approved; then nothing else is told either. `before` is the result of
    the year before, `forecast` the one for the year, `words` what the leaders say, by the field's name (`ROW_TEXTS`),
    and `published` an earlier version's number with another result than now, if there is one.
    """

    row: ScorecardRow
    judgement: Judgement | None = None
    before: Observation | None = None
    forecast: Observation | None = None
    words: tuple[tuple[str, str], ...] = ()
    published: tuple[int, str] | None = None

    @property
    def outcome(self) -> Outcome | None:
        """How it went; None where nothing is reported."""
        return self.judgement.assessment.outcome if self.judgement else None

    @property
    def result(self) -> Observation | None:
        """The result of the period."""
        return self.judgement.result if self.judgement else None

    @property
    def target(self) -> Observation | None:
        """What the result is held against."""
        return self.judgement.target if self.judgement else None


class RoundMaterial:
    """The rows of a round, each kind fetched when it is first asked for."""

    def __init__(self, round_: ReportingRound) -> None:
        self.round = round_
        self.span = span_of(round_.period)
        self.year = round_.period.end.year
        self.whole_year, self.year_before = periods.year(self.year), periods.year(self.year - 1)

    @classmethod
    def of(cls, slug: str) -> "RoundMaterial | None":
        """The material of the round of this address, if there is one."""
        found = ReportingRound.objects.select_related("period", "unit").filter(slug=slug).first()
        return cls(found) if found else None

    @cached_property
    def asked(self) -> dict[int, list[ReportRow]]:
        """Indicator id → its rows in the units' reports."""
        rows = ReportRow.objects.filter(report__round=self.round).select_related("report__unit")
        found: dict[int, list[ReportRow]] = defaultdict(list)
        for row in rows.order_by("report__unit__position", "report__unit__name", "pk"):
            found[row.indicator_id].append(row)
        return found

    @cached_property
    def approved(self) -> dict[int, list[ReportRow]]:
        """The same, of the approved reports alone."""
        kept = {pk: [row for row in rows if row.report.state == State.APPROVED] for pk, rows in self.asked.items()}
        return {pk: rows for pk, rows in kept.items() if rows}

    @cached_property
    def cards(self) -> list[Scorecard]:
        """The year's scorecards: that of the round's own unit, then those of the service areas in order."""
        ordered = ScorecardRow.objects.select_related("indicator").order_by("group__position", "position", "pk")
        rows = Prefetch("rows", queryset=ordered)
        cards = Scorecard.objects.filter(Q(area__isnull=False) | Q(unit=self.round.unit_id), year=self.year)
        found = cards.select_related("area", "unit").prefetch_related("groups__functions", rows)
        return sorted(found, key=lambda card: (card.area is not None, card.area.position if card.area else 0, card.pk))

    @cached_property
    def goals(self) -> dict[int, list[Goal]]:
        """Scorecard id → the goals in it that the round asks for."""
        return {
            card.pk: [self._goal(row) for row in card.rows.all() if row.indicator_id in self.asked]
            for card in self.cards
        }

    def cards_of(self, area: int | None) -> list[Scorecard]:
        """The scorecards of the service area, or of the round's own unit, in which the round asks for something."""
        return [card for card in self.cards if card.area_id == area and self.goals[card.pk]]

    def _goal(self, row: ScorecardRow) -> Goal:
        indicator = row.indicator
        if indicator.pk not in self.approved:
            return Goal(row, published=self._published(indicator, ""))
        judgement = judge(indicator, self.span, self.values)
        return Goal(
            row,
            judgement,
            before=self.values.get(CellKey(indicator.pk, Kind.RESULT, self.year_before)),
            forecast=self.values.get(CellKey(indicator.pk, Kind.FORECAST, self.whole_year)),
            words=self._words(indicator.pk, is_explained=judgement.assessment.outcome in EXPLAINED),
            published=self._published(indicator, judgement.result.text if judgement.result else ""),
        )

    def _words(self, indicator: int, *, is_explained: bool) -> tuple[tuple[str, str], ...]:
        """What the leaders say; each with the unit's name where several do."""
        found = []
        for name in ROW_TEXTS if is_explained else ("comment",):
            said = {row.report.unit.name: getattr(row, name).strip() for row in self.approved[indicator]}
            texts = [(unit, text) for unit, text in said.items() if text]
            is_one = len(texts) == 1
            found.append((name, "\n".join(text if is_one else f"{unit}: {text}" for unit, text in texts)))
        return tuple((name, text) for name, text in found if text)

    @cached_property
    def texts(self) -> dict[int | None, list[UnitTexts]]:
        """Service area id (None: the summary) → the texts of the units that belong there."""
        return texts_by_area(self.round, [card.area for card in self.cards if card.area])

    # What may be shown

    @cached_property
    def values(self) -> dict[CellKey, Observation]:
        """Targets, results of the year before, and of what was reported all that is approved, by address."""
        now = values_of(self.asked)
        reported = {
            CellKey(pk, *place)
            for pk in self.approved
            for place in ((Kind.RESULT, self.span), (Kind.FORECAST, self.whole_year))
        }
        as_approved = self._as_approved({key: now[key] for key in reported if key in now})
        return {key: value for key, value in now.items() if self._is_settled(key)} | as_approved

    def _is_settled(self, key: CellKey) -> bool:
        if key.kind == Kind.RESULT:
            return key.span == self.year_before and key.indicator_id not in self._unapproved_before
        return key.kind == Kind.TARGET

    @cached_property
    def _unapproved_before(self) -> set[int]:
        """Indicators whose result of the year before stands in a report of that year which is not approved."""
        year, state = self.year_before, Q(report__state=State.APPROVED)
        rows = ReportRow.objects.filter(report__round__period__kind=Period.Kind.YEAR).exclude(state)
        rows = rows.filter(report__round__period__start=year.start, report__round__period__end=year.end)
        return set(rows.values_list("indicator_id", flat=True))

    def _as_approved(self, values: dict[CellKey, Observation]) -> dict[CellKey, Observation]:
        """The values as they stood when the last report with them was approved.

        A later round writes over the forecast, and a unit that shares an indicator may still be writing. An example is
        made all at once, and is shown as it is.
        """
        if self.round.is_example:
            return values
        dated = {key: value for key, value in values.items() if key.indicator_id in self._approved_at}
        stood: dict[int, Observation] = {}
        history = Observation.history.filter(id__in=[value.pk for value in dated.values()])
        for one in history.order_by("history_date", "history_id") if dated else ():
            if one.history_date <= self._approved_at[one.indicator_id]:
                stood[one.id] = one.instance
        for value in dated.values():
            if before := stood.get(value.pk):
                before.indicator, before.period = value.indicator, value.period
        found = {key: stood.get(value.pk) if key in dated else value for key, value in values.items()}
        return {key: value for key, value in found.items() if value}

    @cached_property
    def _approved_at(self) -> dict[int, datetime.datetime]:
        """Indicator id → when a report with it was last approved."""
        steps = ReportStep.objects.filter(report__round=self.round, kind=ReportStep.Kind.APPROVED)
        at = dict(steps.order_by("at", "pk").values_list("report_id", "at"))
        found = {pk: [at[row.report_id] for row in rows if row.report_id in at] for pk, rows in self.approved.items()}
        return {pk: max(times) for pk, times in found.items() if times}

    # What was published before

    def _published(self, indicator: Indicator, result: str) -> tuple[int, str] | None:
        """The last version, and its result, that said something else than this."""
        units = [indicator.unit_of_measure]

        def is_other(text: str) -> bool:
            if text == result:
                return False
            one, other = (notation.parse(each, as_text=True, units=units) for each in (text, result))
            return not notation.means_the_same(one, other)

        versions = self._results_by_version.get(indicator.slug, [])
        return next(((version, text) for version, text in versions if is_other(text)), None)

    @cached_property
    def _results_by_version(self) -> dict[str, list[tuple[int, str]]]:
        """The indicator's address → (version, result) in each published version of the report, newest first."""
        figures = PublishedFigure.objects.filter(publication__document=self.round.document_id).exclude(result="")
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        facts = ("indicator_slug", "publication__version", "result")
        for slug, version, result in figures.order_by("-publication__version", "position").values_list(*facts):
            found[slug].append((version, result))
        return found


def not_approved(document: Document) -> list[UnitReport]:
    """The reports of the document's round that are not approved, so that nothing of them is in it. One query."""
    reports = UnitReport.objects.filter(round__document=document).exclude(state=State.APPROVED)
    return list(reports.select_related("round", "unit").order_by("unit__position", "unit__name"))
