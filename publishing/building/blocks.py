"""One builder per block: from working rows to the table or list that a reader sees.

What is built here is frozen, so its words are the document's own and are not translated; what a person is told is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from organisation.models import Delivery
from organisation.numbers import show_number
from plans.models import DevelopmentItem, Section
from publishing.building import (
    budget_blocks,
    investment_block,
    measure_blocks,
    report_blocks,
    scorecard_block,
    statutory_block,
    unit_blocks,
)
from publishing.building.material import Material
from publishing.building.place import LANGUAGE, MissingData, Place
from publishing.structure import Block, Column, Entry, EntryGroup, Listing, Row, RowGroup, Table
from scorecards.cells import key_figure_cell
from scorecards.models import KeyFigureRow, Observation


def build(place: Place, material: Material) -> Block:
    """The block of the section. Raises `MissingData` where it asks for something that does not exist."""
    return _BUILDERS[place.section.block](place, material)


def _listing(place: Place, groups: Iterable[EntryGroup]) -> Listing:
    with override(LANGUAGE):
        caption = place.section.get_block_display().capitalize()
    return Listing(place.anchor, place.section.block, caption, tuple(groups), section=place.section.pk)


def functions_and_services(place: Place, material: Material) -> Listing:
    """The area's functions, each with the services it contains."""
    return _listing(
        place,
        (
            EntryGroup(
                title=function.title,
                text=function.description,
                entries=tuple(Entry(service.name, service.description) for service in function.services.all()),
            )
            for function in material.functions[_area(place)]
        ),
    )


def target_groups(place: Place, material: Material) -> Listing:
    """Whom the area's services are for."""
    return _listing(place, [EntryGroup(tuple(Entry(group.text) for group in material.target_groups[_area(place)]))])


def responsibilities(place: Place, material: Material) -> Listing:
    """Which unit does what in the area."""
    codes = {function.pk: function.codes for function in material.functions[_area(place)]}
    return _listing(place, [EntryGroup(tuple(_delivery(row, codes) for row in material.deliveries[_area(place)]))])


def _delivery(row: Delivery, codes_of: dict[int, list[str]]) -> Entry:
    codes = ", ".join(sorted({code for function in row.functions.all() for code in codes_of.get(function.pk, [])}))
    if not codes:
        return Entry(row.unit.name, row.text)
    return Entry(row.unit.name, f"{row.text} Funksjon\u00a0{codes}." if row.text else f"(funksjon\u00a0{codes})")


def development(place: Place, material: Material) -> Listing:
    """What the area's units plan to develop in the year."""
    parts: dict[int | None, list[DevelopmentItem]] = defaultdict(list)
    for item in material.development[_area(place)]:
        parts[item.parent_id].append(item)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for item in parts[None]:
        groups[item.heading].append(Entry(item.text, children=tuple(part.text for part in parts[item.pk])))
    return _listing(place, (EntryGroup(tuple(entries), title=heading) for heading, entries in groups.items()))


def key_figures(place: Place, material: Material) -> Table:
    """The key-figure table that the section names."""
    slug = place.section.parameters.get("table", "")
    table = material.key_figures.get(slug)
    if table is None:
        raise MissingData(
            _("Avsnittet viser til nøkkeltallstabellen «%(slug)s», som ikke finnes i dette tjenesteområdet og året.")
            % {"slug": slug}
        )
    columns = list(table.columns.all())
    groups: list[tuple[str, list[Row]]] = []
    for number, row in enumerate(table.rows.all(), start=1):
        keys = [key_figure_cell(table, row, column, material.breakdown) for column in columns]
        found = [material.observations.get(key) if key else None for key in keys]
        if not groups or groups[-1][0] != row.group:
            groups.append((row.group, []))
        groups[-1][1].append(_key_figure_row(row, found, f"{place.anchor}-{number}"))
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=table.caption,
        row_heading=table.row_heading,
        columns=tuple(Column(column.label, column.heading, column.kind) for column in columns),
        groups=tuple(RowGroup(tuple(rows), title=title) for title, rows in groups),
        footnotes=tuple(table.footnote_list()),
        source=table.source,
        unit_of_measure=table.unit_of_measure,
        chart=table.chart,
        section=place.section.pk,
    )


def _key_figure_row(row: KeyFigureRow, found: list[Observation | None], anchor: str) -> Row:
    return Row(
        label=row.label,
        cells=tuple(one.printed if one else "" for one in found),
        values=tuple(scorecard_block.plain_value(one) for one in found),
        key=row.indicator.slug if row.indicator else "",
        anchor=anchor,
        mark=row.mark,
        is_sum=row.is_sum,
        origins=tuple(scorecard_block.origin_of(one) for one in found),
    )


def staffing(place: Place, material: Material) -> Table:
    """Full-time equivalents per unit on two dates, with the printed sum."""
    figures = material.staffing
    dates = sorted({figure.counted_on for figure in figures})
    by_unit = {(figure.unit_id, figure.counted_on): figure for figure in figures}
    units = sorted(
        {figure.unit for figure in figures}, key=lambda unit: (unit.kind == unit.Kind.MUNICIPALITY, unit.position)
    )
    rows = []
    for unit in units:
        found = [by_unit.get((unit.pk, date)) for date in dates]
        first = next(figure for figure in found if figure)
        rows.append(
            Row(
                label=first.label or unit.name,
                cells=tuple(show_number(figure.fte, decimals=1) if figure else "" for figure in found),
                values=tuple(f"{figure.fte:f}" if figure else None for figure in found),
                key=unit.slug,
                anchor=f"{place.anchor}-{unit.slug}",
                is_sum=first.is_total,
            )
        )
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", "Årsverk fordelt på sektorer og staber"),
        row_heading=place.said("row_heading", "Sektorer og staber"),
        columns=tuple(Column(f"{date:%d.%m.%Y}", place.said("column_heading", "Årsverk"), "result") for date in dates),
        groups=(RowGroup(tuple(rows)),),
        unit_of_measure="årsverk",
        chart="bar",
        section=place.section.pk,
    )


def plan_matrix(place: Place, material: Material) -> Table:
    """Which service areas help to reach the goals of which plans."""
    areas = material.matrix_areas
    rows = []
    for plan in material.strategic_plans:
        crossed = {cross.area_id for cross in plan.contributions.all()}
        cells = tuple("x" if area.pk in crossed else "" for area in areas)
        rows.append(Row(plan.name, cells, (None,) * len(cells), key=plan.slug, anchor=f"{place.anchor}-{plan.slug}"))
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", "Planer, og tjenesteområdene som bidrar til målene i dem"),
        row_heading=place.said("row_heading", "Plan"),
        columns=tuple(Column(area.name, place.said("column_heading", "Tjenesteområde"), "mark") for area in areas),
        groups=(RowGroup(tuple(rows)),),
        section=place.section.pk,
    )


def _area(place: Place) -> int:
    if place.area_id is None:
        raise MissingData(
            _("Avsnittet viser data for et tjenesteområde, men kapitlet hører ikke til noe tjenesteområde.")
        )
    return place.area_id


def scorecard(place: Place, material: Material) -> Table:
    """The area's scorecard."""
    card = material.scorecards.get(_area(place))
    if card is None:
        raise MissingData(_("Tjenesteområdet har ikke noe målekort for året."))
    return scorecard_block.table(
        card, material.observations, anchor=place.anchor, number=place.number, section=place.section
    )


def overall_goals(place: Place, material: Material) -> Table:
    """The scorecard of the whole municipality."""
    card = material.overall_scorecard
    if card is None:
        raise MissingData(_("Kommunen har ikke noe overordnet målekort for året."))
    return scorecard_block.table(
        card, material.overall_observations, anchor=place.anchor, number=place.number, section=place.section
    )


_BUILDERS: dict[str, Callable[[Place, Material], Block]] = {
    Section.Block.FUNCTIONS_AND_SERVICES: functions_and_services,
    Section.Block.TARGET_GROUPS: target_groups,
    Section.Block.KEY_FIGURES: key_figures,
    Section.Block.SCORECARD: scorecard,
    Section.Block.RESPONSIBILITIES: responsibilities,
    Section.Block.DEVELOPMENT: development,
    Section.Block.OVERALL_GOALS: overall_goals,
    Section.Block.STAFFING: staffing,
    Section.Block.PLAN_MATRIX: plan_matrix,
    **investment_block.BUILDERS,
    **report_blocks.BUILDERS,
    **unit_blocks.BUILDERS,
    **measure_blocks.BUILDERS,
    **budget_blocks.BUILDERS,
    **statutory_block.BUILDERS,
}
