"""What the next round could look like."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from organisation import periods
from organisation.models import Unit
from reporting import deadlines, proposing
from reporting.models import ReportingRound
from tests.workplace import Workplace, open_tertial

TODAY = date(2024, 9, 1)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2024-T1", "2024-T2"),
        ("2024-T2", "2024"),
        ("2024-T3", "2025-T1"),
        ("2024", "2025-T1"),
        ("2024-03", "2024-T1"),
        ("2023/2024", "2024-T2"),
        ("2024-12-31", "2025-T1"),
    ],
)
def test_next_span(last: str, expected: str) -> None:
    found = proposing.next_span(periods.parse(last))
    assert (found, proposing.written(found)) == (periods.parse(expected), expected)


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2024, 1, 20), "2023"), (date(2024, 4, 28), "2024-T1"), (date(2024, 9, 10), "2024-T2")],
)
def test_nearest_span(today: date, expected: str) -> None:
    assert proposing.written(proposing.nearest_span(today)) == expected


def test_choices_reach_to_the_proposed_year() -> None:
    found = proposing.choices(TODAY, proposed=periods.year(2021))
    assert list(found)[:4] == ["2021-T1", "2021-T2", "2021-T3", "2021"]
    assert list(found)[-4:] == ["2025-T1", "2025-T2", "2025-T3", "2025"]
    assert len(found) == 16


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 9, 1), [date(2024, 9, 10), date(2024, 9, 14), date(2024, 9, 20)]),
        (date(2024, 9, 10), [date(2024, 9, 10), date(2024, 9, 14), date(2024, 9, 20)]),
        (date(2024, 9, 11), [date(2024, 9, 21), date(2024, 9, 25), date(2024, 10, 1)]),
    ],
)
def test_moved_deadlines_are_never_past(today: date, expected: list[date]) -> None:
    days = [date(2024, 5, 10), date(2024, 5, 14), date(2024, 5, 20)]
    found = proposing.moved(days, old_end=date(2024, 4, 30), new_end=date(2024, 8, 31), today=today)
    assert found == expected


def test_moved_deadlines_from_before_the_end_are_never_past() -> None:
    """Due five days before the period was over; the next period is long gone."""
    days = [date(2024, 4, 25), date(2024, 5, 1)]
    found = proposing.moved(days, old_end=date(2024, 4, 30), new_end=date(2024, 8, 31), today=date(2024, 12, 1))
    assert found == [date(2024, 12, 1), date(2024, 12, 7)]


def test_moved_deadlines_of_a_round_that_was_opened_late_are_as_usual() -> None:
    """The round of the first tertial was due in November."""
    days = [date(2024, 11, 10), date(2024, 11, 12)]
    found = proposing.moved(days, old_end=date(2024, 4, 30), new_end=date(2024, 8, 31), today=date(2024, 9, 1))
    assert found == [date(2024, 9, 10), date(2024, 9, 12)]


@pytest.fixture
def first(place: Workplace) -> ReportingRound:
    """A round of the first tertial of 2024, due 10, 14 and 20 days after it."""
    days = zip(proposing.DEADLINES, (10, 14, 20), strict=True)
    due: dict[str, Any] = {name: deadlines.end_of(date(2024, 5, day)) for name, day in days}
    facts: dict[str, Any] = {"grace_days": 5, "instructions": "Kort.", "asks_forecast": False, "frequencies": ["month"]}
    asked: dict[str, Any] = {"asks_economy": True, "deviation_percent": Decimal("1.5"), "deviation_kroner": Decimal(9)}
    units = [place.schools.area.unit, place.care.area.unit]
    return open_tertial(top=place.document.unit, units=units, of="2024-T1", **facts, **asked, **due)


def test_propose_goes_on_from_the_last_round(first: ReportingRound) -> None:
    found = proposing.propose(first, top=first.unit, today=TODAY)
    assert found == {
        "span": periods.parse("2024-T2"),
        "period": "2024-T2",
        "title": "2. tertial 2024",
        "frequencies": ["month"],
        "units": [one.unit_id for one in first.reports.order_by("unit__position", "unit__name")],
        "asks_forecast": False,
        "asks_texts": True,
        "asks_economy": True,
        "deviation_percent": Decimal("1.5"),
        "deviation_kroner": Decimal(9),
        "asks_measures": False,
        "grace_days": 5,
        "instructions": "Kort.",
        "department_due_at": date(2024, 9, 10),
        "unit_due_at": date(2024, 9, 14),
        "sector_due_at": date(2024, 9, 20),
    }


def test_propose_takes_the_frequencies_of_the_last_round_of_its_kind(first: ReportingRound) -> None:
    second = open_tertial(top=first.unit, units=[first.unit], of="2024-T2")
    found = proposing.propose(second, top=first.unit, today=TODAY)
    usual = ["", "month", "tertial", "year", "school-year", "biennial"]
    assert (found["period"], found["title"], found["frequencies"]) == ("2024", "Årsrapportering 2024", usual)
    open_tertial(top=first.unit, units=[first.unit], of="2023", frequencies=["year"])
    assert proposing.propose(second, top=first.unit, today=TODAY)["frequencies"] == ["year"]


def test_propose_leaves_out_units_that_closed_before(first: ReportingRound, place: Workplace) -> None:
    """Care closed the day before the new period, schools on its first day."""
    care, schools = place.care.area.unit, place.schools.area.unit
    Unit.objects.filter(pk=care.pk).update(valid_to=date(2024, 4, 30))
    Unit.objects.filter(pk=schools.pk).update(valid_to=date(2024, 5, 1))
    assert proposing.propose(first, top=first.unit, today=TODAY)["units"] == [schools.pk]


def test_propose_takes_the_unit_that_came_in_anothers_place(first: ReportingRound, place: Workplace) -> None:
    care = place.care.area.unit
    Unit.objects.filter(pk=care.pk).update(valid_to=date(2024, 4, 30))
    new = Unit.objects.create(
        municipality=care.municipality, parent=first.unit, kind="sector", name="Å", slug="a", succeeds=care
    )
    assert proposing.propose(first, top=first.unit, today=TODAY)["units"] == [place.schools.area.unit.pk, new.pk]


def test_propose_without_a_round_asks_those_who_have_indicators(place: Workplace, one_school: Unit) -> None:
    today = date(2024, 9, 5)
    found = proposing.propose(None, top=place.document.unit, today=today)
    assert found["units"] == [place.care.area.unit.pk, place.schools.area.unit.pk]
    assert [found[name] for name in proposing.DEADLINES] == [date(2024, 9, 10), date(2024, 9, 14), date(2024, 9, 21)]
    assert (found["period"], found["frequencies"]) == ("2024-T2", ["", "month", "tertial"])


def test_round_before(first: ReportingRound) -> None:
    second = open_tertial(top=first.unit, units=[], of="2024-T2")
    chosen = {of: proposing.round_before(periods.parse(of), top=first.unit, last=second) for of in ("2024", "2024-T2")}
    assert chosen == {"2024": second, "2024-T2": first}
    assert proposing.round_before(periods.parse("2024-T1"), top=first.unit, last=second) is None
