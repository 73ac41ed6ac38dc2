"""Broken files: nothing is written, and the controller is told where, what is wrong and what to do."""

from csv import DictReader
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from budget.models import BudgetAmendment, BudgetLine, ImportBatch
from organisation.models import Unit
from tests.budget.importing.broken_files import BROKEN, REVISED, Broken
from tests.budget.importing.uploads import Sentence, csv, found, line, post, upload, write
from tests.budget.money import amendment

pytestmark = pytest.mark.django_db


def _told() -> dict[str, list[Sentence]]:
    """What the controller is told of each broken file."""
    told: dict[str, list[Sentence]] = {}
    with Path(__file__).with_name("broken_told.csv").open(encoding="utf-8", newline="") as lines:
        for one in DictReader(lines, delimiter=";"):
            sentence = (int(one["row"]) if one["row"] else None, one["column"], one["what"], one["advice"])
            told.setdefault(one["broken"], []).append(sentence)
    return told


TOLD = _told()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.what)
def test_broken_file_is_refused_with_a_sentence(broken: Broken, office: Client) -> None:
    batch = upload(office, broken.content(), name=broken.name, **broken.said)
    assert found(batch) == TOLD[broken.what]
    page = office.get(batch.get_absolute_url()).content.decode()
    assert [what for _row, _column, what, _advice in found(batch) if escape(what) not in page] == []
    assert office.post(reverse("budget:import_write", args=[batch.pk])).status_code == 409
    assert (BudgetLine.objects.count(), BudgetAmendment.objects.count()) == (0, 0)


def test_broken_files_are_each_told_of() -> None:
    assert [broken.what for broken in BROKEN] == list(TOLD)


def test_import_add_of_a_file_without_a_byte(office: Client) -> None:
    answer = post(office, b"")
    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {
        "file": ["Fila er tom (0 byte). Hent den ut på nytt, og last den opp igjen."]
    }


def test_import_add_of_a_file_that_is_too_large(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budget.importing.forms.LARGEST_FILE", 10)
    answer = post(office, csv(line()))
    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {
        "file": ["Fila er på 0 MB. Grensen er 50 MB. Del den i flere, for eksempel en for hvert år."]
    }


def test_import_of_the_same_file_twice(office: Client) -> None:
    first = write(office, upload(office, csv(line())))
    ImportBatch.objects.update(written_at="2024-05-01T08:30:00Z")
    second = upload(office, csv(line()), source=first.source_id, name="igjen.csv")
    assert found(second) == [
        (
            None,
            "",
            "Den samme fila er allerede lest inn: «fil.csv», av controller, 01.05.2024 kl. 10.30.",
            "Forkast denne. Skal fila leses inn på nytt, angrer du den forrige importen først.",
        )
    ]
    assert write(office, second).state == "checked"
    assert BudgetLine.objects.count() == 1


def test_import_of_a_file_that_has_been_undone(office: Client) -> None:
    first = write(office, upload(office, csv(line())))
    office.post(reverse("budget:import_undo", args=[first.pk]))
    again = upload(office, csv(line()), source=first.source_id)
    assert (found(again), write(office, again).state) == ([], "written")


def test_import_of_two_copies_that_were_both_checked(office: Client) -> None:
    first = upload(office, csv(line()))
    second = upload(office, csv(line()), source=first.source_id)
    assert [write(office, one).state for one in (first, second)] == ["written", "checked"]
    assert BudgetLine.objects.count() == 1


def test_import_add_of_an_amendment_whose_number_is_taken(office: Client, top: Unit) -> None:
    amendment(top, number=2)
    answer = post(office, csv(line(amount="5"), line(amount="-5")), number="2", **REVISED)
    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {
        "number": ["Budsjettregulering nummer 2 for 2024 finnes allerede. Velg et nummer som er ledig."]
    }


def test_import_of_an_amendment_whose_number_is_taken_meanwhile(office: Client, top: Unit) -> None:
    batch = upload(office, csv(line(amount="5"), line(amount="-5")), number="2", **REVISED)
    amendment(top, number=2)
    batch = write(office, batch)
    assert (batch.state, BudgetLine.objects.count(), BudgetAmendment.objects.count()) == ("checked", 0, 1)
    assert found(batch) == [
        (
            None,
            "",
            "Budsjettregulering nummer 2 for 2024 finnes allerede.",
            "Forkast denne importen, og last opp fila på nytt med et nummer som er ledig.",
        )
    ]


def test_import_of_a_file_without_a_column_that_is_remembered(office: Client) -> None:
    head = ("Ansvar", "Tjeneste", "Art", "Periode", "Kroneverdi")
    first = upload(office, csv(line(), head=head))
    said = {"unit": "Ansvar", "function": "Tjeneste", "art": "Art", "period": "Periode", "amount": "Kroneverdi"}
    office.post(reverse("budget:import_columns", args=[first.pk]), said | {"base_version": 1})
    batch = upload(office, csv(line(), head=(*head[:4], "Verdi")), source=first.source_id)
    assert [one[:3] for one in found(batch)] == [(1, "", "Fant ingen kolonne for «Beløp».")]


def test_import_of_more_faults_than_are_kept(office: Client) -> None:
    batch = upload(office, csv(*(line(amount="feil") for _row in range(250))))
    assert (len(found(batch)), batch.preview["errors"]) == (200, 250)
    shown = office.get(batch.get_absolute_url()).context["shown"]
    assert (len(shown.errors), shown.more_errors) == (200, 50)


def test_import_of_an_unknown_code_in_many_rows_is_told_once(office: Client) -> None:
    batch = upload(office, csv(*(line(unit="4711") for _row in range(250))))
    assert [(one["row"], one["rows"]) for one in batch.findings] == [(2, 250)]
