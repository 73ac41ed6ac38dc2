"""Moving a row one step up or down among its siblings."""

from typing import Any, Literal

from django.db import models, transaction

Direction = Literal["up", "down"]


@transaction.atomic
def move(row: Any, *, siblings: "models.QuerySet[Any]", direction: Direction) -> None:
    """Let the row change places with its neighbour. At the end of the list nothing happens.

    `siblings` is every row of the same list, the moved one included; they are renumbered 1, 2, 3 … so that the
    order is whole also where positions were equal.
    """
    ordered = list(siblings.order_by("position", "pk"))
    at = next(index for index, sibling in enumerate(ordered) if sibling.pk == row.pk)
    to = at - 1 if direction == "up" else at + 1
    if 0 <= to < len(ordered):
        ordered[at], ordered[to] = ordered[to], ordered[at]
    for position, sibling in enumerate(ordered, start=1):
        sibling.position = position
    siblings.model._default_manager.bulk_update(ordered, ["position"])


def next_position(siblings: "models.QuerySet[Any]") -> int:
    """The position after the last sibling; 1 in an empty list."""
    last: int | None = siblings.aggregate(last=models.Max("position"))["last"]
    return (last or 0) + 1
