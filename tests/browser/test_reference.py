"""Citing and explaining in a real browser: from a row to its page, copied, told of a newer version, on a phone."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.publishing.published import store

PLAN = "/publikasjoner/plan-2024/"
SKOLE = f"{PLAN}versjon-1/skole/"
ADDRESSES = [PLAN, f"{PLAN}versjon-1/", SKOLE, f"{PLAN}skole/"]
ADDRESSES += [f"{SKOLE}{anchor}/" for anchor in ("malene", "malekort", "malekort-lesing", "malekort-lesing-2")]
ADDRESSES += [f"{PLAN}versjon-1/omsorg/{anchor}/" for anchor in ("tekst", "tekst-avsnitt-1")]
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def plan(transactional_db: None) -> None:
    """A small plan in two versions; the second corrects the first."""
    store()
    store(is_correction=True, reason="Lesing var tastet feil.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_has_no_accessibility_error_and_does_not_scroll_sideways(
    page: Page, accessibility_errors: Callable[[Page], list[str]], size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in ADDRESSES:
        page.goto(address)
        found[address] = [*accessibility_errors(page), *(["too wide"] if page.evaluate(IS_TOO_WIDE) else [])]
    assert found == {address: [] for address in ADDRESSES}


def test_row_leads_to_its_page_and_back_by_the_keyboard(page: Page) -> None:
    page.goto(SKOLE)
    page.get_by_role("link", name="Lesing på 5. trinn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lesing på 5. trinn")
    page.get_by_role("link", name="Se det i kapitlet").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SKOLE}#malekort-lesing")
    row = page.locator("tr:target")
    assert row.get_attribute("id") == "malekort-lesing"
    colours = [one.evaluate("cell => getComputedStyle(cell).backgroundColor") for one in row.locator("td").all()]
    other = page.locator("#malekort-trivsel td").first.evaluate("cell => getComputedStyle(cell).backgroundColor")
    assert (len(set(colours)), other in colours) == (1, False)


def test_row_is_known_as_a_link_without_colour(page: Page) -> None:
    page.goto(SKOLE)
    link = page.get_by_role("link", name="Trivsel")
    lines = [link.evaluate("link => getComputedStyle(link).textDecorationStyle")]
    link.hover()
    lines.append(link.evaluate("link => getComputedStyle(link).textDecorationStyle"))
    assert lines == ["dotted", "solid"]


def test_citation_is_copied_with_the_day(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{SKOLE}malekort-lesing-2/")
    page.get_by_role("button", name="Kopier teksten").click()
    expect(page.get_by_text("Teksten er kopiert.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    expected = r"Testvik kommune, .*, Resultat 2023: 46,2.%\. http\S+/malekort-lesing-2/ Lest \d+\. \w+ \d{4}\."
    assert re.fullmatch(expected, copied)


def test_citation_is_marked_where_copying_is_refused(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('nei'))")
    page.goto(f"{SKOLE}malekort-lesing-2/")
    page.get_by_role("button", name="Kopier adressen").click()
    expect(page.get_by_text("Adressen er merket. Kopier den med tastaturet.")).to_be_visible()
    assert page.evaluate("() => getSelection().toString()").endswith("/malekort-lesing-2/")


def test_cached_page_is_told_of_a_version_that_came_later(page: Page) -> None:
    address = f"{PLAN}versjon-2/skole/"
    cached = page.request.get(address).text()
    store(stage="revised")
    page.route(f"**{address}", lambda route: route.fulfill(body=cached, content_type="text/html; charset=utf-8"))
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("Det finnes en nyere versjon.")
    assert page.get_by_role("status").get_by_role("link").get_attribute("href") == f"{PLAN}skole/"
    assert "Det finnes en nyere versjon." not in cached


def test_page_without_javascript_is_whole(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{SKOLE}malekort-lesing-2/")
    said = page.locator("#sitering").inner_text()
    buttons = page.get_by_role("button").count()
    notice = page.locator(".notice").inner_text()
    page.get_by_role("link", name="Se nyeste versjon").click()
    address = page.url.removeprefix(live_server.url)
    context.close()
    assert (said.endswith("/malekort-lesing-2/"), buttons) == (True, 0)
    assert notice.startswith("Denne versjonen inneholder en feil som er rettet i versjon 2: Lesing var tastet feil.")
    assert address == f"{PLAN}skole/#malekort-lesing-2"


@pytest.mark.parametrize(("size", "seen"), [(PHONE, [False, True]), (DESK, [True, False])], ids=["phone", "desk"])
def test_verdict_is_seen_once_without_scrolling(page: Page, size: ViewportSize, seen: list[bool]) -> None:
    page.set_viewport_size(size)
    page.goto(SKOLE)
    verdicts = page.locator("#malekort").get_by_text("Ikke nådd").all()
    assert [verdict.is_visible() for verdict in verdicts] == seen
    shown = verdicts[seen.index(True)]
    right = shown.evaluate("word => word.getBoundingClientRect().right")
    assert 0 < right <= size["width"]
