"""Loading a case: full-time equivalents per unit and date."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from organisation.bulk import Facts, LoadingError, decimal, look_up, write
from organisation.models import Unit
from staffing.models import StaffingFigure


@transaction.atomic
def load_staffing(*, dates: Sequence[str], rows: Sequence[Facts], place: str) -> None:
    """Write the figures that are not there: one row for each unit, with one number for each date (ISO)."""
    units: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    known = set(StaffingFigure.objects.values_list("unit_id", "counted_on"))
    days = [datetime.date.fromisoformat(date) for date in dates]
    figures = []
    for facts in rows:
        unit = look_up(units, facts["unit"], what="enheten", place=place)
        at = f"{place}, {facts['unit']}"
        if len(facts["fte"]) != len(days):
            raise LoadingError(f"{at}: raden har {len(facts['fte'])} tall, men tabellen har {len(days)} datoer.")
        figures += [
            StaffingFigure(
                unit=unit,
                counted_on=day,
                fte=decimal(text, place=at),
                label="" if facts["label"] == unit.name else facts["label"],
            )
            for day, text in zip(days, facts["fte"], strict=True)
            if (unit.pk, day) not in known
        ]
    write(StaffingFigure, figures)
