"""Loading a case: budget lines by layer and year, and the frames of units with what changed them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import transaction

from budget.kroner import to_ore
from budget.models import BudgetLine, Frame, FrameChange, KostraArt
from organisation import periods
from organisation.bulk import Facts, LoadingError, decimal, functions_by_code, look_up, periods_for, write
from organisation.models import Unit

LOADED = (BudgetLine.Layer.ORIGINAL, BudgetLine.Layer.ACTUAL, BudgetLine.Layer.FORECAST)
"""The layers that a file may hold: a change of the budget belongs to a numbered decision."""


@transaction.atomic
def load_budget(*, lines: Sequence[Facts], frames: Sequence[Facts], place: str) -> None:
    """Write the lines and frames that are not there. What each key means stands in `fixtures/README.md`.

    Lines have no name of their own: those of a unit, layer, account and year are left out where it has any already.
    Raises `LoadingError`.
    """
    units: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    _load_lines(lines, units, f"{place}, lines")
    for facts in frames:
        _load_frame(facts, units, f"{place}, frames, {facts['unit']} {facts['year']}")


def _load_lines(lines: Sequence[Facts], units: dict[str, Unit], place: str) -> None:
    functions, arts = functions_by_code(), KostraArt.objects.in_bulk(field_name="code")
    known = set(BudgetLine.objects.values_list("unit_id", "layer", "account_class", "plan_year").distinct())
    spans = periods_for(_span(code, place) for facts in lines for code in facts["amounts"])
    made = [
        BudgetLine(
            unit=look_up(units, facts["unit"], what="enheten", place=place),
            layer=_choice(facts["layer"], LOADED, place),
            account_class=_account(facts, place),
            plan_year=_span(code, place).start.year,
            function=look_up(functions, facts["function"], what="KOSTRA-funksjonen", place=place),
            art=look_up(arts, facts["art"], what="KOSTRA-arten", place=place),
            project=facts.get("project", ""),
            text=facts.get("text", ""),
            period=spans[_span(code, place)],
            amount=_kroner(amount, f"{place}, {facts['unit']} {code}"),
        )
        for facts in lines
        for code, amount in facts["amounts"].items()
    ]
    new = [one for one in made if (one.unit_id, one.layer, one.account_class, one.plan_year) not in known]
    BudgetLine.objects.bulk_create(new)


def _span(code: str, place: str) -> periods.Span:
    try:
        return periods.parse(code)
    except ValueError as error:
        raise LoadingError(f"{place}: {error}") from error


def _account(facts: Facts, place: str) -> str:
    return _choice(facts.get("account_class", BudgetLine.Account.OPERATIONS), BudgetLine.Account.values, place)


def _choice(value: str, allowed: Sequence[str], place: str) -> str:
    if value not in allowed:
        raise LoadingError(f"{place}: «{value}» er ikke blant {', '.join(allowed)}.")
    return value


def _kroner(text: str, place: str) -> Decimal:
    amount = decimal(text, place=place)
    try:
        to_ore(amount)
    except ValueError as error:
        raise LoadingError(f"{place}: {error}") from error
    return amount


def _load_frame(facts: Facts, units: dict[str, Unit], place: str) -> None:
    unit = look_up(units, facts["unit"], what="enheten", place=place)
    year = _span(facts["year"], place).start.year
    if Frame.objects.filter(unit=unit, year=year).exists():
        return
    opening = _kroner(facts["opening"], place)
    [frame] = write(Frame, [Frame(unit=unit, year=year, opening=opening, comment=facts.get("comment", ""))])
    write(FrameChange, list(_changes(frame, facts.get("changes", ()), place)))


def _changes(frame: Frame, changes: Sequence[Facts], place: str) -> Iterator[FrameChange]:
    for position, one in enumerate(changes, start=1):
        yield FrameChange(
            frame=frame,
            position=position,
            kind=_choice(one["kind"], FrameChange.Kind.values, place),
            reason=one["reason"],
            amount=_kroner(one["amount"], place),
        )
