"""Reporting in a real browser: typing down, pasting, mistakes, two people, a lost session, a lock; without scripts."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from organisation.models import User
from reporting import handing_in
from reporting.models import KeptEntry, ReportRow, UnitReport
from scorecards.models import Indicator, Observation
from scorecards.registration import register
from tests.browser.test_editing import IS_TOO_WIDE, LOOKS
from tests.workplace import Workplace, add_row, open_tertial, year_period

NAMES = ("Trivsel", "Fravær", "Lesing", "Regning")
PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
LEADER_PASSWORD = "leder-passord"


@pytest.fixture(autouse=True)
def report(transactional_db: None, place: Workplace) -> UnitReport:
    """The school sector's report with four indicators: higher is better, and 4 is the target of the year."""
    unit = place.schools.card.unit
    for name in NAMES[1:]:
        add_row(place.schools.card, name, owner=unit)
    Indicator.objects.update(direction="higher", definition="Slik måles det.", unit_of_measure="poeng")
    for indicator in Indicator.objects.filter(owner=unit):
        register(indicator=indicator, period=year_period(), kind="target", text="4", by=None)
        register(indicator=indicator, period=year_period(2022), kind="result", text="4,1", by=None)
    round_ = open_tertial(top=place.document.unit, units=[unit], instructions="Skriv kort.")
    found: UnitReport = round_.reports.get()
    return found


@pytest.fixture
def as_leader(page: Page, live_server: LiveServer, leader: User, report: UnitReport) -> Page:
    """The report, opened by its leader."""
    return opened(page, live_server, leader, report)


def opened(page: Page, live_server: LiveServer, person: User, report: UnitReport) -> Page:
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.goto(report.get_absolute_url())
    return page


def field(page: Page, row: str, kind: str = "resultat") -> Locator:
    return page.get_by_label(f"{row}, {kind}", exact=True)


def explanation(page: Page, label: str, row: str = "Trivsel") -> Locator:
    return page.get_by_label(f"{label}, {row}", exact=True)


def row_of(page: Page, name: str) -> Locator:
    return page.locator("tbody[data-row]", has=page.get_by_role("rowheader", name=name))


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-live]")).to_contain_text(text)


def saved(name: str, kind: str = "result") -> str:
    """The value of the round's period, or the forecast, as it stands in the database."""
    rows = Observation.objects.filter(indicator__name=name, kind=kind, indicator__owner__slug="skole")
    rows = rows.filter(period__kind="tertial") if kind == "result" else rows
    return "".join(rows.values_list("text", flat=True))


def row(name: str = "Trivsel") -> ReportRow:
    found: ReportRow = ReportRow.objects.get(indicator__name=name)
    return found


def by_somebody_else(controller: User, text: str) -> None:
    period = row().report.round.period
    register(indicator=row().indicator, period=period, kind="result", text=text, by=controller)


def test_report_types_down_with_enter_and_tab(as_leader: Page) -> None:
    field(as_leader, "Trivsel").focus()
    for text, key in (("5", "Enter"), ("4,5", "Tab"), ("18 av 29", "Enter"), ("6", "Enter")):
        as_leader.keyboard.type(text)
        as_leader.keyboard.press(key)
    expect(field(as_leader, "Regning")).to_be_focused()
    expect(as_leader.locator("[data-progress]").first).to_have_text("4 av 4")
    assert [saved(name) for name in NAMES] == ["5", "4,5", "18 av 29", "6"]
    expect(row_of(as_leader, "Trivsel").locator(".status")).to_have_text("✓ Nådd")
    as_leader.keyboard.press("Shift+Tab")
    expect(field(as_leader, "Lesing")).to_be_focused()


def test_report_is_typed_in_any_direction_with_the_arrows(as_leader: Page) -> None:
    field(as_leader, "Trivsel").focus()
    for key in ("5", "ArrowRight", "6", "ArrowRight", "Bra.", "ArrowRight", "ArrowDown"):
        if key.startswith("Arrow"):
            as_leader.keyboard.press(key)
        else:
            as_leader.keyboard.type(key)
    expect(field(as_leader, "Trivsel", "kommentar")).to_be_focused()
    as_leader.keyboard.press("Home")
    as_leader.keyboard.press("ArrowLeft")
    expect(field(as_leader, "Trivsel", "prognose")).to_be_focused()
    as_leader.keyboard.press("ArrowDown")
    expect(field(as_leader, "Fravær", "prognose")).to_be_focused()
    said(as_leader, "Lagret")
    assert (saved("Trivsel"), saved("Trivsel", "forecast"), row().comment) == ("5", "6", "Bra.")


def test_report_takes_a_pasted_column(as_leader: Page) -> None:
    field(as_leader, "Fravær").focus()
    as_leader.evaluate(PASTE, "4,5\t5\r\n\r\n3\t4\r\n9\r\n8\t1\t2\r\n")
    said(as_leader, "4 verdier limt inn. 4 verdier fikk ikke plass og er ikke tatt med.")
    assert [saved(name) for name in NAMES] == ["", "4,5", "", "3"]
    assert [saved(name, "forecast") for name in NAMES] == ["", "5", "", "4"]
    expect(field(as_leader, "Fravær")).to_be_focused()


def test_report_keeps_a_mistake_until_it_is_mended(as_leader: Page) -> None:
    field(as_leader, "Trivsel").focus()
    as_leader.keyboard.type("1.479")
    as_leader.keyboard.press("Enter")
    wrong = field(as_leader, "Trivsel")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(field(as_leader, "Fravær")).to_be_focused()
    as_leader.get_by_role("region", name="Dette er ikke lagret").get_by_role("link").click()
    expect(wrong).to_be_focused()
    assert (wrong.input_value(), saved("Trivsel")) == ("1.479", "")
    wrong.fill("4,7")
    wrong.press("Enter")
    said(as_leader, "Lagret")
    expect(as_leader.locator("#report-errors")).to_be_hidden()
    assert saved("Trivsel") == "4,7"


@pytest.mark.parametrize(("choice", "expected"), [("Mitt", "5"), ("controller", "4,2")])
def test_report_shows_both_values_when_two_people_save(
    as_leader: Page, controller: User, choice: str, expected: str
) -> None:
    by_somebody_else(controller, "4,2")
    field(as_leader, "Trivsel").fill("5")
    field(as_leader, "Fravær").focus()
    clash = as_leader.get_by_role("group", name="Hva skal stå?")
    expect(clash).to_be_visible()
    assert [text.split(": ")[-1] for text in clash.locator("label").all_inner_texts()] == ["5", "4,2"]
    clash.get_by_label(choice).check()
    field(as_leader, "Fravær").focus()
    said(as_leader, "Lagret")
    assert (saved("Trivsel"), field(as_leader, "Trivsel").input_value()) == (expected, expected)


def test_report_asks_for_three_things_when_the_target_is_missed(as_leader: Page) -> None:
    expect(explanation(as_leader, "Årsak")).to_have_count(0)
    field(as_leader, "Trivsel").focus()
    as_leader.keyboard.type("2")
    as_leader.keyboard.press("Enter")
    said(as_leader, "Målet er ikke nådd. Skriv årsak, tiltak og når dere venter å nå det.")
    expect(field(as_leader, "Fravær")).to_be_focused()
    field(as_leader, "Trivsel", "kommentar").focus()
    for text in ("", "Sykdom.", "Vikarer.", "Høsten"):
        as_leader.keyboard.type(text)
        as_leader.keyboard.press("Tab")
    expect(as_leader.locator("tbody[data-lacks]")).to_have_count(0)
    assert (row().cause, row().action, row().expected) == ("Sykdom.", "Vikarer.", "Høsten")


def test_report_finishes_m_to_not_measured(as_leader: Page) -> None:
    field(as_leader, "Trivsel").focus()
    as_leader.keyboard.type("m")
    expect(field(as_leader, "Trivsel")).to_have_value("Måles ikke")
    as_leader.keyboard.press("Enter")
    row_of(as_leader, "Fravær").get_by_role("button", name="Måles ikke").click()
    expect(as_leader.locator(".report-save [data-progress]")).to_have_text("2 av 4")
    assert [saved(name) for name in NAMES] == ["Måles ikke", "Måles ikke", "", ""]


def test_report_keeps_what_is_typed_while_it_saves(as_leader: Page) -> None:
    """The person comes back to the row and types before the answer is there."""

    def slowly(route: Route) -> None:
        as_leader.wait_for_timeout(500)
        route.continue_()

    as_leader.route("**/rapportrad/**", slowly)
    field(as_leader, "Trivsel").fill("2")
    field(as_leader, "Fravær").focus()
    field(as_leader, "Trivsel", "kommentar").focus()
    as_leader.keyboard.type("Mens det ")
    said(as_leader, "Lagret")
    as_leader.keyboard.type("lagres.")
    expect(explanation(as_leader, "Årsak")).to_be_visible()
    expect(field(as_leader, "Trivsel", "kommentar")).to_be_focused()
    field(as_leader, "Fravær").focus()
    expect(row_of(as_leader, "Trivsel").locator("[data-status]")).to_contain_text("Lagret")
    assert (saved("Trivsel"), row().comment) == ("2", "Mens det lagres.")


def test_report_is_handed_in_after_the_last_row_is_saved(as_leader: Page, report: UnitReport) -> None:
    for name in NAMES[:3]:
        field(as_leader, name).fill("5")
    field(as_leader, "Regning").fill("5")
    as_leader.get_by_role("button", name="Lever rapporten").click()
    as_leader.wait_for_url("**/arbeid/")
    report.refresh_from_db()
    assert (saved("Regning"), report.state, KeptEntry.objects.count()) == ("5", "handed-in", 0)


def test_report_keeps_a_comment_through_a_lost_session(as_leader: Page, leader: User) -> None:
    Session.objects.all().delete()
    field(as_leader, "Trivsel", "kommentar").fill("Skrevet uten økt.")
    field(as_leader, "Fravær").focus()
    alert = as_leader.get_by_role("alert").get_by_text("Du er logget ut.")
    alert.get_by_role("link", name="Logg inn igjen").click()
    as_leader.get_by_label("Brukernavn").fill(leader.username)
    as_leader.get_by_label("Passord").fill(LEADER_PASSWORD)
    as_leader.get_by_role("button", name="Logg inn").click()
    comment = field(as_leader, "Trivsel", "kommentar")
    expect(comment).to_have_value("Skrevet uten økt.")
    expect(row_of(as_leader, "Trivsel").locator("[data-status]")).to_have_text("Ikke lagret ennå")
    as_leader.locator(".report-save").get_by_role("button", name="Lagre alt").click()
    said(as_leader, "Alt er lagret")
    assert row().comment == "Skrevet uten økt."
    as_leader.reload()
    expect(as_leader.locator("[data-alert=restored]")).to_be_hidden()


def test_report_goes_on_after_a_login_in_another_tab(as_leader: Page, leader: User) -> None:
    """The other login has changed the token that guards the forms."""
    Session.objects.all().delete()
    field(as_leader, "Trivsel").fill("5")
    other = as_leader.context.new_page()
    other.goto("/logg-inn/")
    other.get_by_label("Brukernavn").fill(leader.username)
    other.get_by_label("Passord").fill(LEADER_PASSWORD)
    other.get_by_role("button", name="Logg inn").click()
    other.wait_for_url("**/arbeid/")
    field(as_leader, "Fravær").focus()
    said(as_leader, "Lagret")
    assert saved("Trivsel") == "5"


def test_report_keeps_what_was_typed_without_a_network(as_leader: Page) -> None:
    as_leader.context.set_offline(True)
    field(as_leader, "Trivsel").fill("5")
    field(as_leader, "Fravær").focus()
    expect(as_leader.locator("[data-alert=offline]")).to_be_visible()
    as_leader.context.set_offline(False)
    said(as_leader, "Lagret")
    expect(as_leader.locator("[data-alert=offline]")).to_be_hidden()
    assert saved("Trivsel") == "5"


def test_report_shows_what_was_typed_when_it_was_locked(as_leader: Page, report: UnitReport, leader: User) -> None:
    handing_in.hand_in(report=report, by=leader)
    field(as_leader, "Trivsel", "kommentar").fill("For sent.")
    field(as_leader, "Fravær").focus()
    expect(row_of(as_leader, "Trivsel").get_by_role("definition")).to_have_text("For sent.")
    expect(as_leader.locator("[data-alert=locked]")).to_be_visible()
    assert (row().comment, KeptEntry.objects.get().typed) == ("", {"comment": "For sent."})


def test_report_takes_care_of_what_this_browser_kept_when_it_is_locked_later(
    as_leader: Page, report: UnitReport, leader: User
) -> None:
    as_leader.route("**/rapportrad/**", lambda route: route.abort())
    field(as_leader, "Trivsel", "kommentar").fill("For sent.")
    field(as_leader, "Fravær").focus()
    expect(as_leader.locator("[data-alert=offline]")).to_be_visible()
    handing_in.hand_in(report=report, by=leader)
    as_leader.unroute("**/rapportrad/**")
    as_leader.goto(report.get_absolute_url())
    expect(row_of(as_leader, "Trivsel").get_by_role("definition")).to_have_text("For sent.")
    assert as_leader.evaluate("localStorage.length") == 0


def test_report_does_not_move_the_cursor_when_the_row_above_grows(as_leader: Page) -> None:
    field(as_leader, "Trivsel").focus()
    as_leader.keyboard.type("2")
    as_leader.keyboard.press("Enter")
    top = "element => Math.round(element.getBoundingClientRect().top)"
    before = field(as_leader, "Fravær").evaluate(top)
    expect(explanation(as_leader, "Årsak")).to_be_visible()
    assert abs(field(as_leader, "Fravær").evaluate(top) - before) <= 1


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer, leader: User, report: UnitReport) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield opened(context.new_page(), live_server, leader, report)
    context.close()


def test_report_without_scripts_saves_with_one_button(without_scripts: Page) -> None:
    field(without_scripts, "Trivsel").fill("2")
    field(without_scripts, "Fravær").fill("5")
    without_scripts.get_by_role("button", name="Lagre alt").click()
    without_scripts.get_by_role("status").get_by_text("Lagret").wait_for()
    explanation(without_scripts, "Årsak").fill("Sykdom.")
    without_scripts.get_by_role("button", name="Lagre alt").click()
    without_scripts.get_by_role("status").get_by_text("Lagret").wait_for()
    assert (saved("Trivsel"), saved("Fravær"), row().cause) == ("2", "5", "Sykdom.")


def test_report_is_accessible_and_fits_a_phone(
    as_leader: Page, controller: User, accessibility_errors: Callable[[Page], list[str]]
) -> None:
    """With a miss, a mistake and a conflict on the page."""
    field(as_leader, "Fravær").fill("2")
    field(as_leader, "Lesing").fill("1.479")
    by_somebody_else(controller, "4,2")
    field(as_leader, "Trivsel").fill("5")
    field(as_leader, "Regning").focus()
    expect(as_leader.locator("#report-errors li")).to_have_count(2)
    found = []
    for size, scheme in LOOKS:
        as_leader.set_viewport_size(size)
        as_leader.emulate_media(color_scheme=scheme)
        found += [f"{size['width']} {scheme}: {error}" for error in accessibility_errors(as_leader)]
        assert as_leader.evaluate(IS_TOO_WIDE) is False
    assert found == []
