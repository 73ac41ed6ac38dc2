"""The document that gathers a round: made when the round opens, drafted, checked and published like a plan."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from organisation.access import Role
from organisation.models import Membership, Unit, User
from plans import control
from plans.edit_links import edit_links, edit_url
from plans.forms import SectionForm
from plans.models import Document, Section
from publishing.freeze import freeze
from publishing.models import Publication
from reporting.models import ReportingRound
from scorecards.models import Scorecard
from tests.publishing.reporting_round import approve, goal_row, report_of, report_result, set_goal
from tests.workplace import YEAR, Workplace, add_row, open_tertial

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], Any]
EXAMPLE = "Eksempeldata: tallene er regnet ut av årets resultater og måltall, ikke rapportert."


@pytest.fixture
def publisher(top: Unit) -> User:
    """Runs the round and publishes, in the small municipality."""
    person = User.objects.create_user("rapportansvarlig")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=top)
    return person


@pytest.fixture
def reported(tertial: ReportingRound, place: Workplace, approver: User) -> ReportingRound:
    """The school sector has missed its goal, said why, and is approved; the other sector has typed and said things."""
    for work, text in ((place.schools, "4,5"), (place.care, "3,7")):
        set_goal(work.row.indicator, "5,0")
        report_result(tertial, work.row.indicator, text, cause=f"Årsak i {work.area.slug}.")
    approve(report_of(tertial, "skole"), approver)
    return tertial


def outline(document: Document) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Each chapter's heading, address and unit, and its sections with the block under each."""
    chapters = document.sections.chapters().order_by("position")
    return [
        (one.heading, one.slug, one.unit.slug, [
            (section.heading, ",".join(section.children.values_list("block", flat=True)))
            for section in one.children.order_by("position")
        ])
        for one in chapters
    ]  # fmt: skip


# Made when the round opens


def test_document_has_a_summary_and_a_chapter_for_each_area_with_a_scorecard(tertial: ReportingRound) -> None:
    document = tertial.document
    assert (document.slug, document.title, document.kind, document.year, document.subtitle) == (
        "rapport-2-tertial-2024",
        "Rapport for 2. tertial 2024",
        "tertial-report",
        YEAR,
        "",
    )
    area = [
        ("Måloppnåelse", "assessment-counts"),
        ("Avvik", "deviations"),
        ("Målekort", "reported-scorecard"),
        ("Enhetenes vurderinger", "unit-texts"),
    ]
    assert outline(document) == [
        ("Sammendrag", "sammendrag", "testvik", [*area[:2], ("Samlet vurdering", "unit-texts")]),
        ("Skole", "skole", "skole", area),
        ("Omsorg", "omsorg", "omsorg", area),
    ]
    blocks = document.sections.filter(kind="block")
    assert {one.parameters["round"] for one in blocks} == {tertial.slug}
    assert set(document.sections.values_list("state", flat=True)) == {"ready"}


def test_document_of_a_year_without_texts(place: Workplace, top: Unit, schools: Unit) -> None:
    Scorecard.objects.filter(area=place.care.area).update(year=YEAR - 1)
    round_ = open_tertial(top=top, units=[schools], of=f"{YEAR}", asks_texts=False)
    assert round_.document.title == f"Rapport for {YEAR}"
    assert [(heading, len(sections)) for heading, _slug, _unit, sections in outline(round_.document)] == [
        ("Sammendrag", 2),
        ("Skole", 3),
    ]


def test_document_shows_the_municipality_own_scorecard_when_it_is_asked_for(
    place: Workplace, top: Unit, schools: Unit
) -> None:
    own = Scorecard.objects.create(slug="eget", title="Styringsmål", year=YEAR, unit=top)
    own.groups.create(title="Økonomi", position=1)
    row = add_row(own, "Resultat", owner=top)
    round_ = open_tertial(top=top, units=[top, schools])
    assert [heading for heading, _block in outline(round_.document)[0][3]] == [
        "Måloppnåelse",
        "Avvik",
        "Overordnede styringsmål",
        "Samlet vurdering",
    ]
    assert goal_row(round_, "sammendrag").label == "Resultat"
    type(row.indicator).objects.filter(pk=row.indicator_id).update(frequency="biennial")
    later = open_tertial(top=top, units=[top, schools], of=f"{YEAR}-T3")
    assert [heading for heading, _block in outline(later.document)[0][3]] == [
        "Måloppnåelse",
        "Avvik",
        "Samlet vurdering",
    ]


def test_document_of_an_example_says_so_first(place: Workplace, top: Unit, schools: Unit) -> None:
    round_ = open_tertial(top=top, units=[schools], is_example=True)
    assert round_.document.subtitle == EXAMPLE
    first = round_.document.sections.chapters().get(slug="sammendrag").children.order_by("position").first()
    assert (first.heading, first.body) == ("Eksempeldata", f"<p>{EXAMPLE}</p>")


def test_document_keeps_its_address_when_two_rounds_bear_the_same_name(tertial: ReportingRound, schools: Unit) -> None:
    again = open_tertial(top=tertial.unit, units=[schools])
    assert again.document.slug == "rapport-2-tertial-2024-2"


def test_document_takes_the_same_queries_for_few_and_many_areas(
    place: Workplace, top: Unit, schools: Unit, django_assert_max_num_queries: Ceiling
) -> None:
    Scorecard.objects.filter(area=place.care.area).update(year=YEAR - 1)
    with django_assert_max_num_queries(40) as few:
        open_tertial(top=top, units=[schools])
    Scorecard.objects.update(year=YEAR)
    with django_assert_max_num_queries(len(few)):
        open_tertial(top=top, units=[schools])


# The draft, and working on it


def test_draft_shows_a_leader_what_is_approved_and_nothing_else(
    reported: ReportingRound, leader: User, client: Client
) -> None:
    client.force_login(leader)
    pages = {
        slug: client.get(reverse("publishing:draft_chapter", args=[reported.document.slug, slug]))
        for slug in ("sammendrag", "skole", "omsorg")
    }
    assert [page.status_code for page in pages.values()] == [200, 200, 404]
    texts = [pages[slug].content.decode() for slug in ("sammendrag", "skole")]
    assert ["Årsak i skole." in text for text in texts] == [True, True]
    assert [word for word in ("3,7", "Årsak i omsorg.") for text in texts if word in text] == []


@pytest.mark.parametrize("slug", ["sammendrag", "skole"])
def test_draft_chapter_takes_at_most_25_queries(
    reported: ReportingRound, publisher: User, client: Client, django_assert_max_num_queries: Ceiling, slug: str
) -> None:
    client.force_login(publisher)
    with django_assert_max_num_queries(25):
        client.get(reverse("publishing:draft_chapter", args=[reported.document.slug, slug]))


def test_edit_links_lead_to_the_round(tertial: ReportingRound, leader: User, publisher: User) -> None:
    blocks = tertial.document.sections.filter(kind="block")
    page = reverse("reporting:round_overview", args=[tertial.slug])
    assert {edit_url(block) for block in blocks} == {page}
    assert set(edit_links(blocks, publisher)) == {block.pk for block in blocks}
    own = blocks.filter(parent__parent__slug="skole")
    assert set(edit_links(blocks, leader)) == {block.pk for block in own}


def test_section_keeps_its_block_and_round_when_it_is_saved(tertial: ReportingRound, publisher: User) -> None:
    section = tertial.document.sections.get(block="deviations", parent__parent__slug="skole")
    data = {"heading": "Avvik", "content": "deviations", "body": "", "state": "ready", "unit": section.unit_id}
    form = SectionForm(data | {"base_version": section.version}, instance=section, by=publisher)
    assert form.store(), form.errors
    section.refresh_from_db()
    assert (section.heading, section.block, section.parameters) == ("Avvik", "deviations", {"round": tertial.slug})


def test_section_that_is_new_shows_the_round_of_its_document(tertial: ReportingRound, publisher: User) -> None:
    chapter = tertial.document.sections.get(slug="skole")
    section = Section(document=tertial.document, parent=chapter, unit=chapter.unit, position=9)
    data = {"heading": "Tall", "content": "assessment-counts", "body": "", "state": "draft", "unit": section.unit_id}
    form = SectionForm(data, instance=section, by=publisher)
    assert form.store(), form.errors
    assert Section.objects.get(heading="Tall").parameters == {"round": tertial.slug}


def test_section_of_a_plan_cannot_show_a_round(place: Workplace, publisher: User) -> None:
    form = SectionForm(instance=place.schools.text, by=publisher)
    offered = {value for value, _label in form.fields["content"].choices}  # type: ignore[attr-defined]
    assert offered & {"assessment-counts", "deviations", "reported-scorecard", "unit-texts"} == set()


def test_control_of_a_report_looks_at_goals_alone(tertial: ReportingRound, place: Workplace) -> None:
    assert {finding.rule for finding in control.check(tertial.document).open} == {"no-target"}


# Publishing


def test_publish_page_names_the_reports_that_are_not_approved(
    reported: ReportingRound, publisher: User, client: Client
) -> None:
    client.force_login(publisher)
    page = client.get(reverse("publishing:publish", args=[reported.document.slug]))
    assert [one.unit.name for one in page.context["not_approved"]] == ["Sektor for omsorg"]
    assert f'href="{reverse("reporting:report", args=[reported.slug, "omsorg"])}"' in page.content.decode()
    assert page.context["form"]["stage"].value() == "tertial"


def test_publish_is_not_stopped_by_what_is_missing(reported: ReportingRound, publisher: User, client: Client) -> None:
    client.force_login(publisher)
    form = {"stage": "tertial", "decision_body": "", "decided_on": "", "version": 1}
    answer = client.post(reverse("publishing:publish", args=[reported.document.slug]), form)
    assert answer.status_code == 302
    assert Publication.objects.get(document=reported.document).get_stage_display() == "tertialrapport"


def test_publish_page_of_a_plan_warns_of_no_reports(place: Workplace, publisher: User, client: Client) -> None:
    client.force_login(publisher)
    page = client.get(reverse("publishing:publish", args=[place.document.slug]))
    assert (page.context["not_approved"], page.context["form"]["stage"].value()) == ([], None)


def test_published_goals_are_counted_once(reported: ReportingRound, publisher: User) -> None:
    published = freeze(document=reported.document, stage="tertial", by=publisher)
    figures = published.figures.values_list("chapter_slug", "name", "result", "target", "outcome")
    assert list(figures) == [("skole", "Trivsel", "4,5", "5,0", "missed")]


def test_published_report_is_listed_and_the_plan_still_counts(
    reported: ReportingRound, place: Workplace, publisher: User, client: Client
) -> None:
    freeze(document=place.document, stage="adopted", by=publisher)
    freeze(document=reported.document, stage="tertial", by=publisher)
    page = client.get(reverse("publishing:front"))
    assert [one.slug for one in page.context["publications"]] == [reported.document.slug, place.document.slug]
    assert page.context["issue"].slug == place.document.slug


def test_published_report_alone_is_no_plan(reported: ReportingRound, publisher: User, client: Client) -> None:
    freeze(document=reported.document, stage="tertial", by=publisher)
    assert client.get(reverse("publishing:front")).context["issue"] is None


@pytest.mark.parametrize("ending", ["json", "html", "xlsx"])
def test_export_writes_the_report(reported: ReportingRound, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"rapport.{ending}"
    call_command("export", reported.document.slug, format=ending, output=target, verbosity=0)
    assert target.stat().st_size > 0


def test_export_as_json_has_the_words_in_columns(reported: ReportingRound, tmp_path: Path) -> None:
    target = tmp_path / "rapport.json"
    call_command("export", reported.document.slug, format="json", output=target, verbosity=0)
    chapter = json.loads(target.read_text(encoding="utf-8"))["chapters"][1]
    items = [item for section in chapter["sections"] for item in section["items"]]
    card = next(item for item in items if item.get("kind") == "reported-scorecard")
    assert card["columns"] == ["Resultat 2. tertial 2024", "Mål 2024", "Prognose 2024"]
    assert [row["cells"] for row in card["rows"]] == [["4,5", "5,0", ""]]
