"""The history of a value: who typed what, and when."""

from typing import Any, NamedTuple

from scorecards.models import Observation


class Change(NamedTuple):
    """One save of a value; `before` is "" for the first."""

    row: Any
    before: str
    after: str


def changes_of(observation: Observation) -> list[Change]:
    """Every save of the value, newest first. One query."""
    rows = list(observation.history.select_related("history_user").order_by("history_date", "history_id"))
    texts = ["", *(row.text for row in rows)]
    changes = [Change(row, before, row.text) for row, before in zip(rows, texts, strict=False)]
    return changes[::-1]
