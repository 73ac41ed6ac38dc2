"""What is not published is nowhere to be found: unique words are put in working rows, and everything public is read."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from organisation.models import Service, User
from plans.models import DevelopmentItem, Document, Section
from publishing.freeze import freeze
from scorecards.models import Indicator, KeyFigureTable, Observation, Scorecard

pytestmark = pytest.mark.django_db

CANARY = "kanarifugl"
LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')


@pytest.fixture
def plan(elverum_case: Document, controller: User) -> Document:
    """A published plan of one chapter, whose every kind of working row has since got a word of its own."""
    elverum_case.sections.chapters().exclude(slug="barnehage").delete()
    freeze(document=elverum_case, stage="adopted", by=controller)
    for number, (rows, field) in enumerate(
        [
            (Section.objects.filter(kind="text").exclude(body=""), "body"),
            (Section.objects.filter(parent__isnull=False).exclude(heading=""), "heading"),
            (Observation.objects.filter(kind="target"), "text"),
            (Observation.objects.filter(kind="result"), "note"),
            (Indicator.objects.all(), "name"),
            (Indicator.objects.all(), "definition"),
            (Scorecard.objects.all(), "caption"),
            (KeyFigureTable.objects.all(), "caption"),
            (Service.objects.all(), "name"),
            (DevelopmentItem.objects.all(), "text"),
            (User.objects.all(), "last_name"),
        ]
    ):
        assert rows.update(**{field: f"{CANARY}{number}"}) > 0
    Document.objects.create(
        slug="hemmelig", kind="annual-plan", title=f"{CANARY}hemmelig", year=2025, unit=elverum_case.unit
    )
    return elverum_case


def crawl(client: Client) -> Iterator[tuple[str, int, str]]:
    """Every address that can be reached from the front page without logging in, with its status and text."""
    waiting, seen = ["/", "/publikasjoner/hemmelig/", "/finnes-ikke/"], set()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/arbeid/", "/admin/")):
            continue
        seen.add(address)
        answer = client.get(address)
        content = answer.getvalue() if answer.streaming else answer.content
        text = content.decode("utf-8", errors="replace")
        yield address, answer.status_code, text
        if answer.headers["Content-Type"].startswith("text/html"):
            waiting += LINK.findall(text)


def test_public_pages_hold_nothing_of_the_draft(plan: Document, client: Client) -> None:
    pages = {address: (status, text) for address, status, text in crawl(client)}
    assert "/publikasjoner/virksomhetsplan-2024/barnehage/" in pages
    assert "/publikasjoner/virksomhetsplan-2024/versjon-1/filer/virksomhetsplan-2024-versjon-1.json" in pages
    assert pages["/publikasjoner/hemmelig/"][0] == 404
    assert [address for address, (_status, text) in pages.items() if CANARY in text.lower()] == []


def test_draft_of_the_same_plan_holds_the_words(plan: Document, client: Client, controller: User) -> None:
    """The words are really there for those who may see them, or the test above would prove nothing."""
    client.force_login(controller)
    page = client.get("/arbeid/utkast/virksomhetsplan-2024/barnehage/").content.decode()
    assert [number for number in (0, 1, 2, 4, 6, 7, 8, 9) if f"{CANARY}{number}" not in page] == []
