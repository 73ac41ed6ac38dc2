"""What a source remembers: its columns, its codes and how its amounts stand."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import BudgetLine, CodeMapping, LedgerSource
from tests.budget.importing.uploads import amounts, csv, explain, found, line, upload, write

pytestmark = pytest.mark.django_db


def test_import_codes_are_remembered_for_the_next_file(office: Client) -> None:
    batch = upload(office, csv(line(unit="4711", art="10100", function="2020")))
    assert {(one["kind"], one["code"]): one["proposal"] for one in batch.preview["unknown"]} == {
        ("unit", "4711"): "",
        ("function", "2020"): "202",
        ("art", "10100"): "",
    }
    explain(office, batch, {("unit", "4711"): "skole", ("function", "2020"): "202", ("art", "10100"): "010"})
    batch = write(office, batch)
    assert (batch.state, CodeMapping.objects.count()) == ("written", 3)
    source = LedgerSource.objects.get()
    again = upload(office, csv(line(unit="4711", art="10100", function="2020", period="202402")), source=source.pk)
    assert (found(again), again.line_count) == ([], 1)
    assert [(one.unit.slug, one.art.code, one.account) for one in BudgetLine.objects.all()] == [
        ("skole", "010", "10100")
    ]


def test_import_codes_that_are_left_empty_stay_unknown(office: Client) -> None:
    batch = upload(office, csv(line(unit="1"), line(unit="2")))
    explain(office, batch, {("unit", "1"): "skole", ("unit", "2"): ""})
    batch.refresh_from_db()
    assert [one["code"] for one in batch.preview["unknown"]] == ["2"]


def test_import_codes_with_a_unit_that_is_not_there(office: Client) -> None:
    batch = upload(office, csv(line(unit="1")))
    answer = office.post(reverse("budget:import_codes", args=[batch.pk]), {"unit-31": "bort"})
    assert (answer.status_code, CodeMapping.objects.count()) == (422, 0)


def test_import_columns_are_guessed_and_remembered(office: Client) -> None:
    head = ("Koststed", "Funksjon", "Konto", "År", "Måned", "Prosjekt", "Beløp i kr", "Tekst", "Ukjent")
    row = ("bakken-skole", "202", "010", "2024", "3", "P1", "5", "Lærebøker", "x")
    write(office, upload(office, csv(row, head=head)))
    assert LedgerSource.objects.get().columns == {
        "unit": "Koststed",
        "function": "Funksjon",
        "art": "Konto",
        "amount": "Beløp i kr",
        "year": "År",
        "month": "Måned",
        "project": "Prosjekt",
        "text": "Tekst",
    }
    written = BudgetLine.objects.get()
    assert (str(written.period), written.project, written.text) == ("mars 2024", "P1", "Lærebøker")


def test_import_columns_that_are_chosen(office: Client) -> None:
    head = ("Hvem", "Hva", "Slag", "Når", "Hvor mye")
    batch = upload(office, csv(line(), head=head))
    assert (batch.line_count, len(found(batch))) == (0, 5)
    said = {"unit": "Hvem", "function": "Hva", "art": "Slag", "period": "Når", "amount": "Hvor mye"}
    constant = {"account_class": "=investment", "base_version": 1}
    answer = office.post(reverse("budget:import_columns", args=[batch.pk]), said | constant)
    assert answer.status_code == 302
    batch = write(office, batch)
    assert (batch.state, BudgetLine.objects.get().account_class) == ("written", "investment")


def test_import_columns_with_one_heading_for_two_fields(office: Client) -> None:
    batch = upload(office, csv(line()))
    said = {"unit": "Ansvar", "function": "Ansvar", "art": "Art", "amount": "Beløp", "base_version": 1}
    answer = office.post(reverse("budget:import_columns", args=[batch.pk]), said)
    assert answer.status_code == 422
    assert answer.context["columns_form"].errors == {
        "function": ["«Ansvar» er også valgt som Ansvar (enhet). Velg en annen kolonne ett av stedene."]
    }


def test_import_columns_that_someone_else_has_changed(office: Client) -> None:
    batch = upload(office, csv(line()))
    LedgerSource.objects.update(version=2)
    columns = {"unit": "Ansvar", "function": "Tjeneste", "art": "Art", "amount": "Beløp", "period": "Periode"}
    answer = office.post(reverse("budget:import_columns", args=[batch.pk]), columns | {"base_version": 1})
    assert answer.status_code == 409


def test_import_in_thousands_with_the_sign_reversed(office: Client) -> None:
    said = {"new_factor": "1000", "new_is_reversed": "on", "control_sum": "-99,5"}
    batch = upload(office, csv(line(amount="-100"), line(amount="0,5")), **said)
    assert (found(batch), batch.amount, batch.control_sum) == ([], Decimal(99_500), Decimal(99_500))
    write(office, batch)
    assert [one[-1] for one in amounts()] == [Decimal(100_000), Decimal(-500)]


def test_ledger_source_edit_reads_waiting_files_anew(office: Client) -> None:
    batch = upload(office, csv(line(amount="100")), control_sum="100")
    page = reverse("budget:ledger_source_edit", args=[batch.source_id])
    said = {"name": "Annet navn", "factor": "1000", "is_reversed": "on", "base_version": 1}
    assert office.post(page, said | {"column_art": "Art"}).status_code == 302
    batch.refresh_from_db()
    assert (batch.amount, batch.control_sum, batch.source.columns) == (
        Decimal(-100_000),
        Decimal(-100_000),
        {"art": "Art"},
    )


def test_code_mapping_remove_forgets_the_code(office: Client) -> None:
    batch = upload(office, csv(line(unit="4711")))
    explain(office, batch, {("unit", "4711"): "skole"})
    office.post(reverse("budget:code_mapping_remove", args=[CodeMapping.objects.get().pk]))
    batch.refresh_from_db()
    assert [one["code"] for one in batch.preview["unknown"]] == ["4711"]
