"""Decisions that move the budget during the year: written whole, with lines that keep the sum, and taken back whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from budget.frames.wording import in_kroner
from budget.models import BudgetAmendment, BudgetLine
from organisation.models import User
from organisation.versions import create, remove, save_version

ZERO = Decimal(0)


class Unbalanced(ValueError):
    """What is taken from some is not what is given to others. The message says how much is missing, and where."""


class NumberTaken(ValueError):
    """Another decision of the year has the number. The message says which is free."""


class CameFromFile(ValueError):
    """The decision's lines came from a file; the message says that the import is what can be undone."""


@transaction.atomic
def amend(*, amendment: BudgetAmendment, lines: Sequence[BudgetLine], by: User | None) -> BudgetAmendment:
    """Write a decision with its lines, which are not saved yet and have amounts in kroner with KOSTRA's sign.

    Raises `Unbalanced` where the lines of drift or of investering do not add up to zero or there are none, and
    `NumberTaken`. Then nothing is written.
    """
    if problems := imbalances(lines):
        raise Unbalanced(" ".join(problems))
    _number(amendment, by)
    for line in lines:
        line.layer, line.plan_year, line.amendment = BudgetLine.Layer.REVISED, amendment.year, amendment
    BudgetLine.objects.bulk_create(lines)
    return amendment


def _number(amendment: BudgetAmendment, by: User | None) -> None:
    """Write the decision. The database refuses a second one with the number, also where two are written at once."""
    try:
        with transaction.atomic():
            create(amendment, by=by)
    except IntegrityError as error:
        same = BudgetAmendment.objects.filter(unit=amendment.unit, year=amendment.year, number=amendment.number)
        if not same.exists():
            raise
        words = _("Nummer %(number)s er brukt av en annen regulering i %(year)s. Neste ledige nummer er %(next)s.")
        facts = {"number": amendment.number, "year": amendment.year, "next": next_number(amendment)}
        raise NumberTaken(words % facts) from error


def next_number(amendment: BudgetAmendment) -> int:
    """The number after the last one of the decision's unit and year."""
    same = BudgetAmendment.objects.filter(unit=amendment.unit, year=amendment.year)
    last: int | None = same.aggregate(last=models.Max("number"))["last"]
    return (last or 0) + 1


def imbalances(lines: Iterable[BudgetLine]) -> list[str]:
    """A sentence for each of drift and investering whose lines do not add up to zero; one where there are no lines."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.account_class] += line.amount
    if not sums:
        return [_("En regulering må ha minst to rader: det som tas, og det som gis.")]
    named = ((BudgetLine.Account(account).label, amount) for account, amount in sums.items() if amount)
    return [_missing(str(name), amount) for name, amount in named]


def _missing(name: str, amount: Decimal) -> str:
    facts = {"account": name.capitalize(), "sum": in_kroner(amount), "missing": in_kroner(-amount, is_signed=True)}
    return _("%(account)s: radene blir %(sum)s kroner til sammen, men skal bli 0. Det mangler %(missing)s.") % facts


@transaction.atomic
def take_back(*, amendment: BudgetAmendment, base_version: int, why: str, by: User | None) -> None:
    """Remove a decision that was entered wrongly, with its lines. The history keeps its words, its lines and why.

    Raises `Conflict` where somebody has saved it since `base_version`, and `CameFromFile`.
    """
    lines = amendment.lines.select_related("unit", "function", "art", "period").order_by("pk")
    if any(line.batch_id for line in lines):
        raise CameFromFile(_("Linjene kom fra en fil. Angre importen av fila, så fjernes reguleringen også."))
    told = "\n".join(map(_told, lines))
    amendment.reason = f"{amendment.reason}\n\n{_('Fjernet')}: {why}\n{told}".strip()
    save_version(amendment, base_version=base_version, by=by, reason=why)
    amendment.lines.all().delete()
    remove(amendment, by=by, reason=why)


def _told(line: BudgetLine) -> str:
    place = (line.get_account_class_display(), line.unit, line.function.code, line.art.code, line.project, line.period)
    return f"{', '.join(str(one) for one in place if one)}: {in_kroner(line.amount)}"
