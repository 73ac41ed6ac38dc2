"""Two hundred thousand lines through the real import: every view's sums against sums made from the files alone."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from budget.importing import uploading
from budget.importing.tasks import check_file, write_file
from budget.models import BudgetLine, ImportBatch, LedgerSource
from elverum import case_files, cases
from elverum.examples.ledger import ExampleLedger, ExampleLine, as_csv
from elverum.examples.posts import ExampleUnit
from organisation.access import Role
from organisation.models import AreaFunction, Delivery, Membership, Municipality, ServiceArea, Unit, User
from organisation.versions import create
from publishing.structure import Table
from tests.budget.money import load_codes

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

YEARS = (2022, 2023, 2024)
LINES = {2022: 66_667, 2023: 66_667, 2024: 66_666}
ACCOUNTED = {2024: 8}
FEW_LINES, MOST_QUERIES = 20, 12
SECTORS, UNITS = 8, 71
NOTHING = Decimal(0)


class Read(NamedTuple):
    """A line as it stands in a file, with the layer and year that the file is for."""

    layer: str
    year: int
    unit: str
    function: str
    art: str
    period: str
    account: str
    amount: Decimal


@dataclass
class Ledger:
    """The files, the tree of units by address, and who reads them."""

    files: Mapping[tuple[str, int, int], str]
    parents: dict[str, str]
    user: User

    @cached_property
    def lines(self) -> list[Read]:
        """What the files say, read with nothing but Python's own CSV."""
        return [
            Read(
                layer, year, one["Ansvar"], one["Tjeneste"], one["Art"], one["Periode"],
                {"drift": "operations", "investering": "investment"}[one["Kontoklasse"]],
                Decimal(one["Beløp"].replace(",", ".")),
            )
            for (layer, year, _number), text in self.files.items()
            for one in csv.DictReader(io.StringIO(text), delimiter=";")
        ]  # fmt: skip

    @cached_property
    def lines_of(self) -> dict[tuple[str, int], list[Read]]:
        """The lines of an account and a year."""
        found: dict[tuple[str, int], list[Read]] = defaultdict(list)
        for line in self.lines:
            found[line.account, line.year].append(line)
        return found

    def sector_of(self, unit: str) -> str:
        """The unit right under the municipality that it stands under; the municipality's own lines are its own."""
        if unit == "kommunen":
            return "egen"
        return unit if self.parents[unit] == "kommunen" else self.sector_of(self.parents[unit])


def _organise() -> dict[str, str]:
    """A municipality of 80 units on three levels, and two areas that share a function."""
    owner = Municipality.objects.create(number="0001", name="Storvik kommune", short_name="Storvik", is_owner=True)
    top = _unit(owner, None, "kommunen", "municipality")
    sectors = [_unit(owner, top, f"sektor-{number}", "sector") for number in range(SECTORS)]
    units = [_unit(owner, sectors[number % SECTORS], f"enhet-{number}", "unit") for number in range(UNITS - 10)]
    units += [_unit(owner, units[number], f"avdeling-{number}", "department") for number in range(10)]
    _areas(top, sectors)
    return {unit.slug: unit.parent.slug for unit in (*sectors, *units) if unit.parent}


def _unit(owner: Municipality, parent: Unit | None, slug: str, kind: str) -> Unit:
    facts = {"name": slug.capitalize(), "slug": slug, "kind": kind, "position": Unit.objects.count()}
    return Unit.objects.create(municipality=owner, parent=parent, **facts)


def _areas(top: Unit, sectors: list[Unit]) -> None:
    codes = {one["code"]: one for one in case_files.read_codes(cases.FIXTURES / "kostra" / "functions.csv")}
    shares = {"skole": ("202", "215", "222"), "eiendom": ("130", "222", "261"), "resten": tuple(codes)[30:60]}
    for position, (slug, functions) in enumerate(shares.items(), start=1):
        facts = {"municipality": top.municipality, "unit": top, "name": slug.capitalize()}
        area = ServiceArea.objects.create(slug=slug, position=position, **facts)
        for place, code in enumerate(functions, start=1):
            row = create(AreaFunction(area=area, name=code, position=place), by=None)
            row.functions.set(row.functions.model.objects.filter(code=code))
    deliveries = (("skole", sectors[1]), ("eiendom", sectors[2]))
    for slug, unit in deliveries:
        create(Delivery(area=ServiceArea.objects.get(slug=slug), unit=unit, position=1), by=None)


def _generated(parents: Mapping[str, str]) -> dict[tuple[str, int, int], list[ExampleLine]]:
    units = [ExampleUnit("kommunen"), *(ExampleUnit(slug) for slug in parents)]
    functions, arts = (
        case_files.read_codes(cases.FIXTURES / "kostra" / f"{name}.csv") for name in ("functions", "arts")
    )
    found = defaultdict(list)
    for line in ExampleLedger(units, functions, arts, LINES, ACCOUNTED).generated():
        found[line.layer, line.year, line.amendment].append(line)
    return found


def _import(source: LedgerSource, key: tuple[str, int, int], text: str, by: User) -> None:
    """As a person does it: uploaded, checked, written."""
    layer, year, number = key
    facts: dict[str, Any] = {"layer": layer, "plan_year": year if layer in ("original", "revised") else None}
    if number:
        decision = {"number": number, "title": f"Regulering {number}", "decided_on": f"{year}-06-12"}
        facts["amendment_facts"] = decision
    name = f"{layer}-{year}-{number}.csv"
    batch = uploading.upload(source=source, content=text.encode(), name=name, facts=facts, by=by)
    check_file.func(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.CHECKED, batch.findings
    assert uploading.write(batch=batch, by=by), batch.findings
    write_file.func(batch.pk, by.pk)


@pytest.fixture
def imported(db: None) -> Ledger:
    """The ledger, imported."""
    load_codes()
    parents = _organise()
    top = Unit.objects.get(slug="kommunen")
    user = User.objects.create_user("controller", password="controller-passord")
    Membership.objects.create(user=user, role=Role.CONTROLLER, unit=top)
    source = create(LedgerSource(name="Økonomisystemet", unit=top), by=user)
    files = {key: as_csv(lines) for key, lines in _generated(parents).items()}
    for key, text in files.items():
        _import(source, key, text, user)
    return Ledger(files, parents, user)


def _client(ledger: Ledger) -> Client:
    client = Client()
    client.force_login(ledger.user)
    return client


def _month_of(period: str) -> int:
    """The last month of the period."""
    return int(period[5:]) if len(period) > len("2024") else 12


Sums = dict[str, Decimal]
COLUMNS = ("actual", "budget_so_far", "budget", "year_before")


def _expected(ledger: Ledger, year: int, month: int, account: str, key_of: Callable[[Read], str]) -> dict[str, Sums]:
    """What the page must show, by row: the columns that are sums of lines."""
    found: dict[str, Sums] = defaultdict(lambda: dict.fromkeys(COLUMNS, NOTHING))
    for line in (*ledger.lines_of[account, year], *ledger.lines_of[account, year - 1]):
        is_so_far, key = _month_of(line.period) <= month, key_of(line)
        if line.layer == "actual" and is_so_far:
            found[key]["actual" if line.year == year else "year_before"] += line.amount
        if line.layer in ("original", "revised") and line.year == year:
            found[key]["budget"] += line.amount
            found[key]["budget_so_far"] += line.amount if is_so_far else _share(line, month)
    return {key: sums for key, sums in found.items() if any(sums.values())}


def _share(line: Read, month: int) -> Decimal:
    """What has come so far of budget for the whole year: so many twelfths, in whole øre towards zero."""
    if line.period != f"{line.year}":
        return NOTHING
    twelfths = int(abs(line.amount) * 100) * month // 12
    return Decimal(twelfths if line.amount > 0 else -twelfths) / 100


def _summed(page: Any) -> dict[str, Sums]:
    """The rows of a page by key, to the øre."""
    rows = {
        one.key: {name: getattr(one.standing.sums, name) for name in COLUMNS} for one in page.context["ledger"].entries
    }
    return {key: sums for key, sums in rows.items() if any(sums.values())}


def _area_of(ledger: Ledger) -> Callable[[Read], str]:
    """The rule, written once more: 222 belongs to who delivers it, else to the first area."""
    with_one = {"202": "skole", "215": "skole", "130": "eiendom", "261": "eiendom"}
    codes = [one["code"] for one in case_files.read_codes(cases.FIXTURES / "kostra" / "functions.csv")][30:60]
    sole = dict.fromkeys(codes, "resten") | with_one

    def area(line: Read) -> str:
        if line.function != "222":
            return sole.get(line.function, "uten")
        return "eiendom" if ledger.sector_of(line.unit) == "sektor-2" else "skole"

    return area


def _keys(ledger: Ledger) -> dict[str, Callable[[Read], str]]:
    return {
        "unit": lambda line: ledger.sector_of(line.unit),
        "area": _area_of(ledger),
        "function": lambda line: line.function,
        "art": lambda line: line.art,
    }


VIEWS = list(
    product(
        ("unit", "area", "function", "art", "month"),
        ("operations", "investment"),
        ((2022, 12), (2023, 12), (2024, 8)),
    )
)
ADDRESSES = ("ledger?year=2024", "ledger_lines?year=2024", "ledger?by=function&unit=sektor-1&area=skole&year=2024")


def test_every_view_of_the_imported_ledger(
    imported: Ledger, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """One test, since the import is most of its time: two processes would make it twice."""
    _check_that_every_line_is_imported(imported)
    for year in YEARS:
        _check_that_every_code_and_unit_is_used(imported, year)
    for by, account, (year, month) in VIEWS:
        _check_view(imported, by, account, year, month)
    _check_that_each_level_is_the_sum_of_the_next(imported)
    for address in ADDRESSES:
        _check_queries(imported, address, django_assert_max_num_queries)


def _check_that_every_line_is_imported(ledger: Ledger) -> None:
    found = Counter(BudgetLine.objects.values_list("layer", "plan_year"))
    assert found == Counter((line.layer, line.year) for line in ledger.lines)
    assert sum(found.values()) == 200_000


def _check_that_every_code_and_unit_is_used(ledger: Ledger, year: int) -> None:
    for name, place in (("functions.csv", "function"), ("arts.csv", "art")):
        codes = case_files.read_codes(cases.FIXTURES / "kostra" / name)
        valid = {one["code"] for one in codes if _is_valid(one, year)}
        assert valid == {getattr(line, place) for line in ledger.lines if line.year == year}
    assert len({line.unit for line in ledger.lines if line.year == year}) == SECTORS + UNITS + 1


def _is_valid(one: Mapping[str, str], year: int) -> bool:
    return (one["valid_from"] or "0000") <= f"{year}-12-31" and (one["valid_to"] or "9999") >= f"{year}-01-01"


def _check_view(ledger: Ledger, by: str, account: str, year: int, month: int) -> None:
    """The sums are those of the files, and in thousands they add up."""
    query: dict[str, str | int] = {"by": by, "account": account, "year": year, "month": month}
    page = _client(ledger).get(reverse("publishing:ledger"), query)
    key_of = (lambda line: f"{year}{line.period[4:]}") if by == "month" else _keys(ledger)[by]
    assert _summed(page) == _expected(ledger, year, month, account, key_of), query
    _check_that_it_adds_up(page.context["ledger"].table)


def _check_that_it_adds_up(table: Table) -> None:
    *rows, total = table.rows()
    labels = [column.label for column in table.columns]
    for place, label in enumerate(labels):
        if "prosent" not in label:
            assert sum(Decimal(row.values[place] or 0) for row in rows) == Decimal(total.values[place] or 0)
    left, budget, actual = (labels.index(name) for name in ("Avvik", "Budsjett hittil", "Regnskap hittil"))
    for row in (*rows, total):
        found = [Decimal(row.values[place] or 0) for place in (left, budget, actual)]
        assert found[0] == found[1] - found[2]


def _check_that_each_level_is_the_sum_of_the_next(ledger: Ledger) -> None:
    """From the municipality down to the lines."""
    client = _client(ledger)
    page = client.get(f"{reverse('publishing:ledger')}?amounts=kroner&year=2024&month=8")
    row = next(page.context["ledger"].table.rows())
    while "ledger" in page.context:
        links = [(shown.row, link) for shown, link in page.context["ledger"].rows() if link]
        row, link = max(links, key=lambda pair: Decimal(pair[0].values[0] or 0))
        page = client.get(link)
        if "ledger" in page.context:
            *_rows, total = page.context["ledger"].table.rows()
            assert total.values[0] == row.values[0]
    assert {one.name: f"{one.amount:f}" for one in page.context["page"].sums}["Regnskap"] == row.values[0]


def _check_queries(ledger: Ledger, address: str, at_most: Callable[[int], Any]) -> None:
    """As many for all the lines as for few."""
    name, _mark, query = address.partition("?")
    path, client = f"{reverse(f'publishing:{name}')}?{query}", _client(ledger)
    with at_most(MOST_QUERIES) as many:
        client.get(path)
    accounts = BudgetLine.objects.filter(plan_year=2024, layer="actual", account_class="operations")
    with transaction.atomic():
        kept = list(accounts.values_list("pk", flat=True)[:FEW_LINES])
        BudgetLine.objects.exclude(pk__in=kept).delete()
        with at_most(MOST_QUERIES) as few:
            client.get(path)
        transaction.set_rollback(True)
    assert len(many) == len(few), address
