"""What a report shows of its round: all that is approved, and nothing that is not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string

from organisation.models import Delivery, Unit, User
from plans.models import Section
from publishing.building.place import MissingData
from publishing.structure import Headline, Text
from publishing.table_view import lay_out
from reporting.models import ReportingRound, ReportRow, ReportText
from tests.publishing.reporting_round import (
    approve,
    chapter,
    goal_row,
    items,
    report_of,
    report_result,
    report_value,
    set_goal,
    table,
)
from tests.workplace import Workplace, add_row, open_tertial

pytestmark = pytest.mark.django_db

COUNTS, DEVIATIONS, SCORECARD = "assessment-counts", "deviations", "reported-scorecard"


# The reported scorecard


def test_scorecard_of_an_approved_report(missed: ReportingRound, approver: User) -> None:
    approve(report_of(missed, "skole"), approver)
    shown = table(missed, "skole", SCORECARD)
    assert [(column.label, column.kind) for column in shown.columns] == [
        ("Resultat 2. tertial 2024", "result"),
        ("Mål 2024", "target"),
        ("Prognose 2024", "forecast"),
        ("Kommentar", "text"),
    ]
    assert [(group.title, len(group.rows)) for group in shown.groups] == [("Kvalitet", 1)]
    row = goal_row(missed)
    assert row.cells == ("4,5", "5,0", "", "Målt i mai.")
    assert (row.note, row.verdict and row.verdict.word) == ("", "Ikke nådd")
    assert shown.note == "Måloppnåelse: resultat 2. tertial 2024 er vurdert mot mål 2024."


def test_scorecard_of_a_goal_that_is_reached_tells_no_cause(
    missed: ReportingRound, place: Workplace, approver: User
) -> None:
    report_value(place.schools.row.indicator, missed.period, "5,1")
    approve(report_of(missed, "skole"), approver)
    assert goal_row(missed).cells == ("5,1", "5,0", "", "Målt i mai.")


def test_scorecard_without_forecast_where_none_is_asked(missed: ReportingRound) -> None:
    ReportingRound.objects.update(asks_forecast=False)
    labels = [column.label for column in table(missed, "skole", SCORECARD).columns]
    assert labels == ["Resultat 2. tertial 2024", "Mål 2024"]


def test_scorecard_leaves_out_what_is_not_asked(missed: ReportingRound, place: Workplace) -> None:
    add_row(place.schools.card, "Ny indikator", owner=place.schools.card.unit)
    assert [row.label for row in table(missed, "skole", SCORECARD).rows()] == ["Trivsel"]


def test_scorecard_of_which_nothing_is_asked_is_a_sentence(missed: ReportingRound) -> None:
    ReportRow.objects.all().delete()
    (text,) = items(missed, "skole", "Målekort")
    assert isinstance(text, Text)
    assert text.html == "<p>Rapporten ber ikke om noen av målene i målekortet.</p>"


# Deviations


def test_deviations_are_told_worst_first_and_never_counted(
    missed: ReportingRound, place: Workplace, approver: User
) -> None:
    set_goal(place.care.row.indicator, "10")
    report_result(missed, place.care.row.indicator, "2", cause="Streik.")
    approve(report_of(missed, "skole"), approver)
    approve(report_of(missed, "omsorg"), approver)
    shown = table(missed, "sammendrag", DEVIATIONS)
    assert [(group.title, [row.note for row in group.rows]) for group in shown.groups] == [
        ("Ikke nådd", ["Omsorg", "Skole"])
    ]
    assert [row.cells for row in shown.rows()] == [
        ("2", "10", "", "Streik.", "", ""),
        ("4,5", "5,0", "", "Vikarer mangler.", "Ny turnus.", "2025"),
    ]
    assert [row.verdict for row in shown.rows()] == [None, None]
    assert [row.note for row in table(missed, "skole", DEVIATIONS).rows()] == [""]


def test_deviations_nearly_reached_stand_last(missed: ReportingRound, place: Workplace, approver: User) -> None:
    report_value(place.schools.row.indicator, missed.period, "4,9")
    set_goal(place.care.row.indicator, "10")
    report_result(missed, place.care.row.indicator, "9")
    approve(report_of(missed, "skole"), approver)
    approve(report_of(missed, "omsorg"), approver)
    assert [group.title for group in table(missed, "sammendrag", DEVIATIONS).groups] == ["Ikke nådd", "Nesten nådd"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Ingen resultater er rapportert og godkjent ennå."),
        ("Måles ikke", "Ingen av målene som er rapportert, kan vurderes."),
        ("5,1", "Ingen avvik: Alle mål som er rapportert og kan vurderes, er nådd."),
    ],
)
def test_deviations_that_are_none_are_a_sentence(
    missed: ReportingRound, place: Workplace, approver: User, text: str, expected: str
) -> None:
    if text:
        report_value(place.schools.row.indicator, missed.period, text)
        approve(report_of(missed, "skole"), approver)
    assert [item.html for item in items(missed, "skole", "Avvik")] == [f"<p>{expected}</p>"]


# Counts


def test_counts_of_the_municipality_and_of_an_area(missed: ReportingRound, approver: User) -> None:
    approve(report_of(missed, "skole"), approver)
    shown = table(missed, "sammendrag", COUNTS)
    assert [column.label for column in shown.columns] == [
        "Nådd",
        "Nesten nådd",
        "Ikke nådd",
        "Ikke målt",
        "Ikke vurderbar",
        "Ikke rapportert",
    ]
    assert [(row.label, row.cells, row.is_sum) for row in shown.rows()] == [
        ("Skole", ("0", "0", "1", "0", "0", "0"), False),
        ("Omsorg", ("0", "0", "0", "0", "0", "1"), False),
        ("Sum", ("0", "0", "1", "0", "0", "1"), True),
    ]
    assert [row.label for row in table(missed, "skole", COUNTS).rows()] == ["Kvalitet"]


def test_headlines_say_what_is_reached_and_reported(missed: ReportingRound, approver: User) -> None:
    assert chapter(missed, "skole").headlines == (Headline("Rapportert", "0 av 1", "mål"),)
    approve(report_of(missed, "skole"), approver)
    assert chapter(missed, "skole").headlines == (
        Headline("Mål nådd", "0 av 1", "av dem som kan vurderes"),
        Headline("Ikke nådd", "1", "mål"),
        Headline("Rapportert", "1 av 1", "mål"),
    )
    assert [headline.value for headline in chapter(missed, "sammendrag").headlines] == ["0 av 1", "1", "1 av 2"]


# The units' texts


def write_texts(round_: ReportingRound) -> None:
    for text in ReportText.objects.filter(report__round=round_, kind="status").select_related("report__unit"):
        ReportText.objects.filter(pk=text.pk).update(body=f"<p>Om {text.report.unit.slug}.</p>")


def texts(round_: ReportingRound, slug: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each unit in the chapter with its headings and texts."""
    heading = "Enhetenes vurderinger" if slug != "sammendrag" else "Samlet vurdering"
    section = next(one for one in chapter(round_, slug).sections if one.heading == heading)
    texts = ((unit, [(one.heading, one.items[0]) for one in unit.sections]) for unit in section.sections)
    return [(unit.heading, [(head, text.html) for head, text in found]) for unit, found in texts]  # type: ignore[union-attr]


def test_texts_stand_where_the_unit_belongs(
    place: Workplace, top: Unit, schools: Unit, one_school: Unit, care: Unit
) -> None:
    nurse = Unit.objects.create(
        municipality=top.municipality, parent=one_school, kind="unit", name="Helsesykepleier", slug="helse"
    )
    Delivery.objects.create(area=place.care.area, unit=nurse, position=9)
    round_ = open_tertial(top=top, units=[top, schools, one_school, nurse, care])
    write_texts(round_)
    round_.reports.update(state="approved")
    assert texts(round_, "sammendrag") == [("Testvik kommune", [("Status", "<p>Om testvik.</p>")])]
    assert texts(round_, "skole") == [
        ("Sektor for skole", [("Status", "<p>Om skole.</p>")]),
        ("Bakken skole", [("Status", "<p>Om bakken-skole.</p>")]),
    ]
    assert [unit for unit, _texts in texts(round_, "omsorg")] == ["Sektor for omsorg", "Helsesykepleier"]


def test_texts_of_a_report_that_is_not_approved_are_not_there(tertial: ReportingRound) -> None:
    write_texts(tertial)
    (text,) = items(tertial, "skole", "Enhetenes vurderinger")
    assert text.html == "<p>Ingen vurderinger er levert og godkjent.</p>"


# All blocks


def test_example_says_so_under_every_table(missed: ReportingRound, approver: User) -> None:
    approve(report_of(missed, "skole"), approver)
    ReportingRound.objects.update(is_example=True)
    said = "Eksempeldata: tallene er regnet ut av årets resultater og måltall, ikke rapportert."
    notes = [shown.note for slug in ("sammendrag", "skole") for shown in chapter(missed, slug).tables()]
    assert [note.endswith(said) for note in notes] == [True] * 5


def test_round_that_is_gone_is_named(tertial: ReportingRound) -> None:
    Section.objects.filter(block=DEVIATIONS).update(parameters={"round": "borte"})
    with pytest.raises(MissingData, match=r"Kapittel 1 Sammendrag: .*«borte»"):
        chapter(tertial, "sammendrag")


def test_tables_are_numbered_as_if_sentences_were_none(tertial: ReportingRound) -> None:
    assert [shown.number for shown in chapter(tertial, "skole").tables()] == ["2.1", "2.2"]


def test_words_stand_under_the_row(missed: ReportingRound, approver: User) -> None:
    approve(report_of(missed, "skole"), approver)
    view = lay_out(table(missed, "skole", SCORECARD))
    (row,) = view.groups[0].rows
    assert (view.columns, len(row.cells)) == (("label", "num", "num", "num", "status"), 3)
    assert [heading for heading, _text in row.below] == ["Kommentar"]
    assert row.is_folded is False


def test_words_that_are_many_fold_in_a_scorecard_only(missed: ReportingRound, approver: User) -> None:
    ReportRow.objects.update(comment="Vikarer mangler. " * 20, cause="Vikarer mangler. " * 20)
    approve(report_of(missed, "skole"), approver)
    shown = [lay_out(table(missed, "skole", block)) for block in (SCORECARD, DEVIATIONS)]
    assert [view.groups[0].rows[0].is_folded for view in shown] == [True, False]


def test_words_fold_on_the_screen_and_never_on_paper(missed: ReportingRound, approver: User) -> None:
    ReportRow.objects.update(comment="Vikarer mangler. " * 20)
    approve(report_of(missed, "skole"), approver)
    body, place = "publishing/_chapter_body.html", {"chapter": chapter(missed, "skole")}
    screen, paper = render_to_string(body, place), render_to_string(body, place | {"in_print": True})
    summary = '<summary class="words__summary">Kommentar<span class="visually-hidden">'
    assert (screen.count(summary), paper.count("<details")) == (1, 0)
    assert [html.count("Vikarer mangler.") for html in (screen, paper)] == [21, 21]


def test_build_takes_the_same_queries_for_few_and_many_goals(
    missed: ReportingRound, place: Workplace, approver: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    approve(report_of(missed, "skole"), approver)
    write_texts(missed)
    with django_assert_max_num_queries(15) as few:
        chapter(missed, "skole")
    for name in ("Ro", "Mestring"):
        indicator = add_row(place.schools.card, name, owner=place.schools.card.unit).indicator
        ReportRow.objects.create(report=report_of(missed, "skole"), indicator=indicator, position=9)
        report_value(indicator, missed.period, "4")
    with django_assert_max_num_queries(len(few)):
        chapter(missed, "skole")


def test_summary_shows_the_ten_largest_deviations(missed: ReportingRound, place: Workplace, approver: User) -> None:
    for number in range(11):
        indicator = add_row(place.schools.card, f"Mål {number}", owner=place.schools.card.unit).indicator
        set_goal(indicator, "10")
        ReportRow.objects.create(report=report_of(missed, "skole"), indicator=indicator, position=number + 2)
        report_value(indicator, missed.period, f"{number / 2:.1f}".replace(".", ","))
    approve(report_of(missed, "skole"), approver)
    shown = table(missed, "sammendrag", DEVIATIONS)
    assert [row.label for row in shown.rows()] == [f"Mål {number}" for number in range(10)]
    assert shown.note == "De 10 største av 12 avvik fra måltallet. Resten står i kapitlene."
    assert len(list(table(missed, "skole", DEVIATIONS).rows())) == 12
