"""Real measures of a sector analysis, typed in the forms and read back: planned and achieved savings, and statuses."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.test import Client

from organisation.models import Unit, User
from plans.models import Measure, MeasureStatus, Section
from reporting.models import ReportingRound
from tests.plans.measures.made import add, effects, follow
from tests.publishing.reporting_round import approve, report_of, table
from tests.workplace import Workplace, open_tertial

SEED = Path(__file__).resolve().parents[4] / "shared" / "seeds" / "002_4fa055586bc6983e.txt"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEED.exists(), reason="the sector analysis is not on this machine"),
]
TOLD = 2016
"""The year that the analysis tells of."""


class Printed(NamedTuple):
    """A measure as it is printed: million kroner saved, planned by year and achieved in the year told of.

    `words` is what stands in the analysis, which the test finds there.
    """

    title: str
    status: str
    words: str
    planned: dict[int, str]
    achieved: str | None = None


PRINTED = (
    Printed(
        "Egenandel på alle korttidsplasser",
        "not-done",
        "Egenandel på alle korttidsplasser Ikke gjennomført",
        {TOLD: "0,9"},
        "0",
    ),
    Printed(
        "Velferdsteknologi, redusere behov for våkne nattvakter",
        "begun",
        "I 2016 er 0,7 mill. av totalt 2,7 mill. effektuert",
        {2015: "1,0", TOLD: "2,7"},
        "0,7",
    ),
    Printed(
        "Administrative reduksjoner, HP",
        "begun",
        "Beregnet besparelse var 19,6 mill. i 2015 og økende til 20,6 mill.",
        {2015: "19,6", TOLD: "20,6"},
    ),
    Printed(
        "Bofellesskap for personer med demens",
        "begun",
        "en beregnet innsparing på 18,7 mill.",
        {TOLD + 2: "18,7"},  # the analysis lost the year: it is one to come
    ),
    Printed(
        "Redusere sykefravær i institusjonstjenesten",
        "not-done",
        "beregnet besparelse på 3,0 mill. ved en nedgang på 0,95 prosentpoeng",
        {TOLD: "3,0"},
        "0",
    ),
    Printed(
        "Elektronisk nøkkelsystem i ambulerende tjeneste",
        "begun",
        "beregnet besparelse på 0,6 mill. i 2016, økende til 6,6 mill.",
        {TOLD: "0,6", TOLD + 1: "6,6"},
        "0",
    ),
    Printed(
        "Effektivisering av vaskeri og renhold i institusjonstjenesten",
        "begun",
        "Beregnet besparelse var 2,0 mill.",
        {TOLD: "2,0"},
        "0",
    ),
    Printed(
        "Effektivisering i hjemmebaserte tjenester",
        "begun",
        "Beregnet besparelse var 1,3 mill.",
        {TOLD: "1,3"},
        "0,7",
    ),
    Printed(
        "Effektivisering transport dagsenter",
        "not-started",
        "Effektivisering transport dagsenter Ikke igangsatt Tiltaket har en beregnet besparelse på 1,5 mill.",
        {TOLD: "1,5"},
        "0",
    ),
    Printed(
        "Forebygging, redusert vekst i tjenestetildeling",
        "done",
        "en besparelse på 2,9 mill. i 2015 og 1,9 mill. i 2016",
        {2015: "2,9", TOLD: "1,9"},
        "1,9",
    ),
    Printed(
        "Etablere handlepatrulje",
        "done",
        "Faktisk besparelse i tiltaket var 2,0 mill. lavere enn beregnet",
        {TOLD: "4,9"},
        "2,9",
    ),
    Printed(
        "Reduksjon kompetansemidler",
        "done",
        "Som forutsatt er kr. 3,0 mill. er spart",
        {TOLD: "3,0"},
        "3,0",
    ),
)
SUM_PLANNED, SUM_ACHIEVED = "−42 400", "−9 200"
"""Of the year told of, in 1 000 kroner."""


def thousands(millions: str) -> str:
    """As a person types it: 4,9 → "4 900"."""
    return f"{int(Decimal(millions.replace(',', '.')) * 1000):,}".replace(",", " ")


def shown(millions: str | None) -> str:
    """As the table shows it."""
    if millions is None:
        return ""
    return "0" if millions == "0" else f"−{thousands(millions)}"


@pytest.fixture
def round_(place: Workplace, top: Unit, care: Unit) -> ReportingRound:
    """The report on the whole year of the sector."""
    return open_tertial(top=top, units=[care], of=f"{TOLD}", asks_measures=True)


@pytest.fixture
def typed(client: Client, controller: User, round_: ReportingRound, care: Unit) -> Client:
    """Everything typed in the forms, by the controller."""
    client.force_login(controller)
    for one in PRINTED:
        planned: dict[str, Any] = {f"saves_{year}": thousands(amount) for year, amount in one.planned.items()}
        add(client, care, year=2015, title=one.title, decision="Handlingsprogram", **planned)
        achieved = {} if one.achieved is None else {f"saves_{TOLD}": thousands(one.achieved)}
        follow(client, Measure.objects.get(title=one.title), f"{TOLD}", status_now=one.status, **achieved)
    return client


@pytest.mark.parametrize("one", PRINTED, ids=[f"measure-{number}" for number in range(1, len(PRINTED) + 1)])
def test_seed_has_the_measure_as_it_is_typed_here(one: Printed) -> None:
    text = re.sub(r"\s+", " ", SEED.read_text(encoding="utf-8"))
    assert (text.count(one.words) > 0, text.count(one.title) > 0) == (True, True)


def test_seed_measures_are_kept_to_the_krone(typed: Client) -> None:
    for one in PRINTED:
        found = effects(Measure.objects.get(title=one.title))
        assert {year: row[0] for year, row in found.items() if row[0] is not None} == {
            year: -Decimal(amount.replace(",", ".")) * 1_000_000 for year, amount in one.planned.items()
        }


def test_seed_measures_are_read_back_from_the_list(typed: Client) -> None:
    page = typed.get("/arbeid/tiltak/", {"year": f"{TOLD}", "unit": "omsorg"})
    (unit,) = page.context["table"].units
    read = {
        str(line.measure): (*(cell.amount.replace("\u00a0", " ") for cell in line.cells), line.standing.kind)
        for line in unit.lines
    }
    assert read == {
        one.title: (shown(one.planned.get(TOLD)), shown(one.achieved), one.status)
        for one in PRINTED
        if TOLD in one.planned
    }
    assert [cell.amount.replace("\u00a0", " ") for cell in unit.sums] == [SUM_PLANNED, SUM_ACHIEVED]


def test_seed_measures_are_read_back_from_the_report(typed: Client, round_: ReportingRound, approver: User) -> None:
    approve(report_of(round_, "omsorg"), approver)
    words = dict(MeasureStatus.Status.choices)
    block = table(round_, "sammendrag", Section.Block.REPORTED_MEASURES)
    *rows, last = block.rows()
    assert [(row.label, row.cells[:3]) for row in rows] == [
        (one.title, (str(words[one.status]).capitalize(), shown(one.planned.get(TOLD)), shown(one.achieved)))
        for one in PRINTED
    ]
    assert last.cells[1:3] == (SUM_PLANNED, SUM_ACHIEVED)
