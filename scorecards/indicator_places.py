"""Where indicators stand: the scorecards and key-figure tables that show them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import User
from scorecards.models import KeyFigureTable, ScorecardRow
from scorecards.rights import scorecards_seen_by, scorecards_typed_in_by, tables_seen_by, tables_typed_in_by

PATHS = ("indicator", "rows__indicator", "columns__indicator")
"""The ways from a key-figure table to its indicators. A row that is a unit shows the unit's part of the indicator."""


class Place(NamedTuple):
    """A scorecard or key-figure table: its name, and the address where its values are typed, "" for who may not."""

    text: str
    url: str


def places_of(indicators: Collection[int], user: User) -> dict[int, list[Place]]:
    """Indicator id → where it stands, of what the person may see. Two queries."""
    places: dict[int, list[Place]] = defaultdict(list)
    for row in _rows_of(indicators, user):
        text = _("Målekort %(year)s, %(area)s") % {
            "year": row.scorecard.year,
            "area": row.scorecard.area or row.scorecard.unit,
        }
        page = reverse("scorecards:scorecard_edit", args=[row.scorecard.slug]) if row.may_type else ""
        places[row.indicator_id].append(Place(text, page))
    for indicator, year, caption, slug, may_type in _tables_of(indicators, user):
        text = _("Nøkkeltall %(year)s, %(caption)s") % {"year": year, "caption": caption}
        page = reverse("scorecards:key_figures_edit", args=[slug]) if may_type else ""
        places[indicator].append(Place(text, page))
    return places


def _rows_of(indicators: Collection[int], user: User) -> QuerySet[Any]:
    is_typed_in = scorecards_typed_in_by(user).filter(pk=OuterRef("scorecard"))
    return (
        ScorecardRow.objects.filter(indicator__in=indicators, scorecard__in=scorecards_seen_by(user))
        .select_related("scorecard__area", "scorecard__unit")
        .annotate(may_type=Exists(is_typed_in))
        .order_by("-scorecard__year", "scorecard__area__position", "pk")
    )


def _tables_of(indicators: Collection[int], user: User) -> QuerySet[Any, Any]:
    """(indicator, year, caption, slug, may type), newest first."""
    is_typed_in = tables_typed_in_by(user).filter(pk=OuterRef("pk"))
    tables = tables_seen_by(user).annotate(may_type=Exists(is_typed_in)).order_by()
    first, *rest = [
        tables.filter(is_shown, **{f"{path}__in": indicators}).values_list(path, "year", "caption", "slug", "may_type")
        for path, is_shown in _ways()
    ]
    return first.union(*rest).order_by("-year", "caption")


def standing_in(area: str) -> Q:
    """The indicators that stand in a scorecard or a key-figure table of the service area with this slug."""
    found = Q(pk__in=ScorecardRow.objects.filter(scorecard__area__slug=area).values("indicator"))
    for path, is_shown in _ways():
        found |= Q(pk__in=KeyFigureTable.objects.filter(is_shown, area__slug=area).values(path))
    return found


def _ways() -> list[tuple[str, Q]]:
    """Each path from a table to an indicator, and from there to the part of it that a row's unit has."""
    parts = [f"{path}__breakdown" for path in PATHS]
    return [(path, Q()) for path in PATHS] + [(part, Q(rows__unit=F(f"{part}__unit"))) for part in parts]
