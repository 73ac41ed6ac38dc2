"""The one door a value comes in through: parsed, version checked, history written."""

from copy import copy

from django.db import IntegrityError

from organisation.models import Period, User
from organisation.versions import Conflict, create, save_version
from scorecards import notation
from scorecards.models import Indicator, Observation, ReferenceGroup


def register(
    *,
    indicator: Indicator,
    period: Period,
    kind: str,
    text: str,
    by: User | None,
    base_version: int = 0,
    mark: str = "",
    reason: str = "",
    reference_group: ReferenceGroup | None = None,
    found: Observation | None = None,
) -> Observation:
    """Store what was typed as the value of the indicator, period and kind. Returns the observation.

    `base_version` is the version that the writer saw; 0 where there was no value. `found` is the value as it stands,
    where the caller has read it already. Raises `NotationError` for a text that is not understood and `Conflict` when
    someone else has saved the value meanwhile. Nothing is stored then.
    """
    cell = {"indicator": indicator, "period": period, "kind": kind, "reference_group": reference_group}
    value = notation.parse(text, units=[indicator.unit_of_measure])
    if not base_version:
        row = Observation(**cell)
        understand(row, value, mark)
        return _create(row, cell, by, reason)
    known = found or Observation.objects.filter(**cell).first()
    if known is None:
        raise ValueError("A value that was read cannot be missing: observations are never deleted.")
    row = copy(known)
    understand(row, value, mark)
    saved: Observation = save_version(row, base_version=base_version, by=by, reason=reason)
    return saved


def _create(row: Observation, cell: dict[str, object], by: User | None, reason: str) -> Observation:
    try:
        created: Observation = create(row, by=by, reason=reason)
    except IntegrityError as error:
        raise Conflict(theirs=Observation.objects.get(**cell)) from error
    return created


def understand(row: Observation, value: notation.Value, mark: str) -> None:
    """Put what was typed and what was understood into the row. Does not save it."""
    row.text = value.text
    row.mark = mark
    row.value_kind = value.kind
    row.comparator = value.comparator
    row.number = value.number
    row.upper = value.upper
    row.denominator = value.denominator
    row.unit_of_measure = value.unit
