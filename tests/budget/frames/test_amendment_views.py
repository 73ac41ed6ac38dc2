"""Working on decisions that move the budget: the year's, a new one with its rows, its words, and taking one back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import BudgetAmendment, BudgetLine, ImportBatch, LedgerSource
from organisation.models import Unit, User
from organisation.versions import save_version
from tests.budget.money import amendment, line, load_codes
from tests.workplace import YEAR

pytestmark = pytest.mark.django_db
ADD = f"/arbeid/okonomi/reguleringer/{YEAR}/ny/"
LIST = f"/arbeid/okonomi/reguleringer/{YEAR}/"
ORIGINAL, REVISED = BudgetLine.Layer.ORIGINAL, BudgetLine.Layer.REVISED


@pytest.fixture(autouse=True)
def _codes(top: Unit) -> None:
    load_codes()


@pytest.fixture
def as_controller(client: Client, controller: User) -> Client:
    client.force_login(controller)
    return client


def row(number: int, unit: Unit, amount: str, **facts: str) -> dict[str, str]:
    known = {"account_class": "operations", "unit": f"{unit.pk}", "function": "202", "art": "010", "amount": amount}
    return {f"row-{number}-{name}": text for name, text in (known | facts).items()}


def words(*rows: dict[str, str], **facts: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"number": 1, "title": "Juni", "decided_on": f"{YEAR}-06-12", "rows": 8} | facts
    for one in rows:
        said |= one
    return said


def errors(answer: Any) -> list[str]:
    return [f"{error.label}: {error.message}" for error in answer.context["form"].rows.errors]


def test_amendment_add_moves_what_was_typed(as_controller: Client, schools: Unit, care: Unit) -> None:
    rows = row(1, schools, "−250 000,50", month="3"), row(4, care, "250000,5", function="253 Institusjon", project="77")
    answer = as_controller.post(ADD, words(*rows))
    made = BudgetAmendment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/arbeid/okonomi/regulering/{made.pk}/")
    facts = ("unit", "function__code", "period__kind", "period__start__month", "project", "amount")
    assert list(made.lines.order_by("amount").values_list(*facts)) == [
        (schools.pk, "202", "month", 3, "", Decimal("-250000.50")),
        (care.pk, "253", "year", 1, "77", Decimal("250000.50")),
    ]


def test_amendment_add_that_does_not_keep_the_sum_keeps_what_was_typed(
    as_controller: Client, schools: Unit, care: Unit
) -> None:
    rows = row(1, schools, "-1 000"), row(2, care, "900"), row(3, care, "100", account_class="investment")
    answer = as_controller.post(ADD, words(*rows))
    form = answer.context["form"]
    assert (answer.status_code, BudgetAmendment.objects.count(), BudgetLine.objects.count()) == (422, 0, 0)
    assert form.non_field_errors() == [
        "Drift: radene blir −100 kroner til sammen, men skal bli 0. Det mangler +100.",
        "Investering: radene blir 100 kroner til sammen, men skal bli 0. Det mangler −100.",
    ]
    assert [form.rows.forms[index]["amount"].value() for index in range(3)] == ["-1 000", "900", "100"]
    assert b'value="-1 000"' in answer.content


def test_amendment_add_names_the_rows_that_cannot_be_read(as_controller: Client, schools: Unit, care: Unit) -> None:
    rows = (
        row(1, schools, "-5", function="254"),
        row(2, schools, "5", function="999"),
        row(3, care, "1.5", art="9x9"),
        row(4, care, "0"),
        row(5, care, "1,234"),
        {"row-6-account_class": "operations", "row-6-amount": "12"},
    )
    answer = as_controller.post(ADD, words(*rows))
    assert answer.status_code == 422
    assert errors(answer) == [
        "Rad 1, funksjon: Funksjon 254 gjaldt til 31.12.2023 og kan ikke brukes i 2024.",
        "Rad 2, funksjon: Funksjon «999» finnes ikke. Skriv en kode med tre sifre.",
        "Rad 3, art: Art «9x9» finnes ikke. Skriv en kode med tre sifre.",
        "Rad 3, beløp i kroner: «1.5» er ikke et tall. Skriv for eksempel 12,5 eller 1 479,0.",
        "Rad 4, beløp i kroner: Skriv et beløp som ikke er 0.",
        "Rad 5, beløp i kroner: Skriv tallet med høyst 2 desimaler.",
        "Rad 6, enhet: Feltet er påkrevet.",
        "Rad 6, funksjon: Feltet er påkrevet.",
        "Rad 6, art: Feltet er påkrevet.",
    ]


def test_amendment_add_gives_more_rows_and_reads_nothing_yet(as_controller: Client, schools: Unit) -> None:
    answer = as_controller.post(ADD, words(row(8, schools, "tull"), title="Ikke ferdig", more="1"))
    form = answer.context["form"]
    assert (answer.status_code, form.rows.count, form["title"].value()) == (200, 16, "Ikke ferdig")
    assert (form.rows.forms[7]["amount"].value(), form.rows.forms[7]["unit"].value()) == ("tull", f"{schools.pk}")
    assert as_controller.post(ADD, words(title="", rows=16)).context["form"].rows.count == 16


def test_amendment_add_asks_for_no_more_rows_than_can_be_drawn(as_controller: Client) -> None:
    assert as_controller.post(ADD, words(rows=10**9, more="1")).context["form"].rows.count == 16
    assert as_controller.post(ADD, words(rows=198, more="1")).context["form"].rows.count == 200


def test_amendment_add_with_a_number_that_is_taken(as_controller: Client, top: Unit, schools: Unit, care: Unit) -> None:
    amendment(top)
    assert as_controller.get(ADD).context["form"]["number"].value() == 2
    answer = as_controller.post(ADD, words(row(1, schools, "-5"), row(2, care, "5")))
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"] == [
        f"Nummer 1 er brukt av en annen regulering i {YEAR}. Neste ledige nummer er 2."
    ]
    assert b'value="-5"' in answer.content


def test_amendment_add_decided_in_another_time(as_controller: Client, schools: Unit, care: Unit) -> None:
    answer = as_controller.post(ADD, words(row(1, schools, "-5"), row(2, care, "5"), decided_on="0024-06-12"))
    assert answer.context["form"].errors["decided_on"] == [
        "Datoen er i 24, men reguleringen gjelder budsjettet for 2024."
    ]


def test_amendment_list_tells_before_and_after_of_each(
    as_controller: Client, top: Unit, schools: Unit, care: Unit, one_school: Unit
) -> None:
    for unit, amount in ((schools, 1_000), (care, 2_000), (one_school, 500)):
        line(unit, amount, layer=ORIGINAL)
    line(schools, 9_999, layer=ORIGINAL, plan_year=YEAR - 1)
    for number, moved in ((2, 10), (1, 100)):
        made = amendment(top, number=number)
        line(schools, -moved, layer=REVISED, amendment=made)
        line(care, moved, layer=REVISED, amendment=made)
    found = [
        [(move.name, move.before, move.change, move.after) for move in (*account.moves, account.others, account.total)]
        for decision in as_controller.get(LIST).context["decisions"]
        for account in decision.accounts
    ]
    rest, whole = ("", 500, 0, 500), ("", 3_500, 0, 3_500)
    assert found == [
        [(care.name, 2_000, 100, 2_100), (schools.name, 1_000, -100, 900), rest, whole],
        [(care.name, 2_100, 10, 2_110), (schools.name, 900, -10, 890), rest, whole],
    ]


def test_amendment_list_runs_the_same_queries_for_one_decision_and_for_many(
    as_controller: Client, top: Unit, schools: Unit, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    line(schools, 1, layer=REVISED, amendment=amendment(top))
    with django_assert_max_num_queries(12) as few:
        as_controller.get(LIST)
    for number in (2, 3, 4):
        line(schools, 1, layer=REVISED, amendment=amendment(top, number=number))
    with django_assert_max_num_queries(12) as many:
        as_controller.get(LIST)
    assert len(many) == len(few)


def test_amendment_shows_rows_and_their_sum(as_controller: Client, top: Unit, schools: Unit, care: Unit) -> None:
    made = amendment(top)
    line(schools, "-5.25", layer=REVISED, amendment=made)
    line(care, "5.25", layer=REVISED, amendment=made)
    accounts = as_controller.get(made.get_absolute_url()).context["accounts"]
    assert [(one.name, len(one.lines), one.amount) for one in accounts] == [("Drift", 2, 0)]


def test_amendment_edit_changes_words_alone(as_controller: Client, top: Unit) -> None:
    made = amendment(top)
    page = reverse("budget:amendment_edit", args=[made.pk])
    facts = {"title": "Rettet", "decided_on": f"{YEAR}-06-13", "number": 7, "base_version": 1}
    assert as_controller.post(page, facts).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.number, made.version) == ("Rettet", 1, 2)


def test_amendment_edit_of_what_someone_else_saved(as_controller: Client, top: Unit, approver: User) -> None:
    made = amendment(top)
    theirs = BudgetAmendment.objects.get()
    theirs.title = "Deres"
    save_version(theirs, base_version=1, by=approver)
    facts = {"title": "Min", "decided_on": f"{YEAR}-06-12", "base_version": 1}
    answer = as_controller.post(reverse("budget:amendment_edit", args=[made.pk]), facts)
    assert answer.status_code == 409
    assert answer.context["form"].clash.theirs == [("Tittel", "Deres")]
    assert BudgetAmendment.objects.get().title == "Deres"


def test_amendment_remove_asks_why_and_is_remembered(as_controller: Client, top: Unit, schools: Unit) -> None:
    made = amendment(top)
    line(schools, 5, layer=REVISED, amendment=made)
    page = reverse("budget:amendment_remove", args=[made.pk])
    assert as_controller.post(page, {"why": "", "base_version": 1}).status_code == 422
    answer = as_controller.post(page, {"why": "Ført to ganger", "base_version": 1})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    removed = as_controller.get(LIST).context["removed"]
    assert [(saved.by, saved.why, saved.name) for saved in removed] == [
        ("controller", "Ført to ganger", f"1/{YEAR} Første regulering")
    ]


def test_amendment_remove_of_what_someone_else_saved(as_controller: Client, top: Unit, approver: User) -> None:
    made = amendment(top)
    save_version(BudgetAmendment.objects.get(), base_version=1, by=approver)
    page = reverse("budget:amendment_remove", args=[made.pk])
    answer = as_controller.post(page, {"why": "Feil", "base_version": 1})
    assert (answer.status_code, BudgetAmendment.objects.count()) == (409, 1)
    assert answer.context["form"].clash.theirs[0] == ("Tittel", "Første regulering")
    assert as_controller.post(page, {"why": "Feil", "base_version": 1, "overwrite": 2}).status_code == 302


def test_amendment_remove_of_what_came_from_a_file_leads_to_the_import(
    as_controller: Client, top: Unit, schools: Unit
) -> None:
    made = amendment(top)
    source = LedgerSource.objects.create(name="Økonomisystemet", unit=top)
    batch = ImportBatch.objects.create(source=source, layer="revised", file_name="b.csv", size=1, sha256="0" * 64)
    line(schools, 5, layer=REVISED, amendment=made, batch=batch)
    answer = as_controller.post(reverse("budget:amendment_remove", args=[made.pk]), {"why": "Feil", "base_version": 1})
    assert (answer.status_code, answer.context["batch"], BudgetLine.objects.count()) == (422, batch, 1)


@pytest.mark.parametrize(
    ("who", "read", "change"),
    [
        ("leader", 404, 404),
        ("approver", 200, 403),
        ("controller", 200, 200),
        ("administrator", 404, 404),
        ("reader", 200, 403),
    ],
)
def test_amendments_are_read_by_the_whole_municipality_alone(
    request: pytest.FixtureRequest, client: Client, top: Unit, who: str, read: int, change: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    made = amendment(top)
    assert [client.get(page).status_code for page in (LIST, made.get_absolute_url())] == [read, read]
    pages = (reverse(f"budget:amendment_{deed}", args=[made.pk]) for deed in ("edit", "remove"))
    assert [client.get(page).status_code for page in (ADD, *pages)] == [change] * 3


def test_amendment_list_of_no_year_is_not_there(as_controller: Client) -> None:
    assert as_controller.get("/arbeid/okonomi/reguleringer/99999/").status_code == 404
