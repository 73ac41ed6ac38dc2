"""Money as its people meet it: from a file of accounts, by way of a leader's explanation, to the report of the round.

The controller reads the file in and opens a round, the leader explains and hands in, the approver approves, and at last
the controller undoes the import.
"""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from pytest_django import Settings

from organisation.models import Unit, User
from tests.browser.money import AT_ONCE
from tests.budget.importing import uploads
from tests.budget.money import line, load_codes
from tests.workplace import YEAR, Workplace, open_tertial

TITLE, REPORT = f"2. tertial {YEAR}", "Sektor for skole"
FILE = "regnskap-august.csv"
HEADINGS = ("Koststed", "Formål", "Artskode", "Periode", "Sum bilag")
"""Those of an economy system that nobody has told of before: two of them can only be guessed at."""
EXPLAINED = {"Tjeneste (KOSTRA-funksjon)": "Formål", "Beløp": "Sum bilag"}
MONTHS = range(1, 13)
BUDGET, USED, READ_SO_FAR = 300_000, 350_000, 8
"""Kroner a month, and the last month of the accounts."""
FORECAST = 7
"""The column of the ledger that a leader decides."""
CAUSE, REMEDY = "Flere vikarer enn planlagt.", "Felles vikarordning fra november."


@pytest.fixture
def school(
    transactional_db: None,
    settings: Settings,
    place: Workplace,
    one_school: Unit,
    leader: User,
    approver: User,
    controller: User,
) -> Unit:
    """A school with a budget and no accounts, the round before, and people who may log in."""
    settings.TASKS = AT_ONCE
    load_codes()
    for month in MONTHS:
        line(one_school, BUDGET, layer="original", period=f"{YEAR}-{month:02}")
    sector = place.schools.area.unit
    open_tertial(top=place.document.unit, units=[sector], of=f"{YEAR}-T1", days_left=-30, asks_texts=False)
    return one_school


def accounts() -> bytes:
    """Eight months of the school's accounts as CSV, under the economy system's own code for it."""
    months = MONTHS[:READ_SO_FAR]
    return uploads.csv(*(("1100", "202", "010", f"{YEAR}{month:02}", f"{USED},00") for month in months), head=HEADINGS)


def sits_down(page: Page, username: str) -> None:
    """Another person at the same desk, with a login of their own."""
    page.context.clear_cookies()
    page.goto("/logg-inn/")
    page.get_by_label("Brukernavn").fill(username)
    page.get_by_label("Passord").fill(f"{username}-passord")
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url("**/arbeid/")


def row(page: Page, name: str) -> Locator:
    """The row of a table that has this name."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True)).first


def ledger(page: Page) -> list[str]:
    """The rows of the ledger as they are read."""
    page.goto("/arbeid/okonomi/")
    return [text.replace("\u00a0", " ") for text in page.locator(".ledger tbody tr").all_inner_texts()]


def _without_forecast(text: str) -> tuple[list[str], str]:
    """A row of the ledger as far as the forecast, and the forecast."""
    figures = text.split("\t")
    return figures[:FORECAST], figures[FORECAST]


def uploads_accounts(page: Page) -> None:
    """The file is received, and what nobody can know of it is asked for."""
    page.goto("/arbeid/okonomi/import/")
    page.get_by_role("link", name="Last opp en fil").click()
    file = FilePayload(name=FILE, mimeType="text/csv", buffer=accounts())
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_label("Navn på den nye kilden").fill("Regnskapssystemet")
    page.get_by_label("Summen av beløpene").fill("2 800 000,00")
    page.get_by_role("button", name="Last opp og kontroller").click()
    expect(page.get_by_role("heading", name=FILE, level=1)).to_be_visible()
    expect(page.locator(".import-verdict")).to_contain_text("rettes før fila kan leses inn")


def explains(page: Page) -> None:
    """Columns first, since codes are read from them; then the sum is held against the one that was typed."""
    for field, heading in EXPLAINED.items():
        page.get_by_label(field).select_option(heading)
    page.get_by_role("button", name="Lagre kolonnene og kontroller på nytt").click()
    expect(page.locator(".import-findings")).to_contain_text("Ansvar «1100» er ikke en kjent enhet.")
    page.get_by_label("Ansvar 1100").select_option(label="Bakken skole")
    page.get_by_role("button", name="Lagre kodene og kontroller på nytt").click()
    verdict = page.locator(".import-verdict")
    expect(verdict).to_contain_text("Fila er klar: 8 linjer, til sammen 2\u00a0800\u00a0000,00 kroner.")
    expect(page.locator(".import-facts div").filter(has_text="Kontrollsum i kroner")).to_contain_text(
        "2\u00a0800\u00a0000"
    )


def drills_down(page: Page) -> None:
    """From the municipality to the line, which says where it is from."""
    for name in (REPORT, "Bakken skole", "202 Grunnskole", "010 Fastlønn", "Regnskap"):
        page.locator("tbody").get_by_role("link", name=name, exact=True).click()
    lines = page.locator(".ledger-lines tbody tr")
    expect(lines).to_have_count(READ_SO_FAR)
    expect(lines.first.get_by_role("cell").last).to_have_text(f"{FILE}, rad 2")


def opens_round(page: Page) -> None:
    page.goto("/arbeid/runder/")
    page.get_by_role("link", name=f"Åpne neste runde: {TITLE}").click()
    page.get_by_label("Be enhetene forklare økonomien").check()
    page.get_by_role("button", name="Åpne runden").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


def to_the_report(page: Page) -> None:
    page.get_by_role("link", name=f"{REPORT} – {TITLE}").click()
    expect(page.get_by_role("heading", name=REPORT, level=1)).to_be_visible()


def tries_to_hand_in(page: Page) -> None:
    """The deviation is marked before anybody asks, and the report is stopped until it is explained."""
    expect(page.locator(".report-economy")).to_contain_text("Avvik som må forklares")
    deviation = row(page, "202 Grunnskole").get_by_role("cell").all_inner_texts()
    assert [text.replace("\u00a0", " ") for text in deviation[:4]] == ["2 400", "2 800", "−400", "−16,7 %"]
    expect(page.get_by_text("Årsak eller tiltak mangler.")).to_be_visible()
    page.get_by_role("textbox", name="Trivsel, resultat").fill("4,9")
    page.get_by_role("button", name="Lagre alt").click()
    page.get_by_role("button", name="Lever rapporten").click()
    alert = page.get_by_role("alert").filter(has_text="Skriv årsak og tiltak for avvikene i økonomien før du leverer")
    alert.get_by_role("link", name="202 Grunnskole").click()


def explains_the_deviation(page: Page) -> None:
    expect(page.get_by_text("Avviket må forklares før rapporten leveres.")).to_be_visible()
    page.get_by_role("textbox", name="Årsak").fill(CAUSE)
    page.get_by_role("textbox", name="Tiltak").fill(REMEDY)
    page.get_by_role("textbox", name="Prognose").fill("4 000")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.locator(".report-economy")).to_contain_text(REMEDY)
    page.get_by_role("button", name="Lever rapporten").click()
    expect(page.get_by_role("status").filter(has_text="Levert")).to_be_visible()


def reads_the_report_of_the_round(page: Page) -> list[str]:
    """The rows of the draft's table: the sector's figures, under them why it deviates, and the sum."""
    page.goto("/arbeid/runder/2-tertial-2024/")
    page.get_by_role("link", name="Les samlerapporten").click()
    page.get_by_role("link", name=re.compile("Sammendrag")).first.click()
    table = page.get_by_role("figure").filter(has_text=f"Budsjett, regnskap og prognose for drift, {TITLE}")
    return [text.replace("\u00a0", " ") for text in table.locator("tbody tr").all_inner_texts()]


def undoes(page: Page) -> None:
    page.goto("/arbeid/okonomi/import/")
    page.get_by_role("link", name=FILE).click()
    page.get_by_role("link", name="Angre importen").click()
    page.get_by_role("button", name="Angre importen").click()
    expect(page.get_by_text("Importen er angret. Linjene er tatt bort.")).to_be_visible()


@pytest.mark.slow
def test_money_from_a_file_to_the_report_of_the_round_and_back(page: Page, school: Unit) -> None:
    sits_down(page, "controller")
    before = ledger(page)
    uploads_accounts(page)
    explains(page)
    page.get_by_role("button", name="Les inn 8 linjer").click()
    expect(page.locator(".import-verdict")).to_contain_text("8 linjer er lest inn")
    assert [text.split("\t")[:5] for text in (before[0], ledger(page)[0])] == [
        [REPORT, "0", "3 600", "3 600", "100,0"],
        [REPORT, "2 800", "2 400", "−400", "−16,7"],
    ]
    drills_down(page)
    opens_round(page)

    sits_down(page, "leder")
    to_the_report(page)
    tries_to_hand_in(page)
    explains_the_deviation(page)

    sits_down(page, "godkjenner")
    to_the_report(page)
    page.get_by_role("button", name="Godkjenn").click()
    expect(page.get_by_role("status").filter(has_text="Godkjent")).to_be_visible()

    sits_down(page, "controller")
    assert reads_the_report_of_the_round(page) == [
        f"{REPORT}\t2 400\t2 800\t−400\t−16,7 %\t3 600\t4 000\t−400",
        f"Merforbruk: 202 Grunnskole, −16,7 %: {CAUSE} Tiltak: {REMEDY}",
        "Sum\t2 400\t2 800\t−400\t−16,7 %\t3 600\t4 000\t−400",
    ]
    undoes(page)
    there, forecast = zip(*(_without_forecast(text) for text in ledger(page)), strict=True)
    assert [*there] == [_without_forecast(text)[0] for text in before]
    assert forecast == ("4 000", "4 000"), "what the leader decided stands"
