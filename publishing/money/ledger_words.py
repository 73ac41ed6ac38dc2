"""The words of the ledger's pages: headings, captions, notices and the way down. On the screen, so translated."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from budget.ledger.summing import WHOLE_YEAR
from organisation import periods
from organisation.models import Unit
from publishing.money.ledger_asked import Account, Asked, By
from publishing.money.ledger_reading import Reading

Step = tuple[str, str]
"""An address and what stands there; no address for the page itself."""


def headings(asked: Asked) -> dict[str, str]:
    """The columns of the table, in order."""
    found = {
        "actual": _("Regnskap hittil"),
        "budget_so_far": _("Budsjett hittil"),
        "deviation": _("Avvik"),
        "deviation_percent": _("Avvik i prosent"),
        "budget": _("Årsbudsjett"),
        "used_percent": _("Forbruk i prosent"),
    }
    if asked.is_forecast:
        found |= {"forecast": _("Prognose for året"), "forecast_deviation": _("Avvik i prognosen")}
    return found | {"year_before": _("Regnskap samme tid i fjor")}


def chart_headings(asked: Asked, *, is_divided: bool) -> dict[str, str]:
    """The columns of the chart. Over the months: what it has come to since January."""
    if asked.by == By.MONTH:
        budget = {"budget": _("Budsjett siden januar")} if is_divided else {}
        return budget | {"actual": _("Regnskap siden januar")}
    return {"budget_so_far": _("Budsjett hittil"), "actual": _("Regnskap hittil")}


def row_heading(asked: Asked) -> str:
    """What the rows are."""
    return str(By(asked.by).label).capitalize()


def title(reading: Reading) -> str:
    """What is summed, and until when: «Drift til og med august 2024, Sektor for skole»."""
    asked = reading.asked
    said = {"account": Account(asked.account).label.capitalize(), "when": when(asked), "what": of_whom(reading)}
    return _("%(account)s %(when)s: %(what)s") % said


def when(asked: Asked) -> str:
    """«til og med august 2024», «hele 2024»."""
    if asked.month == WHOLE_YEAR:
        return _("hele %(year)s") % {"year": asked.year}
    return _("til og med %(month)s %(year)s") % {"month": periods.MONTHS[asked.month - 1], "year": asked.year}


def of_whom(reading: Reading) -> str:
    """The units that the sum is over, and what else it is limited to."""
    return ", ".join([names_of(_summed_units(reading)), *(text for _address, text in _codes(reading))])


def _summed_units(reading: Reading) -> list[Unit]:
    return [reading.unit] if reading.unit else reading.units.tops


def names_of(units: Iterable[Unit]) -> str:
    """The units by name, one after another."""
    return ", ".join(unit.name for unit in units)


def trail(reading: Reading, *, lines: bool = False) -> list[Step]:
    """The way from everything down to this page."""
    asked = reading.asked
    nothing = dict.fromkeys(("unit", "is_own", "area", "function", "art"), "")
    steps = [(asked.table(**nothing, by=By.UNIT), _("Regnskap og budsjett"))]
    steps += [_unit_step(reading, unit, nothing) for unit in _way_to_unit(reading)]
    if asked.is_own:
        own = nothing | {"unit": asked.unit, "is_own": asked.is_own}
        steps.append((asked.table(**own, by=By.FUNCTION), _("ført på enheten selv")))
    steps += _codes(reading)
    if lines:
        steps.append(("", _("Linjer")))
    return [*steps[:-1], ("", steps[-1][1])]


def _way_to_unit(reading: Reading) -> list[Unit]:
    return reading.units.way_to(reading.unit) if reading.unit else []


def _unit_step(reading: Reading, unit: Unit, nothing: dict[str, str]) -> Step:
    by = By.UNIT if reading.units.below(unit) else By.FUNCTION
    return reading.asked.table(**nothing | {"unit": unit.slug}, by=by), unit.name


def _codes(reading: Reading) -> list[Step]:
    """What the lines are limited to beside the unit, each with the address of the view one step below it."""
    asked, found = reading.asked, []
    if asked.area:
        name = reading.area.name if reading.area else _("Uten tjenesteområde")
        found.append((asked.table(function="", art="", by=By.FUNCTION), name))
    if asked.function:
        name = reading.function_names.get(asked.function, "")
        found.append((asked.table(art="", by=By.ART), f"{asked.function} {name}".strip()))
    if asked.art:
        found.append((asked.table(by=By.MONTH), f"{asked.art} {reading.art_name}".strip()))
    return found


def notices(reading: Reading, *, is_divided: bool) -> list[str]:
    """What a reader must know to read the figures right."""
    found = []
    if reading.is_example:
        found.append(_("Eksempeldata: Tallene er laget for å vise hvordan sidene virker, og er ikke kommunens egne."))
    if not is_divided:
        found.append(_("Noe av budsjettet gjelder hele året. Av det er det regnet like mye på hver måned."))
    return found


def reading_rules(asked: Asked) -> list[str]:
    """How to read the table, under it."""
    rules = [
        _("Utgifter står uten minus, inntekter med. Et avvik over null er mindreforbruk eller merinntekt."),
        _("Årsbudsjettet er det opprinnelige budsjettet med alle vedtatte endringer."),
    ]
    if asked.is_forecast:
        rules.append(_("Der ingen har laget prognose, regnes årsbudsjettet som prognose."))
        rules.append(
            _("Prognosen for en enhet gjelder også enhetene under, og avviket vises på enheten som laget den.")
        )
    return rules
