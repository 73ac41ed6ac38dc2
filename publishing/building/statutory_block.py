"""The statutory tables in a document: § 5-4, § 5-5 and § 5-6 of the regulation on budgets and accounts.

The section's parameters: `table` (see budget/statutory/tables.yaml), `year` (else the document's), `columns` (accounts
or plan), `sign` (usual, kostra or reversed) and `by` (area or sector; group or project for the investments).
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext as _

from budget.statutory.distribution import Division
from budget.statutory.mapping import EVERY_TABLE
from plans.models import Section
from publishing.building.material import Material
from publishing.building.place import MissingData, Place
from publishing.money.statutory_tables import Choice, Frame, Sign, Statutory, View
from publishing.structure import Block, Table

FIRST_YEAR, LAST_YEAR = 1900, 2200
OPERATIONS, INVESTMENTS = (Division.AREA, Division.SECTOR), (Division.GROUP, Division.PROJECT)

Word = TypeVar("Word", bound=StrEnum)


def statutory_budget(place: Place, material: Material) -> Table:
    """The table that the section names, of the year's budget and accounts or of the økonomiplan."""
    year = _year(place, material.year)
    statutory = Statutory(year, _choice(place))
    if not statutory.figures.sums:
        raise MissingData(_("Det er ikke lest inn budsjett eller regnskap for %(year)s.") % {"year": year})
    slug = place.said("table", EVERY_TABLE[0])
    if slug not in EVERY_TABLE:
        raise _unusable("table", slug)
    frame = Frame(place.anchor, place.number, caption=place.said("caption", ""), section=place.section.pk)
    return statutory.table(slug, frame)


def _choice(place: Place) -> Choice:
    by = _word(place, "by", Division.AREA)
    return Choice(
        view=_word(place, "columns", View.ACCOUNTS),
        sign=_word(place, "sign", Sign.USUAL),
        operations=by if by in OPERATIONS else Division.AREA,
        investments=by if by in INVESTMENTS else Division.GROUP,
    )


def _word(place: Place, name: str, otherwise: Word) -> Word:
    said = place.said(name, otherwise)
    try:
        return type(otherwise)(said)
    except ValueError as error:
        raise _unusable(name, said) from error


def _year(place: Place, otherwise: int) -> int:
    said = f"{place.section.parameters.get('year') or otherwise}"
    if not said.isdecimal() or not FIRST_YEAR <= int(said) <= LAST_YEAR:
        raise _unusable("year", said)
    return int(said)


def _unusable(name: str, said: str) -> MissingData:
    return MissingData(_("Valget %(name)s = «%(said)s» kan ikke brukes.") % {"name": name, "said": said})


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {Section.Block.STATUTORY_BUDGET: statutory_budget}
