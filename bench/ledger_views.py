"""The ledger's views over 200 000 lines, against the municipality's total of the same lines; and over few lines."""

from collections import defaultdict
from functools import partial

from django.db import transaction
from django.test import Client
from django.urls import reverse

from bench.measuring import Deed, medians, show
from budget.ledger.summing import total_of
from budget.models import BudgetLine, LedgerSource
from elverum import case_files, cases
from elverum.examples.ledger import ExampleLedger, ExampleLine
from elverum.examples.ledger_loading import Key, write_lines
from elverum.examples.posts import ExampleUnit
from organisation.access import Role
from organisation.models import Membership, Unit, User
from organisation.versions import create

FEW, MANY = 24_000, 200_000
YEARS = (2022, 2023, 2024)
UNITS = 80
VIEWS = {
    "the municipality by unit": "by=unit",
    "by service area": "by=area",
    "by function": "by=function",
    "by art": "by=art",
    "by month": "by=month",
}


def measure(unit: Unit, *, runs: int) -> None:
    """Ledgers of few and of many lines, each measured by itself below `unit` and taken away again."""
    for size in (FEW, MANY):
        with transaction.atomic():
            deeds = _deeds(_ledger(unit, size))
            show(f"The ledger over {size:_} lines".replace("_", " "), medians(deeds, runs=runs), runs=runs)
            transaction.set_rollback(True)


def _deeds(top: Unit) -> dict[str, Deed]:
    client = Client()
    by = User.objects.create(username="regnskapsmaling")
    Membership.objects.create(user=by, role=Role.READER, unit=top)
    client.force_login(by)
    lines = BudgetLine.objects.filter(account_class=BudgetLine.Account.OPERATIONS)
    pages = {name: f"{reverse('publishing:ledger')}?{query}" for name, query in VIEWS.items()}
    pages["the lines, first page"] = reverse("publishing:ledger_lines")
    deeds: dict[str, Deed] = {"the total alone, one query": partial(total_of, lines, year=YEARS[-1])}
    return deeds | {name: partial(client.get, address) for name, address in pages.items()}


def _ledger(top: Unit, size: int) -> Unit:
    """The municipality, with 80 units under it and so many lines on them."""
    facts = {"municipality": top.municipality, "parent": top, "kind": Unit.Kind.UNIT}
    made = [Unit(**facts, name=f"Enhet {number}", slug=f"regnskap-{number}") for number in range(UNITS)]
    units = [ExampleUnit(unit.slug) for unit in (top, *Unit.objects.bulk_create(made))]
    functions, arts = (
        case_files.read_codes(cases.FIXTURES / "kostra" / f"{name}.csv") for name in ("functions", "arts")
    )
    lines = dict.fromkeys(YEARS, size // len(YEARS))
    source = create(LedgerSource(name="Måling", unit=top, is_example=True), by=None)
    together: dict[Key, list[ExampleLine]] = defaultdict(list)
    for line in ExampleLedger(units, functions, arts, lines).generated():
        together[line.layer, line.year, line.amendment].append(line)
    write_lines(source=source, together=together)
    return top
