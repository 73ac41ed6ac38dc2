"""Ordering a draft's PDF in the browser, following it, leaving it, and getting it."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organisation.access import Role
from organisation.models import Membership, User
from plans.models import Section
from publishing import tasks
from publishing.freeze import freeze
from publishing.json_form import from_json
from publishing.models import PdfOrder, Publication
from publishing.structure import Contents
from tests.publishing.pdf_drawing import LEFT_OUT, StandIn
from tests.workplace import Workplace

pytestmark = pytest.mark.draws_pdfs

HTMX = {"HX-Request": "true"}


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Draws in place of WeasyPrint."""
    return StandIn().put_in(monkeypatch)


@pytest.fixture
def as_leader(place: Workplace, leader: User, client: Client) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def waiting(as_leader: Client, settings: Settings) -> PdfOrder:
    """The leader's order, which nobody has begun on."""
    settings.TASKS = LEFT_OUT
    return add(as_leader)


@pytest.fixture
def publisher(place: Workplace) -> User:
    person = User.objects.create_user("publiserer")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=place.document.unit)
    return person


def add(client: Client, **form: Any) -> PdfOrder:
    """Press the button, and give the order that it leads to."""
    answer = client.post(reverse("publishing:pdf_order_add", args=["plan"]), form)
    newest = PdfOrder.objects.latest("ordered_at")
    assert (answer.status_code, answer.headers["Location"]) == (302, newest.get_absolute_url())
    return newest


def of(name: str, order: PdfOrder) -> str:
    return reverse(f"publishing:{name}", args=[order.pk])


def titles(contents: Contents) -> list[str]:
    return [chapter.title for chapter in contents.chapters]


def test_pdf_order_add_orders_only_what_the_person_may_see(as_leader: Client, approver: User, drawing: StandIn) -> None:
    own = add(as_leader)
    as_leader.force_login(approver)
    whole = add(as_leader)
    assert [titles(contents) for contents, _edition, _changes in drawing.drawn] == [
        ["Om planen", "Skole"],
        ["Om planen", "Skole", "Omsorg"],
    ]
    assert [[facts.slug for facts in contents.indicators] for contents, *_rest in drawing.drawn] == [
        ["malekort-skole-0"],
        ["malekort-omsorg-0", "malekort-skole-0"],
    ]
    assert own.checksum != whole.checksum


def test_pdf_order_add_keeps_exactly_what_the_person_may_see(waiting: PdfOrder) -> None:
    assert titles(from_json(json.loads(waiting.contents)["contents"])) == ["Om planen", "Skole"]
    assert "omsorg" not in waiting.contents.lower()


def test_pdf_order_add_is_a_deed(as_leader: Client) -> None:
    assert as_leader.get(reverse("publishing:pdf_order_add", args=["plan"])).status_code == 405
    assert PdfOrder.objects.count() == 0


def test_pdf_order_add_twice_is_one_order(as_leader: Client, waiting: PdfOrder) -> None:
    assert add(as_leader) == waiting
    assert PdfOrder.objects.count() == 1


def test_pdf_order_add_of_what_cannot_be_built_says_why(as_leader: Client, place: Workplace) -> None:
    Section.objects.filter(block="scorecard", parent=place.schools.chapter).update(parameters={"card": "borte"})
    place.schools.card.delete()
    answer = as_leader.post(reverse("publishing:pdf_order_add", args=["plan"]), follow=True)
    assert PdfOrder.objects.count() == 0
    assert answer.redirect_chain == [(reverse("publishing:draft", args=["plan"]), 302)]
    assert len(answer.context["messages"]) == 1


def test_pdf_order_add_of_an_empty_draft_says_so(as_leader: Client, place: Workplace) -> None:
    place.document.sections.all().delete()
    answer = as_leader.post(reverse("publishing:pdf_order_add", args=["plan"]), follow=True)
    assert "Utkastet har ingen kapitler som du kan se" in answer.content.decode()
    assert PdfOrder.objects.count() == 0


def test_pdf_order_add_with_changes_hides_the_same_chapters_of_the_version(
    as_leader: Client, place: Workplace, publisher: User, drawing: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(document=place.document, stage="adopted", by=publisher)
    place.common.delete()
    monkeypatch.setattr(tasks, "compare", lambda old, new: (titles(old), titles(new)))
    page = as_leader.get(reverse("publishing:draft", args=["plan"]))
    assert str(page.context["pdf_form"].fields["has_changes"].label) == "Legg ved endringer siden versjon 1"
    order = add(as_leader, has_changes="on")
    assert (order.has_changes, order.status) == (True, "done")
    assert drawing.drawn[-1][2] == (["Om planen", "Skole"], ["Skole"])


def test_pdf_order_add_with_changes_before_the_first_version_has_none(as_leader: Client, drawing: StandIn) -> None:
    assert list(as_leader.get(reverse("publishing:draft", args=["plan"])).context["pdf_form"].fields) == []
    assert add(as_leader, has_changes="on").has_changes is False


def test_pdf_order_shows_how_far_it_has_come(as_leader: Client, waiting: PdfOrder) -> None:
    begun = PdfOrder.objects.begin(waiting.pk)
    assert begun is not None
    begun.tell(42, "Side 4 av 9")
    page = as_leader.get(waiting.get_absolute_url()).content.decode()
    assert page.count('max="100" value="42"') == 1
    assert page.count("42 %: Side 4 av 9</p>") == 1
    assert page.count('hx-trigger="every 1s"') == 1
    assert page.count("<noscript>") == 1


def test_pdf_order_that_waits_has_a_bar_without_a_value(as_leader: Client, waiting: PdfOrder) -> None:
    page = as_leader.get(waiting.get_absolute_url()).content.decode()
    assert (page.count("<progress"), page.count('max="100" value=')) == (1, 0)
    assert page.count("Venter på tur.") == 1


def test_pdf_order_gives_htmx_only_what_changes(as_leader: Client, waiting: PdfOrder) -> None:
    part = as_leader.get(waiting.get_absolute_url(), headers=HTMX).content.decode()
    assert (part.count("<html"), part.count("<progress"), part.count('hx-trigger="every 1s"')) == (0, 1, 1)
    assert part.count('id="pdf-said"') == 0


def test_pdf_order_that_is_done_stops_asking_and_leads_to_the_file(
    as_leader: Client, waiting: PdfOrder, drawing: StandIn
) -> None:
    tasks.draw_pdf.call(waiting.pk)
    part = as_leader.get(waiting.get_absolute_url(), headers=HTMX).content.decode()
    assert (part.count("<progress"), part.count("hx-trigger")) == (0, 0)
    assert part.count('<p id="pdf-said" hx-swap-oob="innerHTML">PDF-en er ferdig.</p>') == 1
    assert part.count(f'href="{of("pdf_order_file", waiting)}"') == 1
    assert part.count("6\N{NO-BREAK SPACE}byte") == 1


def test_pdf_order_can_be_left_and_returned_to(as_leader: Client, waiting: PdfOrder, drawing: StandIn) -> None:
    tasks.draw_pdf.call(waiting.pk)
    page = as_leader.get(reverse("publishing:draft", args=["plan"]))
    assert [order.pk for order in page.context["pdf_orders"]] == [waiting.pk]
    assert page.content.decode().count(f'href="{waiting.get_absolute_url()}"') == 1
    assert "ferdig, 6\N{NO-BREAK SPACE}byte" in page.content.decode()


def test_pdf_order_file_is_the_finished_pdf(as_leader: Client, waiting: PdfOrder, drawing: StandIn) -> None:
    assert as_leader.get(of("pdf_order_file", waiting)).status_code == 404
    tasks.draw_pdf.call(waiting.pk)
    answer = as_leader.get(of("pdf_order_file", waiting))
    assert (answer.content, answer.headers["Content-Type"]) == (b"%PDF-1", "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan-utkast.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_pdf_order_that_failed_says_why_and_can_be_tried_again(
    as_leader: Client, drawing: StandIn, settings: Settings
) -> None:
    drawing.problem = ValueError("hemmelig grunn")
    failed = add(as_leader)
    page = as_leader.get(failed.get_absolute_url()).content.decode()
    assert page.count("Noe gikk galt da PDF-en ble laget. Prøv igjen, eller si fra til dem som driver systemet.") == 1
    assert page.count("hemmelig grunn") == 0
    drawing.problem = None
    answer = as_leader.post(of("pdf_order_retry", failed))
    assert (answer.status_code, answer.headers["Location"]) == (302, failed.get_absolute_url())
    assert PdfOrder.objects.get().status == "done"


def test_pdf_order_that_stopped_says_so_and_can_be_tried_again(as_leader: Client, waiting: PdfOrder) -> None:
    PdfOrder.objects.update(status="drawing", ordered_at=timezone.now() - datetime.timedelta(minutes=16))
    page = as_leader.get(waiting.get_absolute_url()).content.decode()
    assert (page.count("PDF-en er ikke blitt ferdig på et kvarter"), page.count("hx-trigger")) == (1, 0)
    assert page.count(f'action="{of("pdf_order_retry", waiting)}"') == 1
    as_leader.post(of("pdf_order_retry", waiting))
    assert PdfOrder.objects.get().is_under_way is True


def test_pdf_order_of_another_person_does_not_exist(
    as_leader: Client, waiting: PdfOrder, approver: User, publisher: User, drawing: StandIn
) -> None:
    tasks.draw_pdf.call(waiting.pk)
    for other in (approver, publisher):
        as_leader.force_login(other)
        assert as_leader.get(of("pdf_order", waiting)).status_code == 404
        assert as_leader.get(of("pdf_order_file", waiting)).status_code == 404
        assert as_leader.post(of("pdf_order_retry", waiting)).status_code == 404
        assert list(as_leader.get(reverse("publishing:draft", args=["plan"])).context["pdf_orders"]) == []


def test_pdf_order_of_a_document_one_may_no_longer_see_does_not_exist(
    as_leader: Client, waiting: PdfOrder, leader: User, drawing: StandIn
) -> None:
    tasks.draw_pdf.call(waiting.pk)
    leader.memberships.all().delete()
    assert as_leader.get(of("pdf_order", waiting)).status_code == 404
    assert as_leader.get(of("pdf_order_file", waiting)).status_code == 404
    assert as_leader.post(of("pdf_order_retry", waiting)).status_code == 404


@pytest.fixture
def published(place: Workplace, publisher: User, settings: Settings) -> Publication:
    """A version whose PDFs are still to come."""
    settings.TASKS = LEFT_OUT
    return freeze(document=place.document, stage="adopted", by=publisher)


def test_pdf_order_of_a_publication_leads_to_the_files_of_all(
    client: Client, published: Publication, publisher: User, drawing: StandIn
) -> None:
    client.force_login(publisher)
    order = published.pdf_orders.get()
    assert client.get(order.get_absolute_url()).content.decode().count("PDF-en legges ut når den er ferdig") == 1
    tasks.draw_pdf.call(order.pk)
    page = client.get(order.get_absolute_url())
    assert [file.name for file in page.context["files"]] == ["plan-versjon-1.pdf", "plan-versjon-1-arkiv.pdf"]
    where = reverse("publishing:publication_file", args=["plan", 1, "plan-versjon-1.pdf"])
    assert page.content.decode().count(f'href="{where}"') == 1
    assert client.get(of("pdf_order_file", order)).headers["Location"] == where


def test_pdf_order_of_a_publication_is_for_all_who_publish_it(
    client: Client, published: Publication, leader: User, top_controller: User, drawing: StandIn
) -> None:
    order = published.pdf_orders.get()
    order.status = "failed"
    order.save()
    client.force_login(leader)
    assert client.post(of("pdf_order_retry", order)).status_code == 404
    client.force_login(top_controller)
    orders = client.get(reverse("publishing:publish", args=["plan"])).context["pdf_orders"]
    assert [one.pk for one in orders] == [order.pk]
    assert client.post(of("pdf_order_retry", order)).status_code == 302
    assert published.pdf_orders.get().status == "waiting"


@pytest.fixture
def top_controller(place: Workplace) -> User:
    """Another who publishes."""
    person = User.objects.create_user("en-annen")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=place.document.unit)
    return person


@pytest.mark.parametrize("count", [1, 3])
def test_draft_with_orders_takes_as_many_queries_for_one_as_for_three(
    as_leader: Client, waiting: PdfOrder, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(1, count):
        PdfOrder.objects.create(**(_fields(waiting) | {"checksum": f"{number}"}))
    with django_assert_num_queries(7):
        page = as_leader.get(reverse("publishing:draft", args=["plan"]))
    assert len(page.context["pdf_orders"]) == count


def _fields(order: PdfOrder) -> dict[str, Any]:
    names = ("document", "name", "ordered_by", "contents")
    return {name: getattr(order, name) for name in names}
