"""The list of indicators in a real browser: with the keyboard alone, back and forth, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from organisation.models import Unit, User
from organisation.versions import create
from scorecards.models import Indicator
from tests.browser.test_editing import let_in

PAGE = "/arbeid/indikatorer/"
FOCUSED = "() => document.activeElement.id"


@pytest.fixture(autouse=True)
def sixty(transactional_db: None, top: Unit) -> None:
    """Two pages of indicators; every third has a direction."""
    for number in range(60):
        facts = {"slug": f"i-{number}", "name": f"Trivsel {number:02}", "direction": "" if number % 3 else "higher"}
        create(Indicator(**facts, owner=top), by=None)


@pytest.fixture
def documents(page: Page, live_server: LiveServer, controller: User) -> list[str]:
    """The controller has opened the list; from then on the addresses of whole pages that were loaded."""
    let_in(page, live_server, controller).goto(PAGE)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if request.resource_type == "document" else None)
    return loaded


def shows(page: Page, summary: str) -> None:
    expect(page.get_by_role("status").filter(has_text="indikator")).to_have_text(summary)


def test_indicator_list_narrowed_and_sorted_with_the_keyboard_alone(page: Page, documents: list[str]) -> None:
    page.get_by_label("Søk").focus()
    page.keyboard.type("trivsel 0")
    shows(page, "15 indikatorer")
    expect(page).to_have_url(re.compile(r"/indikatorer/\?text=trivsel\+0$"))
    for _field in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("ikke")
    shows(page, "10 indikatorer")
    page.locator("#sort-name").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Trivsel 50")
    assert page.evaluate(FOCUSED) == "sort-name"
    page.get_by_label("Retning").select_option("higher")
    shows(page, "5 indikatorer")
    expect(page).to_have_url(re.compile(r"\?text=trivsel\+0&direction=higher&sort=-name$"))
    assert documents == []


def test_indicator_list_turned_with_the_keyboard_alone(page: Page, documents: list[str]) -> None:
    page.locator("#page-next").focus()
    page.keyboard.press("Enter")
    shows(page, "60 indikatorer, viser 51–60")
    assert (page.evaluate(FOCUSED), documents) == ("indicator-rows", [])


def test_indicator_list_back_and_forth(page: Page, documents: list[str]) -> None:
    page.get_by_label("Retning").select_option("higher")
    shows(page, "20 indikatorer")
    page.go_back()
    shows(page, "60 indikatorer, viser 1–50")
    expect(page.get_by_label("Retning")).to_have_value("")
    page.go_forward()
    shows(page, "20 indikatorer")
    expect(page.get_by_label("Retning")).to_have_value("higher")
    assert page.evaluate("() => localStorage.length") == 0
    assert page.evaluate("() => Object.values(sessionStorage).join().includes('Trivsel')") is False


def test_indicator_list_without_scripts(browser: Browser, live_server: LiveServer, controller: User) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = let_in(context.new_page(), live_server, controller)
    page.goto(PAGE)
    page.get_by_role("link", name="Neste").click()
    shows(page, "60 indikatorer, viser 51–60")
    page.locator("#sort-name").click()
    page.get_by_label("Retning").select_option("higher")
    page.get_by_role("button", name="Vis").click()
    shows(page, "20 indikatorer")
    expect(page.locator("tbody tr").first).to_contain_text("Trivsel 57")
    context.close()
