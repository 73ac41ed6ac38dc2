"""From a leader's keyboard to the public's page: a draft changes at once, the published plan with the next version."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from elverum import cases
from organisation.models import User
from plans.models import Document
from publishing.freeze import freeze

PASSWORD = "nettleserpassord"
DRAFT = "/arbeid/utkast/virksomhetsplan-2024/barnehage/"
LATEST = "/publikasjoner/virksomhetsplan-2024/barnehage/"
FIRST = "/publikasjoner/virksomhetsplan-2024/versjon-1/barnehage/"
SECOND = "/publikasjoner/virksomhetsplan-2024/versjon-2/barnehage/"
INDICATOR = "Barns trivsel"
OLD_TARGET, NEW_TARGET = "=/< landssnitt", "4,9"
NEW_TEXT = "Vi måler trivselen på nytt til høsten."


@pytest.fixture(autouse=True)
def plan(transactional_db: None) -> Document:
    """The plan's chapter on kindergartens, published as version 1, and people with passwords."""
    document = cases.load(folder=cases.FIXTURES / "elverum")
    document.sections.chapters().exclude(slug="barnehage").delete()
    for person in User.objects.all():
        person.is_demo = False
        person.set_password(PASSWORD)
        person.save()
    freeze(document=document, stage="adopted", by=User.objects.get(username="controller"))
    return document


def log_in(page: Page, username: str) -> None:
    page.goto("/logg-inn/")
    page.get_by_label("Brukernavn").fill(username)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url("**/arbeid/")


def target_of(page: Page, address: str) -> str:
    """The target for the plan's year on the page: the last cell but the assessment."""
    page.goto(address)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=INDICATOR, exact=True))
    return row.get_by_role("cell").nth(2).inner_text().replace("\u00a0", " ")


def _browser(page: Page) -> Browser:
    browser = page.context.browser
    assert browser is not None
    return browser


def public_sees(page: Page, live_server: LiveServer, address: str) -> tuple[str, bool]:
    """(the target, whether the new paragraph is there) for someone who comes to the page for the first time."""
    context = _browser(page).new_context(base_url=live_server.url)
    reader = context.new_page()
    target = target_of(reader, address)
    has_paragraph = reader.get_by_text(NEW_TEXT).count() == 1
    context.close()
    return target, has_paragraph


def change_target(page: Page) -> None:
    page.goto(DRAFT)
    page.get_by_role("link", name="Rediger tabellen Mål for tjenesteproduksjonen").click()
    page.get_by_role("textbox", name=f"{INDICATOR}, Mål 2024").fill(NEW_TARGET)
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("status")).to_contain_text("Lagret")


def change_paragraph(page: Page) -> None:
    page.goto(DRAFT)
    page.get_by_role("link", name="Rediger teksten").first.click()
    page.locator(".tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {NEW_TEXT}")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("status")).to_contain_text("Lagret")


def test_leader_changes_the_draft_and_controller_publishes_it(page: Page, live_server: LiveServer) -> None:
    log_in(page, "leder.barnehage")
    change_target(page)
    change_paragraph(page)

    assert target_of(page, DRAFT) == NEW_TARGET
    expect(page.get_by_text(NEW_TEXT)).to_be_visible()
    assert public_sees(page, live_server, LATEST) == (OLD_TARGET, False)

    page.context.clear_cookies()
    log_in(page, "controller")
    page.goto("/arbeid/publiser/virksomhetsplan-2024/")
    expect(page.get_by_text("1 mål endret", exact=True)).to_be_visible()
    expect(page.get_by_text("1 tekst endret", exact=True)).to_be_visible()
    page.get_by_label("Stadium").select_option("revised")
    page.get_by_label("Hva er endret siden forrige versjon?").fill("Nytt mål for trivsel.")
    page.get_by_role("button", name="Publiser versjon 2").click(timeout=60_000)
    expect(page.get_by_text("Versjon 2 er publisert")).to_be_visible(timeout=60_000)

    assert public_sees(page, live_server, LATEST) == (NEW_TARGET, True)
    assert public_sees(page, live_server, SECOND) == (NEW_TARGET, True)
    assert public_sees(page, live_server, FIRST) == (OLD_TARGET, False)
