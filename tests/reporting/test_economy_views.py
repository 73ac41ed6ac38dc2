"""The page of a report's economy: what is saved, what is refused, and that nothing typed is lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.models import Forecast
from organisation.models import Unit, User
from plans.models import Section
from reporting import handing_in
from reporting.models import ReportEconomy, ReportingRound, UnitReport
from tests.budget.money import line
from tests.plans.measures.made import made
from tests.reporting.economy import decided, economy_round, function, named, page_of, said, write_year
from tests.reporting.pages import form_of, messages_of
from tests.workplace import YEAR, Workplace, open_tertial

pytestmark = pytest.mark.django_db
WORDS = {"cause": "Vikarer er dyre.", "action": "Færre vikarer."}


@pytest.fixture
def report(top: Unit, schools: Unit, care: Unit) -> UnitReport:
    """The school sector's report: one deviation to explain, and one function as planned."""
    round_ = economy_round(top=top, units=[schools, care])
    write_year(schools, actual=150_000)
    write_year(schools, function="222")
    found: UnitReport = round_.reports.select_related("round__period", "unit").get(unit=schools)
    return found


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


# Saving


def test_economy_saves_forecasts_and_words(as_leader: Client, leader: User, report: UnitReport) -> None:
    sent = named("202", forecast=" 1 750,5 ", **WORDS) | named("222", forecast="−3")
    response = as_leader.post(page_of(report), sent)
    assert (response.status_code, response["Location"]) == (302, f"{report.get_absolute_url()}#okonomi")
    assert decided(report) == {"202": Decimal("1750500.00"), "222": Decimal("-3000.00")}
    assert said(report) == {"202": (WORDS["cause"], WORDS["action"])}
    assert {one.history_user for one in (*Forecast.history.all(), *ReportEconomy.history.all())} == {leader}


def test_economy_saves_only_what_was_changed(as_leader: Client, report: UnitReport) -> None:
    as_leader.post(page_of(report), named("202", forecast="1 700", **WORDS))
    sent = form_of(as_leader, page_of(report), put_in=None)
    again = {name: values[0] if isinstance(values, list) else values for name, values in sent.items()}
    as_leader.post(page_of(report), again | {f"action-{function().pk}": "Ingen vikarer."})
    assert (ReportEconomy.objects.get().version, Forecast.objects.get().version) == (2, 1)
    assert said(report) == {"202": (WORDS["cause"], "Ingen vikarer.")}


def test_economy_takes_a_forecast_back(as_leader: Client, report: UnitReport) -> None:
    as_leader.post(page_of(report), named("202", forecast="1 700"))
    assert as_leader.post(page_of(report), named("202", forecast="") | {f"base-forecast-{function().pk}": "1"})
    assert decided(report) == {}


@pytest.mark.parametrize("typed", ["mye", "1.700", "1,2345", "99999999999"])
def test_economy_of_a_forecast_that_is_no_number_saves_nothing(
    as_leader: Client, report: UnitReport, typed: str
) -> None:
    page = as_leader.post(page_of(report), named("202", forecast=typed, **WORDS) | named("222", forecast="5"))
    assert (page.status_code, decided(report), said(report)) == (422, {}, {})
    cells = page.context["table"].by_function[function().pk].cells
    assert (cells["forecast"].text, cells["cause"].text, bool(cells["forecast"].error)) == (typed, WORDS["cause"], True)
    assert page.content.decode().count(f'href="#forecast-{function().pk}"') == 1
    assert page.content.decode().count('value="5"') == 1


# Proposals


def test_economy_proposes_and_says_why(as_leader: Client, report: UnitReport, schools: Unit) -> None:
    for month in range(1, 13):
        line(schools, 125_000, period=f"{YEAR - 1}-{month:02}")
    first, second = as_leader.get(page_of(report)).context["table"].rows
    assert (first.shown.expected, second.shown.expected) == (Decimal(1800), Decimal(1200))
    assert first.reason.replace("\u00a0", " ") == (
        "Regnskapet hittil, 1 200 000 kr, er 66,7 % av året hvis det går som i fjor. Etter august i fjor var det ført "
        "1 000 000 kr av de 1 500 000 kr som året endte på."
    )
    assert second.reason.replace("\u00a0", " ") == (
        "Regnskapet hittil, 800 000 kr, og budsjettet for månedene som er igjen, 400 000 kr. Fjoråret er ikke brukt: "
        "Det er ikke noe regnskap for i fjor å regne etter."
    )


def test_economy_puts_proposals_into_empty_fields_and_saves_nothing(as_leader: Client, report: UnitReport) -> None:
    sent = named("202", forecast="1 700", cause="Vikarer.") | named("222", forecast="") | {"put_in": "1"}
    page = as_leader.post(page_of(report), sent)
    cells = [row.cells for row in page.context["table"].rows]
    assert (page.status_code, [one["forecast"].text for one in cells]) == (200, ["1 700", "1 200"])
    assert (cells[0]["cause"].text, decided(report), said(report)) == ("Vikarer.", {}, {})


# Two people, and the lock


def test_economy_of_a_forecast_someone_else_decided(as_leader: Client, controller: User, report: UnitReport) -> None:
    other = Client()
    other.force_login(controller)
    other.post(page_of(report), named("202", forecast="1 800"))
    page = as_leader.post(page_of(report), named("202", forecast="1 700", cause="Min."))
    assert (page.status_code, decided(report), said(report)) == (409, {"202": Decimal(1_800_000)}, {})
    cell = page.context["table"].by_function[function().pk].cells["forecast"]
    assert (cell.text, cell.saved, cell.theirs.by) == ("1 700", "1 800", "controller")
    choice = {f"keep-forecast-{function().pk}": "mine", f"seen-forecast-{function().pk}": "1"}
    assert as_leader.post(page_of(report), named("202", forecast="1 700", cause="Min.") | choice).status_code == 302
    assert (decided(report), said(report)) == ({"202": Decimal(1_700_000)}, {"202": ("Min.", "")})


def test_economy_of_a_word_someone_else_wrote(as_leader: Client, controller: User, report: UnitReport) -> None:
    other = Client()
    other.force_login(controller)
    other.post(page_of(report), named("202", cause="Deres."))
    assert as_leader.post(page_of(report), named("202", action="Mitt.")).status_code == 302, "another field"
    page = as_leader.post(page_of(report), named("202", cause="Min.") | named("222", forecast="7"))
    assert (page.status_code, said(report), decided(report)) == (409, {"202": ("Deres.", "Mitt.")}, {})
    assert page.context["table"].by_function[function().pk].cells["cause"].theirs.by == "leder"


def test_economy_of_a_locked_report_refuses_and_shows_what_was_typed(
    as_leader: Client, leader: User, report: UnitReport
) -> None:
    handing_in.hand_in(report=report, by=leader)
    page = as_leader.post(page_of(report), named("202", forecast="1 700", **WORDS))
    assert (page.status_code, decided(report), said(report)) == (423, {}, {})
    assert page.context["table"].refusal == "Rapporten er låst, og det du skrev, ble ikke lagret."
    assert [page.content.decode().count(text) for text in (">Vikarer er dyre.</textarea>", 'value="1 700"')] == [1, 1]
    read = as_leader.get(page_of(report)).content.decode()
    assert (read.count("<textarea"), read.count("så dette kan bare leses")) == (0, 1)


# Who


@pytest.mark.parametrize(
    ("who", "get", "post"),
    [("leader", 200, 302), ("approver", 200, 302), ("controller", 200, 302), ("reader", 200, 403), ("other", 404, 404)],
)
def test_economy_is_read_and_written_as_the_report_is(
    client: Client, request: pytest.FixtureRequest, report: UnitReport, care: Unit, who: str, get: int, post: int
) -> None:
    if who == "other":
        person = User.objects.create_user("annen")
        person.memberships.create(role="leader", unit=care)
    else:
        person = request.getfixturevalue(who)
    client.force_login(person)
    assert client.get(page_of(report)).status_code == get
    assert client.post(page_of(report), named("202", forecast="5")).status_code == post
    assert decided(report) == ({"202": Decimal(5000)} if post == 302 else {})


def test_economy_that_is_not_asked_for_is_not_there(as_leader: Client, report: UnitReport) -> None:
    ReportingRound.objects.update(asks_economy=False)
    assert as_leader.get(page_of(report)).status_code == 404
    assert as_leader.get(report.get_absolute_url()).content.decode().count('id="okonomi"') == 0


def test_economy_without_lines_says_so(client: Client, controller: User, report: UnitReport) -> None:
    client.force_login(controller)
    cares = UnitReport.objects.get(unit__slug="omsorg")
    said = "Det er ikke lest inn budsjett eller regnskap for 2024 for enheten."
    pages = (page_of(cares), cares.get_absolute_url())
    assert [client.get(page).content.decode().count(said) for page in pages] == [1, 1]


def test_economy_of_a_whole_year_has_no_forecasts(as_leader: Client, top: Unit, schools: Unit) -> None:
    round_ = economy_round(top=top, units=[schools], of=f"{YEAR}")
    write_year(schools)
    report = round_.reports.get()
    page = as_leader.get(page_of(report))
    assert (page.status_code, page.content.decode().count("Prognose")) == (200, 0)
    assert as_leader.post(page_of(report), named("202", cause="Så var det.", forecast="5")).status_code == 302
    assert (decided(report), said(report)) == ({}, {"202": ("Så var det.", "")})


# The report's page, and handing in


def hand_in(client: Client, report: UnitReport, **sent: str) -> Any:
    return client.post(f"{report.get_absolute_url()}lever/", sent)


def test_hand_in_stops_at_a_deviation_that_nobody_explained(as_leader: Client, report: UnitReport) -> None:
    response = hand_in(as_leader, report, despite="1")
    assert [f"{one}." for one in messages_of(response)] == [
        "Rapporten er ikke levert. 1 avvik i økonomien mangler årsak eller."
    ]
    page = as_leader.get(response["Location"]).content.decode()
    assert page.count(f'href="{page_of(report)}#funksjon-202"') == 2
    assert UnitReport.objects.get(pk=report.pk).state == "open"


def test_hand_in_asks_once_more_where_forecasts_are_missing(as_leader: Client, report: UnitReport) -> None:
    as_leader.post(page_of(report), named("202", forecast="1 700", **WORDS))
    page = as_leader.get(hand_in(as_leader, report)["Location"]).content.decode()
    assert (page.count("1 funksjon mangler prognose fra lederen. <a"), page.count("Lever likevel")) == (1, 1)
    hand_in(as_leader, report, despite="1")
    assert UnitReport.objects.get(pk=report.pk).state == "handed-in"


def test_hand_in_asks_once_more_where_a_measure_has_no_status(
    as_leader: Client, report: UnitReport, schools: Unit
) -> None:
    ReportingRound.objects.update(asks_economy=False, asks_measures=True)
    measure = made(schools, "Buss", planned={YEAR: -1})
    page = as_leader.get(hand_in(as_leader, report)["Location"]).content.decode()
    assert (page.count(f'href="#measure-{measure.pk}"'), page.count("Lever likevel")) == (1, 1)
    hand_in(as_leader, report, despite="1")
    assert UnitReport.objects.get(pk=report.pk).state == "handed-in"


def test_hand_in_of_what_is_written_goes_through(as_leader: Client, report: UnitReport) -> None:
    as_leader.post(page_of(report), named("202", forecast="1 700", **WORDS) | named("222", forecast="1 200"))
    hand_in(as_leader, report)
    assert UnitReport.objects.get(pk=report.pk).state == "handed-in"


def test_report_shows_the_deviation_and_its_explanation(as_leader: Client, report: UnitReport) -> None:
    page = as_leader.get(report.get_absolute_url())
    words = ("Årsak eller tiltak mangler.", "2 funksjoner mangler prognose", "Skriv prognose og forklar avvik")
    assert [page.content.decode().count(one) for one in words] == [1, 1, 1]
    as_leader.post(page_of(report), named("202", forecast="1 700", **WORDS))
    page = as_leader.get(report.get_absolute_url())
    assert [page.content.decode().count(one) for one in (*WORDS.values(), words[0])] == [1, 1, 0]


@pytest.mark.parametrize("address", ["", "okonomi/"], ids=["report", "economy"])
def test_economy_runs_the_same_queries_for_few_and_many(
    as_leader: Client, report: UnitReport, schools: Unit, one_school: Unit, address: str
) -> None:
    url, counts = f"{report.get_absolute_url()}{address}", []
    as_leader.get(url)
    for codes in (("211",), ("213", "215", "221", "223", "231", "241")):
        for code in codes:
            line(schools, 200_000, function=code)
            line(one_school, 200_000, function=code, layer="original")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_leader.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# What a round asks for


def test_round_edit_begins_to_ask(client: Client, controller: User, tertial: ReportingRound) -> None:
    client.force_login(controller)
    url = f"/arbeid/runder/{tertial.slug}/endre/"
    asked = {"asks_economy": "on", "deviation_percent": "2,5", "deviation_kroner": "50 000", "asks_measures": "on"}
    for _time in range(2):
        assert client.post(url, form_of(client, url, **asked)).status_code == 302
    tertial.refresh_from_db()
    assert (tertial.asks_economy, tertial.deviation_percent, tertial.deviation_kroner, tertial.asks_measures) == (
        True, Decimal("2.5"), Decimal(50_000), True
    )  # fmt: skip
    blocks = Section.objects.filter(document=tertial.document, block__in=("unit-economy", "reported-measures"))
    places = blocks.order_by("pk").values_list("parent__heading", "parent__parent__slug", "parent__position")
    assert list(places) == [("Økonomi", "sammendrag", 5), ("Tiltak", "sammendrag", 6)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("deviation_percent", "-1"), ("deviation_percent", "1000"), ("deviation_percent", ""), ("deviation_kroner", "-5")],
)
def test_round_edit_refuses_limits_that_mean_nothing(
    client: Client, controller: User, tertial: ReportingRound, name: str, typed: str
) -> None:
    client.force_login(controller)
    url = f"/arbeid/runder/{tertial.slug}/endre/"
    page = client.post(url, form_of(client, url, **{name: typed}))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [name])


def test_round_edit_tells_what_another_asked_for(client: Client, controller: User, tertial: ReportingRound) -> None:
    client.force_login(controller)
    url = f"/arbeid/runder/{tertial.slug}/endre/"
    sent = form_of(client, url)
    client.post(url, sent | {"asks_economy": "on", "deviation_percent": "3"})
    theirs = client.post(url, sent).context["form"].clash.theirs
    assert theirs == [
        ("Be enhetene forklare økonomien", "ja"),
        ("Avvik i prosent", "3"),
    ]


def test_round_open_takes_what_is_asked_from_the_last(client: Client, controller: User, place: Workplace) -> None:
    asked: dict[str, Any] = {
        "asks_economy": True,
        "deviation_percent": Decimal("1.5"),
        "deviation_kroner": Decimal(75_000),
    }
    last = open_tertial(top=place.document.unit, units=[place.schools.area.unit], asks_measures=True, **asked)
    client.force_login(controller)
    url = f"/arbeid/runder/ny/?fra={last.slug}"
    assert client.post(url, form_of(client, url)).status_code == 302
    opened = ReportingRound.objects.exclude(pk=last.pk).get()
    assert {name: getattr(opened, name) for name in asked} == asked
    headings = opened.document.sections.filter(parent__slug="sammendrag").order_by("position")
    assert list(headings.values_list("heading", flat=True)) == [
        "Måloppnåelse", "Avvik", "Økonomi", "Tiltak", "Samlet vurdering"
    ]  # fmt: skip
