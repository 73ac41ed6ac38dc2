"""What is not published is nowhere to be found: unique words are put in working rows, and everything public is read."""

import io
import zipfile
from collections.abc import Iterable

import pytest
from django.test import Client

from organisation.models import Service, Unit, User
from plans.models import DevelopmentItem, Document, Section
from publishing.freeze import freeze
from publishing.models import PdfOrder
from reporting.models import KeptEntry, ReportingRound, ReportRow, ReportStep, ReportText
from scorecards.models import Indicator, KeyFigureTable, Observation, Scorecard
from scorecards.registration import register
from tests.public_crawl import Found, crawl, texts_in
from tests.publishing.reporting_round import approve, report_of
from tests.workplace import open_tertial, year_period

pytestmark = [pytest.mark.django_db, pytest.mark.draws_pdfs]

CANARY = "kanarifugl"
FIGURE = "98765,4"
FEWEST = 60
"""How many addresses a crawl finds at least; with fewer it would prove nothing."""
SEARCH = "/sok/?q="


@pytest.fixture
def plan(elverum_case: Document, controller: User) -> Document:
    """A published plan of one chapter, whose every kind of working row has since got a word of its own.

    One row had its word before, and was removed before the plan was published; a draft's PDF lies on order.
    """
    elverum_case.sections.chapters().exclude(slug="barnehage").delete()
    item = DevelopmentItem.objects.filter(area__slug="barnehage", parent__isnull=True)[0]
    item.pk, item.text = None, f"{CANARY}fjernet"
    item.save()
    item.delete()
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
    assert Observation.objects.filter(kind="result").update(text=FIGURE, number="98765.4") > 0
    Document.objects.create(
        slug="hemmelig", kind="annual-plan", title=f"{CANARY}hemmelig", year=2025, unit=elverum_case.unit
    )
    PdfOrder.objects.create(
        document=elverum_case,
        checksum="0" * 64,
        contents=f'{{"title": "{CANARY}bestilt"}}',
        content=f"{CANARY}tegnet".encode(),
        status=PdfOrder.Status.DONE,
        name=f"{CANARY}.pdf",
        ordered_by=controller,
    )
    return elverum_case


def leaks(pages: Iterable[Found]) -> list[str]:
    """The addresses where a planted word or figure stands. A page that answers a question says what was asked for."""
    answers = (page for page in pages if CANARY not in page.address)
    return [page.address for page in answers if CANARY in page.text.lower() or FIGURE in page.text]


def test_public_pages_hold_nothing_of_the_draft(plan: Document, client: Client) -> None:
    asked = [f"{SEARCH}{CANARY}{number}" for number in range(11)]
    listed = f"/indikatorer/?text={CANARY}4"
    pages = list(crawl(client, *asked, listed))
    status = {page.address: page.status for page in pages}
    home = "/publikasjoner/virksomhetsplan-2024/"
    file = f"{home}versjon-1/filer/virksomhetsplan-2024-versjon-1"
    expected = [f"{home}barnehage/", *(f"{file}{ending}" for ending in (".pdf", "-arkiv.pdf", "-arkiv.xml", ".json"))]
    expected += ["/sitemap.xml", "/publikasjoner.atom", "/malekort/", "/indikatorer/", "/data/", "/api/v1/openapi.json"]
    assert [address for address in expected if status.get(address) != 200] == []
    assert len(pages) > FEWEST
    assert status["/publikasjoner/hemmelig/"] == 404
    assert [address for address, found in status.items() if found not in (200, 302, 404)] == []
    assert leaks(pages) == []
    answers = [page.text for page in pages if page.address in asked]
    assert len(answers) == len(asked)
    assert all("Ingen treff på «" in answer for answer in answers)
    assert "Ingen indikatorer" in next(page.text for page in pages if page.address == listed)


def test_error_pages_hold_nothing_of_the_draft(plan: Document, client: Client) -> None:
    refused = Client(enforce_csrf_checks=True)
    answers = [
        client.post("/"),
        client.get("/publikasjoner/hemmelig/versjon-1/"),
        client.get("/api/v1/publications/hemmelig/1"),
        client.get("/indikatorer/", headers={"HX-Request": "true"}),
        client.get("/arbeid/pdf/1/fil/"),
        client.get("/arbeid/utkast/hemmelig/"),
        refused.post("/logg-inn/", {"username": "x", "password": "y"}),
    ]
    assert [answer.status_code for answer in answers] == [405, 404, 404, 200, 302, 302, 403]
    assert [answer for answer in answers if CANARY in answer.content.decode().lower()] == []


def test_draft_of_the_same_plan_holds_the_words(plan: Document, client: Client, controller: User) -> None:
    """The words are really there for those who may see them, or the tests above would prove nothing."""
    client.force_login(controller)
    page = client.get("/arbeid/utkast/virksomhetsplan-2024/barnehage/").content.decode()
    assert [number for number in (0, 1, 2, 4, 6, 7, 8, 9) if f"{CANARY}{number}" not in page] == []
    assert FIGURE in page


def test_crawl_reads_what_is_inside_files() -> None:
    """What is published is found in pages, workbooks and PDFs, or a leak there would not be."""
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        archive.writestr("tabell.csv", f"{CANARY};{FIGURE}")
    assert [CANARY in text for text in texts_in(inside.getvalue())] == [False, True]


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
    pages = list(crawl(client, f"{SEARCH}{CANARY}0"))
    text = {page.address: page.text for page in pages}
    slug = report.document.slug
    assert f"/publikasjoner/{slug}/versjon-1/filer/{slug}-versjon-1.json" in text
    assert "17" in text[f"/publikasjoner/{slug}/barnehage/"]
    assert "Ikke rapportert" in text[f"/publikasjoner/{slug}/helse/"]
    assert leaks(pages) == []
    assert "Ingen treff på «" in text[f"{SEARCH}{CANARY}0"]
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
