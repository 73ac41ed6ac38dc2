"""A politician with a phone and one minute: which goals in Pleie og omsorg are missed, and since when?"""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from organisation import periods
from publishing.models import PublishedFigure

pytestmark = pytest.mark.usefixtures("two_versions")

AREA, AREA_NAME = "/malekort/2024/pleie-og-omsorg/", "Pleie og omsorg"
ADDRESSES = ["/", "/malekort/", AREA]
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
MOST_TAPS = 3
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page on a phone that is touched, with and without JavaScript."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="nb-NO",
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param,
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def said_of_misses(items: Locator) -> list[str]:
    return [" ".join(text.split()) for text in items.all_inner_texts()]


def published_misses() -> list[str]:
    """Each missed goal of the area with its since when, as the newest version has them."""
    figures = PublishedFigure.objects.filter(
        publication__version=2, chapter_slug="pleie-og-omsorg", outcome="missed"
    ).order_by("position")
    return [" ".join(f"{figure.name} (siden {periods.label_of(figure.missed_since)})".split()) for figure in figures]


class Finger:
    """What taps on a phone, and counts."""

    def __init__(self, phone: Page) -> None:
        self.phone, self.taps = phone, 0

    def tap(self, link: Locator, *, leads_to: str) -> None:
        """Tap a link, and wait for the page with that heading."""
        link.tap()
        self.taps += 1
        expect(self.phone.get_by_role("heading", level=1)).to_have_text(leads_to)


def test_politician_finds_the_missed_goals_of_an_area_in_at_most_three_taps(phone: Page) -> None:
    finger = Finger(phone)
    phone.goto("/")
    finger.tap(phone.get_by_role("region", name="Slik går det").get_by_role("link", name=AREA_NAME), leads_to=AREA_NAME)
    expected = published_misses()
    assert len(expected) == 6
    assert said_of_misses(phone.locator(".said__missed li")) == expected
    cards = phone.locator("#missed + .goal-cards > .goal-card").all()
    said = [
        f"{card.get_by_role('heading').inner_text()} ({card.locator('.goals__since').inner_text()})" for card in cards
    ]
    assert [" ".join(text.split()) for text in said] == expected
    assert finger.taps <= MOST_TAPS


def test_politician_finds_them_by_way_of_the_overview_too(phone: Page) -> None:
    finger = Finger(phone)
    phone.goto("/")
    menu = phone.get_by_role("navigation", name="Hovedmeny")
    finger.tap(menu.get_by_role("link", name="Målekort"), leads_to="Målekort")
    areas = phone.get_by_role("region", name="Område for område")
    finger.tap(areas.get_by_role("link", name=AREA_NAME), leads_to=AREA_NAME)
    assert said_of_misses(phone.locator(".said__missed li")) == published_misses()
    assert finger.taps <= MOST_TAPS


def test_another_version_is_chosen_in_words(phone: Page) -> None:
    phone.goto("/malekort/")
    phone.get_by_label("År og periode").select_option(label="2024, virksomhetsplan (forslag), versjon 1")
    phone.get_by_role("button", name="Vis").tap()
    phone.wait_for_url("**/malekort/?publikasjon=virksomhetsplan-2024&versjon=1")
    chosen = phone.locator("#vis option:checked")
    assert chosen.inner_text() == "2024, virksomhetsplan (forslag), versjon 1"


def open_all(page: Page, address: str) -> None:
    """Go to the page and open everything that is folded."""
    page.goto(address)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def test_scorecard_page_has_no_accessibility_error(
    page: Page, accessibility_errors: Callable[[Page], list[str]]
) -> None:
    looks: list[tuple[ViewportSize, Literal["light", "dark"]]] = [(PHONE, "light"), (DESK, "light"), (DESK, "dark")]
    found = []
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for address in ADDRESSES:
            open_all(page, address)
            found += [(address, size, scheme, error) for error in accessibility_errors(page)]
    assert found == []


def test_scorecard_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    too_wide = []
    for address in ADDRESSES:
        open_all(page, address)
        too_wide += [address] if page.evaluate(IS_TOO_WIDE) else []
    assert too_wide == []


def test_standings_are_seen_whole_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/malekort/")
    region = page.get_by_role("region", name="Område for område")
    assert region.evaluate("region => region.scrollWidth - region.clientWidth") == 0
    headings = region.get_by_role("columnheader")
    assert [headings.nth(index).evaluate("one => one.innerText.split(/\\s+/)[0]") for index in range(1, 5)] == [
        "✓", "≈", "✗", "–",
    ]  # fmt: skip
