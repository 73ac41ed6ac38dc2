"""What is not published is nowhere to be found: unique words are put in working rows, and everything public is read."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from organisation.models import Service, Unit, User
from plans.models import DevelopmentItem, Document, Section
from publishing.freeze import freeze
from reporting.models import KeptEntry, ReportingRound, ReportRow, ReportStep, ReportText
from scorecards.models import Indicator, KeyFigureTable, Observation, Scorecard
from scorecards.registration import register
from tests.publishing.reporting_round import approve, report_of
from tests.workplace import open_tertial, year_period

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


@pytest.fixture
def report(elverum_case: Document, controller: User) -> ReportingRound:
    """A published report of two sectors, of which one was approved; every row of both now has a word of its own.

    The one that was not approved had its words when the report was published, the other has got them since.
    """
    sectors = [Unit.objects.get(slug=slug) for slug in ("barnehage", "helse-mestring-og-omsorg")]
    round_ = open_tertial(top=elverum_case.unit, units=sectors)
    round_.document.sections.chapters().exclude(slug__in=["sammendrag", "barnehage", "helse"]).delete()
    for row in ReportRow.objects.filter(report__round=round_).select_related("indicator"):
        for period, kind in ((round_.period, "result"), (year_period(), "forecast")):
            register(indicator=row.indicator, period=period, kind=kind, text="17", by=controller)
    plant(round_, "helse-mestring-og-omsorg", controller)
    approve(report_of(round_, "barnehage"), controller)
    freeze(document=round_.document, stage="tertial", by=controller)
    plant(round_, "barnehage", controller)
    return round_


def plant(round_: ReportingRound, unit: str, writer: User) -> None:
    """Put the words in everything that the unit has reported."""
    rows = ReportRow.objects.filter(report=report_of(round_, unit))
    indicators = list(rows.values_list("indicator", flat=True))
    values = Observation.objects.filter(indicator__in=indicators)
    for number, (found, field) in enumerate(
        [
            (values.filter(kind="result", period=round_.period), "text"),
            (values.filter(kind="forecast", period=year_period()), "text"),
            *((rows, field) for field in ("comment", "cause", "action", "expected")),
            (ReportText.objects.filter(report__in=rows.values("report")), "body"),
            (ReportStep.objects.filter(report__in=rows.values("report")), "comment"),
        ]
    ):
        assert found.update(**{field: f"{CANARY}{number}"}) > 0
    KeptEntry.objects.create(row=rows[0], writer=writer, typed={"comment": f"{CANARY}kept"})


def test_public_pages_hold_nothing_of_what_is_not_approved(report: ReportingRound, client: Client) -> None:
    pages = {address: (status, text) for address, status, text in crawl(client)}
    slug = report.document.slug
    assert {
        f"/publikasjoner/{slug}/helse/",
        f"/publikasjoner/{slug}/versjon-1/filer/{slug}-versjon-1.json",
    } <= set(pages)
    assert "17" in pages[f"/publikasjoner/{slug}/barnehage/"][1]
    assert "Ikke rapportert" in pages[f"/publikasjoner/{slug}/helse/"][1]
    assert [address for address, (_status, text) in pages.items() if CANARY in text.lower()] == []
    frozen = report.document.publications.get().contents
    assert CANARY not in frozen


def test_report_holds_the_words_of_those_who_are_approved_again(
    report: ReportingRound, client: Client, controller: User
) -> None:
    """The words are really there, or the test above would prove nothing: approved once more, the draft shows them."""
    approve(report_of(report, "helse-mestring-og-omsorg"), controller)
    Indicator.objects.update(direction="")
    client.force_login(controller)
    page = client.get(f"/arbeid/utkast/{report.document.slug}/helse/").content.decode()
    assert [number for number in (2, 6) if f"{CANARY}{number}" not in page] == []
