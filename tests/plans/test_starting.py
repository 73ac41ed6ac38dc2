"""Starting a document from the template of its kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.access import Role
from organisation.models import Membership, Unit, User
from plans import control
from plans.document_templates import TEMPLATES
from plans.models import Document, Section
from plans.starting import AlreadyStarted, start_document
from plans.tree import tree_of
from tests.workplace import Workplace

pytestmark = pytest.mark.django_db


def outline(document: Document) -> list[tuple[int, str]]:
    """Each section with its depth: its heading, or what it shows."""
    branches = tree_of(document.sections.all(), {}, {})
    return [(branch.depth, branch.section.heading or branch.section.block) for branch in branches]


def test_start_unit_report_has_the_sections_of_one(schools: Unit, controller: User) -> None:
    document = start_document(kind="unit-report", unit=schools, year=2024, by=controller)
    assert (document.title, document.slug) == (
        "Enhetsrapport 2024: Sektor for skole",
        "enhetsrapport-2024-sektor-for-skole",
    )
    assert outline(document) == [
        (0, "Sektor for skole"),
        (1, "Hovedtall"),
        (2, "headline-figures"),
        (2, "accounts-budget-deviation"),
        (1, "Målekort"),
        (2, "unit-scorecard"),
        (1, "Avviksforklaring"),
        (2, "Økonomi"),
        (3, "accounts-budget-deviation"),
        (2, "Arbeidsgiver"),
        (3, "Sykefravær"),
        (3, "Årsverk"),
        (4, "unit-staffing"),
        (2, "Tjenesteleverandør"),
        (1, "Fremtidige utfordringer"),
        (1, "Om enheten"),
    ]


def test_start_leader_agreement_has_the_sections_of_one(schools: Unit, controller: User) -> None:
    document = start_document(kind="leader-agreement", unit=schools, year=2024, by=controller)
    assert document.title == "Lederavtale 2024: Sektor for skole"
    assert [name for depth, name in outline(document) if depth == 1] == [
        "Mål",
        "Ramme",
        "Bemanning",
        "Oppgaver og tiltak",
        "Oppfølging",
        "Signatur",
    ]
    assert [name for depth, name in outline(document) if depth == 2] == [
        "unit-scorecard",
        "frames",
        "unit-staffing",
        "measures",
    ]


def test_start_makes_a_draft_of_the_unit_with_a_history(schools: Unit, controller: User) -> None:
    document = start_document(kind="leader-agreement", unit=schools, year=2024, by=controller)
    assert document.publications.count() == 0
    assert set(document.sections.values_list("unit", "state")) == {(schools.pk, "draft")}
    histories = Section.history.filter(document=document)
    assert (histories.count(), {one.history_user for one in histories}) == (document.sections.count(), {controller})


def test_start_again_says_which_document_there_is(schools: Unit, one_school: Unit, controller: User) -> None:
    first = start_document(kind="unit-report", unit=schools, year=2024, by=controller)
    with pytest.raises(AlreadyStarted) as raised:
        start_document(kind="unit-report", unit=schools, year=2024, by=controller)
    assert raised.value.document == first
    others = [("unit-report", schools, 2025), ("leader-agreement", schools, 2024), ("unit-report", one_school, 2024)]
    for kind, unit, year in others:
        start_document(kind=kind, unit=unit, year=year, by=controller)
    assert Document.objects.count() == 4


def test_start_carries_on_what_the_units_newest_document_says(schools: Unit, care: Unit, controller: User) -> None:
    first = start_document(kind="unit-report", unit=schools, year=2024, by=controller)
    chosen = {"figures": ["fte"]}
    first.sections.filter(block="headline-figures").update(parameters=chosen)
    first.sections.filter(block="unit-scorecard").update(parameters={"deviation": "avvik"})
    agreement = start_document(kind="leader-agreement", unit=schools, year=2025, by=controller)
    assert agreement.sections.get(block="unit-scorecard").parameters == {"deviation": "avvik"}
    following = start_document(kind="unit-report", unit=schools, year=2025, by=controller)
    assert following.sections.get(block="headline-figures").parameters == chosen
    other = start_document(kind="unit-report", unit=care, year=2025, by=controller)
    assert other.sections.get(block="headline-figures").parameters != chosen


def test_start_takes_as_many_queries_for_each_kind_as_its_template_is_deep(schools: Unit, controller: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        start_document(kind="unit-report", unit=schools, year=2024, by=controller)
    assert len(queries) <= 40


@pytest.mark.parametrize("kind", TEMPLATES)
def test_template_shows_only_blocks_there_are(kind: str) -> None:
    waiting = list(TEMPLATES[kind].parts)
    blocks = set()
    while waiting:
        part = waiting.pop()
        blocks |= {block for block, _parameters in part.shown}
        waiting += part.below
    assert blocks <= set(Section.Block.values)


def test_started_document_is_not_shown_to_those_below(
    schools: Unit, one_school: Unit, controller: User, leader: User, reader: User
) -> None:
    """A leader sees the units above, but not what they have agreed with their leaders."""
    document = start_document(kind="leader-agreement", unit=schools, year=2024, by=controller)
    below = User.objects.create_user("rektor")
    Membership.objects.create(user=below, role=Role.LEADER, unit=one_school)
    seen = [person for person in (below, leader, reader, controller) if Document.objects.visible_to(person).exists()]
    assert seen == [leader, reader, controller]
    found = [one for one in (below, leader) if Section.objects.visible_to(one).filter(document=document).exists()]
    assert found == [leader]


def test_control_of_a_started_document_is_about_the_document(place: Workplace, controller: User) -> None:
    """Not about the goals of others, nor the plans and sums of the annual plan."""
    document = start_document(kind="unit-report", unit=place.schools.card.unit, year=2024, by=controller)
    assert {finding.rule for finding in control.check(document).open} == {"section-empty"}
