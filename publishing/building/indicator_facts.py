"""What is said of the indicators that a document shows, so that a published figure can be explained."""

from collections.abc import Collection

from organisation.models import Unit
from publishing.structure import IndicatorFacts
from scorecards.models import Indicator

SECTORS = (Unit.Kind.SECTOR, Unit.Kind.STAFF)
ABOVE = ("owner__parent__parent__parent",)
"""As far up as an organisation is deep: municipality, sector, unit, department."""


def facts_of(slugs: Collection[str]) -> tuple[IndicatorFacts, ...]:
    """The facts of each indicator, in the order of their slugs. One query, or none where there is no indicator."""
    if not slugs:
        return ()
    rows = Indicator.objects.filter(slug__in=slugs).select_related("same_as", "succeeds", *ABOVE).order_by("slug")
    return tuple(_facts(row) for row in rows)


def _facts(row: Indicator) -> IndicatorFacts:
    return IndicatorFacts(
        slug=row.slug,
        name=row.name,
        definition=row.definition,
        unit_of_measure=row.unit_of_measure,
        scale=row.scale,
        direction=row.direction,
        tolerance="" if row.tolerance is None else f"{row.tolerance.normalize():f}",
        frequency=row.frequency,
        source=row.source,
        owner=row.owner.name,
        sector=_sector(row.owner),
        same_as=row.same_as.slug if row.same_as else "",
        succeeds=row.succeeds.slug if row.succeeds else "",
    )


def _sector(unit: Unit) -> str:
    """The name of the sector or staff that the unit is or belongs to; "" for what belongs to none."""
    above: Unit | None = unit
    while above and above.kind not in SECTORS:
        above = above.parent
    return above.name if above else ""
