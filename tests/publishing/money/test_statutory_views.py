"""The page of the statutory tables: who sees it, what it says of the balance, its files, and its queries."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from budget.models import BudgetLine, ImportBatch, LedgerSource
from organisation.models import Unit, User
from organisation.versions import create
from tests.budget.statutory import example
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db

PAGE = f"/arbeid/okonomi/oversikter/{YEAR}/"


@pytest.fixture
def budget(top: Unit, schools: Unit, care: Unit) -> Unit:
    """The municipality with the hand-made budget."""
    example.build(top)
    return top


def page(client: Client, user: User, address: str = PAGE, **chosen: str) -> str:
    client.force_login(user)
    response = client.get(address, chosen)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_statutory_shows_every_table_under_an_index(client: Client, budget: Unit, reader: User) -> None:
    html = page(client, reader)
    captions = [
        f"Bevilgningsoversikt drift {YEAR}",
        f"Bevilgninger til drift, netto {YEAR}",
        f"Bevilgningsoversikt investering {YEAR}",
        f"Bevilgninger til investering {YEAR}",
        f"Økonomisk oversikt etter art – drift {YEAR}",
    ]
    places = [html.index(f'href="#{slug}">{caption}</a>') for slug, caption in zip(SLUGS, captions, strict=True)]
    assert places == sorted(places)
    assert [html.count(f' id="{slug}"') for slug in SLUGS] == [1] * len(SLUGS)


SLUGS = ["operations", "operations-by-area", "investments", "investments-by-group", "economic-overview"]


def test_statutory_says_that_a_sound_budget_goes_up(client: Client, budget: Unit, reader: User) -> None:
    html = page(client, reader)
    assert html.count("Budsjettet og økonomiplanen går opp.") == 1
    assert "ikke opp" not in html


def test_statutory_says_first_what_is_not_in_balance(client: Client, budget: Unit, reader: User) -> None:
    example.move(budget, ("202", "010", 70_000))
    html = page(client, reader)
    said = "Driften går ikke opp: det mangler 70 000 kroner i inntekter eller bruk av fond."
    assert html.count("Ett forhold går ikke opp") == 1
    assert html.index(f"Opprinnelig budsjett {YEAR}:</strong> {said}") < html.index('id="operations"')


def test_statutory_says_that_example_data_are_examples(client: Client, budget: Unit, reader: User) -> None:
    assert page(client, reader).count("Eksempeldata") == 0
    source = create(LedgerSource(name="Eksempler", unit=budget, is_example=True), by=None)
    batch = ImportBatch.objects.create(source=source, layer="original", file_name="e.csv", size=1, state="written")
    BudgetLine.objects.filter(plan_year=YEAR).update(batch=batch)
    assert page(client, reader).count("Eksempeldata: Tallene er laget for å vise hvordan sidene virker") == 1
    BudgetLine.objects.filter(batch=batch).update(plan_year=YEAR - 1)
    assert page(client, reader).count("Eksempeldata") == 0


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("publishing:ledger", "page"),
        ("publishing:ledger_lines", "true"),
        ("publishing:statutory_newest", "true"),
        ("budget:frame_list", "true"),
        ("budget:amendment_list", "true"),
        ("budget:investment_plan_list", "true"),
        ("plans:measure_list", "true"),
        ("plans:document_list", ""),
        ("reporting:round_list", ""),
    ],
)
def test_menu_marks_every_page_about_money(client: Client, reader: User, name: str, mark: str) -> None:
    client.force_login(reader)
    address = reverse(name, args=[YEAR] if name in ("budget:frame_list", "budget:amendment_list") else [])
    html = client.get(address).content.decode()
    (found,) = re.findall(rf'href="{reverse("publishing:ledger")}"(?: aria-current="(\w+)")?>Økonomi<', html)
    assert found == mark


def test_statutory_shows_the_plan_when_it_is_chosen(client: Client, budget: Unit, reader: User) -> None:
    example.write_plan(2025, 2026, 2027)
    html = page(client, reader, columns="plan")
    assert html.count("Økonomiplan 2027</span>") == len(SLUGS)
    assert "Regnskap" not in html[html.index("<figure") :].replace("kommunens budsjett og regnskap", "")


@pytest.mark.parametrize(("sign", "printed"), [("kostra", "−250 000"), ("reversed", "250 000"), ("x", "250 000")])
def test_statutory_shows_the_sign_that_is_chosen(
    client: Client, budget: Unit, reader: User, sign: str, printed: str
) -> None:
    html = page(client, reader, sign=sign)
    row = html[html.index('id="operations-block-grant"') :].split("</tr>")[0]
    assert row.split('<td class="num">')[2].startswith(f"{printed}<")


def test_statutory_shares_out_on_sectors_and_projects(client: Client, budget: Unit, reader: User) -> None:
    html = page(client, reader, operations="sector", investments="project")
    assert html.count('id="operations-by-area-appropriations-omsorg"') == 1
    assert html.count('id="investments-by-group-fixed-assets-ny-skole"') == 1


def test_statutory_of_a_year_without_lines_says_so(client: Client, budget: Unit, reader: User) -> None:
    html = page(client, reader, reverse("publishing:statutory", args=[2031]))
    assert html.count("Ingen budsjett eller regnskap er lest inn for 2031.") == 1


def test_statutory_newest_leads_to_the_last_year(client: Client, budget: Unit, reader: User) -> None:
    client.force_login(reader)
    response = client.get(reverse("publishing:statutory_newest"))
    assert (response.status_code, response["Location"]) == (302, PAGE)


def test_statutory_newest_without_lines_says_so(client: Client, top: Unit, reader: User) -> None:
    html = page(client, reader, reverse("publishing:statutory_newest"))
    assert html.count("Ingen budsjett eller regnskap er lest inn.") == 1


@pytest.mark.parametrize(
    "address", [PAGE, "/arbeid/okonomi/oversikter/", f"{PAGE}operations.csv"], ids=["page", "newest", "file"]
)
def test_statutory_does_not_exist_for_a_leader_of_a_sector(
    client: Client, budget: Unit, leader: User, administrator: User, address: str
) -> None:
    for user in (leader, administrator):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_statutory_asks_those_who_are_not_signed_in_to_do_so(client: Client, budget: Unit) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("organisation:login"))


def test_statutory_file_holds_the_table_as_it_is_shown(client: Client, budget: Unit, reader: User) -> None:
    client.force_login(reader)
    response = client.get(f"{PAGE}operations.csv", {"sign": "kostra"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert response["Content-Disposition"] == f'attachment; filename="operations-{YEAR}.csv"'
    assert rows[0][-4:] == ["Regnskap 2023", "Opprinnelig budsjett 2024", "Regulert budsjett 2024", "Regnskap 2024"]
    assert rows[1][-4:] == ["0", "-250000", "-250000", "0"]


def test_statutory_file_is_a_workbook_too(client: Client, budget: Unit, reader: User) -> None:
    client.force_login(reader)
    response = client.get(f"{PAGE}investments.xlsx")
    assert (response.status_code, response.content[:2]) == (200, b"PK")


@pytest.mark.parametrize(
    "address",
    [f"{PAGE}operations.pdf", f"{PAGE}other.csv", "/arbeid/okonomi/oversikter/2031/operations.csv"],
    ids=["kind", "table", "year"],
)
def test_statutory_file_that_is_not_there_is_404(client: Client, budget: Unit, reader: User, address: str) -> None:
    client.force_login(reader)
    assert client.get(address).status_code == 404


def test_statutory_files_keep_the_choices_of_the_page(client: Client, budget: Unit, reader: User) -> None:
    html = page(client, reader, sign="kostra")
    assert html.count(f'href="{PAGE}operations.xlsx?sign=kostra"') == 1


def test_statutory_takes_few_queries_for_few_lines_and_many(
    client: Client, budget: Unit, reader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(reader)
    with django_assert_max_num_queries(12) as few:
        client.get(PAGE)
    for _number in range(5):
        example.write_accounts()
        example.write_accounts(YEAR - 1)
    example.write_plan(2025, 2026, 2027)
    example.change_budget(budget, ("202", "010", 1_000_000), ("880", "540", -1_000_000))
    assert BudgetLine.objects.count() > 900
    with django_assert_max_num_queries(12) as many:
        client.get(PAGE)
    assert len(few) == len(many)
