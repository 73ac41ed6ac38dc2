"""The small words of what a chart says: units, points in time, lists of names."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from publishing.charts.plot import Plot, Series, printed

MOST_NAMED = 3

_DATE = re.compile(r"[0-9]{1,2}\.[ \u00a0]?[0-9]{1,2}\.[ \u00a0]?[0-9]{4}")
_YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}")
_UNSAID = ("antall", "plassering", "indeks")
_SHORT = (("mill. kr", "millioner kroner"), ("mrd. kr", "milliarder kroner"), ("kr", "kroner"), ("%", "prosent"))


def unit_in_words(unit: str) -> str:
    """The unit as it is read aloud after a number: «prosent», «kroner per m²»; "" where the number says it all."""
    if unit.casefold() in _UNSAID:
        return ""
    for short, said in _SHORT:
        if re.match(rf"{re.escape(short)}(?![a-zæøå])", unit):
            return f"{said}{unit.removeprefix(short)}"
    return unit


def measured(plot: Plot, series: Series, value: Decimal, *, is_first: bool = True) -> str:
    """The number with its unit. A unit of several words is said once only, and none that the name says already."""
    unit = unit_in_words(plot.unit)
    is_said = unit and unit.casefold() not in series.name.casefold() and (is_first or " " not in unit)
    return f"{series.show(value)} {unit}" if is_said else series.show(value)


def total(plot: Plot, value: Decimal) -> str:
    """A sum of the series, with the unit."""
    unit = unit_in_words(plot.unit)
    shown = printed(value, max((one.decimals for one in plot.series), default=0))
    return f"{shown} {unit}" if unit else shown


def subject(name: str) -> str:
    """What a sentence about the series begins with: its name; for a year over its months, the year and «tallet»."""
    if _YEAR_ALONE.fullmatch(name):
        return _("%(year)s: tallet") % {"year": name}
    return name.strip(" :.*") or _("Tallet")


def spoken(label: str) -> str:
    """A label of time as it is read: «Jan» and «JAN» are januar, the rest stands as it is."""
    if label.isalpha():
        for month in MONTHS.values():
            if f"{month}".casefold().startswith(label.casefold()):
                return f"{month}"
    return label


def when(value: str, label: str) -> str:
    """The value and its time: «3 i 2019», «640,5 per 31.08.2023»."""
    said = {"value": value, "when": spoken(label)}
    return (_("%(value)s per %(when)s") if _DATE.search(label) else _("%(value)s i %(when)s")) % said


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """«A», «A og B», «A, B og C»; of many, the first ones and how many more."""
    if len(names) > most:
        names = [*names[: most - 1], _("%(count)s andre") % {"count": len(names) - most + 1}]
    if len(names) == 1:
        return names[0]
    return _("%(names)s og %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def lowered(name: str) -> str:
    """The name inside a sentence: «nådd» for «Nådd», but «KOSTRA» as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
