"""The control: what each rule finds, and accepting a finding."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget.models import InvestmentAmount
from organisation.access import Role
from organisation.models import KostraFunction, User
from plans import control
from plans.models import Document, Section, StrategicPlan
from scorecards.models import Indicator, Observation
from staffing.models import StaffingFigure

pytestmark = pytest.mark.django_db


def subjects(plan: Document, rule: str) -> list[str]:
    return [finding.subject for finding in control.check(plan).open if finding.rule == rule]


def test_check_finds_the_function_that_ended_before_the_year(elverum_case: Document) -> None:
    assert subjects(elverum_case, "function-not-valid") == ["pleie-og-omsorg/254"]
    KostraFunction.objects.filter(code="254").update(valid_to=None)
    assert subjects(elverum_case, "function-not-valid") == []


def test_check_finds_the_plans_that_have_expired(elverum_case: Document) -> None:
    assert subjects(elverum_case, "plan-expired") == [
        "internasjonalt-arbeid",
        "integrering",
        "folkehelsearbeid",
        "veteraner",
    ]
    StrategicPlan.objects.filter(slug="veteraner").update(ends=elverum_case.year)
    assert "veteraner" not in subjects(elverum_case, "plan-expired")


def test_check_finds_the_same_measure_with_two_values(elverum_case: Document) -> None:
    assert "kultur-malekort-svommehallen-brukere/2022/result" in subjects(elverum_case, "two-values")
    Observation.objects.filter(indicator__slug="kultur-malekort-svommehallen-brukere", period__start__year=2022).update(
        number=Decimal(55728)
    )
    assert "kultur-malekort-svommehallen-brukere/2022/result" not in subjects(elverum_case, "two-values")


def test_check_finds_a_target_without_direction(elverum_case: Document) -> None:
    assert "bhg-barn-per-pedagog" in subjects(elverum_case, "no-direction")
    Indicator.objects.filter(slug="bhg-barn-per-pedagog").update(direction="lower")
    assert "bhg-barn-per-pedagog" not in subjects(elverum_case, "no-direction")


def test_check_finds_an_indicator_without_target(elverum_case: Document) -> None:
    assert subjects(elverum_case, "no-target") == []
    Observation.objects.filter(indicator__slug="adm-svarprosent-sentralbord", period__start__year=2024).delete()
    assert subjects(elverum_case, "no-target") == ["adm-svarprosent-sentralbord"]


def test_check_finds_a_percentage_over_a_hundred(elverum_case: Document) -> None:
    assert subjects(elverum_case, "percentage") == ["mal-netto-lanegjeld/2022/result"]


def test_check_finds_a_printed_sum_that_differs(elverum_case: Document) -> None:
    assert subjects(elverum_case, "sum-differs") == []
    Observation.objects.filter(indicator__slug="bhg-innbyggere-0-1", period__start__year=2020).update(
        number=Decimal(359)
    )
    StaffingFigure.objects.filter(unit__slug="skole", counted_on=datetime.date(2023, 8, 31)).update(
        fte=Decimal("441.5")
    )
    InvestmentAmount.objects.filter(project__name__startswith="Ny vannledning Rådhusplassen").update(
        amount=Decimal(5_000_000)
    )
    messages = [finding.message for finding in control.check(elverum_case).open if finding.rule == "sum-differs"]
    assert messages[0].endswith("summen er trykt som 1246, men radene gir 1247.")
    assert messages[1] == "Årsverk, 31.08.2023: summen er trykt som 1479, men radene gir 1479,1."
    assert messages[2] == (
        "Ny vannledning Rådhusplassen, Kostnadsanslag: summen er trykt som 4000000, men radene gir 5000000."
    )
    assert messages[3] == "Sum, 2024: summen er trykt som 30000000, men radene gir 31000000."


def test_check_finds_a_step_in_a_series(elverum_case: Document) -> None:
    assert {"pleie-demografi/2/2022", "pleie-demografi/2/2023"} <= set(subjects(elverum_case, "step"))
    Observation.objects.filter(indicator__slug="pleie-innbyggere-80-89", period__start__year=2022).update(
        number=Decimal(848)
    )
    assert not {"pleie-demografi/2/2022", "pleie-demografi/2/2023"} & set(subjects(elverum_case, "step"))


def test_check_finds_a_section_with_no_text(elverum_case: Document) -> None:
    assert subjects(elverum_case, "section-empty") == []
    chapter = elverum_case.sections.get(slug="barnehage")
    empty = Section.objects.create(
        document=elverum_case,
        parent=chapter,
        heading="Om barnehagene",
        unit=chapter.unit,
        position=99,
        kind=Section.Kind.TEXT,
    )
    assert subjects(elverum_case, "section-empty") == [f"{empty.pk}"]


def test_accept_moves_the_finding_and_keeps_name_and_reason(elverum_case: Document) -> None:
    person = User.objects.get(memberships__role=Role.CONTROLLER)
    control.accept(document=elverum_case, key="plan-expired:veteraner", reason="Ny plan kommer i mai.", by=person)
    report = control.check(elverum_case)
    assert "veteraner" not in [finding.subject for finding in report.open]
    assert [(finding.subject, one.reason, one.accepted_by) for finding, one in report.accepted] == [
        ("veteraner", "Ny plan kommer i mai.", person)
    ]


def test_accept_without_reason_is_refused(elverum_case: Document) -> None:
    person = User.objects.get(memberships__role=Role.CONTROLLER)
    with pytest.raises(ValueError, match="Skriv hvorfor"):
        control.accept(document=elverum_case, key="plan-expired:veteraner", reason="  ", by=person)
    assert elverum_case.acceptances.count() == 0


def test_check_takes_a_fixed_number_of_queries(elverum_case: Document) -> None:
    with CaptureQueriesContext(connection) as before:
        control.check(Document.objects.get(pk=elverum_case.pk))
    chapter = elverum_case.sections.get(slug="barnehage")
    for number in range(3):
        Section.objects.create(
            document=elverum_case, parent=chapter, heading=f"{number}", unit=chapter.unit, position=90, body="<p>x</p>"
        )
    with CaptureQueriesContext(connection) as after:
        control.check(Document.objects.get(pk=elverum_case.pk))
    assert len(after) == len(before)
