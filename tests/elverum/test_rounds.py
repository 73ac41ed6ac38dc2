"""The rounds of Elverum: how far each unit has come, the values that the rule gives, and the plan as it was."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from elverum import cases
from organisation import periods
from organisation.models import Unit, User
from plans.models import Document
from publishing.building import contents
from publishing.structure import Contents
from reporting import completeness
from reporting.models import ReportingRound, ReportRow, ReportText, UnitReport
from scorecards.assessment import Outcome
from scorecards.cells import CellKey, values_of
from scorecards.judging import judge
from scorecards.models import Observation

ELVERUM = cases.FIXTURES / "elverum"
FIRST, SECOND = periods.parse("2024-T1"), periods.parse("2024-T2")


@pytest.fixture(scope="module")
def plan_before(loaded_case: Document, django_db_blocker: DjangoDbBlocker) -> Contents:
    """The plan as it is put together before there is any round."""
    with django_db_blocker.unblock():
        return contents.build(loaded_case)


@pytest.fixture(scope="module")
def rounds(
    loaded_case: Document, plan_before: Contents, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[ReportingRound]]:
    """The case's rounds, loaded once for all tests of this file, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cases.load_rounds(folder=ELVERUM)
        transaction.set_rollback(True)


def states(round_: ReportingRound) -> dict[str, set[str]]:
    """The units' slugs by state, but for those approved."""
    found: dict[str, set[str]] = {}
    for slug, state in round_.reports.exclude(state="approved").values_list("unit__slug", "state"):
        found.setdefault(state, set()).add(slug)
    return found


def progress(round_: ReportingRound) -> dict[str, tuple[int, int]]:
    """Of the reports that are open and begun: how many of the rows asked for are answered."""
    rows = round_.reports.filter(state="open").with_progress()
    return {one.unit.slug: (one.answered, one.asked) for one in rows if one.answered}


def test_rounds_follow_one_another_as_examples(rounds: list[ReportingRound]) -> None:
    first, second = rounds
    assert [(one.title, one.period.label, one.is_example) for one in rounds] == [
        ("1. tertial 2024", "1. tertial 2024", True),
        ("2. tertial 2024", "2. tertial 2024", True),
    ]
    assert (first.previous, second.previous) == (None, first)


def test_rounds_ask_every_sector_and_staff_and_every_unit_with_a_leader(rounds: list[ReportingRound]) -> None:
    asked = set(Unit.objects.filter(kind__in=("sector", "staff")).values_list("slug", flat=True))
    led = Unit.objects.filter(memberships__role__in=("leader", "approver"), parent__isnull=False)
    asked |= set(led.values_list("slug", flat=True))
    assert [set(one.reports.values_list("unit__slug", flat=True)) for one in rounds] == [asked, asked]


def test_first_round_is_nearly_done(rounds: list[ReportingRound]) -> None:
    first = rounds[0]
    assert states(first) == {
        "handed-in": {"samfunnsutviklingsstaben"},
        "sent-back": {"kultur"},
        "open": {"teknikk-og-miljo", "kommunedirektoren"},
    }
    assert progress(first) == {"teknikk-og-miljo": (12, 25)}
    late = {one.unit.slug for one in first.reports.all() if one.is_late(first.opened_at)}
    assert late == {"teknikk-og-miljo", "kommunedirektoren"}
    assert {one.is_locked(first.opened_at) for one in first.reports.filter(state="open")} == {False}


def test_second_round_has_begun(rounds: list[ReportingRound]) -> None:
    second = rounds[1]
    assert states(second)["handed-in"] == {"kulturskolen"}
    assert second.reports.filter(state="open").count() == 17
    assert progress(second) == {"barnehage": (3, 5), "helse-mestring-og-omsorg": (14, 28)}
    assert {one.is_late(second.opened_at) for one in second.reports.all()} == {False}


def test_reports_of_three_levels_are_approved_from_below(rounds: list[ReportingRound]) -> None:
    approvals = {}
    for slug in ("sandbakken", "psykisk-helse-og-rustjeneste", "helse-mestring-og-omsorg"):
        step = rounds[0].reports.get(unit__slug=slug).steps.get(kind="approved")
        approvals[slug] = step.by.username if step.by else ""
    assert list(approvals.values()) == ["leder.psykiskhelse", "leder.helse", "godkjenner"]


def test_second_round_waits_for_the_leader_of_the_sector(rounds: list[ReportingRound]) -> None:
    leader = User.objects.get(username="leder.skole")
    waiting = UnitReport.objects.approvable_by(leader).filter(round=rounds[1], state="handed-in")
    assert [one.unit.slug for one in waiting] == ["kulturskolen"]


def test_what_is_handed_in_lacks_no_explanation_and_no_text(rounds: list[ReportingRound]) -> None:
    delivered = UnitReport.objects.exclude(state="open").select_related("round__period")
    assert delivered.count() == 17
    lacks = [completeness.check(one) for one in delivered]
    assert [one for one in lacks if one.unexplained or one.empty_texts] == []


def test_every_text_says_that_it_is_an_example(rounds: list[ReportingRound]) -> None:
    rows = ReportRow.objects.values_list("comment", "cause", "action", "expected")
    said = {text for row in rows for text in row if text}
    said |= set(ReportText.objects.exclude(body="").values_list("body", flat=True))
    said.add(rounds[0].reports.get(state="sent-back").steps.get(kind="sent-back").comment)
    assert len(said) > 10
    assert {text for text in said if not text.removeprefix("<p>").startswith("Eksempel: ")} == set()


def test_every_value_says_who_typed_it_and_what_it_is_made_of(rounds: list[ReportingRound]) -> None:
    written = Observation.history.filter(period__kind="tertial")
    assert [written.filter(period=one.period).count() for one in rounds] == [125, 3 + 14 + 2]
    assert Observation.objects.filter(period__kind="tertial").count() == written.count()
    reasons = set(written.values_list("history_change_reason", flat=True))
    assert reasons == {"Eksempeldata, regnet ut av årets resultat og måltall"}
    authors = written.filter(indicator__owner__slug="barnehage").values_list("history_user__username", flat=True)
    assert set(authors) == {"leder.barnehage"}


@pytest.mark.parametrize(
    ("indicator", "first", "second", "forecast"),
    [
        ("skole-digitale-produksjoner", "4", "4", "5"),
        ("skole-tilrettelagte-tilbud", "8,9 %", "9,5 %", "10 %"),
        ("bv-tilsyn-i-fosterhjem", "64 %", "55 %", "55 %"),
        ("pleie-internrevisjon-lokal", "22 av 29", "", "29 av 29"),
        ("pleie-internrevisjon-overordnet", "Nei", "", "Nei"),
        ("kultur-utlan-barn", "26 689", "", "30 000"),
        ("adm-utrangerte-bygg", "Måles ikke", "", "Måles ikke"),
        ("adm-restavfall", "", "", ""),
    ],
)
def test_values_follow_the_rule(
    rounds: list[ReportingRound], indicator: str, first: str, second: str, forecast: str
) -> None:
    row = ReportRow.objects.filter(indicator__slug=indicator).first()
    assert row is not None
    values = values_of([row.indicator_id])
    keys = [("result", FIRST), ("result", SECOND), ("forecast", periods.year(2024))]
    found = [values.get(CellKey(row.indicator_id, *key)) for key in keys]
    assert [one.text if one else "" for one in found] == [first, second, forecast]


def test_first_round_has_hits_and_misses(rounds: list[ReportingRound]) -> None:
    rows = ReportRow.objects.filter(report__round=rounds[0]).select_related("indicator")
    values = values_of(row.indicator_id for row in rows)
    outcomes = [judge(row.indicator, FIRST, values).assessment.outcome for row in rows]
    assert (outcomes.count(Outcome.REACHED), outcomes.count(Outcome.MISSED)) == (50, 51)


def test_rounds_leave_the_plan_as_it_was(
    rounds: list[ReportingRound], plan_before: Contents, loaded_case: Document
) -> None:
    assert contents.build(loaded_case) == plan_before


def _counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_load_rounds_twice_changes_nothing(rounds: list[ReportingRound]) -> None:
    before = _counts()
    assert cases.load_rounds(folder=ELVERUM) == rounds
    assert _counts() == before
