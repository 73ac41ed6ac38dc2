"""Writing a measure with its planned effect, and following it up.

The measure's version guards everything that hangs on it: two who follow up the same measure, or one who follows up
while another changes the plan, never write over each other. What changed of the figures stands in the history's reason.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Period, User
from organisation.ordering import next_position
from organisation.periods import Span, label
from organisation.versions import create, save_version
from plans.measures.figures import Figures
from plans.models import Measure, MeasureEffect, MeasureStatus


@transaction.atomic
def save_measure(
    *, measure: Measure, planned: Mapping[int, Figures], base_version: int | None, by: User | None
) -> Measure:
    """Write a measure and what it is planned to give in each of these years; other years are left alone.

    A new measure stands last among its unit's. Raises `Conflict` where somebody has saved since `base_version`.
    """
    effects = {one.year: one for one in measure.effects.all()} if measure.pk else {}
    reason = _changes(effects, planned) if measure.pk else ""
    if measure.pk is None:
        measure.position = next_position(Measure.objects.filter(unit=measure.unit))
        create(measure, by=by, reason=reason)
    else:
        save_version(measure, base_version=base_version or measure.version, by=by, reason=reason)
    for year, figures in planned.items():
        _write_planned(measure, effects.get(year), year, figures)
    return measure


def _changes(effects: Mapping[int, MeasureEffect], planned: Mapping[int, Figures]) -> str:
    """What the figures were and are, of the years where they changed: "2024: innsparing 500 → innsparing 400"."""
    before = {year: planned_of(effects.get(year)) for year in planned}
    changed = [year for year in sorted(planned) if before[year] != planned[year]]
    nothing = _("ingen")
    return "; ".join(f"{year}: {str(before[year]) or nothing} → {str(planned[year]) or nothing}" for year in changed)


def _write_planned(measure: Measure, effect: MeasureEffect | None, year: int, figures: Figures) -> None:
    """Write the planned figures; a year of which nothing is said any more leaves nothing behind."""
    if figures.is_empty and (effect is None or achieved_of(effect).is_empty):
        if effect:
            effect.delete()
        return
    facts = {"planned_amount": figures.amount, "planned_fte": figures.fte}
    MeasureEffect.objects.update_or_create(measure=measure, year=year, defaults=facts)


@transaction.atomic
def follow_up(
    *,
    measure: Measure,
    span: Span,
    status: str,
    comment: str,
    achieved: Figures,
    base_version: int,
    by: User | None,
) -> MeasureStatus:
    """Say how far a measure had come at the end of a period, and what it has given of the year so far.

    One row for each measure and period. Raises `Conflict` where somebody has saved the measure, or any follow-up of it,
    since `base_version`.
    """
    said = (label(span.kind, span.start, span.end), str(MeasureStatus.Status(status).label), str(achieved))
    save_version(measure, base_version=base_version, by=by, reason=", ".join(filter(None, said)))
    period = Period.objects.for_span(span)
    row = MeasureStatus.objects.filter(measure=measure, period=period).first()
    row = row or MeasureStatus(measure=measure, period=period)
    row.status, row.comment = status, comment
    _write_achieved(measure, span.end.year, achieved)
    if row.pk is None:
        return create(row, by=by)
    return save_version(row, base_version=row.version, by=by)


def _write_achieved(measure: Measure, year: int, figures: Figures) -> None:
    facts = {"achieved_amount": figures.amount, "achieved_fte": figures.fte}
    if figures.is_empty:
        MeasureEffect.objects.filter(measure=measure, year=year).update(**facts)
    else:
        MeasureEffect.objects.update_or_create(measure=measure, year=year, defaults=facts)


def planned_of(effect: MeasureEffect | None) -> Figures:
    """What was promised of a year; nothing where there is no such year."""
    return Figures(effect.planned_amount, effect.planned_fte) if effect else Figures()


def achieved_of(effect: MeasureEffect | None) -> Figures:
    """What a year gave; nothing where there is no such year."""
    return Figures(effect.achieved_amount, effect.achieved_fte) if effect else Figures()
