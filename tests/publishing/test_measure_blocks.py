"""Measures in a document: what is planned in the years ahead, and what a round has reported and approved."""

from decimal import Decimal
from typing import Any

import pytest

from organisation.models import AreaFunction, KostraFunction, Unit, User
from organisation.versions import create
from plans.measures.figures import Figures
from plans.models import Document, Measure, Section
from publishing.building import contents
from publishing.building.place import MissingData
from publishing.structure import Table, Text
from publishing.table_view import lay_out
from reporting.models import ReportingRound
from tests.plans.measures.made import followed_up, made
from tests.publishing.reporting_round import approve, report_of
from tests.workplace import YEAR, Workplace, open_tertial

pytestmark = pytest.mark.django_db
MEASURES, REPORTED = Section.Block.MEASURES, Section.Block.REPORTED_MEASURES


def shown(document: Document, parent: Section, block: str = MEASURES, **parameters: Any) -> Any:
    """What the block becomes in the chapter."""
    place = {"document": document, "unit": parent.unit, "parent": parent, "position": 90}
    under = create(Section(**place, heading="Tiltak"), by=None)
    place |= {"parent": under, "position": 1}
    create(Section(**place, kind="block", block=block, parameters=parameters), by=None)
    built = contents.build(document, chapter=parent.slug)
    chapter = next(one for one in built.chapters if one.slug == parent.slug)
    return next(one for one in chapter.sections if one.heading == "Tiltak").items[0]


def rows_of(table: Table) -> list[tuple[str, list[str]]]:
    return [(group.title, [row.label for row in group.rows]) for group in table.groups]


# Planned


def test_measures_of_an_area_with_kroner_and_people_year_by_year(place: Workplace, schools: Unit) -> None:
    facts = {"group": "Skyss", "decision": "Sak 12/23", "indicator": place.schools.row.indicator}
    planned = {YEAR: Figures(Decimal(-5_000_400), Decimal("-2.5")), YEAR + 1: 500_000}
    bus = made(schools, "Buss", planned=planned, decided_on=f"{YEAR - 1}-12-13", **facts)
    made(schools, "Vikarer", planned={YEAR: -400, YEAR + 4: -1})
    table = shown(place.document, place.schools.chapter)
    assert [(column.heading, column.label) for column in table.columns] == [
        *(("Virkning, 1 000 kroner", f"{YEAR + ahead}") for ahead in range(4)),
        ("Årsverk", f"{YEAR}"), ("", "Ansvarlig"), ("", "Vedtatt i"),
    ]  # fmt: skip
    assert rows_of(table) == [("", ["Vikarer"]), ("Skyss", ["Buss"]), ("", ["Sum"])]
    second, first, last = table.rows()
    assert first.cells == (
        "−5 000", "500", "", "", "−2,5", "Sektor for skole", f"Sak 12/23, 13.12.{YEAR - 1}"
    )  # fmt: skip
    assert first.values == ("-5000", "500", None, None, "-2.50", None, None)
    assert (first.key, first.anchor, first.note) == (f"tiltak-{bus.pk}", f"measures-{bus.pk}", "Mål: Trivsel")
    assert (second.cells[:5], last.cells) == (("−1", "", "", "", ""), ("−5 001", "500", "", "", "−2,5", "", ""))
    assert last.is_sum
    assert lay_out(table).width == 6


def test_measures_stand_in_the_area_of_their_function_else_of_their_unit(
    place: Workplace, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    function = place.care.function.functions.get()
    made(one_school, "Under skolene", planned={YEAR: -1})
    made(schools, "Med omsorgens funksjon", planned={YEAR: -1}, function=function)
    made(schools, "Med funksjon uten område", planned={YEAR: -1}, function=KostraFunction.objects.create(code="999"))
    made(top, "Kommunens", planned={YEAR: -1})
    labels = [row.label for row in shown(place.document, place.schools.chapter).rows()]
    assert labels == ["Under skolene", "Med funksjon uten område", "Sum"]
    assert [row.label for row in shown(place.document, place.care.chapter).rows()] == ["Med omsorgens funksjon"]


def test_measures_of_a_function_in_two_areas_stand_in_the_first(place: Workplace, care: Unit) -> None:
    both = create(AreaFunction(area=place.care.area, name="Felles", position=9), by=None)
    both.functions.add(place.schools.function.functions.get())
    made(care, planned={YEAR: -1}, function=both.functions.get())
    assert len(list(shown(place.document, place.schools.chapter).rows())) == 1


def test_measures_of_a_unit_that_is_named_have_those_below(
    place: Workplace, schools: Unit, one_school: Unit, care: Unit
) -> None:
    for unit in (schools, one_school, care):
        made(unit, unit.slug, planned={YEAR + 1: -1_000})
    table = shown(place.document, place.care.chapter, unit="skole", years=[YEAR + 1], caption="Skolens tiltak")
    assert (table.caption, [column.label for column in table.columns]) == (
        "Skolens tiltak", [f"{YEAR + 1}", "Ansvarlig", "Vedtatt i"]
    )  # fmt: skip
    assert [row.label for row in table.rows()] == ["bakken-skole", "skole", "Sum"]


def test_measures_of_a_common_chapter_are_those_of_its_unit(place: Workplace, schools: Unit, care: Unit) -> None:
    made(schools, planned={YEAR: -1})
    made(care, planned={YEAR: -1})
    assert len(list(shown(place.document, place.common).rows())) == 3


def test_measures_of_other_years_are_left_out_and_those_in_words_kept(place: Workplace, schools: Unit) -> None:
    made(schools, "Før", planned={YEAR - 1: -1})
    made(schools, "Ord", why="Derfor.")
    assert [row.label for row in shown(place.document, place.schools.chapter).rows()] == ["Ord"]


def test_measures_that_are_none_are_a_sentence(place: Workplace) -> None:
    text = shown(place.document, place.schools.chapter)
    assert isinstance(text, Text)
    assert text.html == "<p>Ingen tiltak er vedtatt.</p>"


def test_measures_of_a_unit_that_is_not_there(place: Workplace) -> None:
    with pytest.raises(MissingData, match="enheten «borte», som ikke finnes"):
        shown(place.document, place.common, unit="borte")


# Reported


@pytest.fixture
def round_(place: Workplace, top: Unit, schools: Unit, care: Unit) -> ReportingRound:
    """The round of the second tertial, which asks both sectors for their measures."""
    return open_tertial(top=top, units=[schools, care], asks_measures=True)


@pytest.fixture
def bus(round_: ReportingRound, schools: Unit) -> Measure:
    """A measure that the school sector has reported on."""
    found: Measure = made(schools, "Buss", planned={YEAR: Figures(Decimal(-5_000_000), Decimal(-2))})
    followed_up(found, f"{YEAR}-T2", comment="Forsinket.", achieved=Figures(Decimal(-700_000), Decimal(-1)))
    return found


def reported(round_: ReportingRound, slug: str = "sammendrag") -> Any:
    Section.objects.filter(document=round_.document, heading="Tiltak").delete()
    chapter = Section.objects.get(document=round_.document, slug=slug)
    return shown(round_.document, chapter, REPORTED, round=round_.slug)


def test_reported_measures_of_an_approved_report(round_: ReportingRound, bus: Measure, approver: User) -> None:
    approve(report_of(round_, "skole"), approver)
    table = reported(round_)
    assert (table.caption, [(column.heading, column.label) for column in table.columns]) == (
        f"Tiltak, 2. tertial {YEAR}",
        [
            ("", "Status"),
            ("Virkning, 1 000 kroner", f"Planlagt {YEAR}"),
            ("Virkning, 1 000 kroner", f"Oppnådd hittil i {YEAR}"),
            ("Årsverk", f"Planlagt {YEAR}"),
            ("Årsverk", f"Oppnådd hittil i {YEAR}"),
            ("", "Kommentar"),
        ],
    )
    assert [column.kind for column in table.columns] == ["text", "amount", "amount", "amount", "amount", "text"]
    assert rows_of(table) == [("Sektor for skole", ["Buss"])]
    (row,) = table.rows()
    assert row.cells == ("Påbegynt", "−5 000", "−700", "−2,0", "−1,0", "Forsinket.")
    assert row.values == (None, "-5000", "-700", "-2.00", "-1.00", None)
    assert row.key == f"tiltak-{bus.pk}"


def test_reported_measures_of_a_report_that_waits_tell_nothing(round_: ReportingRound, bus: Measure) -> None:
    (row,) = reported(round_).rows()
    assert row.cells == ("Ikke rapportert", "−5 000", "", "−2,0", "")


def test_reported_measures_stand_as_they_were_approved(round_: ReportingRound, bus: Measure, approver: User) -> None:
    approve(report_of(round_, "skole"), approver)
    followed_up(bus, f"{YEAR}-T2", status="done", comment="Endret.", achieved=Figures(Decimal(-9_000_000)))
    (row,) = reported(round_).rows()
    assert row.cells == ("Påbegynt", "−5 000", "", "−2,0", "Forsinket.")
    assert row.note == "Oppnådd virkning er endret etter at rapporten ble godkjent."


def test_reported_measures_do_not_tell_what_a_later_period_gave(
    round_: ReportingRound, bus: Measure, approver: User
) -> None:
    approve(report_of(round_, "skole"), approver)
    followed_up(bus, f"{YEAR}-T3", achieved=Figures(Decimal(-5_000_000)))
    (row,) = reported(round_).rows()
    assert row.cells[2] == ""


def test_reported_measures_of_an_example_are_shown_as_they_are(
    round_: ReportingRound, bus: Measure, approver: User
) -> None:
    approve(report_of(round_, "skole"), approver)
    followed_up(bus, f"{YEAR}-T2", status="done", achieved=Figures(Decimal(-9_000_000)))
    ReportingRound.objects.update(is_example=True)
    (row,) = reported(ReportingRound.objects.get()).rows()
    assert row.cells[:3] == ("Gjennomført", "−5 000", "−9 000")


def test_reported_measures_of_an_area_are_its_own(
    round_: ReportingRound, bus: Measure, care: Unit, approver: User
) -> None:
    followed_up(made(care, "Vaskeri", planned={YEAR: -1_000}), f"{YEAR}-T2", status="done")
    for unit in ("skole", "omsorg"):
        approve(report_of(round_, unit), approver)
    assert [row.label for row in reported(round_, "omsorg").rows()] == ["Vaskeri"]
    everything = reported(round_)
    assert [row.label for row in everything.rows()] == ["Vaskeri", "Buss", "Sum"]
    assert list(everything.rows())[-1].cells == ("", "−5 001", "−700", "−2,0", "−1,0", "")


def test_reported_measures_of_a_round_that_does_not_ask_are_a_sentence(round_: ReportingRound, bus: Measure) -> None:
    ReportingRound.objects.update(asks_measures=False)
    assert reported(ReportingRound.objects.get()).html == "<p>Rapporten ber ikke om status for tiltak.</p>"
