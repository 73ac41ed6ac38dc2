"""A row of a unit's report as a line to type in: the result, the forecast, and what the leader says about them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from organisation import periods
from organisation.models import Period, User
from organisation.typing_table import Cell, Line, Part, TypingTable
from organisation.versions import Conflict, save_version
from reporting.models import EXPLANATION, ROW_TEXTS, KeptEntry, ReportRow
from scorecards.assessment import Outcome
from scorecards.cells import CellKey, span_of
from scorecards.grids import register_cell
from scorecards.judging import Judgement, judge
from scorecards.models import Observation
from scorecards.notation import as_number

Values = Mapping[CellKey, Observation]

NOT_MEASURED = "Måles ikke"
NOT_MEASURED_KEY = "m"
"""One key for «Måles ikke», which is long to type in a column of figures."""

SHOWN_RESULTS = 6
SERIES = (Period.Kind.YEAR, Period.Kind.TERTIAL, Period.Kind.SCHOOL_YEAR)
"""The kinds of period whose results are shown as the past of an indicator."""


class Past(NamedTuple):
    """An earlier result; `number` is None where it is no single number."""

    label: str
    text: str
    number: Decimal | None


class ReportLine(TypingTable):
    """One row of a report. `values` are the values of its indicator, by address, and grow by what is saved.

    `saved_at` is set when the line has just been saved, `is_refused` when it could not be because the report is locked,
    and `kept` holds what the writer typed then.
    """

    not_measured = NOT_MEASURED

    def __init__(self, row: ReportRow, values: dict[CellKey, Observation], *, is_editable: bool) -> None:
        self.row = row
        self.values = values
        self.round = row.report.round
        self.span = span_of(self.round.period)
        self.saved_at: datetime.datetime | None = None
        self.is_refused = False
        self.kept: KeptEntry | None = None
        self.reason = ""
        self.is_rewritten = False
        kinds = self._kinds()
        cells = {name: self._value_cell(name, key, is_editable) for name, key in kinds.items()}
        cells |= {name: self._text_cell(name, is_editable) for name in ROW_TEXTS}
        self.by_name = cells
        super().__init__([], [Part(lines=[Line(row.indicator.name, list(cells.values()))])])

    def _kinds(self) -> dict[str, CellKey]:
        keys = {"value": CellKey(self.row.indicator_id, Observation.Kind.RESULT, self.span)}
        if self.round.asks_forecast:
            year = periods.year(self.span.end.year)
            keys["forecast"] = CellKey(self.row.indicator_id, Observation.Kind.FORECAST, year)
        return keys

    def _value_cell(self, name: str, key: CellKey, is_editable: bool) -> Cell:
        found = self.values.get(key)
        what = {"value": _("resultat"), "forecast": _("prognose")}[name]
        cell = Cell(name=f"{name}-{self.row.pk}", label=f"{self.row.indicator.name}, {what}", is_editable=is_editable)
        if found:
            cell.row, cell.mark = found, found.mark
            _fill(cell, found.text, found.version)
        return cell

    def _text_cell(self, name: str, is_editable: bool) -> Cell:
        words = {
            "comment": _("kommentar"),
            "cause": _("årsak"),
            "action": _("tiltak"),
            "expected": _("når målet ventes nådd"),
        }
        label = f"{self.row.indicator.name}, {words[name]}"
        cell = Cell(name=f"{name}-{self.row.pk}", label=label, is_editable=is_editable, row=self.row)
        _fill(cell, getattr(self.row, name), self.row.version)
        return cell

    # What the line shows

    @cached_property
    def judgement(self) -> Judgement:
        """The saved result against its target, as it stands when it is first asked for."""
        return judge(self.row.indicator, self.span, self.values)

    @property
    def target(self) -> Observation | None:
        """What the result is held against."""
        return self.judgement.target

    @property
    def is_missed(self) -> bool:
        """Whether the target is missed, so that cause, action and when it is expected are asked for."""
        return self.judgement.assessment.outcome is Outcome.MISSED

    @property
    def lacks_explanation(self) -> bool:
        """Whether the target is missed and something of what is asked for is not saved."""
        return self.is_missed and not self.row.is_explained

    @property
    def is_answered(self) -> bool:
        """Whether there is a result."""
        return bool(self.by_name["value"].saved)

    @cached_property
    def past(self) -> list[Past]:
        """The last results before the round's period, oldest first."""
        earlier = [
            (key.span, row)
            for key, row in self.values.items()
            if (key.indicator_id, key.kind) == (self.row.indicator_id, Observation.Kind.RESULT)
            and key.span.kind in SERIES
            and key.span.end < self.span.end
            and row.text
        ]
        earlier.sort(key=lambda pair: (pair[0].end, pair[0].start))
        return [Past(row.period.label, row.text, as_number(row.value)) for _span, row in earlier[-SHOWN_RESULTS:]]

    @property
    def series(self) -> list[Decimal | None]:
        """The past as numbers, with the saved result last."""
        result = self.judgement.result
        return [*(one.number for one in self.past), *([as_number(result.value)] if result else [])]

    @property
    def series_words(self) -> str:
        """What the series shows, for those who do not see it: «2022: 4,5; 2023: 4,7»."""
        return "; ".join(f"{one.label}: {one.text}" for one in self.past)

    @property
    def target_number(self) -> Decimal | None:
        """The target as one number; None where it is none."""
        return as_number(self.target.value) if self.target else None

    @property
    def kept_texts(self) -> list[tuple[str, str]]:
        """What the writer typed when it could not be saved, each with what the field is called."""
        typed = self.kept.typed if self.kept else {}
        return [(self.by_name[name].label, text) for name, text in typed.items() if name in self.by_name]

    @property
    def has_explanation(self) -> bool:
        """Whether there is anything to show of cause, action and when it is expected: typed, or asked for."""
        return self.is_missed or any(self.by_name[name].text for name in EXPLANATION)

    # What is typed in it

    def take(self, data: Mapping[str, str]) -> None:
        """Take in what was typed, without blanks around it; one key stands for «Måles ikke»."""
        super().take({name: text.strip().replace("\r\n", "\n") for name, text in data.items()})
        value = self.by_name["value"]
        if value.text.casefold() == NOT_MEASURED_KEY:
            value.text = NOT_MEASURED

    def typed(self) -> dict[str, str]:
        """The fields that the person changed, by name, as they were typed."""
        changed = self.changed()
        return {name: cell.text for name, cell in self.by_name.items() if cell in changed}

    def text_of(self, row: Any, cell: Cell) -> str:
        """The value as it was typed, or the text of the field."""
        name = cell.name.partition("-")[0]
        text: str = getattr(row, name) if name in ROW_TEXTS else row.text
        return text

    def write_changed(self, *, by: User) -> None:
        """Write the values, and the texts together."""
        super().write_changed(by=by)
        if self.is_rewritten and not self.errors:
            save_version(self.row, base_version=self.row.version, by=by, reason=self.reason)

    def write(self, cell: Cell, *, by: User) -> None:
        """Register the value, or put the text into the row. A text is in conflict when the same field was changed."""
        name = cell.name.partition("-")[0]
        if name in ROW_TEXTS:
            if self.seen(cell) != cell.saved:
                raise Conflict(theirs=self.row)
            _check_length(name, cell.text)
            setattr(self.row, name, cell.text)
            self.is_rewritten = True
            return
        key = self._kinds()[name]
        period = self.round.period if name == "value" else Period.objects.for_span(key.span)
        place: dict[str, Any] = {"indicator": self.row.indicator, "period": period, "kind": key.kind}
        self.values[key] = register_cell(cell, **place, by=by, reason=self.reason)


def _fill(cell: Cell, text: str, version: int) -> None:
    cell.saved = cell.text = text
    cell.version = cell.base = version


def _check_length(name: str, text: str) -> None:
    longest = ReportRow._meta.get_field(name).max_length  # type: ignore[union-attr]
    if longest and len(text) > longest:
        room = {"length": len(text), "longest": longest}
        raise ValueError(_("Teksten er for lang: %(length)s tegn. Det er plass til %(longest)s.") % room)


def errors_in(lines: Iterable[ReportLine]) -> Iterator[Cell]:
    """The cells that could not be saved, in reading order."""
    for line in lines:
        yield from line.errors
