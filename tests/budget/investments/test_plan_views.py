"""An investment plan whole: status, provisional years, what pays for it, and what is used on its projects."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import BudgetLine, InvestmentFinancing, InvestmentProject
from organisation.models import Unit, User
from organisation.versions import create, save_version
from tests.budget.money import line, load_codes
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/investeringsplan/vann/"
FINANCING = "/arbeid/investeringer/vann/finansiering/"
LOAN = f"cell-loan-{YEAR}"


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def facts(**changes: Any) -> dict[str, Any]:
    return {"name": "Ny ledning", "kind": "project", "base_version": 1, f"year_{YEAR}": "1,5"} | changes


def edit(client: Client, place: Workplace, **changes: Any) -> Any:
    return client.post(reverse("budget:investment_project_edit", args=[place.project.pk]), facts(**changes))


def loan(place: Workplace, amount: str, *, year: int = YEAR) -> InvestmentFinancing:
    row = InvestmentFinancing(plan=place.investments, kind="loan", year=year, position=1, amount=Decimal(amount))
    made: InvestmentFinancing = create(row, by=None)
    return made


# The project


def test_investment_project_edit_keeps_status_number_and_provisional_years(
    as_controller: Client, place: Workplace
) -> None:
    place.project.amounts.create(year=YEAR + 1, amount=Decimal(2_000_000))
    changes = {
        "status": "under-way",
        "status_comment": "Grunnen er dårlig.",
        "code": " 4711 ",
        f"year_{YEAR + 1}": "2,0",
        "provisional": [YEAR + 1],
        "new_year": YEAR + 2,
        "new_amount": "3",
        "new_is_provisional": "on",
    }
    assert edit(as_controller, place, **changes).status_code == 302
    place.project.refresh_from_db()
    assert (place.project.status, place.project.status_comment, place.project.code) == (
        "under-way",
        "Grunnen er dårlig.",
        "4711",
    )
    assert list(place.project.amounts.values_list("year", "is_provisional")) == [
        (YEAR, False),
        (YEAR + 1, True),
        (YEAR + 2, True),
    ]


def test_investment_project_edit_keeps_ore_that_came_from_elsewhere(as_controller: Client, place: Workplace) -> None:
    place.project.amounts.update(amount=Decimal("123456.78"))
    page = reverse("budget:investment_project_edit", args=[place.project.pk])
    shown = as_controller.get(page).context["form"][f"year_{YEAR}"]
    assert 'value="0,12345678"' in str(shown)
    assert edit(as_controller, place, **{f"year_{YEAR}": "0,12345678"}).status_code == 302
    assert place.project.amounts.get().amount == Decimal("123456.78")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {f"year_{YEAR}": "0,123456789"},
            {f"year_{YEAR}": ["Beløpet har deler av et øre. Skriv millionene med høyst åtte desimaler."]},
        ),
        ({"millions": "99999999999"}, {"millions": ["Beløpet er for stort."]}),
        ({"new_amount": "2"}, {"new_year": ["Skriv hvilket år beløpet gjelder."]}),
        ({"new_year": f"{YEAR}", "new_amount": "2"}, {"new_year": [f"{YEAR} har et eget felt. Skriv beløpet der."]}),
        ({"code": "4711"}, {"code": ["Prosjektnummeret står på «Pumpe»."]}),
    ],
    ids=["parts of an ore", "too large", "amount of no year", "year that is there", "number that is taken"],
)
def test_investment_project_edit_says_what_is_wrong(
    as_controller: Client, place: Workplace, changes: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    InvestmentProject.objects.create(plan=place.investments, name="Pumpe", position=2, code="4711")
    answer = edit(as_controller, place, **changes)
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (422, errors)
    assert {name: form[name].value() for name in changes} == changes
    assert place.project.amounts.get().amount == 1_500_000


def test_investment_project_edit_shows_both_provisional_years(
    as_controller: Client, approver: User, place: Workplace
) -> None:
    save_version(InvestmentProject.objects.get(pk=place.project.pk), base_version=1, by=approver)
    place.project.amounts.update(is_provisional=True)
    answer = edit(as_controller, place)
    assert (answer.status_code, answer.context["form"].clash.theirs) == (409, [("Foreløpige år", f"{YEAR}")])


# The plan to read


def test_investment_plan_marks_a_year_when_all_of_it_is_provisional(as_controller: Client, place: Workplace) -> None:
    other = InvestmentProject.objects.create(plan=place.investments, name="Pumpe", position=2)
    for year, is_provisional in ((YEAR, True), (YEAR + 1, True)):
        other.amounts.create(year=year, amount=Decimal(1), is_provisional=is_provisional)
    context = as_controller.get(PAGE).context
    assert [(year.number, year.is_provisional) for year in context["years"]] == [(YEAR, False), (YEAR + 1, True)]
    assert [[one.is_marked for one in found.amounts] for found in context["lines"]] == [[False, False], [True, False]]


def test_investment_plan_tells_whether_financing_is_enough(as_controller: Client, place: Workplace) -> None:
    InvestmentProject.objects.create(plan=place.investments, name="Sum", position=2, kind="total").amounts.create(
        year=YEAR, amount=Decimal(99)
    )
    loan(place, "1400000")
    loan(place, "7", year=YEAR + 1)
    context = as_controller.get(PAGE).context
    assert [(one.year, one.financing, one.cost, one.missing) for one in context["balances"]] == [
        (YEAR, 1_400_000, 1_500_000, 100_000),
        (YEAR + 1, 7, 0, -7),
    ]
    assert [(str(name), amounts) for name, amounts in context["financing"]] == [("bruk av lån", [1_400_000, 7])]


def test_investment_plan_without_financing_finds_nothing(as_controller: Client, place: Workplace) -> None:
    assert as_controller.get(PAGE).context["balances"] == []


def test_investment_plan_sets_accounts_beside_the_plan(as_controller: Client, place: Workplace, top: Unit) -> None:
    load_codes()
    InvestmentProject.objects.filter(pk=place.project.pk).update(code="4711", estimate=Decimal(5_000_000))
    InvestmentProject.objects.create(plan=place.investments, name="Uten regnskap", position=2, code="4712")
    used = {"account_class": "investment", "project": "4711", "art": "230"}
    line(top, "1000000.25", period=f"{YEAR}-03", **used)
    line(top, "400000", period=f"{YEAR - 1}-03", **used)
    line(top, "-1000000", period=f"{YEAR}-03", **used | {"art": "910"})
    line(top, "77", period=f"{YEAR}-03", **used | {"account_class": "operations"})
    line(top, "88", period=f"{YEAR}", layer=BudgetLine.Layer.ORIGINAL, **used)
    context = as_controller.get(PAGE).context
    assert context["used_year"] == YEAR
    assert [(one.project.name, one.planned, one.that_year, one.in_all, one.left) for one in context["used"]] == [
        ("Ny ledning", 1_500_000, Decimal("1000000.25"), Decimal("1400000.25"), Decimal("3599999.75"))
    ]


def test_investment_plan_hides_accounts_from_those_who_may_not_read_them(
    client: Client, leader: User, place: Workplace, top: Unit, schools: Unit
) -> None:
    load_codes()
    InvestmentProject.objects.filter(pk=place.project.pk).update(code="4711")
    used = {"account_class": "investment", "project": "4711", "art": "230"}
    line(top, "1000", **used)
    client.force_login(leader)
    assert client.get(PAGE).context["used"] == []
    line(schools, "5", **used)
    assert [one.in_all for one in client.get(PAGE).context["used"]] == [5]


# Financing


def test_investment_financing_edit_adds_changes_and_takes_away(as_controller: Client, place: Workplace) -> None:
    made = loan(place, "1000000")
    typed = {LOAN: "1,25", f"base-{LOAN}": "1", f"cell-grant-{YEAR}": "0,1"}
    assert as_controller.post(FINANCING, typed).status_code == 302
    rows = InvestmentFinancing.objects.order_by("position").values_list("kind", "year", "amount", "version")
    assert list(rows) == [("loan", YEAR, Decimal(1_250_000), 2), ("grant", YEAR, Decimal(100_000), 1)]
    assert as_controller.post(FINANCING, {LOAN: "", f"base-{LOAN}": "2"}).status_code == 302
    assert list(InvestmentFinancing.objects.values_list("kind", flat=True)) == ["grant"]
    assert InvestmentFinancing.history.filter(id=made.pk, history_type="-").count() == 1


def test_investment_financing_edit_refuses_all_where_one_cannot_be_read(
    as_controller: Client, place: Workplace
) -> None:
    answer = as_controller.post(FINANCING, {LOAN: "1", f"cell-grant-{YEAR}": "−2", f"cell-sale-{YEAR}": "mye"})
    assert (answer.status_code, InvestmentFinancing.objects.count()) == (422, 0)
    assert [(cell.label, cell.text, cell.error) for cell in answer.context["grid"].errors] == [
        (
            f"Tilskudd fra andre, {YEAR}",
            "−2",
            "Finansiering skrives uten minus: det er det som betaler for prosjektene.",
        ),
        (
            f"Salg av varige driftsmidler, {YEAR}",
            "mye",
            "«mye» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0.",
        ),
    ]


def test_investment_financing_edit_does_not_clear_what_someone_else_saved(
    as_controller: Client, approver: User, place: Workplace
) -> None:
    theirs = loan(place, "1000000")
    theirs.amount = Decimal(2_000_000)
    save_version(theirs, base_version=1, by=approver)
    answer = as_controller.post(FINANCING, {LOAN: "", f"base-{LOAN}": "1"})
    assert (answer.status_code, InvestmentFinancing.objects.get().amount) == (409, 2_000_000)
    (cell,) = answer.context["grid"].errors
    assert (cell.text, cell.saved) == ("", "2,0")


# Who


@pytest.mark.parametrize(
    ("who", "read", "change"),
    [
        ("leader", 200, 403),
        ("approver", 200, 200),
        ("controller", 200, 200),
        ("administrator", 404, 404),
        ("reader", 200, 403),
    ],
)
def test_investment_plans_are_common_matter(
    request: pytest.FixtureRequest, client: Client, place: Workplace, who: str, read: int, change: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    pages = (reverse("budget:investment_plan_list"), PAGE, FINANCING)
    assert [client.get(page).status_code for page in pages] == [read, read, change]
