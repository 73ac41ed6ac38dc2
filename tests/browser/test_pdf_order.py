"""Ordering a PDF in a real browser: the bar moves, the page can be left, and all of it works without JavaScript."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from organisation.access import Role
from organisation.models import Membership, User
from publishing import tasks
from publishing.freeze import freeze
from publishing.models import PdfOrder, Publication
from tests.publishing.pdf_drawing import StandIn
from tests.workplace import Workplace

PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
DRAFT = "/arbeid/utkast/plan/"
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def drawing(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Nothing is drawn until the test says so, and then by a stand-in."""
    return StandIn().put_in(monkeypatch)


@pytest.fixture
def publisher(place: Workplace) -> User:
    """Someone who may read the draft and publish it."""
    person = User.objects.create_user("publiserer", password="publiserer-passord")
    Membership.objects.create(user=person, role=Role.CONTROLLER, unit=place.document.unit)
    return person


@pytest.fixture
def waiting(page: Page, publisher: User) -> PdfOrder:
    """An order, made by pressing the button; the page shows it."""
    log_in(page, publisher)
    page.goto(DRAFT)
    page.get_by_role("button", name="Lag PDF av utkastet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("PDF av utkastet")
    return PdfOrder.objects.get()


def log_in(page: Page, person: User) -> None:
    page.goto("/logg-inn/")
    page.get_by_label("Brukernavn").fill(person.username)
    page.get_by_label("Passord").fill(f"{person.username}-passord")
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url("**/arbeid/**")


def begin(order: PdfOrder) -> PdfOrder:
    begun = PdfOrder.objects.begin(order.pk)
    assert begun is not None
    return begun


def test_pdf_order_moves_by_itself_until_the_file_is_there(page: Page, waiting: PdfOrder) -> None:
    bar = page.get_by_role("progressbar", name="PDF-en lages")
    expect(page.get_by_text("Venter på tur.")).to_be_visible()
    begun = begin(waiting)
    begun.tell(42, "Side 4 av 9")
    expect(page.get_by_text("42 %: Side 4 av 9")).to_be_visible()
    expect(bar).to_have_attribute("value", "42")
    begun.finish(b"%PDF-1")
    expect(page.get_by_role("link", name="Last ned PDF-en")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="PDF-en er ferdig.")).to_have_count(1)
    expect(bar).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Last ned PDF-en").click()
    assert saved.value.suggested_filename == "plan-utkast.pdf"
    assert saved.value.path().read_bytes() == b"%PDF-1"


def test_pdf_order_that_fails_is_tried_again(page: Page, waiting: PdfOrder) -> None:
    begin(waiting).fail("Noe gikk galt.")
    expect(page.get_by_text("Noe gikk galt.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="PDF-en ble ikke laget.")).to_have_count(1)
    page.get_by_role("button", name="Prøv igjen").click()
    expect(page.get_by_text("Venter på tur.")).to_be_visible()
    tasks.draw_pdf.call(waiting.pk)
    expect(page.get_by_role("link", name="Last ned PDF-en")).to_be_visible()


def test_pdf_order_is_found_again_on_the_page_of_the_draft(page: Page, waiting: PdfOrder) -> None:
    page.goto(DRAFT)
    tasks.draw_pdf.call(waiting.pk)
    page.get_by_role("link", name="plan-utkast.pdf").click()
    expect(page.get_by_role("link", name="Last ned PDF-en")).to_be_visible()


def test_pdf_order_without_javascript_is_followed_by_a_link(
    browser: Browser, live_server: LiveServer, publisher: User
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, publisher)
    page.goto(DRAFT)
    page.get_by_role("button", name="Lag PDF av utkastet").click()
    expect(page.get_by_text("Venter på tur.")).to_be_visible()
    tasks.draw_pdf.call(PdfOrder.objects.get().pk)
    page.get_by_role("link", name="Oppdater").click()
    expect(page.get_by_role("link", name="Last ned PDF-en")).to_be_visible()
    expect(page.get_by_role("link", name="Oppdater")).to_have_count(0)
    context.close()


def test_publishing_shows_that_it_is_out_while_the_pdf_follows(page: Page, publisher: User) -> None:
    log_in(page, publisher)
    page.goto("/arbeid/publiser/plan/")
    page.get_by_role("button", name="Publiser versjon 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Versjon 1 er publisert")
    publication = Publication.objects.get()
    tasks.draw_pdf.call(publication.pdf_orders.get().pk)
    expect(page.get_by_role("link", name="PDF til arkivet")).to_be_visible()
    page.get_by_role("link", name=publication.get_absolute_url()).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Virksomhetsplan")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pdf_order_has_no_accessibility_error(
    page: Page,
    waiting: PdfOrder,
    publisher: User,
    accessibility_errors: Callable[[Page], list[str]],
    size: ViewportSize,
    scheme: Literal["light", "dark"],
) -> None:
    publication = freeze(document=waiting.document, stage="proposal", by=publisher)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    states: dict[str, dict[str, Any]] = {
        "waiting": {},
        "drawing": {"percent": 42},
        "done": {"content": b"%PDF-1"},
        "failed": {"problem": "Nei."},
    }
    found = {}
    for status, facts in states.items():
        PdfOrder.objects.update(status=status, **facts)
        for address in (waiting.get_absolute_url(), publication.pdf_orders.get().get_absolute_url(), DRAFT):
            page.goto(address)
            found[status, address] = [*accessibility_errors(page), page.evaluate(IS_TOO_WIDE)]
    soon = f"{publication.get_absolute_url()}filer/{publication.slug}-versjon-1.pdf"
    page.goto(soon)
    found["soon", soon] = [*accessibility_errors(page), page.evaluate(IS_TOO_WIDE)]
    assert found == {place: [False] for place in found}
