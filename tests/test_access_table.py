"""Every address of the site against every role. An address that is missing from the table fails the test."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from budget.models import BudgetAmendment, CodeMapping, Frame, FrameChange, ImportBatch, LedgerSource
from organisation.access import Role
from organisation.models import Membership, Unit, User
from plans.models import Measure, MeasureEffect
from publishing import json_form
from publishing.building import contents
from publishing.figures import published_figures, published_indicators, published_observations
from publishing.models import PdfOrder, Publication, PublishedChapter, PublishedFile, PublishedObservation
from reporting.models import ReportingRound, ReportRow, ReportText
from tests.budget.money import amendment, line, load_codes
from tests.workplace import YEAR, Workplace

pytestmark = pytest.mark.django_db

LOGIN = "login"
READERS = ("own_leader", "other_leader", "approver", "controller", "reader")
ROLES = ("anonymous", "own_leader", "other_leader", "approver", "controller", "administrator", "reader")


class Expected(NamedTuple):
    """The status for each role, or `LOGIN` for the way to the login page."""

    anonymous: int | str
    own_leader: int
    other_leader: int
    approver: int
    controller: int
    administrator: int
    reader: int


EVERYONE = Expected(200, 200, 200, 200, 200, 200, 200)
"""What is public."""

NOWHERE = Expected(404, 404, 404, 404, 404, 404, 404)
"""What is not there: two versions of a document that has one, a chart of figures that make none."""

LED_ON = Expected(LOGIN, 302, 302, 302, 302, 302, 302)
"""What leads each person on to a page that has a rule of its own."""

OWN_ORDER = Expected(LOGIN, 404, 404, 404, 200, 404, 404)
"""What the controller has ordered."""

SIGNED_IN = Expected(LOGIN, 200, 200, 200, 200, 200, 200)
"""What shows each person what is theirs."""

COMMON_READ = Expected(LOGIN, 200, 200, 200, 200, 404, 200)
"""What everyone who may see anything may read."""

OWN_READ = Expected(LOGIN, 200, 404, 200, 200, 404, 200)
"""Read by those who may see the sector."""

OWN_EDIT = Expected(LOGIN, 200, 404, 200, 200, 404, 403)
"""Changed by those who may edit for the sector."""

OWN_DEED = Expected(LOGIN, 302, 404, 302, 302, 404, 403)
"""The same, done at once and then led back."""

TOP_EDIT = Expected(LOGIN, 403, 403, 200, 200, 404, 403)
"""Changed by those who may edit for the whole municipality; its figures are common matter."""

TOP_DEED = Expected(LOGIN, 403, 403, 302, 302, 404, 403)

OWN_PUBLISHING = Expected(LOGIN, 403, 404, 403, 200, 404, 403)
"""Arranged by those who publish."""

OWN_PUBLISHING_DEED = Expected(LOGIN, 403, 404, 403, 302, 404, 403)

PUBLISHING = Expected(LOGIN, 403, 403, 403, 200, 404, 403)

PUBLISHING_DEED = Expected(LOGIN, 403, 403, 403, 302, 404, 403)

ALL_READ = Expected(LOGIN, 404, 404, 200, 200, 404, 200)
"""Read by those who may read what belongs to the whole municipality."""

ALL_PUBLISHING = Expected(LOGIN, 404, 404, 403, 200, 404, 403)
"""Done by those who publish for the whole municipality, and there for those who may read all of it."""

OWN_APPROVAL = Expected(LOGIN, 403, 404, 200, 200, 404, 403)
"""Approved by those above the sector."""

OWN_APPROVAL_DEED = Expected(LOGIN, 403, 404, 302, 302, 404, 403)


class Address(NamedTuple):
    """An address: what it takes, how it is asked for, and what each role is to get."""

    arguments: Callable[[Workplace], list[Any]]
    expected: Expected
    method: str = "get"


def nothing(_place: Workplace) -> list[Any]:
    return []


def document(place: Workplace) -> list[Any]:
    return [place.document.slug]


def area(place: Workplace) -> list[Any]:
    return [place.schools.area.slug]


def area_and_year(place: Workplace) -> list[Any]:
    return [place.schools.area.slug, YEAR]


def section(place: Workplace) -> list[Any]:
    return [place.schools.text.pk]


def card(place: Workplace) -> list[Any]:
    return [place.schools.card.slug]


def table(place: Workplace) -> list[Any]:
    return [place.schools.table.slug]


def four(name: str, begin: Callable[[Workplace], list[Any]], row: Callable[[Workplace], Any]) -> dict[str, Address]:
    """The pages for adding, changing, moving and removing a row of a sector."""

    def of_row(place: Workplace) -> list[Any]:
        return [row(place).pk]

    return {
        f"{name}_add": Address(begin, OWN_EDIT),
        f"{name}_edit": Address(of_row, OWN_EDIT),
        f"{name}_move": Address(of_row, OWN_DEED, "post"),
        f"{name}_remove": Address(of_row, OWN_EDIT),
    }


def version(place: Workplace) -> list[Any]:
    return [place.document.slug, 1]


def indicator(place: Workplace) -> list[Any]:
    return [place.schools.row.indicator.slug]


def published_value(_place: Workplace) -> list[Any]:
    return [PublishedObservation.objects.filter(kind="result")[0].pk]


def order(_place: Workplace) -> list[Any]:
    return [PdfOrder.objects.get().pk]


def report_text(place: Workplace) -> list[Any]:
    return [ReportText.objects.get(report__unit=place.schools.area.unit, kind="status").pk]


def a_round(_place: Workplace) -> list[Any]:
    return [ReportingRound.objects.get().slug]


def report_of_the_sector(place: Workplace) -> list[Any]:
    return [*a_round(place), place.schools.area.unit.slug]


def report_row(place: Workplace) -> list[Any]:
    return [ReportRow.objects.get(report__unit=place.schools.area.unit).pk]


def the_year(_place: Workplace) -> list[Any]:
    return [YEAR]


def plan(place: Workplace) -> list[Any]:
    return [place.investments.slug]


def frame(place: Workplace) -> list[Any]:
    facts = {"unit": place.schools.area.unit, "year": YEAR}
    return [Frame.objects.get_or_create(**facts, defaults={"opening": 1})[0].pk]


def frame_change(place: Workplace) -> list[Any]:
    facts = {"position": 1, "kind": "other", "reason": "Flyttet", "amount": 1}
    return [FrameChange.objects.get_or_create(frame_id=frame(place)[0], defaults=facts)[0].pk]


def decision(place: Workplace) -> list[Any]:
    return [(BudgetAmendment.objects.first() or amendment(place.document.unit)).pk]


def statutory_table(place: Workplace) -> list[Any]:
    load_codes()
    line(place.document.unit, 1000, period=f"{YEAR}")
    return [YEAR, "operations", "csv"]


def ledger_exists(place: Workplace) -> list[Any]:
    load_codes()
    for sector in (place.schools.area.unit, place.care.area.unit):
        line(sector, 1000, period=f"{YEAR}-01")
    return []


def ledger_file(place: Workplace) -> list[Any]:
    return [*ledger_exists(place), "csv"]


def measure(place: Workplace) -> list[Any]:
    facts = {"title": "Færre vikarer", "unit": place.schools.area.unit}
    return [Measure.objects.get_or_create(**facts, defaults={"position": 1})[0].pk]


def reported_measure(place: Workplace) -> list[Any]:
    ReportingRound.objects.update(asks_measures=True)
    pk = measure(place)
    MeasureEffect.objects.create(measure_id=pk[0], year=YEAR, planned_amount=-1000)
    return [*report_of_the_sector(place), *pk]


def batch(place: Workplace) -> list[Any]:
    source = LedgerSource.objects.get_or_create(unit=place.document.unit, name="Økonomisystemet")[0]
    facts = {"layer": "actual", "file_name": "regnskap.csv", "content": b"x", "size": 1, "state": "checked"}
    return [ImportBatch.objects.get_or_create(source=source, sha256="0" * 64, defaults=facts)[0].pk]


def source(place: Workplace) -> list[Any]:
    return [ImportBatch.objects.get(pk=batch(place)[0]).source_id]


def code(place: Workplace) -> list[Any]:
    facts = {"source_id": source(place)[0], "kind": "unit", "code": "1100"}
    return [CodeMapping.objects.get_or_create(**facts, defaults={"target": "skole"})[0].pk]


def economy_of_the_sector(place: Workplace) -> list[Any]:
    ReportingRound.objects.update(asks_economy=True)
    return report_of_the_sector(place)


TABLE: dict[str, Address] = {
    "reporting:start": Address(nothing, SIGNED_IN),
    "reporting:round_list": Address(nothing, SIGNED_IN),
    "reporting:round_open": Address(nothing, PUBLISHING),
    "reporting:round_edit": Address(a_round, PUBLISHING),
    "reporting:round_units_add": Address(a_round, PUBLISHING),
    "reporting:round_close": Address(a_round, PUBLISHING),
    "reporting:text_edit": Address(report_text, OWN_EDIT),
    "reporting:round_overview": Address(a_round, COMMON_READ),
    "reporting:reminder_list": Address(a_round, PUBLISHING),
    "reporting:remind": Address(a_round, PUBLISHING_DEED, "post"),
    "reporting:report": Address(report_of_the_sector, OWN_READ),
    "reporting:row_save": Address(report_row, Expected(401, 200, 404, 200, 200, 404, 403), "post"),
    "reporting:report_hand_in": Address(report_of_the_sector, OWN_DEED, "post"),
    "reporting:report_approve": Address(report_of_the_sector, OWN_APPROVAL_DEED, "post"),
    "reporting:report_send_back": Address(report_of_the_sector, OWN_APPROVAL),
    "reporting:report_reopen": Address(report_of_the_sector, OWN_APPROVAL),
    "plans:document_list": Address(nothing, SIGNED_IN),
    "plans:document": Address(document, COMMON_READ),
    "plans:chapter_add": Address(document, PUBLISHING),
    "plans:section_edit": Address(section, OWN_EDIT),
    "plans:section_add": Address(section, OWN_PUBLISHING),
    "plans:section_move": Address(section, OWN_PUBLISHING_DEED, "post"),
    "plans:section_remove": Address(section, OWN_PUBLISHING),
    "plans:section_history": Address(section, OWN_READ),
    "plans:section_restore": Address(
        lambda place: [place.schools.text.pk, place.schools.text.history.get().history_id],
        Expected(LOGIN, 409, 404, 409, 409, 404, 403),
        "post",
    ),
    "plans:development": Address(area_and_year, OWN_READ),
    **four("plans:development_item", area_and_year, lambda place: place.schools.development),
    "plans:development_part_add": Address(lambda place: [place.schools.development.pk], OWN_EDIT),
    "plans:plan_matrix_edit": Address(lambda _place: [YEAR], PUBLISHING),
    "scorecards:scorecard_edit": Address(card, OWN_EDIT),
    "scorecards:scorecard_arrange": Address(card, OWN_EDIT),
    **four("scorecards:row", card, lambda place: place.schools.row),
    **four("scorecards:group", card, lambda place: place.schools.card.groups.get()),
    "scorecards:indicator_list": Address(nothing, SIGNED_IN),
    "scorecards:indicator_edit": Address(lambda place: [place.schools.row.indicator_id], OWN_EDIT),
    "scorecards:observation_explain": Address(lambda place: [place.schools.result.pk], OWN_READ),
    "scorecards:ownership": Address(nothing, PUBLISHING),
    "scorecards:hand_over": Address(lambda place: [place.schools.area.unit.slug], OWN_EDIT),
    "scorecards:key_figures_edit": Address(table, OWN_EDIT),
    "scorecards:key_figures_arrange": Address(table, OWN_EDIT),
    **four("scorecards:key_figure_row", table, lambda place: place.schools.table.rows.get()),
    "staffing:figures_edit": Address(nothing, Expected(LOGIN, 200, 200, 200, 200, 404, 403)),
    "budget:investment_plan_edit": Address(lambda place: [place.investments.slug], TOP_EDIT),
    "budget:investment_project_add": Address(lambda place: [place.investments.slug], TOP_EDIT),
    "budget:investment_project_edit": Address(lambda place: [place.project.pk], TOP_EDIT),
    "budget:investment_project_move": Address(lambda place: [place.project.pk], TOP_DEED, "post"),
    "budget:investment_project_remove": Address(lambda place: [place.project.pk], TOP_EDIT),
    "budget:amendments": Address(nothing, ALL_READ._replace(approver=302, controller=302, reader=302)),
    "budget:amendment_list": Address(the_year, ALL_READ),
    "budget:amendment": Address(decision, ALL_READ),
    "budget:amendment_add": Address(the_year, ALL_PUBLISHING),
    "budget:amendment_edit": Address(decision, ALL_PUBLISHING),
    "budget:amendment_remove": Address(decision, ALL_PUBLISHING),
    "budget:frames": Address(nothing, COMMON_READ._replace(**dict.fromkeys(READERS, 302))),
    "budget:frame_list": Address(the_year, COMMON_READ),
    "budget:frames_begin": Address(the_year, PUBLISHING_DEED, "post"),
    "budget:frame_add": Address(the_year, PUBLISHING),
    "budget:frame": Address(frame, OWN_READ),
    "budget:frame_edit": Address(frame, OWN_PUBLISHING),
    "budget:frame_remove": Address(frame, OWN_PUBLISHING),
    "budget:frame_change_add": Address(frame, OWN_PUBLISHING),
    "budget:frame_change_edit": Address(frame_change, OWN_PUBLISHING),
    "budget:frame_change_move": Address(frame_change, OWN_PUBLISHING_DEED, "post"),
    "budget:frame_change_remove": Address(frame_change, OWN_PUBLISHING),
    "budget:import_list": Address(nothing, PUBLISHING),
    "budget:import_add": Address(nothing, PUBLISHING),
    "budget:import_batch": Address(batch, PUBLISHING),
    "budget:import_columns": Address(batch, PUBLISHING._replace(controller=422), "post"),
    "budget:import_codes": Address(batch, PUBLISHING_DEED, "post"),
    "budget:import_check": Address(batch, PUBLISHING_DEED, "post"),
    "budget:import_write": Address(batch, PUBLISHING_DEED, "post"),
    "budget:import_drop": Address(batch, PUBLISHING_DEED, "post"),
    "budget:import_undo": Address(batch, PUBLISHING_DEED),
    "budget:ledger_source_edit": Address(source, PUBLISHING),
    "budget:code_mapping_remove": Address(code, PUBLISHING_DEED, "post"),
    "budget:investment_plan_list": Address(nothing, COMMON_READ),
    "budget:investment_plan": Address(plan, COMMON_READ),
    "budget:investment_financing_edit": Address(plan, TOP_EDIT),
    "publishing:ledger": Address(nothing, COMMON_READ),
    "publishing:ledger_lines": Address(nothing, COMMON_READ),
    "publishing:ledger_file": Address(ledger_file, COMMON_READ),
    "publishing:statutory": Address(the_year, ALL_READ),
    "publishing:statutory_newest": Address(ledger_exists, ALL_READ._replace(approver=302, controller=302, reader=302)),
    "publishing:statutory_file": Address(statutory_table, ALL_READ),
    "plans:document_add": Address(nothing, PUBLISHING),
    "plans:measure_list": Address(nothing, COMMON_READ),
    "plans:measure": Address(measure, OWN_READ),
    "plans:measure_add": Address(the_year, Expected(LOGIN, 200, 200, 200, 200, 404, 403)),
    "plans:measure_edit": Address(measure, OWN_EDIT),
    "plans:measure_remove": Address(measure, OWN_EDIT),
    "plans:measure_move": Address(measure, OWN_DEED, "post"),
    "plans:measure_follow_up": Address(lambda place: [*measure(place), f"{YEAR}-T2"], OWN_EDIT),
    "reporting:economy": Address(economy_of_the_sector, OWN_READ),
    "reporting:report_measure": Address(reported_measure, OWN_EDIT),
    "organisation:kept_form": Address(nothing, Expected(LOGIN, 302, 302, 302, 302, 302, 302)),
    "organisation:login": Address(nothing, Expected(200, 302, 302, 302, 302, 302, 302)),
    "organisation:logout": Address(nothing, EVERYONE._replace(**dict.fromkeys(ROLES, 302)), "post"),
    "organisation:area_functions": Address(area, OWN_EDIT),
    "organisation:target_groups": Address(area, OWN_EDIT),
    "organisation:deliveries": Address(area, OWN_EDIT),
    **four("organisation:area_function", area, lambda place: place.schools.function),
    **four("organisation:service", lambda place: [place.schools.function.pk], lambda place: place.schools.service),
    **four("organisation:target_group", area, lambda place: place.schools.target_group),
    **four("organisation:delivery", area, lambda place: place.schools.delivery),
    "publishing:front": Address(nothing, EVERYONE),
    "publishing:accessibility": Address(nothing, EVERYONE),
    "publishing:publication_list": Address(nothing, EVERYONE),
    "publishing:document": Address(document, EVERYONE),
    "publishing:chapter": Address(lambda place: [place.document.slug, "skole"], EVERYONE),
    "publishing:version_document": Address(version, EVERYONE),
    "publishing:version_chapter": Address(lambda place: [*version(place), "skole"], EVERYONE),
    "publishing:publication_file": Address(lambda place: [*version(place), "plan.json"], EVERYONE),
    "publishing:table_file": Address(lambda place: [*version(place), "skole", "scorecard", "csv"], EVERYONE),
    "publishing:search": Address(nothing, EVERYONE),
    "publishing:open_data": Address(nothing, EVERYONE),
    "publishing:publication_schema": Address(nothing, EVERYONE),
    "publishing:publication_feed": Address(nothing, EVERYONE),
    "publishing:sitemap": Address(nothing, EVERYONE),
    "publishing:robots": Address(nothing, EVERYONE),
    "publishing:scorecard_overview": Address(nothing, EVERYONE),
    "publishing:scorecard": Address(lambda place: [YEAR, "skole"], EVERYONE),
    "publishing:explore": Address(nothing, EVERYONE),
    "publishing:explore_file": Address(lambda _place: ["csv"], EVERYONE),
    "publishing:indicator": Address(indicator, EVERYONE),
    "publishing:indicator_chart": Address(indicator, NOWHERE),
    "publishing:compare": Address(nothing, EVERYONE),
    "publishing:comparison": Address(lambda place: [*version(place), 2], NOWHERE),
    "publishing:edition_state": Address(version, EVERYONE),
    "publishing:reference": Address(lambda place: [*version(place), "skole", "scorecard"], EVERYONE),
    "publishing:table_chart": Address(lambda place: [*version(place), "skole", "scorecard"], NOWHERE),
    "publishing:api:openapi-json": Address(nothing, EVERYONE),
    "publishing:api:publications": Address(nothing, EVERYONE),
    "publishing:api:publication": Address(version, EVERYONE),
    "publishing:api:publication_contents": Address(version, EVERYONE),
    "publishing:api:publication_goals": Address(version, EVERYONE),
    "publishing:api:indicators": Address(nothing, EVERYONE),
    "publishing:api:indicator": Address(indicator, EVERYONE),
    "publishing:api:observations": Address(nothing, EVERYONE),
    "publishing:api:api-root": Address(nothing, NOWHERE),
    "publishing:api:nothing": Address(lambda _place: ["tull"], NOWHERE),
    "publishing:pdf_order_add": Address(document, COMMON_READ._replace(**dict.fromkeys(READERS, 302)), "post"),
    "publishing:pdf_order": Address(order, OWN_ORDER),
    "publishing:pdf_order_file": Address(order, OWN_ORDER._replace(controller=302)),
    "publishing:pdf_order_retry": Address(order, OWN_ORDER._replace(controller=302), "post"),
    "publishing:published_figure": Address(published_value, LED_ON),
    "publishing:draft": Address(document, COMMON_READ),
    "publishing:draft_file": Address(lambda place: [place.document.slug, "xlsx"], COMMON_READ),
    "publishing:draft_chapter": Address(lambda place: [place.document.slug, "skole"], OWN_READ),
    "publishing:publish": Address(document, PUBLISHING),
    "publishing:finding_accept": Address(document, PUBLISHING_DEED, "post"),
}


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Every URL name of the project's own; of Django's administration only that it is there."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace == "admin":
            yield "admin"
        else:
            yield from names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_address_stands_in_the_table() -> None:
    assert sorted(names(get_resolver())) == sorted([*TABLE, "admin"])


@pytest.fixture
def published(place: Workplace, controller: User) -> Publication:
    """The first version of the document, with a file, its rows, and the controller's finished order of its PDF."""
    built = contents.build(place.document)
    text = json_form.canonical(json_form.to_json(built))
    publication = Publication.objects.create(
        document=place.document,
        version=1,
        slug=place.document.slug,
        title=place.document.title,
        year=YEAR,
        stage="adopted",
        published_at=timezone.now(),
        published_by=controller,
        contents=text,
        sha256=json_form.digest(text.encode()),
    )
    facts = {"publication": publication, "media_type": "application/json", "size": 2, "sha256": ""}
    PublishedFile.objects.create(name="plan.json", content=b"{}", **facts)
    for copies in (published_indicators, published_figures, published_observations):
        for row in copies(publication, built):
            row.save()
    PdfOrder.objects.create(
        document=place.document,
        publication=publication,
        checksum="",
        status=PdfOrder.Status.DONE,
        name="plan.pdf",
        ordered_by=controller,
    )
    for position, chapter in enumerate(built.chapters, start=1):
        facts = {"slug": chapter.slug, "title": chapter.title, "number": f"{position}", "html": "<p>Tekst</p>"}
        PublishedChapter.objects.create(publication=publication, position=position, **facts)
    return publication


@pytest.fixture
def people(
    leader: User, care: Unit, approver: User, controller: User, administrator: User, reader: User
) -> dict[str, User | None]:
    """One of each role."""
    other = User.objects.create_user("omsorgsleder")
    Membership.objects.create(user=other, role=Role.LEADER, unit=care)
    return dict(zip(ROLES, (None, leader, other, approver, controller, administrator, reader), strict=True))


def answer(client: Client, address: Address, name: str, place: Workplace) -> int | str:
    """The status of the answer, or `LOGIN`; whatever the request wrote is taken back."""
    url = reverse(name, args=address.arguments(place))
    with transaction.atomic():
        response = getattr(client, address.method)(url)
        transaction.set_rollback(True)
    is_login = response.status_code == 302 and response["Location"].startswith(f"{reverse('organisation:login')}?")
    return LOGIN if is_login else response.status_code


@pytest.mark.parametrize("role", ROLES)
def test_every_address_for(
    role: str, people: dict[str, User | None], place: Workplace, published: Publication, tertial: ReportingRound
) -> None:
    found = {}
    for name, address in TABLE.items():
        client = Client()
        if person := people[role]:
            client.force_login(person)
        found[name] = answer(client, address, name, place)
    assert found == {name: getattr(address.expected, role) for name, address in TABLE.items()}


@pytest.mark.parametrize("role", ROLES)
def test_administration_is_for_administrators(role: str, people: dict[str, User | None]) -> None:
    client = Client()
    if person := people[role]:
        client.force_login(person)
    assert client.get("/admin/").status_code == (200 if role == "administrator" else 302)
