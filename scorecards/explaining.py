"""What explains a figure: what is measured, the target, the rule that judged it, who answers for it, its history."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from organisation.models import User
from organisation.numbers import decimals_of
from scorecards.assessment import ASSESSED, NEARLY, Assessment, Direction
from scorecards.cells import CellKey, span_of, values_of
from scorecards.history import Change, changes_of
from scorecards.indicator_places import Place, places_of
from scorecards.judging import judge
from scorecards.models import Indicator, Observation
from scorecards.notation import Kind, Value, as_number, format_value
from scorecards.ownership import answerable
from scorecards.sparkline import FEWEST, MOST


class Fact(NamedTuple):
    """Something known of the figure; `text` is "" where nobody has said it."""

    label: str
    text: str


class Trend(NamedTuple):
    """The results of the same kind of period, oldest first and ending with this one, and what they show in words."""

    series: list[Decimal | None]
    words: str


class Verdict(NamedTuple):
    """How the result was judged: against which target, by which rule, and what else must be said."""

    assessment: Assessment
    target: Observation | None
    rule: list[str]
    reason: str


@dataclass(frozen=True)
class Explanation:
    """Everything about a figure on one page. Only a result has a verdict and a trend."""

    observation: Observation
    facts: list[Fact]
    verdict: Verdict | None
    trend: Trend | None
    target: Decimal | None
    places: list[Place]
    changes: list[Change]


def explain(observation: Observation, *, by: User) -> Explanation:
    """What explains the figure to this person, who may see it. A fixed number of queries.

    The observation comes with its period and comparison group, and its indicator with owner and responsible person.
    """
    indicator = observation.indicator
    values = values_of([indicator.pk])
    verdict, trend = None, None
    if observation.kind == Observation.Kind.RESULT:
        verdict = _verdict(observation, values)
        trend = _trend(observation, values)
    return Explanation(
        observation=observation,
        facts=_facts(indicator, observation),
        verdict=verdict,
        trend=trend,
        target=_line_of(verdict),
        places=places_of([indicator.pk], by).get(indicator.pk, []),
        changes=changes_of(observation),
    )


def _facts(indicator: Indicator, observation: Observation) -> list[Fact]:
    people = ", ".join(map(str, answerable([indicator])[indicator.pk]))
    facts = [
        Fact(_("Hva som måles"), indicator.definition),
        Fact(_("Måleenhet"), indicator.unit_of_measure),
        Fact(_("Skala"), indicator.scale),
        Fact(_("Retning"), indicator.get_direction_display()),
        Fact(_("Hvor ofte"), indicator.get_frequency_display()),
        Fact(_("Kilde"), indicator.source),
        Fact(_("Eier"), str(indicator.owner)),
        Fact(_("Ansvarlig"), people),
    ]
    shared = ", ".join(map(str, indicator.shared_with.all()))
    more = {_("Rapporteres også av"): shared, _("Merknad til tallet"): observation.note}
    return facts + [Fact(label, text) for label, text in more.items() if text]


def _verdict(observation: Observation, values: dict[CellKey, Observation]) -> Verdict:
    indicator = observation.indicator
    judgement = judge(indicator, span_of(observation.period), values)
    assessment, target = judgement.assessment, judgement.target
    rule: list[str] = []
    if target and assessment.outcome in ASSESSED:
        rule = rule_in_words(target.value, Direction(indicator.direction), indicator.tolerance)
    message = _(assessment.message) if assessment.message else ""
    return Verdict(assessment, target, rule, message % assessment.params if message else "")


def _line_of(verdict: Verdict | None) -> Decimal | None:
    """Where the target is drawn: the number that the result was held against, also where it is a limit («< 12,5»)."""
    if verdict is None or verdict.target is None or not verdict.rule:
        return None
    target = verdict.target.value
    return target.number if target.kind is Kind.NUMBER else None


def rule_in_words(target: Value, direction: Direction, tolerance: Decimal | None) -> list[str]:
    """When the target is reached and when nearly, as `assessment.assess` judges it. For a target that can be judged."""
    if direction is Direction.YES:
        return [_("Målet er nådd når svaret er ja.")]
    said = {"target": format_value(replace(target, comparator="", mark=""))}
    is_strict = target.comparator in ("<", ">")
    if direction is Direction.HIGHER:
        rule = _("høyere enn %(target)s") if is_strict else _("%(target)s eller høyere")
    elif direction is Direction.LOWER:
        rule = _("lavere enn %(target)s") if is_strict else _("%(target)s eller lavere")
    elif target.kind is Kind.RANGE:
        rule = _("i området %(target)s, grensene medregnet")
    else:
        rule = _("akkurat %(target)s")
    reached = _("Målet er nådd når resultatet er %(rule)s.") % {"rule": rule % said}
    return [reached, _nearly(target, tolerance)]


def _nearly(target: Value, tolerance: Decimal | None) -> str:
    if tolerance is None:
        if not target.number and not target.upper:
            return _("Når måltallet er 0, teller ingenting som nesten nådd.")
        percent = {"percent": int(NEARLY * 100)}
        return _("Det er nesten nådd når avviket er høyst %(percent)s %% av måltallet.") % percent
    if not tolerance:
        return _("Slingringsmonnet er satt til 0, så ingenting teller som nesten nådd.")
    is_percentage = target.unit == "%" or target.kind is Kind.SHARE
    unit = _("prosentpoeng") if is_percentage else target.unit
    amount = Value("", Kind.NUMBER, number=tolerance.normalize(), unit=unit, decimals=decimals_of(tolerance))
    return _("Det er nesten nådd når avviket er høyst %(tolerance)s.") % {"tolerance": format_value(amount)}


def _trend(observation: Observation, values: dict[CellKey, Observation]) -> Trend | None:
    """The results up to this one; None where there are not two numbers."""
    period = observation.period
    alike = [row for key, row in values.items() if key.kind == observation.kind and key.span.kind == period.kind]
    rows = sorted((row for row in alike if row.period.end <= period.end), key=lambda row: row.period.end)[-MOST:]
    series = [as_number(row.value) for row in rows]
    numbered = [row for row, number in zip(rows, series, strict=True) if number is not None]
    if len(numbered) < FEWEST:
        return None
    first, last = numbered[0], numbered[-1]
    said = {"first": first.text, "start": first.period, "last": last.text, "end": last.period}
    return Trend(series, _("Fra %(first)s (%(start)s) til %(last)s (%(end)s).") % said)
