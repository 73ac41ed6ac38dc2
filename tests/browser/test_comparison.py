"""The comparison of two versions in a real browser: narrow, in the dark, without JavaScript and for a screen reader."""

from collections.abc import Callable
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from organisation.models import Municipality, Unit, User
from plans.models import Document
from publishing import json_form
from publishing.models import Publication
from tests.publishing.comparison_edits import put
from tests.publishing.comparison_structure_edits import renumbered
from tests.publishing.sample import CONTENTS, INVESTMENTS, PROSE, SCORECARD

ADDRESS = "/publikasjoner/plan/versjon-1...2/"
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def two(transactional_db: None) -> None:
    """A plan in two versions: a goal and a project are gone, and a text says something else."""
    owner = Municipality.objects.create(number="3499", name="Dalen kommune", short_name="Dalen", is_owner=True)
    unit = Unit.objects.create(municipality=owner, kind="municipality", name="Dalen kommune", slug="dalen")
    document = Document.objects.create(slug="plan", kind="annual-plan", title="Plan", year=2024, unit=unit)
    person = User.objects.create_user("kari", password="hemmelig-nok-1")
    new = put(put(CONTENTS, SCORECARD.groups[0].rows[0]), INVESTMENTS.groups[0].rows[0])
    new = put(new, PROSE, type(PROSE)("tekst", "<p>Kommunen <strong>styrer</strong> ikke alene.</p>"))
    for version, contents in enumerate((CONTENTS, renumbered(new)), start=1):
        text = json_form.canonical(json_form.to_json(contents))
        Publication.objects.create(
            document=document,
            version=version,
            slug="plan",
            title="Plan",
            year=2024,
            stage="proposal",
            published_at=timezone.now(),
            published_by=person,
            contents=text,
            sha256=json_form.digest(text.encode()),
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_comparison_has_no_accessibility_error(
    page: Page, accessibility_errors: Callable[[Page], list[str]], size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    for address in (ADDRESS, "/sammenlign/"):
        page.goto(address)
        assert accessibility_errors(page) == []
        assert page.evaluate(IS_TOO_WIDE) is False


def test_comparison_is_chosen_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(ADDRESS)
    page.get_by_label("Fra").select_option("2")
    page.get_by_label("Til").select_option("1")
    page.get_by_role("button", name="Vis endringene").click()
    heading = page.get_by_role("heading", level=1).inner_text()
    context.close()
    assert heading == "Plan: endringer fra versjon 2 til versjon 1"


def test_redline_says_in_words_what_is_out_and_in(page: Page) -> None:
    page.goto(ADDRESS)
    assert [" ".join(text.split()) for text in page.locator(".redline del, .redline ins").all_text_contents()] == [
        "fjernet: styrer. slutt på det som er fjernet.",
        "satt inn: styrer ikke alene. slutt på det som er satt inn.",
    ]
    decoration = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator(".redline del").evaluate(decoration) == "line-through"
    assert page.locator(".redline ins").evaluate(decoration) == "underline"
