"""The pages of money in a real browser: accessible, narrow enough for a phone, by keyboard, and without JavaScript."""

from collections.abc import Iterator
from typing import Literal

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from budget.models import BudgetLine
from organisation.models import Unit, User
from reporting.models import ReportingRound
from tests.browser.conftest import AXE
from tests.browser.money import AT_ONCE, Money, economy_of, is_money, money_of, pages_of
from tests.browser.test_editing import DESK, IS_TOO_WIDE, PHONE, WORKING, let_in
from tests.budget.importing import uploads
from tests.reporting.economy import decided, said
from tests.workplace import YEAR, Workplace

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LOOKS: list[tuple[ViewportSize, Literal["light", "dark"], list[str]]] = [
    (DESK, "light", []),
    (DESK, "dark", COLOUR_RULES),
    (PHONE, "dark", COLOUR_RULES),
    (PHONE, "light", []),
]
"""The size, the colours, and axe-core's rules that are asked: none named is all. In the dark only colours differ."""
RUN_AXE = """async (rules) => {
    const found = await axe.run({ resultTypes: ["violations"], ...(rules.length && { runOnly: rules }) });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target}: ${rule.help}`));
}"""
PAGES, MOST_TABS = 50, 60


@pytest.fixture
def place_of_money(transactional_db: None, place: Workplace, one_school: Unit, settings: Settings) -> Workplace:
    """The municipality of the tests, where files are read at once."""
    settings.TASKS = AT_ONCE
    return place


@pytest.fixture
def economy(place_of_money: Workplace, one_school: Unit) -> ReportingRound:
    """A round that asks for the economy of both sectors."""
    return economy_of(place_of_money, one_school)


@pytest.fixture
def money(economy: ReportingRound, place_of_money: Workplace, one_school: Unit, controller: User) -> Money:
    """All of it."""
    return money_of(place_of_money, economy, one_school, controller)


def faults_of(page: Page) -> Iterator[str]:
    """What axe-core finds on the page as it stands, and whether it must be scrolled sideways, in each look."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for size, scheme, rules in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        yield from (f"{size['width']} {scheme}: {fault}" for fault in page.evaluate(RUN_AXE, rules))
        if page.evaluate(IS_TOO_WIDE):
            yield f"{size['width']} {scheme}: too wide"


@pytest.mark.slow
def test_money_pages_are_accessible_and_fit_a_phone(
    page: Page, live_server: LiveServer, controller: User, money: Money
) -> None:
    assert [batch.state for batch in money.batches.values()] == ["written", "checked", "undone", "checked", "checking"]
    let_in(page, live_server, controller)
    found = {}
    for address in pages_of(money):
        answer = page.goto(address)
        found[address] = [*faults_of(page), answer and answer.status]
    assert found == {address: [200] for address in pages_of(money)}
    assert len(found) == len(set(pages_of(money))) == PAGES
    named = {resolve(address.partition("?")[0]).view_name for address in found}
    assert {name for name in WORKING if is_money(name)} <= named


def mistaken(page: Page, money: Money) -> Iterator[str]:
    """The forms of money sent with something to put right, one after the other: what each is of."""
    page.goto(reverse("budget:amendment_add", args=[YEAR]))
    page.get_by_label("Rad 1, funksjon").fill("999")
    page.get_by_label("Tittel").fill("Uten beløp")
    page.locator("#edit-form").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    yield "amendment"
    page.goto(reverse("budget:import_add"))
    page.locator("#edit-form").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    yield "upload"
    page.goto(reverse("reporting:economy", args=money.report))
    page.get_by_role("textbox", name="Prognose").first.fill("mye")
    page.keyboard.press("Enter")
    yield "economy"


def test_money_forms_with_errors_are_accessible(
    page: Page, live_server: LiveServer, controller: User, money: Money
) -> None:
    let_in(page, live_server, controller)
    found = {}
    for name in mistaken(page, money):
        expect(page.get_by_role("alert").first).to_contain_text("rettes")
        found[name] = [*faults_of(page)]
    assert found == {"amendment": [], "upload": [], "economy": []}


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what matches has the focus."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab did not come to {selector}.")


def test_ledger_from_the_first_row_to_a_line_with_the_keyboard_alone(
    page: Page, live_server: LiveServer, controller: User, economy: ReportingRound
) -> None:
    let_in(page, live_server, controller).goto(reverse("publishing:ledger"))
    came_to = []
    for _level in range(3):
        tab_to(page, "tbody tr:first-child th a")
        came_to.append(page.evaluate("() => document.activeElement.textContent"))
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert came_to == ["Sektor for omsorg", "253 Helse- og omsorgstjenester i institusjon", "010 Fastlønn"]
    lines = page.locator(".ledger-lines tbody tr")
    last = [part.inner_text().replace("\u00a0", " ") for part in lines.last.get_by_role("cell").all()]
    said_of_it = ["Sektor for omsorg", *came_to[1:], "", "", "", "100 000,00", "Ført her i systemet"]
    assert (lines.count(), last) == (20, ["opprinnelig budsjett", *said_of_it])


# Without JavaScript


@pytest.fixture
def without_scripts(
    browser: Browser, live_server: LiveServer, controller: User, economy: ReportingRound
) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield let_in(context.new_page(), live_server, controller)
    context.close()


def test_ledger_filtered_without_scripts(without_scripts: Page) -> None:
    without_scripts.goto(reverse("publishing:ledger"))
    without_scripts.get_by_label("Vis etter").select_option("function")
    without_scripts.get_by_label("Beløp i").select_option("kroner")
    without_scripts.get_by_label("Til og med", exact=True).select_option("2")
    without_scripts.get_by_role("button", name="Vis").click()
    rows = without_scripts.locator(".ledger tbody tr").all_inner_texts()
    first, last = (rows[index].replace("\u00a0", " ").split("\t")[:4] for index in (0, -1))
    assert first == ["202 Grunnskole", "2 000 000,00", "1 800 000,00", "−200 000,00"]
    assert last == ["Sum Testvik kommune", "2 380 000,00", "2 200 000,00", "−180 000,00"]


def test_amendment_with_more_rows_without_scripts(without_scripts: Page) -> None:
    without_scripts.goto(reverse("budget:amendment_add", args=[YEAR]))
    without_scripts.get_by_label("Tittel").fill("Flere elever")
    without_scripts.get_by_label("Vedtatt").fill(f"{YEAR}-06-12")
    without_scripts.get_by_label("Rad 1, enhet").select_option(label="Bakken skole")
    without_scripts.get_by_label("Rad 1, funksjon").fill("202")
    without_scripts.get_by_label("Rad 1, art").fill("010")
    without_scripts.get_by_label("Rad 1, beløp i kroner").fill("250 000")
    without_scripts.get_by_role("button", name="Flere rader").click()
    without_scripts.get_by_label("Rad 16, enhet").select_option(label="Sektor for omsorg")
    without_scripts.get_by_label("Rad 16, funksjon").fill("253")
    without_scripts.get_by_label("Rad 16, art").fill("010")
    without_scripts.get_by_label("Rad 16, beløp i kroner").fill("−250 000")
    without_scripts.get_by_role("button", name="Lagre reguleringen").click()
    expect(without_scripts.get_by_role("heading", level=1)).to_have_text("Regulering 1: Flere elever")
    moved = BudgetLine.objects.filter(layer="revised").order_by("pk").values_list("unit__slug", "amount")
    assert list(moved) == [("bakken-skole", 250_000), ("omsorg", -250_000)]


def test_economy_saved_without_scripts(without_scripts: Page, economy: ReportingRound) -> None:
    report = economy.reports.get(unit__slug="skole")
    without_scripts.goto(reverse("reporting:economy", args=[economy.slug, "skole"]))
    without_scripts.get_by_label("Prognose").first.fill("12 000")
    without_scripts.get_by_label("Årsak").fill("Vikarer er dyre.")
    without_scripts.get_by_label("Tiltak").fill("Færre vikarer.")
    without_scripts.get_by_role("button", name="Lagre").click()
    expect(without_scripts.get_by_role("status").first).to_contain_text("Lagret")
    assert decided(report) == {"202": 12_000_000}
    assert said(report) == {"202": ("Vikarer er dyre.", "Færre vikarer.")}


def test_file_uploaded_and_read_in_without_scripts(without_scripts: Page) -> None:
    file = FilePayload(name="mai.csv", mimeType="text/csv", buffer=uploads.csv(uploads.line(amount="1 000,50")))
    without_scripts.goto(reverse("budget:import_add"))
    without_scripts.get_by_label("Fil", exact=True).set_input_files(file)
    without_scripts.get_by_label("Navn på den nye kilden").fill("Regnskapssystemet")
    without_scripts.get_by_role("button", name="Last opp og kontroller").click()
    without_scripts.get_by_role("button", name="Les inn 1 linje").click()
    expect(without_scripts.get_by_text("1 linje er lest inn")).to_be_visible()
    assert BudgetLine.objects.filter(batch__file_name="mai.csv").get().row == 2
