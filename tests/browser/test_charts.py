"""The interactive chart in a real browser: asked for by a button, within the page's policy, and back to the picture."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, ViewportSize
from pytest_django.live_server_helper import LiveServer

from elverum import cases
from organisation.models import User
from publishing import json_form, pages
from publishing.building import contents
from publishing.models import Publication, PublishedChapter

PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
FORTH, BACK = "Vis interaktivt diagram", "Vis bildet igjen"
CHAPTER = "/publikasjoner/virksomhetsplan-2024/barnehage/"


@pytest.fixture(autouse=True)
def published(transactional_db: None) -> None:
    """The chapter on kindergartens of Elverum's plan: a line chart and a bar chart with many figures."""
    document = cases.load(folder=cases.FIXTURES / "elverum")
    document.sections.chapters().exclude(slug="barnehage").delete()
    frozen = contents.build(document)
    text = json_form.canonical(json_form.to_json(frozen))
    publication = Publication.objects.create(
        document=document,
        version=1,
        slug=document.slug,
        title=document.title,
        year=document.year,
        stage="adopted",
        published_at="2024-01-01T12:00Z",
        published_by=User.objects.order_by("pk")[0],
        contents=text,
        sha256=json_form.digest(text.encode()),
    )
    (chapter,) = frozen.chapters
    PublishedChapter.objects.create(
        publication=publication,
        position=1,
        number=chapter.number,
        slug=chapter.slug,
        title=chapter.title,
        html=pages.published_html(chapter, slug=publication.slug, version=1),
        outline=pages.outline(chapter),
    )


def chart_of(page: Page, place: int = 0) -> Locator:
    """One of the charts with a button."""
    return page.locator(".chart:has(button)").nth(place)


def press(chart: Locator, name: str) -> None:
    """Press the chart's button by the keyboard, and wait until it has done what it says."""
    button = chart.get_by_role("button", name=name)
    button.focus()
    button.press("Enter")
    chart.get_by_role("button", name=BACK if name == FORTH else FORTH).wait_for()


def test_interactive_chart_takes_the_pictures_place_and_gives_it_back(page: Page) -> None:
    page.goto(CHAPTER)
    chart = chart_of(page)
    picture, plot = chart.locator(".chart__picture"), chart.locator(".chart__plot")
    assert (picture.is_visible(), plot.count()) == (True, 0)
    press(chart, FORTH)
    assert (picture.is_visible(), plot.is_visible()) == (False, True)
    assert plot.get_attribute("aria-label") == picture.locator("desc").text_content()
    assert chart.get_by_role("status").inner_text().startswith("Det interaktive diagrammet er vist.")
    press(chart, BACK)
    assert (picture.is_visible(), plot.count(), chart.get_by_role("status").inner_text()) == (True, 0, "")
    assert page.evaluate("() => document.activeElement.textContent") == FORTH


def test_plotly_is_asked_for_by_the_first_button_and_once(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.extend([request.url] if "plotly" in request.url or "chart.css" in request.url else [])

    page.on("request", note)
    page.goto(CHAPTER)
    assert asked == []
    for place in (0, 1):
        press(chart_of(page, place), FORTH)
    assert [address.rpartition("/")[2].partition(".")[0] for address in asked] == ["chart", "plotly-basic"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_interactive_chart_lies_in_its_layers_in_the_pages_colours(
    page: Page, accessibility_errors: Callable[[Page], list[str]], size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(CHAPTER)
    for place in (0, 1):
        press(chart_of(page, place), FORTH)
    layers = page.locator(".chart__plot .main-svg").evaluate_all(
        "all => all.map(one => getComputedStyle(one).position)"
    )
    assert set(layers) == {"absolute"}
    line = chart_of(page).locator(".chart__plot .js-line").first
    drawn = line.evaluate("line => getComputedStyle(line).stroke")
    assert drawn == {"light": "rgb(18, 80, 95)", "dark": "rgb(143, 195, 208)"}[scheme]
    assert chart_of(page, 1).locator(".chart__plot .bars .point").count() == 18
    assert (page.evaluate(IS_TOO_WIDE), accessibility_errors(page)) == (False, [])


def test_interactive_chart_tells_its_numbers_in_norwegian(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(CHAPTER)
    chart = chart_of(page)
    press(chart, FORTH)
    texts = chart.locator(".chart__plot text").all_text_contents()
    assert ("1\u00a0000" in texts, "Prognose" in texts) == (True, True)
    chart.locator(".chart__plot .nsewdrag").hover(position={"x": 60, "y": 100})
    told = chart.locator(".hoverlayer")
    told.locator("text").first.wait_for()
    assert told.locator("text").all_text_contents()[:2] == ["2020", "Innbyggere 0-1 år: 358"]


def test_interactive_chart_that_cannot_be_fetched_leaves_the_picture(page: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503)

    page.route("**/diagrammer/**", refuse)
    page.goto(CHAPTER)
    chart = chart_of(page)
    chart.get_by_role("button", name=FORTH).click()
    chart.get_by_text("Diagrammet kunne ikke hentes").wait_for()
    assert (chart.locator(".chart__picture").is_visible(), chart.locator(".chart__plot").count()) == (True, 0)
    page.unroute("**/diagrammer/**")
    press(chart, FORTH)
    assert chart.locator(".chart__plot").is_visible() is True


def test_interactive_chart_is_a_picture_on_paper(page: Page) -> None:
    page.goto(CHAPTER)
    chart = chart_of(page)
    press(chart, FORTH)
    page.emulate_media(media="print")
    seen = [chart.locator(name).is_visible() for name in (".chart__picture", ".chart__plot", "button")]
    assert seen == [True, False, False]


def test_no_button_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(CHAPTER)
    seen = chart_of(page).locator(".chart__picture").is_visible(), page.locator(".chart__switch").first.is_visible()
    context.close()
    assert seen == (True, False)
