"""The public site in a real browser: accessible, narrow enough for a phone, and whole without JavaScript."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from publishing.models import PublishedChapter

pytestmark = pytest.mark.usefixtures("two_versions")

PLAN = "/publikasjoner/virksomhetsplan-2024/"
CHAPTER = f"{PLAN}skole/"
ADDRESSES = [
    *("/", "/tilgjengelighet/", "/publikasjoner/", "/logg-inn/", "/ukjent/", "/data/", "/sok/", "/sok/?q=barnehage"),
    *("/malekort/", "/indikatorer/", "/sammenlign/", PLAN, f"{PLAN}versjon-1/", f"{PLAN}versjon-1...2/"),
    f"{PLAN}versjon-1/pleie-og-omsorg/scorecard/",
]
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def left_of(element: Locator) -> float:
    return float(element.evaluate("element => element.getBoundingClientRect().x"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_public_page_has_no_accessibility_error(
    page: Page, accessibility_errors: Callable[[Page], list[str]], size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    chapters = PublishedChapter.objects.filter(publication__version=2).values_list("slug", flat=True)
    addresses = [*ADDRESSES, *(f"{PLAN}{slug}/" for slug in chapters)]
    assert len(addresses) == len(ADDRESSES) + 20
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = accessibility_errors(page)
    assert found == {address: [] for address in addresses}


def test_public_page_does_not_scroll_sideways_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    too_wide = []
    for address in ADDRESSES:
        page.goto(address)
        too_wide += [address] if page.evaluate(IS_TOO_WIDE) else []
    assert too_wide == []


def test_wide_table_scrolls_by_itself_with_its_first_column_in_place(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(CHAPTER)
    region = page.locator(".table--wide .table__scroll").first
    heading = region.locator("tbody th[scope=row]").first
    cell = region.locator("tbody td.num").first
    before = left_of(heading), left_of(cell)
    region.focus()
    region.evaluate("region => region.scrollBy(100, 0)")
    assert region.evaluate("region => document.activeElement === region") is True
    assert (left_of(heading), left_of(cell)) == (before[0], before[1] - 100)


def test_first_tab_stop_leads_past_the_menu(page: Page) -> None:
    page.goto(CHAPTER)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Hopp til innholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "innhold"


def test_heading_shows_a_link_to_itself_under_the_mouse(page: Page) -> None:
    page.goto(CHAPTER)
    heading = page.locator(".document h2[id]").first
    link = heading.locator(".permalink")
    hidden = link.evaluate("link => getComputedStyle(link).opacity")
    heading.hover()
    shown = link.evaluate("link => getComputedStyle(link).opacity")
    anchor = heading.get_attribute("id")
    link.click()
    assert (hidden, shown) == ("0", "1")
    page.wait_for_url(f"**/skole/{anchor}/")


def test_list_of_contents_stays_at_the_side_on_a_wide_screen(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(CHAPTER)
    current = page.locator(".contents__side [aria-current=page]")
    page.mouse.wheel(0, 1500)
    page.wait_for_function("() => window.scrollY > 1000")
    assert current.inner_text() == "10 Skole"
    assert 0 <= current.evaluate("link => link.getBoundingClientRect().y") <= DESK["height"]
    assert page.locator(".contents__fold").is_visible() is False


def test_list_of_contents_folds_on_a_phone_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(CHAPTER)
    link = page.locator(".contents__fold").get_by_role("link", name="Barnehage")
    was_visible = link.is_visible()
    page.locator(".contents__fold summary").click()
    link.click()
    heading = page.get_by_role("heading", level=1).inner_text()
    context.close()
    assert (was_visible, heading) == (False, "9 Barnehage")
