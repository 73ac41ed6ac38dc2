"""The list of all indicators and the page of one, in a real browser: by keyboard, on a phone, without JavaScript."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.publishing.small_publications import add_goal, add_value, goal, make_document, publish

LIST, ONE = "/indikatorer/", "/indikatorer/trivsel-00/"
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOCUSED = "() => document.activeElement.id"
OUTCOMES = ("missed", "reached", "nearly")


@pytest.fixture(autouse=True)
def thirty(transactional_db: None) -> None:
    """Two pages of goals; every third is missed. The first has values of four years, and a twin."""
    plan = publish(make_document("plan", "Plan 2024"))
    for number in range(30):
        words = {"plans": ["Oppvekst"], "functions": "202", "group": "202: Grunnskole.", "comment": "Vikarer mangler."}
        goal(plan, f"trivsel-{number:02}", OUTCOMES[number % 3], **words)
    for year, text in (("2020", "4,5"), ("2021", "4,0"), ("2022", "4,0"), ("2023", "4,2")):
        add_value(plan, "trivsel-00", "result", year, text)
    add_value(plan, "trivsel-00", "target", "2023", "5")
    goal(plan, "trivsel-i-helse", same_as="trivsel-00", chapter="Helse")
    add_goal(plan, "trivsel-00", "missed", chapter="Helse", comment="Mer om det.")
    add_value(publish(make_document("rapport", "Rapport"), day=2), "trivsel-00", "result", "2023", "4,3")


def shows(page: Page, count: str) -> None:
    expect(page.locator("#explore-count")).to_have_text(count)


@pytest.fixture
def documents(page: Page) -> list[str]:
    """The list is open; from then on the addresses of whole pages that were loaded."""
    page.goto(LIST)
    shows(page, "31 indikatorer, viser 1–25")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if request.resource_type == "document" else None)
    return loaded


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", [LIST, f"{LIST}?area=ukjent&plan=Oppvekst", f"{LIST}?text=finnes+ikke", ONE])
def test_explore_has_no_accessibility_error_and_no_sideways_scrolling(
    page: Page,
    accessibility_errors: Callable[[Page], list[str]],
    size: ViewportSize,
    scheme: Literal["light", "dark"],
    path: str,
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    assert accessibility_errors(page) == []
    assert page.evaluate(IS_TOO_WIDE) is False


def test_explore_narrowed_and_sorted_with_the_keyboard_alone(page: Page, documents: list[str]) -> None:
    page.get_by_label("Søk i navn").focus()
    page.keyboard.type("TRIVSEL 0")
    shows(page, "12 av 31 indikatorer")
    expect(page).to_have_url(re.compile(r"/indikatorer/\?text=TRIVSEL\+0$"))
    page.get_by_label("Måloppnåelse").select_option("missed")
    shows(page, "4 av 31 indikatorer")
    page.locator("#sort-name").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Trivsel 09")
    assert page.evaluate(FOCUSED) == "sort-name"
    page.get_by_label("Måloppnåelse").select_option("nearly")
    shows(page, "4 av 31 indikatorer")
    expect(page).to_have_url(re.compile(r"\?text=TRIVSEL\+0&outcome=nearly&sort=-name$"))
    expect(page.locator("tbody tr").first).to_contain_text("Trivsel 20")
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile(r"outcome=nearly&sort=-name$"))
    assert documents == []


def test_explore_turned_with_the_keyboard_alone(page: Page, documents: list[str]) -> None:
    page.locator("#page-next").focus()
    page.keyboard.press("Enter")
    shows(page, "31 indikatorer, viser 26–31")
    expect(page.locator("#explore-count")).to_be_in_viewport()
    assert (page.evaluate(FOCUSED), documents) == ("page-next", [])
    assert page.get_by_role("link", name="Neste", exact=True).get_attribute("aria-disabled") == "true"


def test_explore_back_and_forth_says_what_the_address_says(page: Page, documents: list[str]) -> None:
    page.get_by_label("Måloppnåelse").select_option("missed")
    shows(page, "10 av 31 indikatorer")
    page.go_back()
    shows(page, "31 indikatorer, viser 1–25")
    expect(page.get_by_label("Måloppnåelse")).to_have_value("")
    page.go_forward()
    shows(page, "10 av 31 indikatorer")
    expect(page.get_by_label("Måloppnåelse")).to_have_value("missed")


def test_explore_on_a_phone_is_cards_in_the_chosen_order(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(LIST)
    page.get_by_label("Rekkefølge").select_option("-name")
    expect(page).to_have_url(re.compile(r"\?sort=-name$"))
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("Trivsel i helse")
    assert first.evaluate("row => getComputedStyle(row).display") == "block"
    cell = first.locator("td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Nyeste resultat"')
    assert page.get_by_role("row").nth(1).get_by_role("cell").nth(1).inner_text().startswith("4")


def test_explore_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(LIST)
    page.get_by_role("link", name="Neste", exact=True).click()
    shows(page, "31 indikatorer, viser 26–31")
    page.locator("#sort-name").click()
    page.get_by_text("Flere valg").click()
    page.get_by_label("KOSTRA-funksjon").select_option("202")
    page.get_by_label("Måloppnåelse").select_option("missed")
    page.get_by_role("button", name="Vis").click()
    shows(page, "10 av 31 indikatorer")
    expect(page).to_have_url(re.compile(r"\?outcome=missed&function=202&sort=-name$"))
    expect(page.locator("tbody tr").first).to_contain_text("Trivsel 27")
    expect(page.get_by_label("KOSTRA-funksjon")).to_be_visible()
    context.close()


def test_indicator_leads_from_the_list_to_its_place(page: Page) -> None:
    page.goto(LIST)
    page.get_by_role("link", name="Trivsel 00").click()
    expect(page).to_have_url(re.compile(rf"{ONE}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Trivsel 00")
    assert page.locator("figure.chart svg").count() == 1


def test_indicator_loads_the_interactive_chart_when_asked(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(ONE)
    assert [url for url in asked if "plotly-basic" in url or url.endswith("diagram.json")] == []
    page.get_by_role("button", name="Vis interaktivt diagram").click()
    expect(page.locator(".chart__plot .main-svg").first).to_be_visible()
    assert len([url for url in asked if url.endswith(f"{ONE}diagram.json")]) == 1


def test_indicator_without_scripts_shows_the_picture_and_the_table(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(ONE)
    expect(page.locator("figure.chart svg")).to_be_visible()
    expect(page.get_by_role("button", name="Vis interaktivt diagram")).to_be_hidden()
    assert page.get_by_role("table").first.get_by_role("row").count() == 5
    context.close()
