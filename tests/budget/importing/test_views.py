"""A file from upload to its lines, through the pages."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.models import BudgetLine, ImportBatch
from organisation.models import User
from tests.budget.importing import uploads
from tests.budget.importing.uploads import amounts, csv, explain, found, line, ods, upload, workbook, write

pytestmark = pytest.mark.django_db

LINES = (line(amount="1 000,50"), line(unit="Sektor for omsorg", function="253", period="202402", amount="-0,50"))


WRITTEN = [
    ("bakken-skole", "202", "010", "januar 2024", Decimal("1000.50")),
    ("omsorg", "253", "010", "februar 2024", Decimal("-0.50")),
]


def test_import_add_of_csv_shows_and_writes(office: Client, controller: User) -> None:
    batch = upload(office, csv(*LINES), control_sum="1 000,00", control_count="2")
    assert (batch.state, batch.line_count, batch.amount, found(batch)) == ("checked", 2, Decimal("1000.00"), [])
    assert BudgetLine.objects.count() == 0
    batch = write(office, batch)
    assert (batch.state, batch.content, batch.uploaded_by) == ("written", None, controller)
    assert amounts() == WRITTEN
    assert {(one.layer, one.account_class, one.plan_year, one.batch, one.row) for one in BudgetLine.objects.all()} == {
        ("actual", "operations", 2024, batch, 2),
        ("actual", "operations", 2024, batch, 3),
    }


def test_import_add_of_a_workbook(office: Client) -> None:
    rows = (("bakken-skole", 202, 10, 202401, 1000.5), ("Sektor for omsorg", 253, "010", "2024-02", -0.5))
    batch = write(office, upload(office, workbook(*rows), name="regnskap.xlsx"))
    assert (batch.state, amounts()) == ("written", WRITTEN)


def test_import_add_of_ods(office: Client) -> None:
    rows = (line(amount="1000.5"), line(unit="omsorg", function="253", period="2024-02", amount="-0.5"))
    batch = write(office, upload(office, ods(*rows), name="regnskap.ods"))
    assert (batch.state, amounts()) == ("written", WRITTEN)


def test_import_add_of_kostra(office: Client) -> None:
    content = uploads.kostra(organisation="974546264") + uploads.kostra(account_class="4", art="230", amount="-5")
    batch = upload(office, content, name="0A2024.txt", new_form="kostra", control_sum="95")
    assert [one[:3] for one in found(batch)] == [
        (1, "tegn 14–31", "Ansvar «974546264» er ikke en kjent enhet."),
        (2, "tegn 14–31", "Fila sier ikke hvilken enhet linjene hører til."),
    ]
    explain(office, batch, {("unit", "974546264"): "bakken-skole", ("unit", "KOSTRA"): "testvik"})
    assert write(office, batch).state == "written"
    assert amounts() == [
        ("bakken-skole", "202", "010", "2024", Decimal(100_000)),
        ("testvik", "202", "230", "2024", Decimal(-5_000)),
    ]
    assert list(BudgetLine.objects.order_by("row").values_list("account_class", flat=True)) == [
        "operations",
        "investment",
    ]


def test_import_of_a_quarter_is_kept_on_the_year_with_a_warning(office: Client) -> None:
    batch = upload(office, uploads.kostra(quarter="2") + uploads.kostra(quarter="2"), new_form="kostra")
    assert found(batch, "warning") == [
        (
            1,
            "tegn 3–7",
            "Fila er for 2. kvartal og har det som er ført fra nyttår. Beløpene lagres på året 2024.",
            "Angre denne importen før du leser inn fila for neste kvartal, ellers telles beløpene to ganger.",
        )
    ]


def test_import_of_months_that_have_lines_warns(office: Client) -> None:
    first = write(office, upload(office, csv(line()), name="januar.csv"))
    batch = upload(office, csv(line(amount="2"), line(period="202405")), source=first.source_id)
    assert found(batch, "warning") == [
        (
            None,
            "",
            (
                "Det er allerede linjer i regnskap for januar 2024, fra «januar.csv». "
                "Linjene i denne fila kommer i tillegg."
            ),
            "Skal denne fila erstatte de andre linjene, angrer du den importen først.",
        )
    ]


def test_import_batch_shows_its_sums(office: Client) -> None:
    batch = upload(office, csv(*LINES))
    shown = office.get(batch.get_absolute_url()).context["shown"]
    assert [(one.account, one.year, one.lines, one.amount) for one in shown.years] == [
        ("drift", "2024", "2", "1\u00a0000,00")
    ]
    assert [(one.name, one.amount) for one in shown.periods] == [
        ("januar 2024", "1\u00a0000,50"),
        ("februar 2024", "\u22120,50"),
    ]
    assert [one.name for one in shown.units] == ["Bakken skole", "Sektor for omsorg"]
    assert [(one["row"], one["function"]) for one in shown.first] == [
        (2, "202 Grunnskole"),
        (3, "253 Helse- og omsorgstjenester i institusjon"),
    ]


def test_import_batch_while_it_is_checked(office: Client) -> None:
    batch = upload(office, csv(line()))
    ImportBatch.objects.update(state="checking", percent=40)
    page = office.get(batch.get_absolute_url(), headers={"HX-Request": "true"})
    assert page.templates[0].name == "budget/_import_progress.html"
    ImportBatch.objects.update(state="checked")
    assert office.get(batch.get_absolute_url(), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_import_check_of_work_that_has_died(office: Client) -> None:
    batch = upload(office, csv(line()))
    page = reverse("budget:import_check", args=[batch.pk])
    ImportBatch.objects.update(state="writing")
    office.post(page)
    assert ImportBatch.objects.get().state == "writing"
    ImportBatch.objects.update(heard_at="2024-01-01T00:00:00Z")
    office.post(page)
    assert ImportBatch.objects.get().state == "checked"


def test_import_list_runs_the_same_queries_for_one_and_three(office: Client) -> None:
    first = upload(office, csv(line()))
    one = count_queries(office)
    for amount in ("2", "3"):
        upload(office, csv(line(amount=amount)), source=first.source_id)
    assert count_queries(office) == one


def count_queries(client: Client) -> int:
    """Queries of the list page."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("budget:import_list")).status_code == 200
    return len(queries)


@pytest.mark.parametrize("person", ["leader", "approver", "reader"])
def test_import_list_is_for_those_who_publish(person: str, request: pytest.FixtureRequest, client: Client) -> None:
    client.force_login(request.getfixturevalue(person))
    assert client.get(reverse("budget:import_list")).status_code == 403
