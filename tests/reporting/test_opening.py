"""Opening a round, and adding units to one that runs."""

from collections.abc import Callable
from typing import Any

import pytest

from organisation.models import Unit, User
from plans.models import Document
from reporting import handing_in
from reporting.handing_in import NotPossible
from reporting.models import ReportingRound, ReportRow, UnitReport
from reporting.opening import add_units
from tests.workplace import Workplace, add_row, open_tertial


def rows(round_: ReportingRound) -> dict[str, list[tuple[int, str]]]:
    found = ReportRow.objects.filter(report__round=round_).order_by("position")
    return {
        report.unit.slug: [(row.position, row.indicator.name) for row in found.filter(report=report)]
        for report in round_.reports.order_by("unit__slug")
    }


def test_open_round_makes_what_each_unit_owes(place: Workplace, one_school: Unit) -> None:
    shared = add_row(place.schools.card, "Felles", owner=place.schools.area.unit).indicator
    shared.shared_with.add(one_school)
    opened = open_tertial(top=place.document.unit, units=[place.schools.area.unit, one_school])
    assert rows(opened) == {"bakken-skole": [(1, "Felles")], "skole": [(1, "Trivsel"), (2, "Felles")]}
    report = opened.reports.get(unit=one_school)
    assert [text.kind for text in report.texts.order_by("position")] == ["status", "deviations", "challenges"]
    assert [(step.kind, step.by) for step in report.steps.all()] == [("opened", None)]
    assert report.state == UnitReport.State.OPEN


def test_open_round_without_texts(place: Workplace) -> None:
    opened = open_tertial(top=place.document.unit, units=[place.schools.area.unit], asks_texts=False)
    assert opened.reports.get().texts.count() == 0


def test_open_round_has_a_document(tertial: ReportingRound) -> None:
    assert Document.objects.get(round=tertial) == tertial.document
    assert (tertial.document.unit, tertial.document.year) == (tertial.unit, 2024)


def test_open_round_gets_an_address_of_its_own(tertial: ReportingRound) -> None:
    another = open_tertial(top=tertial.unit, units=[])
    new = open_tertial(top=tertial.unit, units=[], title="Ny")
    assert [one.slug for one in (tertial, another, new)] == ["2-tertial-2024", "2-tertial-2024-2", "ny-2"]


def test_open_round_runs_the_same_queries_for_few_and_many(
    place: Workplace, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    units = [place.schools.area.unit, place.care.area.unit]
    open_tertial(top=place.document.unit, units=units)
    with django_assert_max_num_queries(60) as few:
        open_tertial(top=place.document.unit, units=units)
    for number in range(5):
        add_row(place.schools.card, f"Rad {number}", owner=units[0])
    with django_assert_max_num_queries(60) as many:
        open_tertial(top=place.document.unit, units=units)
    assert len(many) == len(few)


def test_add_units_asks_them_as_at_the_opening(
    tertial: ReportingRound, place: Workplace, one_school: Unit, controller: User
) -> None:
    add_row(place.schools.card, "Lesing", owner=one_school)
    before = list(tertial.reports.values_list("pk", flat=True))
    added = add_units(round_=tertial, units=[place.schools.area.unit, one_school], by=controller)
    assert added == [one_school]
    assert rows(tertial) == {
        "bakken-skole": [(1, "Lesing")], "omsorg": [(1, "Trivsel")], "skole": [(1, "Trivsel")]
    }  # fmt: skip
    report = tertial.reports.exclude(pk__in=before).get()
    assert (report.texts.count(), [step.by for step in report.steps.all()]) == (3, [controller])
    assert {one.history_user for one in ReportRow.history.filter(report=report)} == {controller}


def test_add_units_twice_is_once(tertial: ReportingRound, one_school: Unit, controller: User) -> None:
    found = [add_units(round_=tertial, units=[one_school], by=controller) for _time in range(2)]
    assert (found, tertial.reports.filter(unit=one_school).count()) == ([[one_school], []], 1)


def test_add_units_to_a_closed_round_is_refused(tertial: ReportingRound, one_school: Unit, controller: User) -> None:
    """Also when it was closed after it was read."""
    handing_in.close_round(round_=tertial, by=controller)
    assert tertial.closed_at is None
    with pytest.raises(NotPossible, match="avsluttet"):
        add_units(round_=tertial, units=[one_school], by=controller)
    assert tertial.reports.count() == 2
