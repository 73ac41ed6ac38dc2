"""The block of the units' economy: budget, accounts and forecast by sector, and why they deviate.

Its words are the document's own and are not translated. The figures are those of the lines; forecasts and explanations
are those of approved reports.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from budget.forecasting import YearSoFar
from budget.variance import percent_of
from organisation.access import line_up
from organisation.models import Unit
from plans.models import Section
from publishing.building.goal_tables import report_of, sentence
from publishing.building.material import Material
from publishing.building.place import Place
from publishing.structure import Block, Column, Item, Row, RowGroup, Table
from reporting.answering import Answering
from reporting.economy.figures import Thousands, in_thousands, per_cent, printed
from reporting.economy.reading import FunctionEconomy, approved_economies, is_over
from reporting.models import ReportEconomy, ReportingRound

SIGN = "Utgifter står uten fortegn, inntekter med minus. Minus i et avvik betyr merforbruk eller mindre inntekt."
EXAMPLE = "Eksempeldata: Tallene og forklaringene er laget som eksempler."
MARK = "*"
COMPUTED = (
    "Prognosen er helt eller delvis regnet ut av regnskapet hittil, fordi en rapport ikke er godkjent eller mangler "
    "prognose."
)
WORDS = {"Merforbruk": True, "Mindreforbruk": False}
"""The columns of words, and whether they tell of what is over the budget."""

Figures = list[tuple[Column, str]]
"""The columns of figures, each with what stands in it: a field or property of `Thousands`."""


@dataclass
class _Sector:
    """What stands in one row: the functions of the reports that belong there, each with the unit whose report it is."""

    unit: Unit
    functions: list[tuple[Unit, FunctionEconomy]] = field(default_factory=list)

    @property
    def year(self) -> YearSoFar:
        return sum((one.year for _unit, one in self.functions), YearSoFar())

    @property
    def expected(self) -> Decimal:
        """The forecasts that are decided, and what the rule proposes where none is."""
        return sum((one.expected for _unit, one in self.functions), Decimal(0))

    @property
    def is_computed(self) -> bool:
        """Whether some forecast is not a leader's."""
        return any(one.lacks_forecast for _unit, one in self.functions)

    def words(self, *, is_over: bool) -> str:
        """Cause and action of each deviation that is to be explained, over the budget or under it, a line each."""
        found = [pair for pair in self.functions if pair[1].is_past and (pair[1].year.deviation < 0) == is_over]
        return "\n".join(f"{self._place(unit, one)}: {_explanation(one.said)}" for unit, one in found if one.said)

    def _place(self, unit: Unit, one: FunctionEconomy) -> str:
        """What deviates, and by how many per cent of the budget where there is one."""
        name = f"{one.function}" if unit == self.unit else f"{unit.name}, {one.function}"
        percent = percent_of(one.year.deviation, one.year.budget_so_far)
        return name if percent is None else f"{name}, {per_cent(percent)}"


def _explanation(said: ReportEconomy) -> str:
    cause, action = said.cause.strip(), said.action.strip()
    return " ".join(text for text in (cause, f"Tiltak: {action}" if action else "") if text)


def unit_economy(place: Place, material: Material) -> Item:
    """The sectors and staffs with budget, accounts, deviation, the year's budget and the forecast. Eight queries."""
    round_ = report_of(place, material).round
    sectors = _sectors(round_)
    if not sectors:
        return sentence(place, f"Det er ikke lest inn budsjett eller regnskap for {round_.period.end.year}.")
    rows, total = in_thousands([one.year for one in sectors], [one.expected for one in sectors])
    columns = _columns(round_)
    shown = [_row(one, figures, columns, place) for one, figures in zip(sectors, rows, strict=True)]
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=place.said("caption", f"Budsjett, regnskap og prognose for drift, {round_.period.label}"),
        row_heading="Sektor eller stab",
        columns=(*(column for column, _name in columns), *(Column(label, "", "text") for label in WORDS)),
        groups=(RowGroup((*shown, _sum(total, columns, place))),),
        footnotes=((MARK, COMPUTED),) if any(one.is_computed for one in sectors) else (),
        note=f"{SIGN} {EXAMPLE}" if round_.is_example else SIGN,
        unit_of_measure="1\u00a0000 kroner",
        section=place.section.pk,
    )


def _sectors(round_: ReportingRound) -> list[_Sector]:
    """The units right below the round's own, in order, each with what is reported under it; last the round's own."""
    answering = Answering(round_)
    economies = approved_economies(round_, answering)
    places = {unit: _sector_of(unit, round_.unit_id, answering) for unit in economies}
    units = Unit.objects.in_bulk({*places, *places.values()})
    found: dict[int, _Sector] = {}
    ordered = sorted(places, key=lambda pk: (pk != places[pk], units[pk].position, units[pk].name))
    for pk in ordered:
        sector = found.setdefault(places[pk], _Sector(units[places[pk]]))
        sector.functions += [(units[pk], one) for one in economies[pk]]
    return sorted(found.values(), key=lambda one: (one.unit.pk == round_.unit_id, one.unit.position, one.unit.name))


def _sector_of(unit: int, top: int, answering: Answering) -> int:
    """The unit right below the top that this one is or belongs to; the top for what is its own."""
    line = line_up(unit, answering.parents)
    return line[max(line.index(top) - 1, 0)]


def _columns(round_: ReportingRound) -> Figures:
    """When the year is over there is nothing to foresee, and nothing left of the budget."""
    year = round_.period.end.year
    so_far = {"Budsjett": "budget_so_far", "Regnskap": "actual", "Avvik": "deviation", "Prosent": "percent"}
    of_year = {"Budsjett": "budget", "Prognose": "expected", "Avvik": "expected_deviation"}
    if is_over(round_):
        return [(Column(label, f"{year}", "amount"), name) for label, name in so_far.items()]
    found = [(Column(label, "Hittil i år", "amount"), name) for label, name in so_far.items()]
    return found + [(Column(label, f"Hele {year}", "amount"), name) for label, name in of_year.items()]


def _row(sector: _Sector, figures: Thousands, columns: Figures, place: Place) -> Row:
    words = [sector.words(is_over=one) for one in WORDS.values()]
    return Row(
        label=sector.unit.name,
        cells=(*_cells(figures, columns), *words),
        values=(*_values(figures, columns), *(None for _name in WORDS)),
        key=sector.unit.slug,
        anchor=f"{place.anchor}-{sector.unit.slug}",
        mark=MARK if sector.is_computed else "",
    )


def _sum(total: Thousands, columns: Figures, place: Place) -> Row:
    nothing = tuple("" for _name in WORDS)
    values = (*_values(total, columns), *(None for _name in WORDS))
    return Row("Sum", (*_cells(total, columns), *nothing), values, anchor=f"{place.anchor}-sum", is_sum=True)


def _cells(figures: Thousands, columns: Figures) -> Iterable[str]:
    for _column, name in columns:
        number = getattr(figures, name)
        yield per_cent(number) if name == "percent" else printed(number)


def _values(figures: Thousands, columns: Figures) -> Iterable[str | None]:
    for _column, name in columns:
        number = getattr(figures, name)
        yield None if number is None else f"{number:f}"


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {Section.Block.UNIT_ECONOMY: unit_economy}
