"""The block of the units' economy: the figures of the lines, and what is said in approved reports."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string

from budget.forecasts import decide
from organisation.models import Unit, User
from organisation.versions import create
from publishing.building import contents
from publishing.cells import cells_of
from publishing.structure import Row, Table, Text
from reporting.models import ReportEconomy, ReportingRound, UnitReport
from tests.budget.money import line
from tests.publishing.reporting_round import approve, chapter, items, report_of, table
from tests.reporting.economy import economy_round, function, write_year
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db
BLOCK = "unit-economy"


@pytest.fixture
def asked(place: Workplace, top: Unit, schools: Unit, care: Unit) -> ReportingRound:
    """Both sectors have used more than planned; the school sector says why, and what it expects."""
    round_ = economy_round(top=top, units=[schools, care])
    write_year(schools, actual=150_000)
    write_year(care, function="253", actual=160_000)
    for slug, code in (("skole", "202"), ("omsorg", "253")):
        say(report_of(round_, slug), code, 1_700_400)
    return round_


def say(report: UnitReport, code: str, kroner: int) -> None:
    """Decide the forecast of the function, and say why it deviates."""
    period = report.round.period
    decide(unit=report.unit, function=function(code), period=period, amount=Decimal(kroner), by=None)
    words = {"cause": f"Årsak {report.unit.slug}.", "action": f"Tiltak {report.unit.slug}."}
    create(ReportEconomy(report=report, function=function(code), **words), by=None)


def economy(round_: ReportingRound) -> Table:
    return table(round_, "sammendrag", BLOCK)


def plain(row: Row) -> tuple[str, ...]:
    """The cells without hard spaces."""
    return tuple(cell.replace("\u00a0", " ") for cell in row.cells)


def test_block_of_approved_reports(asked: ReportingRound, approver: User) -> None:
    for slug in ("skole", "omsorg"):
        approve(report_of(asked, slug), approver)
    shown = economy(asked)
    assert [(column.heading, column.label, column.kind) for column in shown.columns] == [
        ("Hittil i år", "Budsjett", "amount"),
        ("Hittil i år", "Regnskap", "amount"),
        ("Hittil i år", "Avvik", "amount"),
        ("Hittil i år", "Prosent", "amount"),
        ("Hele 2024", "Budsjett", "amount"),
        ("Hele 2024", "Prognose", "amount"),
        ("Hele 2024", "Avvik", "amount"),
        ("", "Merforbruk", "text"),
        ("", "Mindreforbruk", "text"),
    ]
    assert [(row.label, plain(row)[:7], row.is_sum) for row in shown.rows()] == [
        ("Sektor for omsorg", ("800", "1 280", "−480", "−60,0 %", "1 200", "1 701", "−501"), False),
        ("Sektor for skole", ("800", "1 200", "−400", "−50,0 %", "1 200", "1 700", "−500"), False),
        ("Sum", ("1 600", "2 480", "−880", "−55,0 %", "2 400", "3 401", "−1 001"), True),
    ]
    words = [(row.cells[7], row.cells[8]) for row in shown.rows()]
    name = function("253").name
    assert words[0] == (f"253 {name}, −60,0\u00a0%: Årsak omsorg. Tiltak: Tiltak omsorg.", "")
    assert (words[2], shown.footnotes, shown.unit_of_measure) == (("", ""), (), "1\u00a0000 kroner")


def test_block_has_no_forecast_and_no_word_of_a_report_that_is_not_approved(
    asked: ReportingRound, approver: User
) -> None:
    approve(report_of(asked, "skole"), approver)
    care, schools, total = economy(asked).rows()
    assert (plain(care)[:2], plain(care)[5], care.cells[7:], care.mark) == (
        ("800", "1 280"), "1 680", ("", ""), "*"
    )  # fmt: skip
    assert (plain(schools)[5], schools.mark, plain(total)[5]) == ("1 700", "", "3 380")
    assert [mark for mark, _text in economy(asked).footnotes] == ["*"]


def test_block_puts_what_is_reported_below_with_its_sector(
    place: Workplace, top: Unit, schools: Unit, one_school: Unit, approver: User
) -> None:
    round_ = economy_round(top=top, units=[schools, one_school])
    for unit in (top, schools, one_school, place.care.area.unit):
        write_year(unit, actual=150_000)
    for slug in ("skole", "bakken-skole"):
        say(report_of(round_, slug), "202", 1_700_000)
        approve(report_of(round_, slug), approver)
    rows = list(economy(round_).rows())
    assert [(row.label, plain(row)[1], plain(row)[5], row.mark) for row in rows] == [
        ("Sektor for omsorg", "1 200", "1 600", "*"),
        ("Sektor for skole", "2 400", "3 400", ""),
        ("Testvik kommune", "1 200", "1 600", "*"),
        ("Sum", "4 800", "6 600", ""),
    ]
    name = f"202 {function().name}"
    assert rows[1].cells[7] == (
        f"{name}, −50,0\u00a0%: Årsak skole. Tiltak: Tiltak skole.\n"
        f"Bakken skole, {name}, −50,0\u00a0%: Årsak bakken-skole. Tiltak: Tiltak bakken-skole."
    )


def test_block_adds_up_whatever_the_amounts(asked: ReportingRound, one_school: Unit) -> None:
    for number, unit in enumerate((one_school, *Unit.objects.filter(kind="sector")), start=1):
        line(unit, f"{number * 333}.33", function="222")
        line(unit, f"{number * 777}.77", layer="original", function="222")
    rows = [[cell.number for cell in cells_of(economy(asked), row)][:7] for row in economy(asked).rows()]
    *parts, total = rows
    for index in (0, 1, 2, 4, 5, 6):
        assert sum(part[index] or 0 for part in parts) == total[index]
    for row in rows:
        assert (row[0] or 0) - (row[1] or 0) == row[2]
        assert (row[4] or 0) - (row[5] or 0) == row[6]


def test_block_tells_less_than_planned_by_itself(place: Workplace, top: Unit, schools: Unit, approver: User) -> None:
    round_ = economy_round(top=top, units=[schools])
    write_year(schools, actual=50_000)
    say(report_of(round_, "skole"), "202", 900_000)
    ReportEconomy.objects.update(action="")
    approve(report_of(round_, "skole"), approver)
    row, _total = economy(round_).rows()
    assert row.cells[7:] == ("", f"202 {function().name}, 50,0\u00a0%: Årsak skole.")


def test_block_without_lines_is_a_sentence(place: Workplace, top: Unit, schools: Unit) -> None:
    round_ = economy_round(top=top, units=[schools])
    (text,) = items(round_, "sammendrag", "Økonomi")
    assert isinstance(text, Text)
    assert text.html == "<p>Det er ikke lest inn budsjett eller regnskap for 2024.</p>"


def test_block_of_a_whole_year_foresees_nothing(place: Workplace, top: Unit, schools: Unit) -> None:
    round_ = economy_round(top=top, units=[schools], of=f"{YEAR}")
    write_year(schools)
    shown = economy(round_)
    labels = ["Budsjett", "Regnskap", "Avvik", "Prosent", "Merforbruk", "Mindreforbruk"]
    assert ([column.label for column in shown.columns], shown.footnotes) == (labels, ())


def test_block_of_an_example_says_so(asked: ReportingRound) -> None:
    ReportingRound.objects.update(is_example=True)
    assert economy(asked).note.endswith("Eksempeldata: Tallene og forklaringene er laget som eksempler.")


def test_block_is_not_there_where_it_is_not_asked_for(tertial: ReportingRound) -> None:
    assert [section.heading for section in chapter(tertial, "sammendrag").sections].count("Økonomi") == 0


def test_block_words_stand_under_the_row(asked: ReportingRound, approver: User) -> None:
    approve(report_of(asked, "skole"), approver)
    html = render_to_string("publishing/_chapter_body.html", {"chapter": chapter(asked, "sammendrag")})
    assert (html.count("Årsak skole."), html.count("Årsak omsorg.")) == (1, 0)


def test_block_takes_the_same_queries_for_few_and_many(
    asked: ReportingRound, one_school: Unit, approver: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    approve(report_of(asked, "skole"), approver)
    with django_assert_max_num_queries(40) as few:
        chapter(asked, "sammendrag")
    for code in ("211", "213", "215", "221", "222", "223"):
        line(one_school, 200_000, function=code)
    with django_assert_max_num_queries(len(few)):
        contents.build(asked.document, chapter="sammendrag")
