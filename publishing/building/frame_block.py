"""Budget frames as tables: of all units beside each other, or of one unit with what changed and why.

In 1 000 kroner, rounded so that what is printed adds up, down and across. What is built here is frozen, so its words
are the document's own and are not translated; what a person is told is.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from budget.frames.comparing import FrameLine, FrameTable, frame_table
from budget.frames.wording import in_percent
from budget.frames.years import FIRST, LAST
from budget.models import Frame, FrameChange
from budget.rounding import apportioned, rounded
from organisation.numbers import show_number
from plans.models import Section
from publishing.building.goal_tables import sentence
from publishing.building.material import Material
from publishing.building.place import LANGUAGE, MissingData, Place
from publishing.cells import hard_spaces
from publishing.structure import Block, Column, Item, Row, RowGroup, Table

THOUSANDS = "beløp i 1 000 kroner"


def frames(place: Place, material: Material) -> Item:
    """The frames of a year. Parameters: `year`, else the document's; `unit`, the address of one unit, else all."""
    year = _year(place, material)
    found = Frame.objects.filter(unit__municipality=place.section.unit.municipality_id)
    table = frame_table(frames=found, year=year)
    slug = place.said("unit", "")
    if slug:
        return _of_one(place, _line_of(table, slug, year), year)
    if not table.lines:
        return sentence(place, f"Rammene for {year} er ikke satt ennå.")
    return _of_all(place, table)


def _year(place: Place, material: Material) -> int:
    said = f"{place.section.parameters.get('year') or material.year}"
    if not said.isdecimal() or not FIRST <= int(said) <= LAST:
        raise MissingData(_("Avsnittet viser rammene for «%(year)s», som ikke er et år.") % {"year": said})
    return int(said)


def _line_of(table: FrameTable, slug: str, year: int) -> FrameLine:
    for line in table.lines:
        if line.frame and line.frame.unit.slug == slug:
            return line
    raise MissingData(
        _("Avsnittet viser rammen for enheten «%(slug)s», som ikke har noen ramme i %(year)s.")
        % {"slug": slug, "year": year}
    )


def _of_one(place: Place, line: FrameLine, year: int) -> Table:
    """What the frame starts from, each change with its reason, and the frame."""
    frame: Any = line.frame
    changes = sorted(frame.changes.all(), key=lambda change: (change.position, change.pk))
    opening, *parts = apportioned([line.opening, *(change.amount for change in changes)])
    rows = [
        _amounts(
            "Utgangspunkt" if line.starts_elsewhere else f"Ramme {year - 1}",
            [opening],
            f"{place.anchor}-utgangspunkt",
            note=_start(line, year),
        ),
        *(
            _amounts(change.reason, [part], f"{place.anchor}-{number}", note=_kind(change))
            for number, (change, part) in enumerate(zip(changes, parts, strict=True), start=1)
        ),
        _amounts(f"Ramme {year}", [opening + sum(parts, Decimal(0))], f"{place.anchor}-sum", is_sum=True),
    ]
    columns = (Column("Beløp", "", "amount"),)
    return _table(place, f"Ramme {year}: {frame.unit.name}", "Hva og hvorfor", columns, rows)


def _kind(change: FrameChange) -> str:
    with override(LANGUAGE):
        return str(change.get_kind_display()).capitalize()


def _of_all(place: Place, table: FrameTable) -> Table:
    """What each frame starts from, its changes by kind, and the frame.

    The sum row is rounded first and each column to it. A frame is what its printed parts add up to, so it may be shown
    some thousands from what it is where the frames are not set in whole thousands.
    """
    exact = [[line.opening, *line.by_kind] for line in table.rows]
    totals = apportioned([table.total_row.opening, *table.total_row.by_kind])
    columns = [apportioned(parts, total=total) for parts, total in zip(zip(*exact, strict=True), totals, strict=True)]
    rows = [
        _frame_row(place, line, amounts, table.year)
        for line, amounts in zip(table.rows, zip(*columns, strict=True), strict=True)
    ]
    if len(rows) > 1:
        rows.append(_frame_row(place, table.total_row, totals, table.year))
    with override(LANGUAGE):
        kinds = table.headings
    labels = (f"Ramme {table.year - 1}", *kinds, f"Ramme {table.year}")
    amounts = (Column(label, "", "amount") for label in labels)
    return _table(place, f"Rammer {table.year}", "Enhet", (*amounts, Column("Endring i prosent")), rows)


def _frame_row(place: Place, line: FrameLine, amounts: Sequence[Decimal], year: int) -> Row:
    percent = in_percent(line.change, line.opening)
    unit = line.frame.unit if line.frame else None
    found = _amounts(
        unit.name if unit else "Sum",
        [*amounts, sum(amounts, Decimal(0))],
        f"{place.anchor}-{unit.slug if unit else 'sum'}",
        note=_start(line, year) if unit else "",
        is_sum=unit is None,
    )
    return Row(
        label=found.label,
        cells=(*found.cells, percent),
        values=(*found.values, None),
        key=unit.slug if unit else "",
        anchor=found.anchor,
        note=found.note,
        is_sum=found.is_sum,
    )


def _start(line: FrameLine, year: int) -> str:
    """Where a frame does not start from the frame of the year before."""
    if not line.starts_elsewhere:
        return ""
    if line.before is None:
        return f"Hadde ingen ramme i {year - 1}."
    return hard_spaces(
        f"Utgangspunktet er ikke rammen for {year - 1}, som er {show_number(rounded(line.before), decimals=0)}."
    )


def _amounts(label: str, amounts: Sequence[Decimal], anchor: str, *, note: str = "", is_sum: bool = False) -> Row:
    return Row(
        label=label,
        cells=tuple(show_number(amount, decimals=0) for amount in amounts),
        values=tuple(f"{amount:f}" for amount in amounts),
        anchor=anchor,
        note=note,
        is_sum=is_sum,
    )


def _table(place: Place, caption: str, row_heading: str, columns: tuple[Column, ...], rows: list[Row]) -> Table:
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", caption),
        row_heading=row_heading,
        columns=columns,
        groups=(RowGroup(tuple(rows)),),
        unit_of_measure=THOUSANDS,
        section=place.section.pk,
    )


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {Section.Block.FRAMES: frames}
