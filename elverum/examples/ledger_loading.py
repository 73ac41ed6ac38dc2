"""Example data of the demo: a made-up ledger for the units of a case, marked as what it is wherever it is shown."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from budget.models import BudgetAmendment, BudgetLine, ImportBatch, KostraArt, LedgerSource
from elverum.examples.accounts import ExampleAccounts, decided_on
from elverum.examples.budget import ExampleBudget, ExampleProject
from elverum.examples.ledger import ExampleLine, account_of, as_csv
from elverum.examples.posts import Codes, ExampleUnit
from organisation import periods
from organisation.bulk import functions_by_code, periods_for
from organisation.models import AreaFunction, Delivery, Period, Unit
from organisation.versions import create

NAME = gettext_noop("Eksempeldata")
MONTHS = {2023: 12, 2024: 8}
"""The years, and how many months of each have accounts."""
SEED = 42
"""Of those that were tried, one that makes something to explain in several sectors."""
SUCCEEDED_BY = {"254": "257"}
"""What most units go on with when a function ends."""
ADMINISTRATION = "120"
"""What a staff has where nothing is said to be delivered by it."""
REASON = "Eksempel: penger flyttes mellom enheter etter det som er brukt så langt."

NO_OTHERS: Mapping[str, Sequence[str]] = MappingProxyType({})

Key = tuple[str, int, int]
"""A layer, a year, and the number of the decision if any: what stands together in a file."""


@transaction.atomic
def load_example_ledger(
    *,
    unit: Unit,
    functions: Codes,
    arts: Codes,
    projects: Sequence[ExampleProject] = (),
    successors: Mapping[str, Sequence[str]] = NO_OTHERS,
) -> LedgerSource:
    """Write a made-up ledger for the municipality `unit` and the units under it. Does nothing where it is there.

    Budget for the years in `MONTHS`, and accounts of as many months as it says. The codes are those of the national
    lists as their files have them. `projects` are what is invested in. `successors` is function → the addresses of
    units that go on with it, and not with what `SUCCEEDED_BY` says.
    """
    found = LedgerSource.objects.filter(unit=unit, is_example=True).first()
    if found:
        return found
    source: LedgerSource = create(LedgerSource(name=NAME, unit=unit, is_example=True), by=None)
    budget = ExampleBudget(_units(unit, successors), functions, min(MONTHS), projects, seed=SEED)
    ledger = ExampleAccounts(budget, MONTHS, {one["code"]: one["name"] for one in arts})
    together: dict[Key, list[ExampleLine]] = defaultdict(list)
    for line in ledger.lines():
        together[line.layer, line.year, line.amendment].append(line)
    write_lines(source=source, together=together)
    return source


@transaction.atomic
def write_lines(*, source: LedgerSource, together: Mapping[Key, Sequence[ExampleLine]]) -> None:
    """Write the lines as if each group of them were a file that had been read."""
    every = [line for lines in together.values() for line in lines]
    spans = {code: periods.parse(code) for code in {line.period for line in every}}
    found = periods_for(spans.values())
    known = _Known({code: found[span] for code, span in spans.items()})
    for key, lines in together.items():
        batch = _batch(source, key, lines)
        amendment = _amendment(source.unit, key) if key[2] else None
        rows = enumerate(lines, start=2)
        BudgetLine.objects.bulk_create(
            (known.line(line, row=row, batch=batch, amendment=amendment) for row, line in rows), batch_size=2_000
        )


class _Known:
    """What codes and addresses stand for."""

    def __init__(self, period_of: Mapping[str, Period]) -> None:
        self.units = Unit.objects.in_bulk(field_name="slug")
        self.functions = functions_by_code()
        self.arts = KostraArt.objects.in_bulk(field_name="code")
        self.period_of = period_of

    def line(self, line: ExampleLine, *, row: int, batch: ImportBatch, amendment: BudgetAmendment | None) -> BudgetLine:
        return BudgetLine(
            layer=line.layer,
            account_class=line.account,
            plan_year=line.year,
            unit=self.units[line.unit],
            function=self.functions[line.function],
            art=self.arts[line.art],
            period=self.period_of[line.period],
            amount=line.amount,
            project=line.project,
            account=account_of(line.art),
            text=line.text,
            batch=batch,
            row=row,
            amendment=amendment,
        )


def _batch(source: LedgerSource, key: Key, lines: Sequence[ExampleLine]) -> ImportBatch:
    layer, year, number = key
    content = as_csv(lines).encode()
    budget_year = None if layer in (BudgetLine.Layer.ACTUAL, BudgetLine.Layer.FORECAST) else year
    return ImportBatch.objects.create(
        source=source,
        layer=layer,
        plan_year=budget_year,
        file_name="-".join(["eksempel", f"{year}", layer, *([f"{number}"] if number else [])]) + ".csv",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        state=ImportBatch.State.WRITTEN,
        percent=100,
        line_count=len(lines),
        amount=sum(line.amount for line in lines),
        written_at=timezone.now(),
    )


def _amendment(unit: Unit, key: Key) -> BudgetAmendment:
    _layer, year, number = key
    facts = {"year": year, "number": number, "unit": unit, "decided_on": decided_on(year, number)}
    row: BudgetAmendment = create(
        BudgetAmendment(title=f"{NAME}: {number}. budsjettregulering", reason=REASON, **facts), by=None
    )
    return row


def _units(top: Unit, successors: Mapping[str, Sequence[str]] = NO_OTHERS) -> list[ExampleUnit]:
    """The municipality, and the units that have a function in the case: each with those that are its own."""
    has: dict[int, list[str]] = defaultdict(list)
    chosen = {slug: code for code, slugs in successors.items() for slug in slugs}
    slugs = dict(Unit.objects.values_list("pk", "slug"))
    for unit, code in (*_delivered(), *_owned()):
        after = [chosen.get(slugs[unit], SUCCEEDED_BY[code])] if code in SUCCEEDED_BY else []
        has[unit] += [one for one in (code, *after) if one not in has[unit]]
    units = Unit.objects.filter(municipality=top.municipality_id).order_by("position", "pk")
    for one in units.filter(kind=Unit.Kind.STAFF):
        has[one.pk] = has[one.pk] or [ADMINISTRATION]
    others = [one for one in units if one.pk != top.pk and has[one.pk]]
    return [ExampleUnit(one.slug, tuple(has[one.pk])) for one in (top, *others)]


def _delivered() -> Iterable[tuple[int, str]]:
    rows = Delivery.objects.exclude(functions__functions=None).order_by("area__position", "position", "pk")
    return rows.values_list("unit_id", "functions__functions__code")


def _owned() -> Iterable[tuple[int, str]]:
    """The functions that no delivery names belong to the unit that answers for the first area that has them."""
    rows = AreaFunction.objects.filter(deliveries=None).exclude(functions=None).order_by("area__position", "position")
    owners: dict[str, int] = {}
    for unit, code in rows.values_list("area__unit_id", "functions__code"):
        owners.setdefault(code, unit)
    return ((unit, code) for code, unit in owners.items())
