"""Registering values: understanding what was typed, against the whole way with history into the database."""

from collections.abc import Sequence

from django.db import transaction

from bench.measuring import medians, show
from scorecards import notation
from scorecards.models import Observation
from scorecards.registration import register

REGISTERED = 200


def measure(*, runs: int) -> None:
    """Per cell, over every value of the case; registered are the first few hundred anew, and taken back."""
    rows = list(Observation.objects.select_related("indicator", "period").order_by("pk"))
    texts = [row.text for row in rows]
    few = rows[:REGISTERED]
    taken = medians({"parsed": lambda: _parse(texts), "registered": lambda: _register(few)}, runs=runs)
    per_cell = {
        f"notation.parse, per cell of {len(texts)}": taken["parsed"] / len(texts),
        f"registration.register, per cell of {len(few)}": taken["registered"] / len(few),
    }
    show("Registering values", per_cell, runs=runs)


def _parse(texts: Sequence[str]) -> None:
    for text in texts:
        notation.parse(text)


def _register(rows: Sequence[Observation]) -> None:
    with transaction.atomic():
        for row in rows:
            register(
                indicator=row.indicator,
                period=row.period,
                kind=row.kind,
                text=row.text,
                by=None,
                base_version=row.version,
                mark=row.mark,
                reference_group=row.reference_group,
            )
        transaction.set_rollback(True)
