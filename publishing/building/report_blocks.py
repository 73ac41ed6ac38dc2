"""The blocks of a report: how the goals stand, what was missed and why, the reported scorecard, the units' texts.

Their words are the document's own and are not translated. What is not approved is not here; see `report_material.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from django.utils.translation import override

from plans.models import Section
from publishing import structure
from publishing.building import economy_block
from publishing.building.goal_tables import (
    NOT_REPORTED,
    deviations,
    note_under,
    owner_of,
    report_of,
    reported_scorecard,
    sentence,
)
from publishing.building.material import Material
from publishing.building.place import LANGUAGE, Place
from publishing.building.report_material import Goal, RoundMaterial
from publishing.building.report_texts import UnitTexts
from publishing.structure import Block, Chapter, Column, Headline, Item, Row, RowGroup, Table, Text
from scorecards.assessment import ASSESSED, Outcome

OUTCOMES = tuple(Outcome)


def assessment_counts(place: Place, material: Material) -> Item:
    """How many goals were reached, nearly reached, missed and so on: by area, or within an area by group."""
    report = report_of(place, material)
    rows = _counted_by_group(report, place) if place.area_id else _counted_by_area(report, place)
    if not rows:
        return sentence(place, "Rapporten ber ikke om noen av målene.")
    if len(rows) > 1:
        sums = tuple(f"{sum(int(row.cells[index]) for row in rows)}" for index in range(len(OUTCOMES) + 1))
        rows.append(Row("Sum", sums, sums, anchor=f"{place.anchor}-sum", is_sum=True))
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Måloppnåelse, {report.round.period.label}"),
        row_heading="Mål" if place.area_id else "Tjenesteområde",
        columns=tuple(Column(label) for label in (*(outcome.word for outcome in OUTCOMES), NOT_REPORTED)),
        groups=(RowGroup(tuple(rows)),),
        note=note_under(report),
        unit_of_measure="antall mål",
        chart="none" if place.area_id else "stacked",
        section=place.section.pk,
    )


def _counted_by_area(report: RoundMaterial, place: Place) -> list[Row]:
    cards = [card for card in report.cards if report.goals[card.pk]]
    return [_counted(owner_of(card), report.goals[card.pk], f"{place.anchor}-{card.slug}") for card in cards]


def _counted_by_group(report: RoundMaterial, place: Place) -> list[Row]:
    found = []
    for card in report.cards_of(place.area_id):
        for group in card.groups.all():
            goals = [goal for goal in report.goals[card.pk] if goal.row.group_id == group.pk]
            if goals:
                found.append(
                    _counted(group.title or owner_of(card), goals, f"{place.anchor}-{card.slug}-{group.position}")
                )
    return found


def _counted(label: str, goals: Iterable[Goal], anchor: str) -> Row:
    counts = Counter(goal.outcome for goal in goals)
    cells = tuple(f"{counts[outcome]}" for outcome in (*OUTCOMES, None))
    return Row(label, cells, cells, anchor=anchor)


def unit_texts(place: Place, material: Material) -> Block:
    """What the units that belong to the area say of their period, each under its own name."""
    texts = report_of(place, material).texts.get(place.area_id, [])
    if not texts:
        return sentence(place, "Ingen vurderinger er levert og godkjent.")
    return tuple(_texts_of_unit(one, place) for one in texts)


def _texts_of_unit(texts: UnitTexts, place: Place) -> structure.Section:
    unit, rows = texts
    anchor = f"{place.anchor}-{unit.slug}"
    with override(LANGUAGE):
        headings = {row.kind: str(row.get_kind_display()) for row in rows}
    sections = (
        structure.Section(
            f"{anchor}-{row.kind}", headings[row.kind], place.level + 2, (Text(f"{anchor}-{row.kind}-tekst", row.body),)
        )
        for row in rows
    )
    return structure.Section(anchor, unit.name, place.level + 1, sections=tuple(sections))


def headlines(chapter: Chapter) -> tuple[Headline, ...]:
    """Goals reached of those assessed, goals missed, and how many of those asked for are reported."""
    tables = [table for table in chapter.tables() if table.kind == Section.Block.ASSESSMENT_COUNTS]
    if not tables:
        return ()
    *_rows, last = tables[0].rows()
    *counts, missing = map(int, last.cells)
    by_outcome = dict(zip(OUTCOMES, counts, strict=True))
    assessed = sum(by_outcome[outcome] for outcome in ASSESSED)
    reported = Headline("Rapportert", f"{sum(counts)} av {sum(counts) + missing}", "mål")
    if not assessed:
        return (reported,)
    reached = Headline("Mål nådd", f"{by_outcome[Outcome.REACHED]} av {assessed}", "av dem som kan vurderes")
    return (reached, Headline("Ikke nådd", f"{by_outcome[Outcome.MISSED]}", "mål"), reported)


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {
    Section.Block.ASSESSMENT_COUNTS: assessment_counts,
    Section.Block.DEVIATIONS: deviations,
    Section.Block.REPORTED_SCORECARD: reported_scorecard,
    Section.Block.UNIT_TEXTS: unit_texts,
    **economy_block.BUILDERS,
}
