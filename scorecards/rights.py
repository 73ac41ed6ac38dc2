"""Which scorecards and key-figure tables a person may see and type in.

Besides those of one's own units, that is every table with a row that an own unit reports, also where the table is
another unit's.
"""

from django.db.models import Q, QuerySet

from organisation.access import Right
from organisation.models import User
from scorecards.models import KeyFigureTable, Scorecard


def scorecards_typed_in_by(user: User) -> QuerySet[Scorecard]:
    """Scorecards of own units, and those where an own unit reports a row."""
    units = user.unit_ids(Right.EDIT)
    return Scorecard.objects.filter(Q(unit__in=units) | _has_row_of(units))


def scorecards_seen_by(user: User) -> QuerySet[Scorecard]:
    """Scorecards of units that may be seen, and those that may be typed in."""
    return Scorecard.objects.filter(Q(unit__in=user.unit_ids(Right.SEE)) | _has_row_of(user.unit_ids(Right.EDIT)))


def tables_typed_in_by(user: User) -> QuerySet[KeyFigureTable]:
    """Key-figure tables of own units' areas, and those where an own unit reports something."""
    units = user.unit_ids(Right.EDIT)
    return KeyFigureTable.objects.filter(Q(area__unit__in=units) | _has_figure_of(units))


def tables_seen_by(user: User) -> QuerySet[KeyFigureTable]:
    """Key-figure tables of areas whose unit may be seen, and those that may be typed in."""
    units = user.unit_ids(Right.SEE)
    return KeyFigureTable.objects.filter(Q(area__unit__in=units) | _has_figure_of(user.unit_ids(Right.EDIT)))


def _has_row_of(units: frozenset[int]) -> Q:
    return Q(pk__in=Scorecard.objects.filter(rows__indicator__owner__in=units).order_by().values("pk"))


def _has_figure_of(units: frozenset[int]) -> Q:
    is_owned = Q(indicator__owner__in=units)
    is_owned |= Q(rows__indicator__owner__in=units) | Q(columns__indicator__owner__in=units)
    return Q(pk__in=KeyFigureTable.objects.filter(is_owned).order_by().values("pk"))
