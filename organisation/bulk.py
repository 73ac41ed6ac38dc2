"""What every floor needs to load a case: rows with history in bulk, references looked up, numbers read."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history

from organisation.models import KostraFunction, Period
from organisation.periods import Span

Facts = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)
Found = TypeVar("Found")

REASON = "Lest inn fra fil"


class LoadingError(ValueError):
    """A case cannot be loaded. The message says in Norwegian in which file, at which place, and why."""


def write(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    """Write new rows, each with its first history row."""
    written: list[Row] = bulk_create_with_history(list(rows), model, default_change_reason=REASON)
    return written


def look_up(found: Mapping[str, Found], key: str, *, what: str, place: str) -> Found:
    """What the key names. Raises `LoadingError` where nothing bears it."""
    if key not in found:
        raise LoadingError(f"{place}: {what} «{key}» finnes ikke.")
    return found[key]


def in_waves(
    facts: Iterable[Facts],
    *,
    key: str,
    refers_to: Callable[[Facts], set[str]],
    known: Collection[str],
    place: str,
) -> Iterator[list[Facts]]:
    """The facts in groups, each after those it refers to.

    Raises `LoadingError` for a reference to nothing or in a ring.
    """
    known = set(known)
    left = list(facts)
    while left:
        ready = [one for one in left if refers_to(one) <= known]
        if not ready:
            first = left[0]
            missing = ", ".join(sorted(refers_to(first) - known))
            raise LoadingError(f"{first.get('file', place)}: «{first[key]}» viser til «{missing}», som ikke finnes.")
        yield ready
        known |= {one[key] for one in ready}
        left = [one for one in left if one[key] not in known]


def periods_for(spans: Iterable[Span]) -> dict[Span, Period]:
    """The period of each span; those that are not there yet are made."""
    wanted = set(spans)
    found = {Span(row.kind, row.start, row.end): row for row in Period.objects.all()}
    missing = sorted(wanted - found.keys(), key=lambda span: (span.start, span.end, span.kind))
    made = Period.objects.bulk_create(Period(kind=span.kind, start=span.start, end=span.end) for span in missing)
    return found | dict(zip(missing, made, strict=True))


def decimal(text: str, *, place: str) -> Decimal:
    """A number as printed in a plan: a space between thousands, a decimal comma. Raises `LoadingError`."""
    if not re.fullmatch(r"-?(\d+|\d{1,3}([ \u00a0]\d{3})+)(,\d+)?", text):
        raise LoadingError(f"{place}: «{text}» er ikke et tall. Skriv for eksempel 1 479,0.")
    return Decimal(re.sub(r"[ \u00a0]", "", text).replace(",", "."))


def functions_by_code() -> dict[str, KostraFunction]:
    """The national functions by code; of a code with several names, the one that came last."""
    return {row.code: row for row in KostraFunction.objects.order_by(models.F("valid_from").asc(nulls_first=True))}
