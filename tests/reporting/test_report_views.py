"""The report's page and the saving of a row: what is saved, what is refused, and that nothing typed is lost."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import Unit, User
from reporting import deadlines, handing_in
from reporting.models import KeptEntry, ReportingRound, ReportRow, UnitReport
from scorecards.models import Indicator, Observation
from scorecards.registration import register
from tests.workplace import Workplace, add_row, open_tertial, year_period

pytestmark = pytest.mark.django_db
Ceiling = Callable[..., Any]
NEXT_WEEK = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=7))
OF_TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
EXPLAINED = {"cause": "Sykdom.", "action": "Vikarer.", "expected": "Høsten"}


@pytest.fixture
def row(tertial: ReportingRound, place: Workplace) -> ReportRow:
    """The school sector's row in the round: higher is better, and 4,8 is the target of the year."""
    indicator = place.schools.row.indicator
    Indicator.objects.filter(pk=indicator.pk).update(direction="higher")
    register(indicator=indicator, period=year_period(), kind="target", text="4,8", by=None)
    found: ReportRow = ReportRow.objects.get(report__round=tertial, indicator=indicator)
    return found


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


def page_of(row: ReportRow) -> str:
    return UnitReport.objects.get(pk=row.report_id).get_absolute_url()


def form_of(row: ReportRow, **typed: str) -> dict[str, str]:
    """The row's fields as the browser sends them, having seen no value and the row's first version."""
    bases = {name: "0" if name in ("value", "forecast") else "1" for name in typed}
    return {f"{name}-{row.pk}": text for name, text in typed.items()} | {
        f"base-{name}-{row.pk}": base for name, base in bases.items()
    }


def save(client: Client, row: ReportRow, more: dict[str, str] | None = None, /, **typed: str) -> Any:
    return client.post(f"/arbeid/rapportrad/{row.pk}/", form_of(row, **typed) | (more or {}))


def values(row: ReportRow) -> dict[str, str]:
    rows = Observation.objects.filter(indicator=row.indicator, period__kind__in=("tertial", "year")).exclude(
        kind="target"
    )
    return {f"{one.kind} {one.period}": one.text for one in rows.select_related("period").exclude(text="4,5")}


def texts(row: ReportRow) -> dict[str, str]:
    row.refresh_from_db()
    return {name: text for name in ("comment", *EXPLAINED) if (text := getattr(row, name))}


def lock(row: ReportRow, leader: User) -> UnitReport:
    report = UnitReport.objects.get(pk=row.report_id)
    handing_in.hand_in(report=report, by=leader)
    return report


def test_row_save_saves_values_and_texts(as_leader: Client, leader: User, row: ReportRow) -> None:
    answer = save(as_leader, row, value="4,9", forecast="5", comment=" Bra. ")
    assert answer.status_code == 200
    assert values(row) == {"result 2. tertial 2024": "4,9", "forecast 2024": "5"}
    assert texts(row) == {"comment": "Bra."}
    line = answer.context["line"]
    assert (line.judgement.assessment.word, line.is_missed, line.saved_at is None) == ("Nådd", False, False)
    assert {one.history_user for one in row.history.filter(version=2)} == {leader}


def test_row_save_answers_with_what_a_miss_asks_for(as_leader: Client, row: ReportRow) -> None:
    answer = save(as_leader, row, value="2")
    names = [f'name="{name}-{row.pk}"' for name in EXPLAINED]
    assert [answer.content.decode().count(name) for name in names] == [1, 1, 1]
    assert answer.context["line"].lacks_explanation
    answer = save(as_leader, row, **EXPLAINED)
    assert not answer.context["line"].lacks_explanation
    assert texts(row) == EXPLAINED


@pytest.mark.parametrize("typed", ["m", "M", " m "])
def test_row_save_understands_one_key_for_not_measured(as_leader: Client, row: ReportRow, typed: str) -> None:
    assert save(as_leader, row, value=typed).status_code == 200
    assert values(row) == {"result 2. tertial 2024": "Måles ikke"}


def test_row_save_of_a_text_not_understood_saves_nothing(as_leader: Client, row: ReportRow) -> None:
    answer = save(as_leader, row, value="1.479", comment="Mitt.")
    assert answer.status_code == 422
    assert (values(row), texts(row), row.version) == ({}, {}, 1)
    cells = answer.context["line"].by_name
    assert (cells["value"].text, cells["comment"].text, bool(cells["value"].error)) == ("1.479", "Mitt.", True)
    assert answer.content.decode().count(f'aria-describedby="value-{row.pk}-error"') == 1


def test_row_save_of_too_long_a_text_saves_nothing(as_leader: Client, row: ReportRow) -> None:
    answer = save(as_leader, row, value="2", expected="å" * 101)
    assert (answer.status_code, values(row), texts(row)) == (422, {}, {})
    assert answer.context["line"].by_name["expected"].error == "Teksten er for lang: 101 tegn. Det er plass til 100."


def test_row_save_of_a_value_someone_else_saved(as_leader: Client, controller: User, row: ReportRow) -> None:
    period = row.report.round.period
    register(indicator=row.indicator, period=period, kind="result", text="4,7", by=controller)
    answer = save(as_leader, row, value="4,9", comment="Mitt.")
    assert (answer.status_code, values(row), texts(row)) == (409, {"result 2. tertial 2024": "4,7"}, {})
    cell = answer.context["line"].by_name["value"]
    assert (cell.text, cell.saved, cell.theirs.by) == ("4,9", "4,7", "controller")
    choice = {f"keep-value-{row.pk}": "mine", f"seen-value-{row.pk}": "1"}
    assert save(as_leader, row, choice, value="4,9", comment="Mitt.").status_code == 200
    assert (values(row), texts(row)) == ({"result 2. tertial 2024": "4,9"}, {"comment": "Mitt."})


def test_row_save_of_a_text_someone_else_changed(
    as_leader: Client, client: Client, controller: User, row: ReportRow
) -> None:
    other = Client()
    other.force_login(controller)
    assert save(other, row, comment="Deres.").status_code == 200
    assert save(as_leader, row, cause="Min årsak.").status_code == 200, "another field is no conflict"
    answer = save(as_leader, row, comment="Min.")
    assert (answer.status_code, texts(row)) == (409, {"comment": "Deres.", "cause": "Min årsak."})
    assert answer.context["line"].by_name["comment"].saved == "Deres."


def test_row_save_of_lines_as_a_browser_sends_them_is_no_change(as_leader: Client, row: ReportRow) -> None:
    save(as_leader, row, comment="Én.\r\nTo.")
    more = {f"base-comment-{row.pk}": "2"}
    assert save(as_leader, row, more, comment="Én.\r\nTo.").status_code == 200
    assert (texts(row), row.version) == ({"comment": "Én.\nTo."}, 2)


def test_row_save_when_logged_out(client: Client, row: ReportRow) -> None:
    assert (save(client, row, value="5").status_code, values(row)) == (401, {})


@pytest.mark.parametrize(("who", "expected"), [("reader", 403), ("administrator", 404)])
def test_row_save_without_the_right(
    client: Client, request: pytest.FixtureRequest, row: ReportRow, who: str, expected: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert (save(client, row, value="5").status_code, values(row)) == (expected, {})


def test_row_save_of_another_sectors_row_is_not_found(as_leader: Client, tertial: ReportingRound) -> None:
    theirs = ReportRow.objects.get(report__round=tertial, report__unit__slug="omsorg")
    assert save(as_leader, theirs, value="5").status_code == 404


def test_row_save_in_a_locked_report_keeps_what_was_typed(as_leader: Client, leader: User, row: ReportRow) -> None:
    lock(row, leader)
    answer = save(as_leader, row, value="4,9", comment="For sent.")
    assert (answer.status_code, values(row), texts(row)) == (423, {}, {})
    assert save(as_leader, row, cause="Mer.").status_code == 423
    typed = {"value": "4,9", "comment": "For sent.", "cause": "Mer."}
    assert [(one.writer, one.typed) for one in KeptEntry.objects.all()] == [(leader, typed)]
    assert answer.content.decode().count("For sent.") == 1
    assert answer.content.decode().count(f'name="value-{row.pk}"') == 0


def test_report_shows_what_was_kept_to_its_writer_only(
    as_leader: Client, leader: User, controller: User, row: ReportRow
) -> None:
    lock(row, leader)
    save(as_leader, row, comment="For sent.")
    assert as_leader.get(page_of(row)).content.decode().count("For sent.") == 1
    other = Client()
    other.force_login(controller)
    assert other.get(page_of(row)).content.decode().count("For sent.") == 0


def test_report_puts_back_what_was_kept_when_opened_again(
    as_leader: Client, leader: User, controller: User, row: ReportRow
) -> None:
    report = lock(row, leader)
    save(as_leader, row, comment="For sent.")
    handing_in.reopen(report=report, reason="Glemte noe.", due_at=NEXT_WEEK, by=controller)
    cell = as_leader.get(page_of(row)).context["lines"][0].by_name["comment"]
    assert (cell.text, cell.saved, cell.is_editable) == ("For sent.", "", True)
    answer = save(as_leader, row, {f"kept-{row.pk}": "1"}, comment="For sent.")
    assert (answer.status_code, texts(row)) == (200, {"comment": "For sent."})
    assert (KeptEntry.objects.count(), row.history.get(version=2).history_change_reason) == (0, "Rettet: Glemte noe.")


def test_report_without_a_script_saves_the_rows_that_were_changed(
    as_leader: Client, place: Workplace, schools: Unit
) -> None:
    add_row(place.schools.card, "Fravær", owner=schools)
    round_ = open_tertial(top=place.document.unit, units=[schools])
    first, second = ReportRow.objects.filter(report__round=round_).order_by("position")
    answer = as_leader.post(page_of(first), form_of(first, value="4,9") | form_of(second, value="", comment="Ja."))
    assert (answer.status_code, answer["Location"]) == (302, page_of(first))
    assert (values(first), values(second), texts(second)) == ({"result 2. tertial 2024": "4,9"}, {}, {"comment": "Ja."})
    assert (texts(first), first.version) == ({}, 1)


def test_report_without_a_script_says_what_could_not_be_saved(as_leader: Client, row: ReportRow) -> None:
    answer = as_leader.post(page_of(row), form_of(row, value="1.479"))
    assert (answer.status_code, values(row)) == (422, {})
    assert answer.content.decode().count(f'href="#value-{row.pk}"') == 1


def test_report_without_a_script_keeps_what_was_typed_when_locked(
    as_leader: Client, leader: User, row: ReportRow
) -> None:
    lock(row, leader)
    answer = as_leader.post(page_of(row), form_of(row, comment="For sent."))
    assert (answer.status_code, texts(row), KeptEntry.objects.get().typed) == (423, {}, {"comment": "For sent."})
    assert answer.content.decode().count("For sent.") == 1


def test_report_is_read_by_those_who_may_not_write(client: Client, reader: User, row: ReportRow) -> None:
    client.force_login(reader)
    page = client.get(page_of(row))
    assert (page.status_code, page.context["may_edit"]) == (200, False)
    assert page.content.decode().count('id="report-form"') == 0
    assert client.post(page_of(row), form_of(row, value="5")).status_code == 403


def test_report_shows_the_past_without_other_indicators(as_leader: Client, row: ReportRow) -> None:
    register(indicator=row.indicator, period=year_period(2023), kind="result", text="4,4", by=None)
    line = as_leader.get(page_of(row)).context["lines"][0]
    assert [(one.label, one.text) for one in line.past] == [("2023", "4,4")]
    assert (line.target.text, line.series_words) == ("4,8", "2023: 4,4")


def test_report_leads_back_with_what_must_be_put_right(
    as_leader: Client, leader: User, controller: User, row: ReportRow
) -> None:
    report = lock(row, leader)
    last = report.steps.latest("at", "pk").pk
    handing_in.send_back(report=report, comment="Tallet mangler.", due_at=NEXT_WEEK, seen_step=last, by=controller)
    assert as_leader.get(page_of(row)).context["returned"].comment == "Tallet mangler."


def many_rows(place: Workplace, number: int) -> None:
    for one in range(number):
        added = add_row(place.schools.card, f"Rad {one}", owner=place.schools.area.unit)
        register(indicator=added.indicator, period=year_period(), kind="target", text="5", by=None)


def test_report_runs_the_same_queries_for_few_and_many(as_leader: Client, place: Workplace) -> None:
    counts = []
    for number in (1, 200):
        many_rows(place, number)
        round_ = open_tertial(top=place.document.unit, units=[place.schools.card.unit])
        page = page_of(ReportRow.objects.filter(report__round=round_)[0])
        as_leader.get(page)
        with CaptureQueriesContext(connection) as queries:
            lines = as_leader.get(page).context["lines"]
        counts.append((len(lines), len(queries)))
    assert [rows for rows, _queries in counts] == [2, 202]
    assert counts[0][1] == counts[1][1] <= 20, json.dumps([one["sql"][:150] for one in queries.captured_queries])


def statements(queries: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in queries.captured_queries]


def test_row_save_of_a_first_value_is_quick(as_leader: Client, row: ReportRow) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert save(as_leader, row, value="5").status_code == 200
    assert len(queries) <= 12, statements(queries)


def test_row_save_of_everything_at_once_is_quick(as_leader: Client, row: ReportRow) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert save(as_leader, row, value="2", forecast="5", comment="Ja.", **EXPLAINED).status_code == 200
    found = [sql for sql in statements(queries) if not sql.startswith(OF_TRANSACTIONS)]
    assert len(found) <= 12, found
