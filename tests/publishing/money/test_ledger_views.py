"""The ledger's pages: what each person may read, the way down to the line, and the same queries however many lines."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from budget.models import BudgetLine, Forecast, ImportBatch, KostraArt, LedgerSource
from organisation.bulk import functions_by_code
from organisation.models import AreaFunction, Municipality, Period, ServiceArea, Unit, User
from organisation.periods import parse
from organisation.versions import create
from tests.budget.money import Layer, amendment, line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db

Ceiling = Callable[[int], Any]
MOST_QUERIES = 12


@pytest.fixture
def lines(top: Unit, schools: Unit, one_school: Unit, care: Unit) -> None:
    """January to April: accounts and budget month by month for each unit; taxes at the municipality."""
    load_codes()
    for number, unit in enumerate((schools, one_school, care), start=1):
        for month in range(1, 5):
            line(unit, number * 1100, period=f"{YEAR}-{month:02}")
            line(unit, number * 1000, layer=Layer.ORIGINAL, period=f"{YEAR}-{month:02}")
    line(top, -20_000, function="800", art="870", period=f"{YEAR}-04")
    line(care, 500, period=f"{YEAR - 1}-04")


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _get(user: User, name: str = "ledger", **query: Any) -> Any:
    return _client(user).get(reverse(f"publishing:{name}"), {"amounts": "kroner"} | query)


def _rows(response: Any) -> dict[str, tuple[str, ...]]:
    return {row.row.label: row.row.values for row, _link in response.context["ledger"].rows()}


def _links(response: Any) -> dict[str, str]:
    return {row.row.label: link for row, link in response.context["ledger"].rows()}


def _actual(response: Any) -> dict[str, str]:
    return {label: values[0] for label, values in _rows(response).items()}


def test_ledger_shows_the_units_right_below_with_everything_under_them(reader: User, lines: None) -> None:
    found = _get(reader)
    assert _actual(found) == {
        "Sektor for skole": "13200.00",
        "Sektor for omsorg": "13200.00",
        "Testvik kommune, ført på enheten selv": "-20000.00",
        "Sum Testvik kommune": "6400.00",
    }
    assert _rows(found)["Sektor for omsorg"][1:4] == ("12000.00", "-1200.00", "-10.0")


def test_ledger_begins_with_the_last_month_that_has_accounts(reader: User, lines: None) -> None:
    found = _get(reader)
    assert (found.context["form"]["year"].value(), found.context["form"]["month"].value()) == (f"{YEAR}", "4")
    assert found.context["ledger"].table.caption == f"Drift til og med april {YEAR}: Testvik kommune"


def test_ledger_of_an_earlier_month_has_less(reader: User, lines: None) -> None:
    assert _actual(_get(reader, month=1))["Sektor for skole"] == "3300.00"


def test_ledger_leads_from_the_municipality_down_to_the_lines(reader: User, lines: None) -> None:
    client = _client(reader)
    page = client.get(_links(_get(reader))["Sektor for skole"])
    assert _actual(page) == {
        "Bakken skole": "8800.00",
        "Sektor for skole, ført på enheten selv": "4400.00",
        "Sum Sektor for skole": "13200.00",
    }
    page = client.get(_links(page)["Sektor for skole, ført på enheten selv"])
    assert next(iter(_actual(page).items())) == ("202 Grunnskole", "4400.00")
    page = client.get(_links(page)["202 Grunnskole"])
    assert next(iter(_actual(page).items())) == ("010 Fastlønn", "4400.00")
    page = client.get(_links(page)["010 Fastlønn"])
    found = [(one.unit.name, one.layer, one.amount) for one in page.context["page"].rows()]
    assert found[:2] == [
        ("Sektor for skole", Layer.ACTUAL, Decimal("1100.00")),
        ("Sektor for skole", Layer.ORIGINAL, Decimal("1000.00")),
    ]
    assert len(found) == 8


def test_ledger_by_month_leads_to_the_lines_of_the_month(reader: User, lines: None) -> None:
    found = _get(reader, by="month")
    assert _actual(found)["Mars"] == "6600.00"
    page = _client(reader).get(_links(found)["Mars"])
    assert {one.period.label for one in page.context["page"].rows()} == {f"mars {YEAR}"}


def test_ledger_of_a_leader_has_the_own_units_alone(leader: User, lines: None) -> None:
    assert _actual(_get(leader)) == {
        "Bakken skole": "8800.00",
        "Sektor for skole, ført på enheten selv": "4400.00",
        "Sum Sektor for skole": "13200.00",
    }
    assert _actual(_get(leader, by="function"))["Sum Sektor for skole"] == "13200.00"
    assert _actual(_get(leader, by="art"))["Sum Sektor for skole"] == "13200.00"


@pytest.mark.parametrize("name", ["ledger", "ledger_lines"])
def test_ledger_of_a_unit_that_may_not_be_read_is_not_there(leader: User, lines: None, name: str) -> None:
    assert [_get(leader, name, unit=slug).status_code for slug in ("omsorg", "testvik", "finnes-ikke")] == [404] * 3


def test_ledger_lines_of_other_units_are_not_shown(leader: User, lines: None) -> None:
    units = {one.unit.slug for one in _get(leader, "ledger_lines").context["page"].rows()}
    assert units == {"skole", "bakken-skole"}


def test_ledger_is_not_there_for_those_who_read_nothing(administrator: User, lines: None) -> None:
    assert _get(administrator).status_code == 404


def test_ledger_without_lines_says_so(reader: User) -> None:
    page = _get(reader)
    assert page.status_code == 200
    assert "Ingen tall er lest inn for de enhetene du kan se." in page.content.decode()


def test_ledger_choices_that_do_not_exist_are_not_used(reader: User, lines: None) -> None:
    page = _get(reader, year="1899", by="farge", month="13", function="2O2")
    assert "Et av valgene finnes ikke, og er ikke brukt." in page.content.decode()
    assert _actual(page)["Sum Testvik kommune"] == "6400.00"


def test_ledger_by_area_has_a_row_for_what_no_area_contains(reader: User, lines: None, schools: Unit) -> None:
    area = ServiceArea.objects.create(
        municipality=schools.municipality, unit=schools, name="Skole", slug="omrade-skole", position=1
    )
    row = create(AreaFunction(area=area, name="Grunnskole", position=1), by=None)
    row.functions.add(functions_by_code()["202"])
    page = _get(reader, by="area")
    assert _actual(page) == {
        "Skole": "26400.00",
        "Uten tjenesteområde": "-20000.00",
        "Sum Testvik kommune": "6400.00",
    }
    below = _client(reader).get(_links(page)["Uten tjenesteområde"])
    assert _actual(below)["800 Skatt på inntekt og formue"] == "-20000.00"
    assert _get(reader, by="function", area="omrade-skole").context["ledger"].table.caption.endswith(", Skole")


def test_ledger_keeps_a_function_while_it_goes_down_the_units(reader: User, lines: None) -> None:
    page = _get(reader, function="202")
    assert _actual(page)["Sum Testvik kommune, 202 Grunnskole"] == "26400.00"
    assert "function=202" in _links(page)["Sektor for skole"]


def test_ledger_counts_as_much_on_each_month_of_budget_for_the_whole_year(
    reader: User, lines: None, care: Unit
) -> None:
    line(care, 60_000, layer=Layer.ORIGINAL, period=f"{YEAR}")
    page = _get(reader)
    assert "Noe av budsjettet gjelder hele året." in page.content.decode()
    assert _rows(page)["Sektor for omsorg"][:2] == ("13200.00", "32000.00")
    december = _get(reader, month=12)
    assert "Noe av budsjettet gjelder hele året." not in december.content.decode()
    assert _rows(december)["Sektor for omsorg"][1] == "72000.00"


def test_ledger_shows_the_forecast_that_is_decided(reader: User, lines: None, care: Unit) -> None:
    period = Period.objects.for_span(parse(f"{YEAR}-03"))
    facts = {"unit": care, "function": functions_by_code()["202"], "period": period}
    Forecast.objects.create(amount=Decimal(50_000), **facts)
    page = _get(reader)
    assert _rows(page)["Sektor for omsorg"][6:8] == ("50000.00", "-38000.00")
    assert _rows(page)["Sektor for skole"][6:8] == ("12000.00", "0.00")
    assert "Der ingen har laget prognose, regnes årsbudsjettet som prognose." in page.content.decode()
    assert _rows(_get(reader, month=2))["Sektor for omsorg"][6] == "12000.00"
    assert len(_rows(_get(reader, by="art"))["010 Fastlønn"]) == 7


def test_ledger_forecast_of_a_sector_is_the_same_whichever_way_it_is_read(
    reader: User, lines: None, schools: Unit, one_school: Unit
) -> None:
    period = Period.objects.for_span(parse(f"{YEAR}-03"))
    facts = {"unit": schools, "function": functions_by_code()["202"], "period": period}
    Forecast.objects.create(amount=Decimal(15_000), **facts)
    assert _rows(_get(reader))["Sektor for skole"][6:8] == ("15000.00", "-3000.00")
    inside = _get(reader, unit="skole")
    assert {label: values[6:8] for label, values in _rows(inside).items()} == {
        "Bakken skole": ("8000.00", "0.00"),
        "Sektor for skole, ført på enheten selv": ("7000.00", "-3000.00"),
        "Sum Sektor for skole": ("15000.00", "-3000.00"),
    }
    own = _client(reader).get(_links(inside)["Sektor for skole, ført på enheten selv"])
    assert _rows(own)["202 Grunnskole"][6:8] == ("7000.00", "-3000.00")
    assert _rows(_get(reader, by="area"))["Uten tjenesteområde"][6:8] == ("27000.00", "-3000.00")


def test_ledger_says_that_example_data_are_examples(reader: User, lines: None, top: Unit) -> None:
    assert "Eksempeldata" not in _get(reader).content.decode()
    source = create(LedgerSource(name="Eksempler", unit=top, is_example=True), by=None)
    batch = ImportBatch.objects.create(source=source, layer=Layer.ACTUAL, file_name="e.csv", size=1, state="written")
    line(top, 1, batch=batch, row=7)
    for name in ("ledger", "ledger_lines"):
        assert "Eksempeldata" in _get(reader, name).content.decode()
    assert "Eksempeldata" not in _get(reader, year=YEAR - 1).content.decode()


def test_ledger_lines_say_where_each_came_from(reader: User, top: Unit) -> None:
    load_codes()
    source = create(LedgerSource(name="Visma", unit=top), by=None)
    batch = ImportBatch.objects.create(source=source, layer=Layer.ACTUAL, file_name="r.csv", size=1, state="written")
    line(top, "-1234.50", batch=batch, row=7, text="Faktura", account="10100", project="P1")
    line(top, 10, layer=Layer.REVISED, amendment=amendment(top), period=f"{YEAR}-02")
    html = re.sub(r"<[^>]+>|\s+", " ", _get(reader, "ledger_lines").content.decode())
    html = re.sub(r"\s+", " ", html)
    assert (
        "januar 2024 regnskap Testvik kommune 202 Grunnskole 010 Fastlønn 10100 P1 Faktura −1 234,50 r.csv, rad 7"
        in (html.replace("\u00a0", " "))
    )
    assert f"Budsjettregulering 1/{YEAR} Første regulering" in html


def test_ledger_lines_of_one_layer(reader: User, lines: None) -> None:
    page = _get(reader, "ledger_lines", layer="original").context["page"]
    assert [(one.name, one.amount, one.count, one.is_shown) for one in page.sums] == [
        ("Opprinnelig budsjett", Decimal(24_000), 12, True),
        ("Regnskap", Decimal(6400), 13, False),
    ]
    assert {one.layer for one in page.rows()} == {Layer.ORIGINAL}


def test_ledger_lines_leave_out_accounts_after_the_month(reader: User, lines: None) -> None:
    page = _get(reader, "ledger_lines", month=1).context["page"]
    assert {one.name: one.count for one in page.sums} == {"Opprinnelig budsjett": 12, "Regnskap": 3}


def test_ledger_lines_come_a_hundred_to_a_page(reader: User, one_school: Unit) -> None:
    load_codes()
    _copy(line(one_school, 1), 204)
    first, last = (_get(reader, "ledger_lines", page=number).context["page"] for number in (1, 3))
    assert (len(list(first.rows())), len(list(last.rows()))) == (100, 5)
    assert [text for _address, text in first.turned] == ["Neste", "Siste"]
    assert [text for _address, text in last.turned] == ["Første", "Forrige"]


def test_ledger_file_holds_the_table_that_is_shown(reader: User, lines: None) -> None:
    address = reverse("publishing:ledger_file", args=["csv"])
    content = _client(reader).get(address, {"amounts": "thousand"}).content.decode("utf-8-sig")
    found = [row[:3] for row in csv.reader(io.StringIO(content), delimiter=";")]
    assert found == [
        ["Enhet", "Regnskap hittil", "Budsjett hittil"],
        ["Sektor for omsorg", "13", "12"],
        ["Sektor for skole", "13", "12"],
        ["Testvik kommune, ført på enheten selv", "-20", "0"],
        ["Sum Testvik kommune", "6", "24"],
    ]


def test_ledger_file_as_a_workbook_has_numbers(reader: User, lines: None) -> None:
    address = reverse("publishing:ledger_file", args=["xlsx"])
    content = _client(reader).get(address, {"amounts": "kroner"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    found = [row[:2] for row in sheet.iter_rows(min_row=4, max_row=7, values_only=True)]
    assert found[0] == ("Sektor for omsorg", 13200)
    assert found[3] == ("Sum Testvik kommune", 6400)


@pytest.mark.parametrize("fmt", ["pdf", "json"])
def test_ledger_file_of_another_kind_is_not_there(reader: User, lines: None, fmt: str) -> None:
    assert _client(reader).get(reverse("publishing:ledger_file", args=[fmt])).status_code == 404


def _copy(one: BudgetLine, times: int) -> None:
    one.pk = None
    copies = [
        BudgetLine(**{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields}) for _n in range(times)
    ]
    BudgetLine.objects.bulk_create(copies)


def _spread(times: int) -> None:
    """So many lines, over all units, functions and arts."""
    units, functions, arts = list(Unit.objects.all()), list(functions_by_code().values()), list(KostraArt.objects.all())
    period = Period.objects.for_span(parse(f"{YEAR}-02"))
    BudgetLine.objects.bulk_create(
        BudgetLine(
            layer=Layer.ACTUAL,
            plan_year=YEAR,
            unit=units[number % len(units)],
            function=functions[number % len(functions)],
            art=arts[number % len(arts)],
            period=period,
            amount=Decimal(number),
        )
        for number in range(times)
    )


VIEWS = [
    pytest.param(name, query, id=f"{name} {query}")
    for name, query in [
        *(("ledger", f"by={by}") for by in ("unit", "area", "function", "art", "month")),
        ("ledger", "by=function&unit=skole&area=uten"),
        ("ledger", "by=unit&area=uten&function=202"),
        ("ledger", "by=area&unit=skole&function=202"),
        ("ledger", "by=month&unit=skole&area=uten&function=202&art=010"),
        ("ledger", "by=art&account=investment&amounts=kroner"),
        ("ledger_lines", ""),
        ("ledger_lines", "unit=skole&area=uten&function=202&art=010&layer=actual"),
    ]
]


@pytest.mark.parametrize(("name", "query"), VIEWS)
def test_ledger_asks_as_often_for_many_lines_as_for_few(
    reader: User, lines: None, name: str, query: str, django_assert_max_num_queries: Ceiling
) -> None:
    client, address = _client(reader), f"{reverse(f'publishing:{name}')}?{query}"
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        assert client.get(address).status_code == 200
    _spread(2000)
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert client.get(address).status_code == 200
    assert len(few) == len(many)


def test_ledger_of_another_municipality_is_not_the_owners(reader: User, lines: None) -> None:
    other = Municipality.objects.create(number="0002", name="Nabovik kommune", short_name="Nabovik")
    unit = Unit.objects.create(municipality=other, kind="municipality", name="Nabovik kommune", slug="nabovik")
    line(unit, 99)
    assert _actual(_get(reader))["Sum Testvik kommune"] == "6400.00"
