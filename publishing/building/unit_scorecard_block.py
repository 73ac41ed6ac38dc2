"""The scorecard of a unit over some years, or, where it has none, the goals in the year's scorecards that it owns."""

import dataclasses
from collections.abc import Iterable

from budget.ledger.yearly import together
from organisation import periods
from organisation.numbers import show_number
from publishing.building import scorecard_block
from publishing.building.goal_tables import sentence
from publishing.building.material import Material
from publishing.building.place import Place
from publishing.structure import Column, Item, Row, RowGroup, Table
from scorecards import notation
from scorecards.cells import CellKey, span_of, values_of
from scorecards.models import Observation, Scorecard, ScorecardColumn, ScorecardRow
from scorecards.registration import understand

RESULT, TARGET = Observation.Kind.RESULT, Observation.Kind.TARGET


def unit_scorecard(place: Place, material: Material) -> Item:
    """The scorecard of the section's unit for the year; else its goals in others' scorecards; else a sentence.

    `parameters["deviation"]` is the indicator whose results are the deviation from the budget in per cent: they are
    worked out from the lines, and typed nowhere.
    """
    card = material.unit_scorecards.get(place.section.unit_id)
    if card is None:
        return _owned_goals(place, material)
    values = material.overall_observations | _deviations(card, place, material)
    table = scorecard_block.table(card, values, anchor=place.anchor, number=place.number, section=place.section)
    return dataclasses.replace(table, row_heading="Mål", columns=tuple(_short(list(card.columns.all()))))


def _short(columns: list[ScorecardColumn]) -> Iterable[Column]:
    """The years alone over the results; one target is «Mål»."""
    is_one = sum(column.kind == TARGET for column in columns) == 1
    for column in columns:
        label = "Mål" if is_one and column.kind == TARGET else column.label
        yield Column(column.period.label if column.kind == RESULT else label, "", column.kind)


def _deviations(card: Scorecard, place: Place, material: Material) -> dict[CellKey, Observation]:
    slug = place.section.parameters.get("deviation")
    row = next((one for one in card.rows.all() if slug and one.indicator.slug == slug), None)
    if row is None:
        return {}
    branch = [one.pk for one in material.branch(place.section.unit)]
    found = {}
    for column in card.columns.all():
        span = span_of(column.period)
        percent = together(material.sums, branch, span.start.year).percent
        if column.kind == RESULT and span == periods.year(span.start.year) and percent is not None:
            observation = Observation(indicator=row.indicator, period=column.period, kind=RESULT)
            understand(observation, notation.parse(f"{show_number(percent, decimals=1)} %"), "")
            found[CellKey(row.indicator_id, RESULT, span)] = observation
    return found


def _owned_goals(place: Place, material: Material) -> Item:
    """Each goal with its last result and its target, area by area."""
    unit = place.section.unit
    cards = Scorecard.objects.filter(year=material.year, rows__indicator__owner=unit).distinct()
    found = list(cards.select_related("area", "unit").order_by("area__position", "pk").with_rows())
    seen: set[int] = set()
    owned = [(card, list(_new_rows(card, unit.pk, seen))) for card in found]
    values = values_of(seen)
    groups = [_group(card, rows, values, place) for card, rows in owned]
    if not any(group.rows for group in groups):
        return sentence(place, f"Det er ikke satt mål for {unit.name} i {material.year} ennå.")
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Mål for {unit.name} i {material.year}"),
        row_heading="Mål",
        columns=(Column("Siste resultat", "", RESULT), Column("Mål", "", TARGET)),
        groups=tuple(group for group in groups if group.rows),
        section=place.section.pk,
    )


def _new_rows(card: Scorecard, owner: int, seen: set[int]) -> Iterable[ScorecardRow]:
    """The owner's rows, each indicator once."""
    for row in card.rows.all():
        if row.indicator.owner_id == owner and row.indicator_id not in seen:
            seen.add(row.indicator_id)
            yield row


def _group(card: Scorecard, rows: list[ScorecardRow], values: scorecard_block.Values, place: Place) -> RowGroup:
    title = card.area.name if card.area else card.unit.name
    pair = scorecard_block.compared_columns(list(card.columns.all()), card.year)
    if pair is None:
        return RowGroup((), title=title)
    made: list[Row] = [scorecard_block.row_of(row, pair, pair, values, place.anchor) for row in rows]
    return RowGroup(tuple(made), title=title)
