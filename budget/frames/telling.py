"""The history of frames and decisions, in words: who did what to which row, what was there before, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.frames.wording import in_kroner

DEEDS = {"+": gettext_lazy("Lagt til"), "~": gettext_lazy("Endret"), "-": gettext_lazy("Fjernet")}
UNTOLD = ("id", "version", "position")


@dataclass(frozen=True)
class Change:
    """One fact of a row: what it was, "" for a new row, and what it became."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Saved:
    """One saving. `by` is "" where it came from a file."""

    at: Any
    by: str
    deed: str
    name: str
    why: str
    changes: list[Change]


def told(*histories: tuple[str, Any]) -> list[Saved]:
    """The history rows of one or more kinds, newest first. One query each.

    Each is what its rows are called, or "" where they have names of their own, and the rows
    (`FrameChange.history.filter(…)`).
    """
    found = [saved for name, history in histories for saved in _told(name, history.select_related("history_user"))]
    return sorted(found, key=lambda saved: saved.at, reverse=True)


def _told(name: str, history: Any) -> Iterator[Saved]:
    before: dict[int, Any] = {}
    for row in history.order_by("history_date", "history_id"):
        yield Saved(
            at=row.history_date,
            by=str(row.history_user or ""),
            deed=str(DEEDS[row.history_type]),
            name=name or str(row.history_object),
            why=row.history_change_reason or "",
            changes=list(_changes(before.get(row.id), row)),
        )
        before[row.id] = row


def _changes(was: Any, now: Any) -> Iterator[Change]:
    """What a saving changed; of a new row the amounts it began with."""
    if now.history_type == "-":
        return
    for field in _fields(now):
        before, after = getattr(was, field.attname, None), getattr(now, field.attname)
        if was is None and isinstance(after, Decimal):
            yield Change(str(field.verbose_name).capitalize(), "", _shown(field, after))
        elif was is not None and before != after:
            yield Change(str(field.verbose_name).capitalize(), _shown(field, before), _shown(field, after))


def _fields(row: Any) -> Iterable[models.Field]:
    return (field for field in row.instance_type._meta.concrete_fields if field.name not in UNTOLD)


def _shown(field: Any, value: Any) -> str:
    if isinstance(value, Decimal):
        return in_kroner(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value) if value else _("(tomt)")
