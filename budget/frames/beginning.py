"""A year's frames begun from those of the year before."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from budget.frames.comparing import with_changes
from budget.models import Frame
from organisation.models import User
from organisation.versions import remove


class AlreadyBegun(ValueError):
    """Somebody else has begun the year's frames meanwhile."""


def to_begin(*, frames: Any, year: int) -> list[Frame]:
    """Frames for the year, not written yet, from those of the year before among `frames`.

    Those that are there already, and units that have ended, are left out.
    """
    there = set(frames.filter(year=year).values_list("unit", flat=True))
    return [
        Frame(unit=frame.unit, year=year, opening=frame.amount)
        for frame in with_changes(frames.filter(year=year - 1))
        if frame.unit_id not in there and frame.unit.is_valid_in(year)
    ]


@transaction.atomic
def begin_frames(*, frames: Any, year: int, by: User) -> list[Frame]:
    """Begin the year's frames: each starts from what the unit's frame of the year before came to.

    Raises `AlreadyBegun` where somebody else wrote one of them meanwhile; then nothing is written.
    """
    try:
        with transaction.atomic():
            begun: list[Frame] = bulk_create_with_history(to_begin(frames=frames, year=year), Frame, default_user=by)
    except IntegrityError as error:
        raise AlreadyBegun(_("Noen andre begynte rammene samtidig. Se over dem her.")) from error
    return begun


@transaction.atomic
def remove_frame(*, frame: Frame, by: User) -> None:
    """Remove a frame with its changes; the history keeps all of it."""
    for change in frame.changes.all():
        remove(change, by=by)
    remove(frame, by=by)
