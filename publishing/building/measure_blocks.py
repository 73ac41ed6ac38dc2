"""The blocks of measures: what is planned in the years ahead, and what was reported of them in a round.

Kroner are in thousands and rounded so that they add up. The words are the document's own and are not translated.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from organisation.models import Unit
from organisation.numbers import decimals_of, show_number
from plans.measures.figures import Figures, in_thousands, total
from plans.measures.forms import YEARS_AHEAD
from plans.measures.saving import planned_of
from plans.models import Measure, MeasureEffect, MeasureStatus, Section
from publishing.building.goal_tables import NOT_REPORTED, note_under, report_of, sentence
from publishing.building.material import Material
from publishing.building.measure_material import ReportedMeasure
from publishing.building.place import LANGUAGE, MissingData, Place
from publishing.structure import Block, Column, Item, Row, RowGroup, Table

EFFECT, PEOPLE = "Virkning, 1 000 kroner", "Årsverk"
SIGNS = "Virkningen er mot et år uten tiltaket. Minus er innsparing, eller færre årsverk."
CHANGED = "Oppnådd virkning er endret etter at rapporten ble godkjent."

Printed = tuple[str, str | None]
"""A cell and its value."""


def measures(place: Place, material: Material) -> Item:
    """What the measures are planned to give, year by year.

    Those of the unit that `parameters["unit"]` names by its address, and of the units under it; without it those of the
    chapter's service area, and in a chapter without one those of the section's own unit. `parameters["years"]` are the
    years of the columns, else the document's and the three after it.
    """
    said = place.section.parameters.get("years")
    years = [int(year) for year in said] if said else [material.year + ahead for ahead in range(YEARS_AHEAD)]
    belongs = _belonging(place, material)
    found = [one for one in material.measures.planned_in(years) if belongs(one)]
    if not found:
        return sentence(place, "Ingen tiltak er vedtatt.")
    figures = [[planned_of(effects.get(year)) for year in years] for effects in map(_by_year, found)]
    return _table(
        place,
        [_Line(one, one.group, (), (one.unit.name, _decided(one)), _serves(one)) for one in found],
        _Numbers(figures, [f"{year}" for year in years]),
        caption="Tiltak",
        after=(Column("Ansvarlig", "", "text"), Column("Vedtatt i", "", "text")),
        note=SIGNS,
    )


def _belonging(place: Place, material: Material) -> Callable[[Measure], bool]:
    """What tells whether a measure stands here. Raises `MissingData` where the section names a unit that is not."""
    slug = place.section.parameters.get("unit")
    if place.area_id and not slug:
        return lambda measure: material.measures.area_of(measure) == place.area_id
    branch = {one.pk for one in material.branch(_unit(slug, material) if slug else place.section.unit)}
    return lambda measure: measure.unit_id in branch


def _unit(slug: str, material: Material) -> Unit:
    found = next((unit for unit in material.units if unit.slug == slug), None)
    if found is None:
        raise MissingData(_("Avsnittet viser tiltakene til enheten «%(slug)s», som ikke finnes.") % {"slug": slug})
    return found


def _by_year(measure: Measure) -> dict[int, MeasureEffect]:
    return {effect.year: effect for effect in measure.effects.all()}


def _decided(measure: Measure) -> str:
    """Where and when: "HP 2016–2019, 09.12.2015"."""
    day = f"{measure.decided_on:%d.%m.%Y}" if measure.decided_on else ""
    return ", ".join(filter(None, (measure.decision, day)))


def _serves(measure: Measure) -> str:
    """The goal it serves, else the plan it comes from."""
    if measure.indicator:
        return f"Mål: {measure.indicator.name}"
    return f"Plan: {measure.plan.name}" if measure.plan else ""


def reported_measures(place: Place, material: Material) -> Item:
    """How far the round's measures have come, and what they have given; what is not approved is not told.

    In a chapter of a service area those that belong there, elsewhere all of them.
    """
    report = report_of(place, material)
    asked = material.measures.reported(report.round)
    found = [one for one in asked if place.area_id in (None, material.measures.area_of(one.measure))]
    if not found:
        return sentence(place, "Rapporten ber ikke om status for tiltak.")
    return _table(
        place,
        [_reported_line(one) for one in found],
        _Numbers(
            [[one.planned, one.achieved] for one in found],
            [f"Planlagt {report.year}", f"Oppnådd hittil i {report.year}"],
        ),
        caption=f"Tiltak, {report.round.period.label}",
        before=(Column("Status", "", "text"),),
        after=(Column("Kommentar", "", "text"),),
        note=note_under(report, SIGNS),
    )


def _reported_line(one: ReportedMeasure) -> "_Line":
    comment = one.status.comment if one.status else ""
    correction = CHANGED if one.is_changed else ""
    return _Line(one.measure, one.measure.unit.name, (_word(one.status),), (comment,), correction)


def _word(status: MeasureStatus | None) -> str:
    with override(LANGUAGE):
        return str(status.get_status_display()).capitalize() if status else NOT_REPORTED


@dataclass(frozen=True)
class _Line:
    """A measure in a table: the group it stands in, the words before and after its figures, and what is noted."""

    measure: Measure
    group: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str


class _Numbers:
    """The figures of a table: a row for each measure, a column for each year or each of planned and achieved.

    Full-time equivalents stand in columns of their own after the kroner, as far as anything is said of them.
    """

    def __init__(self, figures: Sequence[Sequence[Figures]], labels: Sequence[str]) -> None:
        self.labels = labels
        self.height = len(figures)
        self.money = [in_thousands([[one.amount for one in column]]) for column in zip(*figures, strict=True)]
        people = [[one.fte for one in column] for column in zip(*figures, strict=True)]
        self.people = {index: column for index, column in enumerate(people) if total(column) is not None}

    def columns(self) -> tuple[Column, ...]:
        kroner = (Column(label, EFFECT, "amount") for label in self.labels)
        return (*kroner, *(Column(self.labels[index], PEOPLE, "amount") for index in self.people))

    def of_row(self, index: int) -> list[Printed]:
        kroner = [rows[0][index] for rows, _sums, _whole in self.money]
        return [*(_printed(one) for one in kroner), *(_printed(column[index], 1) for column in self.people.values())]

    def of_all(self) -> list[Printed]:
        kroner = [whole for _rows, _sums, whole in self.money]
        return [*(_printed(one) for one in kroner), *(_printed(total(column), 1) for column in self.people.values())]


def _printed(number: Decimal | None, decimals: int = 0) -> Printed:
    """The cell and its value."""
    if number is None:
        return "", None
    return show_number(number, decimals=max(decimals, decimals_of(number))), f"{number:f}"


def _table(
    place: Place,
    lines: list[_Line],
    numbers: _Numbers,
    *,
    caption: str,
    before: tuple[Column, ...] = (),
    after: tuple[Column, ...],
    note: str,
) -> Table:
    """The table; `before` and `after` are the columns of words around the figures."""
    groups: dict[str, list[Row]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(line.group, []).append(_row(line, numbers.of_row(index), place))
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", caption),
        row_heading="Tiltak",
        columns=(*before, *numbers.columns(), *after),
        groups=(*_groups(groups), *_sums(numbers, place, before=len(before), after=len(after))),
        note=note,
        section=place.section.pk,
    )


def _row(line: _Line, figures: list[Printed], place: Place) -> Row:
    cells = [*((text, None) for text in line.before), *figures, *((text, None) for text in line.after)]
    return Row(
        label=line.measure.title,
        cells=tuple(cell for cell, _value in cells),
        values=tuple(value for _cell, value in cells),
        key=f"tiltak-{line.measure.pk}",
        anchor=f"{place.anchor}-{line.measure.pk}",
        note=line.note,
    )


def _groups(rows: dict[str, list[Row]]) -> Iterator[RowGroup]:
    """Those of no group first, or they would seem to belong under the heading before them."""
    return (RowGroup(tuple(rows[title]), title=title) for title in sorted(rows, key=bool))


def _sums(numbers: _Numbers, place: Place, *, before: int, after: int) -> tuple[RowGroup, ...]:
    """The sum of all, where figures are said of more than one; `before` and `after` count the columns of words."""
    if numbers.height == 1 or not any(value for _cell, value in numbers.of_all()):
        return ()
    nothing: Printed = ("", None)
    texts, values = zip(*[*[nothing] * before, *numbers.of_all(), *[nothing] * after], strict=True)
    return (RowGroup((Row("Sum", texts, values, anchor=f"{place.anchor}-sum", is_sum=True),)),)


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {
    Section.Block.MEASURES: measures,
    Section.Block.REPORTED_MEASURES: reported_measures,
}
