"""Writing a file that is checked, undoing it and giving it up."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from budget.importing.writing import COLUMNS
from budget.models import BudgetAmendment, BudgetLine, CodeMapping
from organisation.models import User
from tests.budget.importing.uploads import amounts, csv, explain, line, upload, write

pytestmark = pytest.mark.django_db


def test_import_of_a_budget_with_years_ahead(office: Client) -> None:
    rows = (line(period="2024"), line(period="2025"), line(period="2027"))
    batch = write(office, upload(office, csv(*rows), layer="original", plan_year="2024"))
    assert batch.state == "written"
    assert list(BudgetLine.objects.order_by("row").values_list("plan_year", "period__start__year")) == [
        (2024, 2024),
        (2024, 2025),
        (2024, 2027),
    ]


def test_import_of_a_budget_without_a_period_is_for_the_whole_year(office: Client) -> None:
    head = ("Ansvar", "Tjeneste", "Art", "Beløp")
    content = csv(("bakken-skole", "202", "010", "5"), head=head)
    write(office, upload(office, content, layer="original", plan_year="2024"))
    assert amounts() == [("bakken-skole", "202", "010", "2024", Decimal(5))]


AMENDMENT = {
    "layer": "revised",
    "plan_year": "2024",
    "title": "Første",
    "decided_on": "2024-06-12",
    "decision": "12/24",
}


def test_import_of_an_amendment_makes_the_decision(office: Client) -> None:
    batch = write(office, upload(office, csv(line(amount="5"), line(art="020", amount="-5")), **AMENDMENT))
    assert batch.state == "written"
    made = BudgetAmendment.objects.get()
    assert (made.year, made.number, made.title, str(made.decided_on), made.decision) == (
        2024,
        1,
        "Første",
        "2024-06-12",
        "12/24",
    )
    assert [one.amount for one in made.lines.order_by("row")] == [Decimal(5), Decimal(-5)]


def test_import_undo_takes_lines_and_decision_away(office: Client, controller: User) -> None:
    batch = write(office, upload(office, csv(line(amount="5"), line(art="020", amount="-5")), **AMENDMENT))
    page = reverse("budget:import_undo", args=[batch.pk])
    assert office.get(page).status_code == 200
    assert BudgetLine.objects.count() == 2
    assert office.post(page).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, batch.undone_at is not None) == ("undone", controller, True)
    assert (BudgetLine.objects.count(), BudgetAmendment.objects.count()) == (0, 0)


def test_import_undo_twice(office: Client) -> None:
    batch = write(office, upload(office, csv(line())))
    page = reverse("budget:import_undo", args=[batch.pk])
    assert [office.post(page).status_code for _click in range(2)] == [302, 409]


def test_import_undo_leaves_other_imports_alone(office: Client) -> None:
    first = write(office, upload(office, csv(line())))
    second = write(office, upload(office, csv(line(amount="7")), source=first.source_id))
    office.post(reverse("budget:import_undo", args=[first.pk]))
    assert list(BudgetLine.objects.values_list("batch", "amount")) == [(second.pk, Decimal(7))]


def test_import_undo_of_a_decision_that_has_got_other_lines(office: Client) -> None:
    batch = write(office, upload(office, csv(line(amount="5"), line(art="020", amount="-5")), **AMENDMENT))
    BudgetLine.objects.filter(row=2).update(batch=None)
    assert office.post(reverse("budget:import_undo", args=[batch.pk])).status_code == 409
    batch.refresh_from_db()
    assert (batch.state, BudgetLine.objects.count()) == ("written", 2)


def test_import_write_twice_writes_once(office: Client) -> None:
    batch = upload(office, csv(line()))
    page = reverse("budget:import_write", args=[batch.pk])
    assert [office.post(page).status_code for _click in range(2)] == [302, 302]
    assert BudgetLine.objects.count() == 1


def test_import_write_of_a_file_with_errors(office: Client) -> None:
    batch = upload(office, csv(line(unit="4711")))
    assert office.post(reverse("budget:import_write", args=[batch.pk])).status_code == 409
    assert BudgetLine.objects.count() == 0


def test_import_write_after_a_code_has_changed_asks_again(office: Client) -> None:
    batch = upload(office, csv(line(unit="4711")))
    explain(office, batch, {("unit", "4711"): "skole"})
    CodeMapping.objects.update(target="omsorg")
    batch = write(office, batch)
    assert (batch.state, batch.problem) == ("checked", "Noe er endret siden fila ble kontrollert. Se over den igjen.")
    assert BudgetLine.objects.count() == 0
    assert write(office, batch).state == "written"


def test_import_drop_throws_the_content_away(office: Client) -> None:
    batch = upload(office, csv(line()))
    assert office.post(reverse("budget:import_drop", args=[batch.pk])).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.content) == ("dropped", None)
    assert office.post(reverse("budget:import_write", args=[batch.pk])).status_code == 409


def test_import_drop_of_a_written_file(office: Client) -> None:
    batch = write(office, upload(office, csv(line())))
    assert office.post(reverse("budget:import_drop", args=[batch.pk])).status_code == 409
    assert BudgetLine.objects.count() == 1


def test_every_field_of_a_line_is_written() -> None:
    fields = {field.name for field in BudgetLine._meta.concrete_fields}
    assert fields - set(COLUMNS) == {"id"}


PROBLEM = "Ingenting er lest inn. Prøv igjen, eller si fra til dem som driver systemet."


def test_import_add_when_the_check_breaks_can_be_tried_again(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("budget.importing.tasks.check", _break)
        batch = upload(office, csv(line()))
    assert (batch.state, batch.problem) == ("failed", f"Noe gikk galt da fila ble kontrollert. {PROBLEM}")
    office.post(reverse("budget:import_check", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("checked", "")


def test_import_write_that_breaks_after_the_lines_leaves_nothing(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = upload(office, csv(line(amount="5"), line(art="020", amount="-5")), **AMENDMENT)
    monkeypatch.setattr("budget.importing.writing._finish", _break)
    batch = write(office, batch)
    assert (batch.state, batch.problem) == ("failed", f"Noe gikk galt da linjene ble lest inn. {PROBLEM}")
    assert (BudgetLine.objects.count(), BudgetAmendment.objects.count()) == (0, 0)


def _break(*_said: object, **_more: object) -> None:
    raise RuntimeError
