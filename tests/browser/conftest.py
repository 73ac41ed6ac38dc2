"""A real Chromium against a live server. Playwright brings the driver, Debian the browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from elverum import cases
from publishing.building import contents
from tests.publishing.published import store

AXE = settings.NODE_MODULES / "axe-core/axe.min.js"
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
RUN_AXE = """async () => (await axe.run()).violations.flatMap(
    (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${rule.help}`)
)"""


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver for the tests of this folder, stopped before any other test of the process.

    Its event loop lives in the thread of the tests, so Django takes every query there for one inside
    asynchronous code and refuses it. The loop only ever stands still while a test runs, so the refusal is
    lifted here, and here alone.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        yield driver


@pytest.fixture(scope="package")
def browser(playwright: Playwright, chromium: Path) -> Iterator[Browser]:
    """One Chromium for the tests of this folder."""
    program = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield program
    program.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """An empty page in a fresh session in Norwegian; addresses are relative to the live server.

    The test fails when a script on the page did, or when the page asked for something its
    Content-Security-Policy refuses.
    """
    context = browser.new_context(base_url=live_server.url, locale="nb-NO", timezone_id="Europe/Oslo")
    context.set_default_timeout(10_000)
    problems: list[str] = []

    def note_refusal(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            problems.append(message.text)

    context.on("console", note_refusal)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert problems == []


@pytest.fixture
def accessibility_errors() -> Callable[[Page], list[str]]:
    """A function that runs axe-core on the page as it stands and gives one line for each fault."""

    def find(page: Page) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(page.evaluate(RUN_AXE))

    return find


@pytest.fixture
def two_versions(transactional_db: None) -> None:
    """Two versions of Elverum's plan, without files."""
    frozen = contents.build(cases.load(folder=cases.FIXTURES / "elverum"))
    for stage in ("proposal", "adopted"):
        store(frozen, has_files=False, stage=stage)
