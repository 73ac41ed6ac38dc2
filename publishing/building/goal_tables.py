"""The tables of a report's goals: what was reported on a scorecard, and what was missed and why.

Their words are the document's own and are not translated. What is not approved is not here; see `report_material.py`.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

from django.utils.html import format_html
from django.utils.translation import gettext as _

from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.building.report_material import Goal, RoundMaterial
from publishing.building.scorecard_block import as_verdict, origin_of, plain_value, row_group
from publishing.structure import Column, Item, Row, RowGroup, Table, Text, Verdict
from reporting.gathering_document import EXAMPLE
from reporting.models import EXPLANATION, ROW_TEXTS
from scorecards.assessment import Outcome
from scorecards.models import Observation, Scorecard
from scorecards.trends import distance

NOT_REPORTED = "Ikke rapportert"
DEVIATIONS = (Outcome.MISSED, Outcome.NEARLY)
MOST_IN_SUMMARY = 10
"""How many missed goals the summary shows: what a reader takes in before going on to the chapters."""

COMMENT = ("comment",)
HEADINGS = {"comment": "Kommentar", "cause": "Årsak", "action": "Tiltak", "expected": "Ventes nådd"}

Figure = tuple[Column, Callable[[Goal], Observation | None]]
"""A column of figures, and which of a goal's values stands in it."""


def deviations(place: Place, material: Material) -> Item:
    """The goals that were missed, then those nearly reached, the worst first, with cause and action.

    The summary shows the worst of all the areas.
    """
    report = report_of(place, material)
    cards = report.cards_of(place.area_id) if place.area_id else report.cards
    goals: dict[int, tuple[Goal, str]] = {}
    for card in cards:
        for goal in report.goals[card.pk]:
            goals.setdefault(goal.row.indicator_id, (goal, "" if place.area_id else owner_of(card)))
    found = [pair for pair in goals.values() if pair[0].outcome in DEVIATIONS]
    if not found:
        return sentence(place, _without_deviations([goal for goal, _owner in goals.values()]))
    befores = sum(goal.before is not None for goal, _owner in found)
    figures = _figures(report, has_before=befores * 2 >= len(found))
    found.sort(key=lambda pair: (DEVIATIONS.index(pair[0].outcome), -_distance(pair[0])))
    said = "De største avvikene fra måltallet står først."
    if not place.area_id and len(found) > MOST_IN_SUMMARY:
        said = f"De {MOST_IN_SUMMARY} største av {len(found)} avvik fra måltallet. Resten står i kapitlene."
        found = found[:MOST_IN_SUMMARY]
    groups = []
    for outcome in DEVIATIONS:
        rows = tuple(_deviation(goal, owner, figures, place) for goal, owner in found if goal.outcome is outcome)
        groups += [RowGroup(rows, title=outcome.word)] if rows else []
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Mål som ikke er nådd, {report.round.period.label}"),
        row_heading="Mål",
        columns=(*(column for column, _value in figures), *_word_columns(EXPLANATION)),
        groups=tuple(groups),
        note=note_under(report, said),
        section=place.section.pk,
    )


def _without_deviations(goals: list[Goal]) -> str:
    if not any(goal.outcome for goal in goals):
        return "Ingen resultater er rapportert og godkjent ennå."
    if not any(goal.outcome is Outcome.REACHED for goal in goals):
        return "Ingen av målene som er rapportert, kan vurderes."
    return "Ingen avvik: Alle mål som er rapportert og kan vurderes, er nådd."


def _deviation(goal: Goal, owner: str, figures: list[Figure], place: Place) -> Row:
    return _row(goal, figures, EXPLANATION, place, notes=(owner, _correction(goal)))


def _distance(goal: Goal) -> Fraction:
    """How far from its target the goal is; all of it where one of them is missing."""
    return distance(goal.result.value, goal.target.value) if goal.result and goal.target else Fraction(1)


def reported_scorecard(place: Place, material: Material) -> Item:
    """What was reported on the scorecard of the area, or of the municipality, held against the targets.

    What a leader says of a miss stands with the area's deviations, and is not said again; the summary's deviations are
    not all there, so the municipality's own scorecard has it.
    """
    report = report_of(place, material)
    cards = report.cards_of(place.area_id)
    goals = [goal for card in cards for goal in report.goals[card.pk]]
    if not goals:
        return sentence(place, "Rapporten ber ikke om noen av målene i målekortet.")
    figures = _figures(report, has_before=any(goal.before for goal in goals))
    said = {name for goal in goals for name, _text in goal.words}
    words = tuple(name for name in (COMMENT if place.area_id else ROW_TEXTS) if name in said)
    judged = f"Måloppnåelse: resultat {report.round.period.label} er vurdert mot mål {report.year}."
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Resultater og mål, {report.round.period.label}"),
        row_heading="Indikator",
        columns=(*(column for column, _value in figures), *_word_columns(words)),
        groups=tuple(group for card in cards for group in _groups(report, card, figures, words, place)),
        footnotes=_footnotes(cards, goals),
        note=note_under(report, judged),
        section=place.section.pk,
    )


def _groups(
    report: RoundMaterial, card: Scorecard, figures: list[Figure], words: tuple[str, ...], place: Place
) -> Iterable[RowGroup]:
    """The scorecard's groups with the goals that were asked for; a heading over nothing is left out."""
    rows: dict[int, list[Row]] = {}
    for goal in report.goals[card.pk]:
        row = _row(goal, figures, words, place, notes=(goal.row.note, _correction(goal)), is_judged=True)
        rows.setdefault(goal.row.group_id, []).append(row)
    groups = card.groups.all()
    shown = rows.keys() | {group.parent_id for group in groups if group.pk in rows}
    return (row_group(group, rows.get(group.pk, ())) for group in groups if group.pk in shown)


def _footnotes(cards: list[Scorecard], goals: list[Goal]) -> tuple[tuple[str, str], ...]:
    """The scorecards' footnotes, as far as a row or a value bears their mark."""
    values = (value for goal in goals for value in (goal.before, goal.result, goal.target, goal.forecast) if value)
    marks = {goal.row.mark for goal in goals} | {value.mark for value in values}
    return tuple(dict(note for card in cards for note in card.footnote_list() if note[0] in marks).items())


def _figures(report: RoundMaterial, *, has_before: bool) -> list[Figure]:
    kind = Observation.Kind
    before = (Column(f"Resultat {report.year - 1}", "", kind.RESULT.value), lambda goal: goal.before)
    found: list[Figure] = [
        (Column(f"Resultat {report.round.period.label}", "", kind.RESULT.value), lambda goal: goal.result),
        (Column(f"Mål {report.year}", "", kind.TARGET.value), lambda goal: goal.target),
    ]
    if has_before:
        found.insert(0, before)
    if report.round.asks_forecast:
        found.append((Column(f"Prognose {report.year}", "", kind.FORECAST.value), lambda goal: goal.forecast))
    return found


def _word_columns(names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(HEADINGS[name], "", "text") for name in names)


def _row(
    goal: Goal,
    figures: list[Figure],
    words: tuple[str, ...],
    place: Place,
    *,
    notes: tuple[str, ...],
    is_judged: bool = False,
) -> Row:
    """A goal as a row. Only the scorecard's own rows bear the verdict, since each of those is counted as a goal."""
    values = [value(goal) for _column, value in figures]
    said = dict(goal.words)
    slug = goal.row.indicator.slug
    return Row(
        label=goal.row.name,
        cells=(
            *((value.printed if is_judged else value.text) if value else "" for value in values),
            *(said.get(name, "") for name in words),
        ),
        values=(*(plain_value(value) for value in values), *(None for _name in words)),
        key=slug,
        anchor=f"{place.anchor}-{slug}",
        note=" · ".join(note for note in notes if note),
        mark=goal.row.mark if is_judged else "",
        verdict=_verdict(goal) if is_judged else None,
        origins=(*(origin_of(value) for value in values), *(None for _name in words)),
    )


def _verdict(goal: Goal) -> Verdict | None:
    if goal.judgement is None:
        return None
    result, target, assessment = goal.judgement
    return as_verdict(assessment, result=result.text if result else "", target=target.text if target else "")


def _correction(goal: Goal) -> str:
    """What the reader of an earlier version must know."""
    if goal.published is None:
        return "" if goal.judgement else NOT_REPORTED
    version, text = goal.published
    said = f"{text} i versjon {version}"
    return f"Rettet: {said}" if goal.judgement else f"{NOT_REPORTED} ({said})"


def report_of(place: Place, material: Material) -> RoundMaterial:
    """The material of the round that the section names. Raises `MissingData` where there is no such round."""
    slug = place.section.parameters.get("round", "")
    report = material.round(slug)
    if report is None:
        raise MissingData(_("Avsnittet viser til rapporteringsrunden «%(slug)s», som ikke finnes.") % {"slug": slug})
    return report


def note_under(report: RoundMaterial, *sentences: str) -> str:
    """What stands under a table: the sentences, and that the figures are made up where they are."""
    return " ".join([*sentences, *([EXAMPLE] if report.round.is_example else [])])


def sentence(place: Place, text: str) -> Text:
    """A sentence where there is nothing to make a table of."""
    return Text(place.anchor, format_html("<p>{}</p>", text), section=place.section.pk)


def owner_of(card: Scorecard) -> str:
    """Whose goals stand in the scorecard: the service area's, or the municipality's own."""
    return card.area.name if card.area else f"{card.unit.name}, overordnede mål"
