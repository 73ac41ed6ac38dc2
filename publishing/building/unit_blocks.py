"""The blocks about one unit, the one that the section belongs to: headline figures, economy, full-time equivalents.

What is not there yet is told in a sentence, so that a document that has just been started can be read. Only what a
section names and nobody has made is missing data. Words are the document's own and are not translated.
"""

from collections.abc import Callable
from decimal import Decimal

from budget.ledger.yearly import YearSums, together
from budget.rounding import rounded
from organisation.numbers import show_number
from plans.models import Section
from publishing.building import frame_block, headline_block
from publishing.building.goal_tables import sentence
from publishing.building.material import Material
from publishing.building.place import Place
from publishing.building.unit_scorecard_block import unit_scorecard
from publishing.cells import hard_spaces
from publishing.structure import Block, Chapter, Column, Headline, Item, Row, RowGroup, Table
from staffing.models import StaffingFigure

ACTUAL, BUDGET, DEVIATION = "actual", "budget", "deviation"
ROWS = {ACTUAL: "Regnskap", BUDGET: "Budsjett", DEVIATION: "Avvik"}
"""The rows that the table of accounts can have (`parameters["rows"]`), in order, and what they are called."""
OF_DEVIATION = "Avvik er budsjett minus regnskap; over null er mindreforbruk."


def accounts(place: Place, material: Material) -> Item:
    """Accounts, budget and deviation of the unit and those under it over the last years, in 1 000 kroner.

    `parameters["rows"]` says which of the rows, where it is not all. The deviation is that of the rounded amounts, so
    that the table adds up as it stands; the sentence under it has the exact one.
    """
    unit = place.section.unit
    branch = [one.pk for one in material.branch(unit)]
    years = {year: together(material.sums, branch, year) for year in material.years}
    shown = {year: sums for year, sums in years.items() if sums != YearSums()}
    if not shown:
        return sentence(place, f"Det er ikke ført regnskap eller budsjett for {unit.name} ennå.")
    wanted = place.section.parameters.get("rows") or list(ROWS)
    thousands = [_in_thousands(sums) for sums in shown.values()]
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", "Regnskap, budsjett og avvik"),
        columns=tuple(Column(f"{year}", "", "amount") for year in shown),
        groups=(RowGroup(tuple(_amounts(name, thousands, place) for name in ROWS if name in wanted)),),
        note=_in_words(years[material.year]) if DEVIATION in wanted else "",
        unit_of_measure="beløp i 1 000 kroner",
        chart="bar",
        section=place.section.pk,
    )


def _in_thousands(sums: YearSums) -> dict[str, Decimal | None]:
    actual, budget = (None if one is None else rounded(one) for one in (sums.actual, sums.budget))
    return {ACTUAL: actual, BUDGET: budget, DEVIATION: YearSums(budget, actual).deviation}


def _amounts(name: str, thousands: list[dict[str, Decimal | None]], place: Place) -> Row:
    amounts = [year[name] for year in thousands]
    return Row(
        label=ROWS[name],
        cells=tuple("" if one is None else show_number(one, decimals=0) for one in amounts),
        values=tuple(None if one is None else f"{one:f}" for one in amounts),
        anchor=f"{place.anchor}-{name}",
        is_sum=name == DEVIATION,
    )


def _in_words(sums: YearSums) -> str:
    """The year's deviation to the krone, and what a deviation is."""
    apart = sums.deviation
    if apart is None:
        return OF_DEVIATION
    if not apart:
        return f"Enheten gikk i balanse. {OF_DEVIATION}"
    kroner = hard_spaces(f"{show_number(abs(apart), decimals=0)} kroner")
    return f"Enheten hadde et {headline_block.name_of(apart)} på {kroner}. {OF_DEVIATION}"


def unit_staffing(place: Place, material: Material) -> Item:
    """Full-time equivalents of the unit and of those under it on the last dates up to the end of the year."""
    unit = place.section.unit
    figures = material.staffing_of(material.branch(unit))
    if not figures:
        return sentence(place, f"Det er ikke registrert årsverk for {unit.name} ennå.")
    dates = sorted({figure.counted_on for figure in figures})
    by_unit: dict[int, list[StaffingFigure]] = {}
    for figure in figures:
        by_unit.setdefault(figure.unit_id, []).append(figure)
    order = sorted(by_unit, key=lambda pk: (pk == unit.pk, by_unit[pk][0].unit.position))
    rows = []
    for pk in order:
        found = {figure.counted_on: figure.fte for figure in by_unit[pk]}
        of_unit = by_unit[pk][0].unit
        rows.append(
            Row(
                label=of_unit.name,
                cells=tuple(show_number(found[date], decimals=1) if date in found else "" for date in dates),
                values=tuple(f"{found[date]:f}" if date in found else None for date in dates),
                key=of_unit.slug,
                anchor=f"{place.anchor}-{of_unit.slug}",
                is_sum=pk == unit.pk and len(order) > 1,
            )
        )
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Årsverk i {unit.name}"),
        row_heading="Enhet",
        columns=tuple(Column(f"{date:%d.%m.%Y}", "", "result") for date in dates),
        groups=(RowGroup(tuple(rows)),),
        unit_of_measure="årsverk",
        chart="bar",
        section=place.section.pk,
    )


def frames(place: Place, material: Material) -> Item:
    """The frames that the section asks for; a sentence where that is its own unit's, and the unit has none yet."""
    unit = place.section.unit
    if place.said("unit", "") == unit.slug and unit.pk not in material.frames:
        return sentence(place, f"Rammen for {unit.name} i {material.year} er ikke satt ennå.")
    return frame_block.frames(place, material)


def headlines(chapter: Chapter) -> tuple[Headline, ...]:
    """The strip of the chapter: what its table of headline figures holds; nothing where it has none."""
    tables = [table for table in chapter.tables() if table.kind == Section.Block.HEADLINE_FIGURES]
    rows = (row for table in tables[:1] for row in table.rows())
    return tuple(Headline(row.label, hard_spaces(row.cells[0]), row.note) for row in rows)


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {
    Section.Block.HEADLINE_FIGURES: headline_block.headline_figures,
    Section.Block.UNIT_SCORECARD: unit_scorecard,
    Section.Block.UNIT_STAFFING: unit_staffing,
    Section.Block.ACCOUNTS: accounts,
    Section.Block.FRAMES: frames,
}
