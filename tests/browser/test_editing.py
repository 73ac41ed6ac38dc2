"""Working in a real browser: the text editor, typing a scorecard, and two people at once; also without JavaScript."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from organisation.models import User
from organisation.versions import save_version
from plans.models import Section
from reporting.models import ReportingRound
from scorecards.models import Observation
from tests.browser.money import is_money
from tests.test_access_table import TABLE
from tests.workplace import Workplace

PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
PUBLIC = {name for name, address in TABLE.items() if address.expected.anonymous == 200}
ELSEWHERE = {f"publishing:{name}" for name in ("draft_file", "ledger_file", "statutory_file", "pdf_order")}
"""Files, and a page that test_pdf_order.py looks at in each of its states."""
WORKING = {
    name
    for name, address in TABLE.items()
    if name not in PUBLIC | ELSEWHERE and address.method == "get" and address.expected.controller == 200
}
LOOKS: list[tuple[ViewportSize, Literal["light", "dark"]]] = [
    (size, scheme) for size in (DESK, PHONE) for scheme in ("light", "dark")
]


@pytest.fixture(autouse=True)
def at_work(transactional_db: None, place: Workplace, tertial: ReportingRound) -> Workplace:
    """The municipality of the tests, seen by the server too."""
    return place


def let_in(page: Page, live_server: LiveServer, person: User) -> Page:
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return page


@pytest.fixture
def as_leader(page: Page, live_server: LiveServer, leader: User) -> Page:
    return let_in(page, live_server, leader)


@pytest.fixture
def as_controller(page: Page, live_server: LiveServer, controller: User) -> Page:
    return let_in(page, live_server, controller)


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer, leader: User) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield let_in(context.new_page(), live_server, leader)
    context.close()


def edit_url(section: Section) -> str:
    return reverse("plans:section_edit", args=[section.pk])


def body_of(section: Section) -> str:
    return Section.objects.get(pk=section.pk).body


def caret_to_the_end(page: Page) -> None:
    """Focus the editor and go to its end. The editor puts its own caret back some milliseconds after it got focus."""
    page.locator(".tiptap").focus()
    page.locator(".ProseMirror-focused").wait_for()
    for _attempt in range(20):
        page.keyboard.press("Control+End")
        page.wait_for_timeout(50)
        if page.evaluate("() => getSelection().focusOffset === getSelection().focusNode.textContent.length"):
            return
    raise AssertionError("The caret did not come to the end of the text.")


def test_section_edit_with_the_keyboard_alone(as_leader: Page, at_work: Workplace) -> None:
    as_leader.goto(edit_url(at_work.schools.text))
    caret_to_the_end(as_leader)
    as_leader.keyboard.type(" Og mer.")
    as_leader.keyboard.press("Control+A")
    as_leader.keyboard.press("Control+B")
    expect(as_leader.locator(".tiptap strong")).to_have_text("Slik det var. Og mer.")
    as_leader.keyboard.press("Tab")
    as_leader.keyboard.press("Tab")
    as_leader.keyboard.press("Enter")
    as_leader.wait_for_url("**/arbeid/utkast/plan/skole/")
    assert body_of(at_work.schools.text) == "<p><strong>Slik det var. Og mer.</strong></p>"
    assert as_leader.get_by_role("status").inner_text().startswith("Lagret ")


def test_section_edit_tools_speak_norwegian(as_leader: Page, at_work: Workplace) -> None:
    as_leader.goto(edit_url(at_work.schools.text))
    as_leader.get_by_role("button", name="Halvfet").wait_for()
    tools = as_leader.locator(".prose-menubar button:not(.hidden)").all()
    assert [tool.get_attribute("aria-label") for tool in tools] == [
        "Punktliste",
        "Nummerert liste",
        "Halvfet",
        "Kursiv",
        "Sett inn lenke",
        "Angre",
        "Gjør om",
    ]


def test_section_edit_without_scripts_saves(without_scripts: Page, at_work: Workplace) -> None:
    without_scripts.goto(edit_url(at_work.schools.text))
    without_scripts.get_by_label("Tekst").fill("Uten skript.")
    without_scripts.get_by_role("button", name="Lagre").click()
    assert body_of(at_work.schools.text) == "<p>Uten skript.</p>"


def test_section_edit_keeps_both_texts_when_two_people_save(
    as_leader: Page, controller: User, at_work: Workplace
) -> None:
    section = at_work.schools.text
    as_leader.goto(edit_url(section))
    theirs = Section.objects.get(pk=section.pk)
    theirs.body = "<p>Deres tekst.</p>"
    save_version(theirs, base_version=1, by=controller)
    as_leader.get_by_label("Overskrift").fill("Min overskrift")
    as_leader.get_by_role("button", name="Lagre").click()
    clash = as_leader.get_by_role("alert")
    assert clash.get_by_role("definition").all_inner_texts() == ["Om", "Deres tekst."]
    as_leader.get_by_label("Overskrift").press("Enter")
    assert body_of(section) == "<p>Deres tekst.</p>", "Enter must not overwrite"
    clash.get_by_role("button", name="Lagre min versjon likevel").click()
    as_leader.wait_for_url("**/arbeid/utkast/plan/skole/")
    saved = Section.objects.get(pk=section.pk)
    assert (saved.heading, saved.body) == ("Min overskrift", "<p>Slik det var.</p>")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_scorecard_edit_with_the_keyboard_alone(
    as_leader: Page, without_scripts: Page, at_work: Workplace, has_scripts: bool
) -> None:
    page = as_leader if has_scripts else without_scripts
    page.goto(reverse("scorecards:scorecard_edit", args=["malekort-skole"]))
    page.get_by_label("Trivsel, Resultat", exact=True).press("Control+A")
    page.keyboard.type("4,9")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("≥ 5")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Lagret").wait_for()
    values = Observation.objects.filter(indicator=at_work.schools.row.indicator).order_by("kind")
    assert list(values.values_list("kind", "text")) == [("result", "4,9"), ("target", "≥ 5")]


def test_scorecard_edit_leads_from_the_summary_to_the_field(as_leader: Page) -> None:
    as_leader.goto(reverse("scorecards:scorecard_edit", args=["malekort-skole"]))
    as_leader.get_by_label("Trivsel, Mål").fill("1.479")
    as_leader.keyboard.press("Enter")
    as_leader.get_by_role("alert").get_by_role("link").click()
    field = as_leader.get_by_label("Trivsel, Mål")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("1.479", "true")
    assert field.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("name", sorted(name for name in WORKING if not is_money(name)))
def test_working_page_is_accessible_and_fits_a_phone(
    as_controller: Page, at_work: Workplace, name: str, accessibility_errors: Callable[[Page], list[str]]
) -> None:
    as_controller.goto(reverse(name, args=TABLE[name].arguments(at_work)))
    as_controller.wait_for_load_state("networkidle")
    found = []
    for size, scheme in LOOKS:
        as_controller.set_viewport_size(size)
        as_controller.emulate_media(color_scheme=scheme)
        found += [f"{size['width']} {scheme}: {error}" for error in accessibility_errors(as_controller)]
    assert found == []
    assert as_controller.evaluate(IS_TOO_WIDE) is False
