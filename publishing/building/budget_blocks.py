"""The blocks of the budget: by unit and by function, from the lines. Their words are not translated (see `blocks`)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from budget.ledger.areas import AreasOfYear
from budget.ledger.standings import Standing, UnitAndFunction, standings_by
from budget.ledger.summing import WHOLE_YEAR
from budget.ledger.units import ReadableUnits
from budget.models import BudgetLine
from organisation.models import KostraFunction, Unit
from organisation.periods import MONTHS
from plans.models import Section
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.money.ledger_tables import Entry, Look, Wording, table_of
from publishing.structure import Block, Table

REVERSED = "reversed"
TWO_LEVELS = 2
BOUNDS = {"year": (1900, 2200), "months": (1, WHOLE_YEAR), "levels": (1, TWO_LEVELS)}


class _Lines:
    """The lines that a section's block is about, summed by unit and function. A fixed number of queries."""

    def __init__(self, place: Place, material: Material) -> None:
        self.year = _number(place, "year", otherwise=material.year)
        self.months = _number(place, "months", otherwise=WHOLE_YEAR)
        self.units = ReadableUnits()
        self.top = self.units.readable[place.section.unit_id]
        lines = BudgetLine.objects.filter(account_class=place.said("account", BudgetLine.Account.OPERATIONS))
        is_of_area = place.area_id and place.section.block == Section.Block.BUDGET_BY_FUNCTION
        whole = self.units.way_to(self.top)[0] if is_of_area else self.top
        lines = lines.filter(unit__in=[unit.pk for unit in self.units.within(whole)])
        if is_of_area:
            lines = lines.filter(AreasOfYear(self.year, self.units).lines_of(place.area_id))
        found = standings_by(lines, "unit_id", "function__code", year=self.year, months=self.months)
        self.found: Mapping[UnitAndFunction, Standing] = found  # type: ignore[assignment]
        if all(one.is_empty for one in found.values()):
            raise MissingData(_("Det er ikke lest inn budsjett eller regnskap for %(year)s.") % {"year": self.year})

    def summed(self, part: int) -> dict[object, Standing]:
        """By unit id (part 0) or by function code (part 1)."""
        summed: dict[object, Standing] = defaultdict(Standing)
        for key, standing in self.found.items():
            summed[key[part]] += standing
        return summed


def _number(place: Place, name: str, *, otherwise: int) -> int:
    said = f"{place.section.parameters.get(name) or otherwise}"
    least, most = BOUNDS[name]
    if not said.isdecimal() or not least <= int(said) <= most:
        raise MissingData(_("Valget %(name)s = «%(said)s» kan ikke brukes.") % {"name": name, "said": said})
    return int(said)


def budget_by_unit(place: Place, material: Material) -> Table:
    """What the units right under the section's own have to manage with; with `levels` 2 those under them as well."""
    lines = _Lines(place, material)
    own = {pk: standing for pk, standing in lines.summed(0).items() if isinstance(pk, int)}
    sums = lines.units.summed_up(own)
    levels = _number(place, "levels", otherwise=1)
    entries = _units_below(lines.units, lines.top, own=own, sums=sums, levels=levels)
    return _table(place, lines, entries, caption="Budsjett per enhet", row_heading="Enhet")


def _units_below(
    units: ReadableUnits,
    top: Unit,
    *,
    own: Mapping[int, Standing],
    sums: Mapping[int, Standing],
    levels: int,
) -> list[Entry]:
    """The units under the top that have something, each with its parts while there are levels left."""
    entries = [
        Entry(unit.slug, unit.name, sums[unit.pk], _parts(units, unit, own, sums) if levels >= TWO_LEVELS else ())
        for unit in units.below(top)
    ]
    itself = own.get(top.pk, Standing())
    name = f"{top.name}, felles" if entries else top.name
    return [entry for entry in (*entries, Entry(f"{top.slug}-felles", name, itself)) if not entry.standing.is_empty]


def _parts(
    units: ReadableUnits, unit: Unit, own: Mapping[int, Standing], sums: Mapping[int, Standing]
) -> tuple[Entry, ...]:
    if not units.below(unit):
        return ()
    return tuple(_units_below(units, unit, own=own, sums=sums, levels=1))


def budget_by_function(place: Place, material: Material) -> Table:
    """The functions of the chapter's service area; outside an area, of the section's unit and those under it."""
    lines = _Lines(place, material)
    found = {f"{code}": standing for code, standing in lines.summed(1).items() if not standing.is_empty}
    names = _function_names(found, lines.year)
    entries = [Entry(code, f"{code} {names.get(code, '')}".strip(), found[code]) for code in sorted(found)]
    return _table(place, lines, entries, caption="Budsjett per funksjon", row_heading="KOSTRA-funksjon")


def _function_names(codes: Iterable[str], year: int) -> dict[str, str]:
    rows = KostraFunction.objects.filter(code__in=list(codes)).order_by("valid_from", "pk")
    return {row.code: row.name for row in sorted(rows, key=lambda row: row.is_valid_in(year))}


def _table(place: Place, lines: _Lines, entries: list[Entry], *, caption: str, row_heading: str) -> Table:
    is_reversed = place.said("sign", "kostra") == REVERSED
    wording = Wording(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"{caption}, {_when(lines, place)}"),
        row_heading=place.said("row_heading", row_heading),
        headings=_headings(lines, entries, place),
        note="Inntekter står uten minus, utgifter med." if is_reversed else "Utgifter står uten minus, inntekter med.",
    )
    look = Look(place.section.parameters.get("in_thousands", True) is not False, is_reversed)
    return table_of(entries, wording, look=look, section=place.section.pk)


def _when(lines: _Lines, place: Place) -> str:
    """The year, and the last month where the section asks for what has come to so far."""
    if not place.section.parameters.get("months"):
        return f"{lines.year}"
    return f"til og med {MONTHS[lines.months - 1]} {lines.year}"


def _headings(lines: _Lines, entries: Iterable[Entry], place: Place) -> dict[str, str]:
    """For a plan last year's accounts and this year's budget; for a report how far accounts have come."""
    year = lines.year
    if not place.section.parameters.get("months"):
        is_changed = any(entry.standing.sums.changes for entry in entries)
        changes = {"changes": "Endringer", "budget": "Regulert budsjett"} if is_changed else {}
        return {"whole_year_before": f"Regnskap {year - 1}", "original": f"Budsjett {year}"} | changes
    return {
        "actual": "Regnskap hittil",
        "budget_so_far": "Budsjett hittil",
        "deviation": "Avvik",
        "deviation_percent": "Avvik i prosent",
        "budget": "Årsbudsjett",
        "used_percent": "Forbruk i prosent",
        "year_before": "Regnskap samme tid i fjor",
    }


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {
    Section.Block.BUDGET_BY_UNIT: budget_by_unit,
    Section.Block.BUDGET_BY_FUNCTION: budget_by_function,
}
