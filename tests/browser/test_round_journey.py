"""A whole round, as its people play it: opened, reported, handed in, sent back, corrected, approved, published.

Three levels: the school, the sector above it, the municipality. And what it costs a leader who has all figures at hand.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from organisation.access import Role
from organisation.models import Membership, Unit, User
from reporting.models import ReportingRound, ReportRow, UnitReport
from scorecards.models import Observation
from scorecards.registration import register
from tests.workplace import Workplace, add_row, open_tertial, year_period

PASSWORD = "nettleserpassord"
SCHOOL, SECTOR = "Bakken skole", "Sektor for skole"
TITLE = "2. tertial 2024"
NAMES = ("Trivsel på skolen", "Andel som leser godt", "Fravær", "Svømmedyktige")
GOALS = ("4,5", "80 %", "5 %", "90 %")

INDICATORS = 23


def _person(username: str, role: Role, unit: Unit) -> User:
    person = User.objects.create_user(username, password=PASSWORD)
    Membership.objects.create(user=person, role=role, unit=unit)
    return person


def _measure(place: Workplace, name: str, target: str, owner: Unit, direction: str = "higher") -> None:
    indicator = add_row(place.schools.card, name, owner=owner).indicator
    indicator.direction = direction
    indicator.save()
    register(indicator=indicator, period=year_period(), kind="target", text=target, by=None)


@pytest.fixture
def people(transactional_db: None, place: Workplace, one_school: Unit, schools: Unit, top: Unit) -> None:
    """The heads of a school and of its sector, and a controller; the round before, and what the school measures."""
    _person("rektor", Role.LEADER, one_school)
    _person("skolesjef", Role.APPROVER, schools)
    _person("controller", Role.CONTROLLER, top)
    for name, target in zip(NAMES, GOALS, strict=True):
        _measure(place, name, target, one_school, direction="lower" if name == "Fravær" else "higher")
    open_tertial(top=top, units=[schools, one_school], of="2024-T1", days_left=-30, grace_days=2)


class Colleague:
    """A person at a browser of their own."""

    def __init__(self, browser: Browser, live_server: LiveServer, username: str) -> None:
        self.context = browser.new_context(base_url=live_server.url, locale="nb-NO", timezone_id="Europe/Oslo")
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.page.goto("/logg-inn/")
        self.page.get_by_label("Brukernavn").fill(username)
        self.page.get_by_label("Passord").fill(PASSWORD)
        self.page.get_by_role("button", name="Logg inn").click()
        self.page.wait_for_url("**/arbeid/")

    def to_the_report(self, unit: str) -> Page:
        """From the start page's task to the report."""
        self.page.goto("/arbeid/")
        self.page.get_by_role("link", name=f"{unit} – {TITLE}").click()
        expect(self.page.get_by_role("heading", name=unit, level=1)).to_be_visible()
        return self.page

    def value(self, name: str) -> Locator:
        """The field for the result of an indicator."""
        return self.page.get_by_role("textbox", name=f"{name}, resultat")

    def row(self, name: str) -> Locator:
        """All that belongs to an indicator in the table."""
        return self.page.locator("[data-row]").filter(has=self.page.get_by_role("rowheader", name=name))


@pytest.fixture
def colleagues(browser: Browser, live_server: LiveServer, people: None) -> Iterator[dict[str, Colleague]]:
    """The three, each signed in."""
    found = {name: Colleague(browser, live_server, name) for name in ("rektor", "skolesjef", "controller")}
    yield found
    for one in found.values():
        one.context.close()


def opens(controller: Page) -> None:
    """In two clicks from the list of rounds."""
    controller.goto("/arbeid/runder/")
    controller.get_by_role("link", name=f"Åpne neste runde: {TITLE}").click()
    controller.get_by_role("button", name="Åpne runden").click()
    expect(controller.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


def reports(rektor: Colleague, skolesjef: Colleague) -> None:
    """Typing, an error that is mended, a pasted column, a conflict, and a miss that is explained."""
    page = rektor.to_the_report(SCHOOL)
    rektor.value(NAMES[0]).fill("omtrent fire")
    rektor.value(NAMES[0]).press("Enter")
    expect(rektor.value(NAMES[0])).to_have_attribute("aria-invalid", "true")
    expect(rektor.value(NAMES[0])).to_have_value("omtrent fire")
    rektor.value(NAMES[0]).fill("4,6")
    rektor.value(NAMES[0]).press("Enter")
    expect(rektor.row(NAMES[0])).to_contain_text("Lagret")
    expect(rektor.row(NAMES[0])).to_contain_text("Nådd")

    skolesjef.page.goto(page.url)
    paste(rektor.value(NAMES[1]), "70 %\n4 %\n91 %")
    for name, text in zip(NAMES[1:], ("70 %", "4 %", "91 %"), strict=True):
        expect(rektor.value(name)).to_have_value(text)
        expect(rektor.row(name)).to_contain_text("Lagret")

    skolesjef.value(NAMES[3]).fill("95 %")
    skolesjef.value(NAMES[3]).press("Enter")
    expect(skolesjef.row(NAMES[3])).to_contain_text("Hva skal stå?")
    skolesjef.row(NAMES[3]).get_by_label("Mitt").check()
    skolesjef.value(NAMES[3]).press("Enter")
    expect(skolesjef.row(NAMES[3])).to_contain_text("Lagret")

    missed = rektor.row(NAMES[1])
    expect(missed).to_contain_text("Ikke nådd")
    page.get_by_role("button", name="Lever rapporten").click()
    expect(page.get_by_role("alert").filter(has_text="Skriv årsak, tiltak og når")).to_be_visible()
    missed.get_by_label("Årsak").fill("Mange nye elever.")
    missed.get_by_label("Tiltak").fill("Lesekurs.")
    missed.get_by_label("Når ventes det nådd").fill("Våren 2025")
    missed.get_by_label("Når ventes det nådd").press("Enter")
    expect(missed).to_contain_text("Lagret")
    page.get_by_role("link", name="Skriv Status").click()
    page.locator(".tiptap").click()
    page.keyboard.type("Skolen er i rute.")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Skolen er i rute.")).to_be_visible()


def paste(start: Locator, text: str) -> None:
    """A column from a spreadsheet, as the browser hands it over."""
    start.focus()
    start.evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def hands_in(page: Page) -> None:
    page.get_by_role("button", name="Lever rapporten").click()
    expect(page.get_by_role("status").filter(has_text="Levert")).to_be_visible()


def test_round_from_opening_to_publication(colleagues: dict[str, Colleague], page: Page) -> None:
    rektor, skolesjef, controller = (colleagues[name] for name in ("rektor", "skolesjef", "controller"))
    opens(controller.page)
    reports(rektor, skolesjef)
    hands_in(rektor.page)

    at_sector = skolesjef.to_the_report(SCHOOL)
    at_sector.get_by_role("link", name="Send tilbake").click()
    at_sector.get_by_label("Hva må rettes?").fill("Svømmetallet er for høyt.")
    at_sector.get_by_role("button", name="Send tilbake").click()
    expect(at_sector.get_by_role("status").filter(has_text="Sendt tilbake")).to_be_visible()

    again = rektor.to_the_report(SCHOOL)
    expect(again.get_by_text("Svømmetallet er for høyt.").first).to_be_visible()
    rektor.value(NAMES[3]).fill("92 %")
    rektor.value(NAMES[3]).press("Enter")
    expect(rektor.row(NAMES[3])).to_contain_text("Lagret")
    hands_in(again)

    at_sector = skolesjef.to_the_report(SCHOOL)
    at_sector.get_by_role("button", name="Godkjenn").click()
    expect(at_sector.get_by_role("status").filter(has_text="Godkjent")).to_be_visible()
    own = skolesjef.to_the_report(SECTOR)
    skolesjef.value("Trivsel").first.fill("4,9")
    skolesjef.value("Trivsel").first.press("Enter")
    expect(skolesjef.row("Trivsel").first).to_contain_text("Lagret")
    hands_in(own)

    run = controller.page
    run.goto("/arbeid/runder/2-tertial-2024/")
    run.get_by_role("link", name=f"Begynn med {SECTOR}").click()
    run.get_by_role("button", name="Godkjenn").click()
    expect(run.get_by_text("2 av 2 levert, 2 godkjent")).to_be_visible()
    run.get_by_role("link", name="Publiser", exact=True).click()
    run.get_by_label("Stadium").select_option("tertial")
    run.get_by_role("button", name="Publiser versjon 1").click(timeout=60_000)
    expect(run.get_by_role("heading", name="Versjon 1 er publisert")).to_be_visible(timeout=60_000)

    page.goto("/publikasjoner/rapport-2-tertial-2024/skole/")
    swimming = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=NAMES[3]))
    expect(swimming.first).to_contain_text("92\u00a0%")
    expect(page.get_by_text("Mange nye elever.").first).to_be_visible()
    expect(page.get_by_text("Skolen er i rute.")).to_be_visible()
    value = Observation.objects.get(indicator__name=NAMES[3], kind="result")
    said = value.history.order_by("history_id").values_list("text", "history_user__username", "history_change_reason")
    assert list(said) == [
        ("91 %", "rektor", ""),
        ("95 %", "skolesjef", ""),
        ("92 %", "rektor", "Rettet: Svømmetallet er for høyt."),
    ]
    steps = UnitReport.objects.get(unit__name=SCHOOL, round__title=TITLE).steps.order_by("at", "pk")
    assert list(steps.values_list("kind", "by__username")) == [
        ("opened", "controller"),
        ("handed-in", "rektor"),
        ("sent-back", "skolesjef"),
        ("handed-in", "rektor"),
        ("approved", "skolesjef"),
    ]


class Hand:
    """A person's hand: counts the clicks and the keys."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.keys = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1


def test_leader_with_all_figures_at_hand(
    browser: Browser, live_server: LiveServer, transactional_db: None, place: Workplace, one_school: Unit, top: Unit
) -> None:
    """Three clicks in all: the report, the first field, hand in. One value and one key for each of 23 indicators."""
    for number in range(INDICATORS):
        _measure(place, f"Mål {number + 1:02}", "4,0", one_school)
    round_: ReportingRound = open_tertial(top=top, units=[one_school])
    _person("rektor", Role.LEADER, one_school)
    rektor = Colleague(browser, live_server, "rektor")
    hand = Hand(rektor.page)

    hand.click(rektor.page.get_by_role("link", name=f"{SCHOOL} – {TITLE}"))
    hand.click(rektor.value("Mål 01"))
    for _number in range(INDICATORS):
        hand.type("4,5")
        hand.press("Enter")
    hand.click(rektor.page.get_by_role("button", name="Lever rapporten"))
    expect(rektor.page.get_by_role("status").filter(has_text="Levert")).to_be_visible()
    rektor.context.close()

    report = round_.reports.get()
    results = Observation.objects.filter(kind="result", period=round_.period)
    assert (report.state, list(results.values_list("text", flat=True))) == ("handed-in", ["4,5"] * INDICATORS)
    assert ReportRow.objects.filter(report=report).count() == INDICATORS
    assert (hand.clicks, hand.keys) == (3, INDICATORS * (len("4,5") + 1))
