"""The pages of money in a real browser: accessible, narrow enough for a phone, by keyboard, and without JavaScript."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from budget.models import (
    BudgetAmendment,
    BudgetLine,
    CodeMapping,
    Frame,
    FrameChange,
    ImportBatch,
    InvestmentFinancing,
)
from organisation.models import Unit, User
from organisation.versions import create
from reporting.models import ReportingRound
from tests.browser.conftest import AXE
from tests.browser.test_editing import DESK, IS_TOO_WIDE, PHONE, let_in
from tests.budget.importing import uploads
from tests.budget.money import amendment, line
from tests.plans.measures.made import followed_up, made
from tests.reporting.economy import decided, economy_round, said, write_year
from tests.workplace import YEAR, Workplace

AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LOOKS: list[tuple[ViewportSize, Literal["light", "dark"], list[str]]] = [
    (DESK, "light", []),
    (DESK, "dark", COLOUR_RULES),
    (PHONE, "dark", COLOUR_RULES),
    (PHONE, "light", []),
]
"""The size, the colours, and which of axe-core's rules are asked: none named is all. Only colours differ in the dark."""
RUN_AXE = """async (rules) => {
    const found = await axe.run({ resultTypes: ["violations"], ...(rules.length && { runOnly: rules }) });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target}: ${rule.help}`));
}"""
TOP_LINES = (("840", "800", -9_000_000), ("800", "870", -7_000_000), ("202", "590", 300_000), ("860", "590", -300_000))
"""Function, art and kroner of what belongs to the whole municipality."""
PAGES, MOST_TABS = 49, 60


@dataclass(frozen=True)
class Money:
    """A municipality with something on every page of money."""

    place: Workplace
    round: ReportingRound
    decision: BudgetAmendment
    change: FrameChange
    measure: Any
    batches: dict[str, ImportBatch]

    @property
    def frame(self) -> Frame:
        """The frame that the change is of."""
        return self.change.frame

    @property
    def report(self) -> list[str]:
        """What the addresses of the school sector's report take."""
        return [self.round.slug, "skole"]


@pytest.fixture
def place_of_money(transactional_db: None, place: Workplace, one_school: Unit, settings: Settings) -> Workplace:
    """The municipality of the tests, where files are read at once."""
    settings.TASKS = AT_ONCE
    return place


@pytest.fixture
def economy(place_of_money: Workplace, schools: Unit, one_school: Unit, care: Unit, top: Unit) -> ReportingRound:
    """Budget and accounts of both sectors and a school, and a round that asks for them and for measures."""
    round_ = economy_round(top=top, units=[schools, care], asks_measures=True)
    write_year(schools, actual=150_000)
    write_year(schools, function="222")
    write_year(one_school, budget=800_000, actual=790_000)
    write_year(care, function="253", actual=90_000)
    return round_


@pytest.fixture
def money(economy: ReportingRound, place_of_money: Workplace, one_school: Unit, controller: User) -> Money:
    """All of it: what the whole municipality has, a decision, frames, a measure, and files in each state."""
    place, top = place_of_money, economy.unit
    for function, art, amount in TOP_LINES:
        line(top, amount, layer="original", function=function, art=art, period=f"{YEAR}")
    line(top, 1_500_000, account_class=BudgetLine.Account.INVESTMENT, art="230", period=f"{YEAR}", project="1001")
    line(one_school, 700_000, period=f"{YEAR - 1}-03")
    decision = amendment(top, reason="Flere elever.", decision="24/1234")
    for unit, amount in ((one_school, 250_000), (economy.reports.get(unit__slug="omsorg").unit, -250_000)):
        line(unit, amount, layer="revised", amendment=decision, period=f"{YEAR}-06")
    _financed(place)
    return Money(place, economy, decision, _framed(place), _promised(place), _uploaded(controller))


def _financed(place: Workplace) -> None:
    loan = {"kind": "loan", "year": YEAR, "amount": 1_500_000, "position": 1}
    create(InvestmentFinancing(plan=place.investments, **loan), by=None)


def _framed(place: Workplace) -> FrameChange:
    for year, opening in ((YEAR - 1, 1_000_000), (YEAR, 1_200_000)):
        frame = create(Frame(unit=place.schools.area.unit, year=year, opening=opening, comment="Vedtatt."), by=None)
    change = {"position": 1, "kind": "other", "reason": "Flere elever i ungdomsskolen", "amount": 250_000}
    found: FrameChange = create(FrameChange(frame=frame, **change), by=None)
    return found


def _promised(place: Workplace) -> Any:
    planned = {YEAR: -500_000, YEAR + 1: -1_000_000}
    facts = {"planned": planned, "why": "Vikarer er dyre.", "indicator": place.schools.row.indicator}
    measure = made(place.schools.area.unit, **facts)
    followed_up(measure, comment="Avtalen er skrevet.")
    return measure


def _uploaded(controller: User) -> dict[str, ImportBatch]:
    """Files from the same source: with things to put right, ready, read in, undone, and being checked."""
    office = Client()
    office.force_login(controller)
    good, unknown = uploads.line(amount="1 000,50"), uploads.line(unit="1100", amount="7")
    wrong = uploads.line(unit="1200", amount="mye"), uploads.line(function="254", period="202413")
    first = uploads.upload(office, uploads.csv(good), name="regnskap-januar.csv")
    source = first.source
    found = {"written": uploads.write(office, first)}
    others = {"findings": (good, unknown, *wrong), "undone": (good, uploads.line()), "ready": (good, good)}
    for name, lines in others.items():
        found[name] = uploads.upload(office, uploads.csv(*lines), source=source.pk, name=f"regnskap-{name}.csv")
    office.post(reverse("budget:import_undo", args=[uploads.write(office, found["undone"]).pk]))
    checking = {"layer": "actual", "file_name": "stor.csv", "content": b"x", "size": 1, "sha256": "0" * 64}
    found["checking"] = ImportBatch.objects.create(source=source, percent=40, **checking)
    CodeMapping.objects.create(source=source, kind="unit", code="1300", target="skole")
    return {name: ImportBatch.objects.get(pk=batch.pk) for name, batch in found.items()}


def pages_of(money: Money) -> Iterator[str]:
    """The address of every page of money, as a controller meets it."""
    ledger, lines, statutory = reverse("publishing:ledger"), reverse("publishing:ledger_lines"), "publishing:statutory"
    yield from (f"{ledger}?by={by}" for by in ("unit", "area", "function", "art", "month"))
    yield from (f"{ledger}?unit=bakken-skole&by=function&amounts=kroner", lines, f"{lines}?layer=revised")
    yield from (reverse(statutory, args=[YEAR]), reverse(statutory, args=[YEAR]) + "?columns=plan&sign=turned")
    for name in ("import_list", "import_add", "investment_plan_list"):
        yield reverse(f"budget:{name}")
    yield from (reverse("budget:import_batch", args=[batch.pk]) for batch in money.batches.values())
    yield reverse("budget:import_undo", args=[money.batches["written"].pk])
    yield reverse("budget:ledger_source_edit", args=[money.batches["written"].source_id])
    yield from (reverse(f"budget:{name}", args=[YEAR]) for name in ("amendment_list", "amendment_add"))
    for name in ("amendment", "amendment_edit", "amendment_remove"):
        yield reverse(f"budget:{name}", args=[money.decision.pk])
    yield from (reverse("budget:frame_list", args=[year]) for year in (YEAR, YEAR + 1))
    yield reverse("budget:frame_add", args=[YEAR])
    for name in ("frame", "frame_edit", "frame_remove", "frame_change_add"):
        yield reverse(f"budget:{name}", args=[money.frame.pk])
    yield from (reverse(f"budget:frame_change_{name}", args=[money.change.pk]) for name in ("edit", "remove"))
    for name in ("plan", "plan_edit", "financing_edit", "project_add"):
        yield reverse(f"budget:investment_{name}", args=[money.place.investments.slug])
    yield reverse("budget:investment_project_edit", args=[money.place.project.pk])
    yield from (reverse("plans:measure_list"), reverse("plans:measure_add", args=[YEAR]), reverse("plans:document_add"))
    yield from (reverse(f"plans:{name}", args=[money.measure.pk]) for name in ("measure", "measure_edit"))
    yield reverse("plans:measure_remove", args=[money.measure.pk])
    yield reverse("plans:measure_follow_up", args=[money.measure.pk, f"{YEAR}-T2"])
    yield from (reverse(f"reporting:{name}", args=money.report) for name in ("report", "economy"))
    yield reverse("reporting:report_measure", args=[*money.report, money.measure.pk])


def faults_of(page: Page) -> Iterator[str]:
    """What axe-core finds on the page as it stands, and whether it must be scrolled sideways, in each look."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for size, scheme, rules in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        yield from (f"{size['width']} {scheme}: {fault}" for fault in page.evaluate(RUN_AXE, rules))
        if page.evaluate(IS_TOO_WIDE):
            yield f"{size['width']} {scheme}: too wide"


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
    assert first == ["202 Grunnskole", "1 880 000,00", "1 800 000,00", "−80 000,00"]
    assert last == ["Sum Testvik kommune", "2 260 000,00", "2 200 000,00", "−60 000,00"]


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
    expect(without_scripts.get_by_text("1 linjer er lest inn")).to_be_visible()
    assert BudgetLine.objects.filter(batch__file_name="mai.csv").get().row == 2
