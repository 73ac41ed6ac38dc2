"""The rows of the ledger's table: what each is called, how it stands, and where its name leads."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from budget.ledger.standings import Standing
from organisation import periods
from organisation.models import Period, Unit
from publishing.money.ledger_asked import NO_AREA, Asked, By
from publishing.money.ledger_reading import Reading
from publishing.money.ledger_tables import Entry

Key = TypeVar("Key")
Links = dict[str, str]
"""Where the row with a key leads."""

OWN = "egen"
"""The key of the row of what is kept at the unit itself."""


def rows_of(reading: Reading) -> tuple[list[Entry], Links]:
    """The rows of the view, those with nothing in them left out, and where their names lead."""
    pairs = [(entry, link) for entry, link in _ROWS[reading.asked.by](reading) if not entry.standing.is_empty]
    return [entry for entry, _link in pairs], {entry.key: link for entry, link in pairs}


Pair = tuple[Entry, str]


def _by_unit(reading: Reading) -> Iterator[Pair]:
    asked, units = reading.asked, reading.units
    own = _summed(reading.finest.items(), lambda key: key[0])
    with_below = units.summed_up(own)
    top = reading.unit or (units.tops[0] if len(units.tops) == 1 else None)
    below = [] if asked.is_own else units.below(top) if top else units.tops
    for unit in below:
        yield Entry(unit.slug, unit.name, with_below[unit.pk]), _unit_link(asked, unit, is_leaf=not units.below(unit))
    if top:
        name = _("%(unit)s, ført på enheten selv") % {"unit": top.name} if units.below(top) else top.name
        link = asked.table(by=By.FUNCTION, unit=top.slug, is_own="1" if units.below(top) else "")
        yield Entry(OWN, name, own.get(top.pk, Standing())), link


def _unit_link(asked: Asked, unit: Unit, *, is_leaf: bool) -> str:
    return asked.table(by=_below_unit(asked) if is_leaf else By.UNIT, unit=unit.slug)


def _below_unit(asked: Asked) -> By:
    """What a unit is divided by: its functions, or where one of them is chosen already the arts."""
    return By.ART if asked.function else By.FUNCTION


def _by_area(reading: Reading) -> Iterator[Pair]:
    areas = reading.areas
    found = _summed(reading.finest.items(), lambda key: areas.area_of(*key))
    for pk, area in areas.areas.items():
        link = reading.asked.table(by=_below_unit(reading.asked), area=area.slug)
        yield Entry(area.slug, area.name, found.get(pk, Standing())), link
    link = reading.asked.table(by=_below_unit(reading.asked), area=NO_AREA)
    yield Entry(NO_AREA, _("Uten tjenesteområde"), found.get(None, Standing())), link


def _by_function(reading: Reading) -> Iterator[Pair]:
    names = reading.function_names
    for code, standing in sorted(_summed(reading.finest.items(), lambda key: key[1]).items()):
        link = reading.asked.table(by=By.ART, function=code)
        yield Entry(code, f"{code} {names.get(code, '')}".strip(), standing), link


def _by_art(reading: Reading) -> Iterator[Pair]:
    for (code, name), standing in reading.finest.items():
        yield Entry(code, f"{code} {name}".strip(), standing), reading.asked.lines(art=code)


def _by_month(reading: Reading) -> Iterator[Pair]:
    found = _summed(reading.finest.items(), lambda key: (key[0], key[1].month, key[2].month))
    in_order = sorted(found.items(), key=lambda item: (item[0][0] != Period.Kind.MONTH, item[0][2], item[0]))
    for (kind, first, last), standing in in_order:
        code = _period(kind, reading.asked.year, first, last)
        yield Entry(code, _period_name(kind, code), standing), reading.asked.lines(period=code)


def _period(kind: str, year: int, first: int, last: int) -> str:
    match kind:
        case Period.Kind.MONTH:
            return f"{year}-{first:02}"
        case Period.Kind.TERTIAL:
            return f"{year}-T{last // 4}"
        case Period.Kind.QUARTER:
            return f"{year}-Q{last // 3}"
        case _:
            return f"{year}"


def _period_name(kind: str, code: str) -> str:
    label = periods.label_of(code).removesuffix(f" {code[:4]}").capitalize()
    return label if kind == Period.Kind.MONTH else _("%(period)s, ikke fordelt på måneder") % {"period": label}


def _summed(standings: Iterable[tuple[Key, Standing]], group_of: Callable[[Key], Any]) -> dict[Any, Standing]:
    found: dict[Any, Standing] = defaultdict(Standing)
    for key, standing in standings:
        found[group_of(key)] += standing
    return found


_ROWS: dict[str, Callable[[Reading], Iterator[Pair]]] = {
    By.UNIT: _by_unit,
    By.AREA: _by_area,
    By.FUNCTION: _by_function,
    By.ART: _by_art,
    By.MONTH: _by_month,
}
