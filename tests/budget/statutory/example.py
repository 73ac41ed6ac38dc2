"""A small municipality with every amount written by hand: its budget, investments and plan, in balance."""

from decimal import Decimal
from typing import Any, NamedTuple

from budget.models import BudgetLine, InvestmentPlan, InvestmentProject, KostraArt
from organisation import periods
from organisation.bulk import functions_by_code
from organisation.models import AreaFunction, Period, ServiceArea, Unit
from organisation.versions import create
from tests.budget.money import amendment, line, load_codes
from tests.workplace import YEAR

Layer = BudgetLine.Layer


class Entry(NamedTuple):
    """A line: the unit's address, function, art, kroner with KOSTRA's sign, and the project's number."""

    unit: str
    function: str
    art: str
    amount: int
    project: str = ""


OPERATIONS = (
    Entry("testvik", "840", "800", -250_000_000),
    Entry("testvik", "800", "870", -300_000_000),
    Entry("testvik", "800", "871", -4_000_000),
    Entry("testvik", "800", "875", -16_000_000),
    Entry("testvik", "800", "877", -1_000_000),
    Entry("testvik", "850", "810", -12_500_000),
    Entry("skole", "202", "010", 175_000_000),
    Entry("skole", "202", "090", 24_000_000),
    Entry("skole", "202", "099", 26_000_000),
    Entry("skole", "202", "120", 9_000_000),
    Entry("skole", "202", "429", 2_000_000),
    Entry("skole", "202", "729", -2_000_000),
    Entry("skole", "202", "810", -2_500_000),
    Entry("skole", "215", "020", 12_000_000),
    Entry("skole", "215", "600", -7_000_000),
    Entry("omsorg", "253", "010", 250_000_000),
    Entry("omsorg", "253", "099", 29_000_000),
    Entry("omsorg", "253", "370", 35_000_000),
    Entry("omsorg", "253", "600", -21_000_000),
    Entry("omsorg", "253", "700", -15_000_000),
    Entry("omsorg", "253", "710", -6_000_000),
    Entry("omsorg", "281", "470", 18_000_000),
    Entry("omsorg", "281", "520", 500_000),
    Entry("omsorg", "281", "920", -300_000),
    Entry("omsorg", "265", "630", -9_000_000),
    Entry("testvik", "120", "270", 14_000_000),
    Entry("skole", "222", "590", 18_000_000),
    Entry("omsorg", "261", "590", 7_000_000),
    Entry("testvik", "860", "990", -25_000_000),
    Entry("testvik", "870", "900", -3_000_000),
    Entry("testvik", "870", "905", -5_000_000),
    Entry("testvik", "870", "909", -1_500_000),
    Entry("testvik", "870", "509", 500_000),
    Entry("testvik", "870", "500", 22_000_000),
    Entry("testvik", "870", "510", 28_000_000),
    Entry("testvik", "880", "570", 10_000_000),
    Entry("omsorg", "253", "550", 1_200_000),
    Entry("skole", "202", "950", -700_000),
    Entry("testvik", "880", "540", 1_300_000),
    Entry("testvik", "880", "940", -2_000_000),
    Entry("testvik", "880", "530", 1_000_000),
)

INVESTMENTS = (
    Entry("skole", "222", "230", 40_000_000, "1001"),
    Entry("skole", "222", "429", 10_000_000, "1001"),
    Entry("omsorg", "261", "230", 20_000_000, "2001"),
    Entry("omsorg", "261", "429", 5_000_000, "2001"),
    Entry("testvik", "380", "470", 2_000_000, "3001"),
    Entry("testvik", "172", "529", 3_000_000, "4001"),
    Entry("testvik", "325", "520", 1_000_000, "5001"),
    Entry("testvik", "870", "510", 1_500_000),
    Entry("testvik", "841", "729", -15_000_000),
    Entry("omsorg", "261", "810", -4_000_000),
    Entry("testvik", "315", "670", -2_500_000),
    Entry("testvik", "870", "929", -600_000),
    Entry("testvik", "870", "905", -200_000),
    Entry("testvik", "325", "920", -800_000),
    Entry("testvik", "870", "910", -48_200_000),
    Entry("testvik", "283", "522", 12_000_000),
    Entry("testvik", "870", "912", -12_000_000),
    Entry("testvik", "870", "512", 6_000_000),
    Entry("testvik", "870", "922", -6_500_000),
    Entry("testvik", "880", "970", -10_000_000),
    Entry("testvik", "880", "550", 500_000),
    Entry("testvik", "880", "950", -200_000),
    Entry("testvik", "880", "540", 100_000),
    Entry("testvik", "880", "940", -1_400_000),
    Entry("testvik", "880", "530", 300_000),
)

AREAS = {"skole": ("202", "215"), "omsorg": ("253", "281", "265"), "testvik": ("120",)}
"""The functions of the service area that each unit answers for."""

PROJECTS = (
    ("1001", "Ny skole", "Skolebygg"),
    ("2001", "Nytt sykehjem", "Helsebygg"),
    ("3001", "Tilskudd til idrettshall", "Idrett"),
    ("4001", "Egenkapitalinnskudd", ""),
    ("5001", "Lån til næring", "Næring"),
)


def build(top: Unit) -> None:
    """The municipality with its original budget; `top`, `schools` and `care` are there already."""
    load_codes()
    write(OPERATIONS, account="operations")
    write(INVESTMENTS, account="investment")
    functions = functions_by_code()
    for position, (slug, codes) in enumerate(AREAS.items(), start=1):
        unit = Unit.objects.get(slug=slug)
        area = ServiceArea.objects.create(
            municipality=top.municipality, unit=unit, name=f"Område {slug}", slug=f"omrade-{slug}", position=position
        )
        row = create(AreaFunction(area=area, name="Drift", position=1), by=None)
        row.functions.set([functions[code] for code in codes])
    plan = create(InvestmentPlan(slug="investeringer", title="Andre investeringer", unit=top), by=None)
    for position, (code, name, group) in enumerate(PROJECTS, start=1):
        create(InvestmentProject(plan=plan, code=code, name=name, group=group, position=position), by=None)


def write(
    entries: tuple[Entry, ...], *, account: str, layer: str = Layer.ORIGINAL, year: int = YEAR, plan_year: int = YEAR
) -> None:
    """Write the lines, each for the whole year `year`."""
    functions, period = functions_by_code(), Period.objects.for_span(periods.year(year))
    arts = {art.code: art for art in KostraArt.objects.all()}
    units = {unit.slug: unit for unit in Unit.objects.all()}
    BudgetLine.objects.bulk_create(
        BudgetLine(
            layer=layer,
            account_class=account,
            plan_year=plan_year,
            period=period,
            unit=units[one.unit],
            function=functions[one.function],
            art=arts[one.art],
            project=one.project,
            amount=Decimal(one.amount),
        )
        for one in entries
    )


def write_plan(*years: int) -> None:
    """The same budget for each of the years ahead, on the arts that are valid then."""
    for year in years:
        for entries, account in ((OPERATIONS, "operations"), (INVESTMENTS, "investment")):
            moved = tuple(one._replace(art=_art_of(one.art, year)) for one in entries)
            write(moved, account=account, year=year)


def write_accounts(year: int = YEAR) -> None:
    """Accounts that are as the budget, to the end of the year."""
    write(OPERATIONS, account="operations", layer=Layer.ACTUAL, year=year, plan_year=year)
    write(INVESTMENTS, account="investment", layer=Layer.ACTUAL, year=year, plan_year=year)


def change_budget(top: Unit, *moves: tuple[str, str, int], account: str = "operations", number: int = 1) -> None:
    """A numbered decision with a line for each move: function, art and kroner."""
    decision = amendment(top, number=number)
    for function, art, amount in moves:
        facts: dict[str, Any] = {
            "layer": Layer.REVISED,
            "account_class": account,
            "amendment": decision,
            "period": f"{YEAR}",
        }
        line(top, amount, function=function, art=art, **facts)


def move(top: Unit, *moves: tuple[str, str, int], account: str = "operations", year: int = YEAR) -> None:
    """Add lines to what is adopted for a year: function, art and kroner."""
    for function, art, amount in moves:
        facts: dict[str, Any] = {
            "layer": Layer.ORIGINAL,
            "account_class": account,
            "plan_year": YEAR,
            "period": f"{year}",
        }
        line(top, amount, function=function, art=art, **facts)


def _art_of(art: str, year: int) -> str:
    if art == "875" and year > 2024:
        return "878"
    return "271" if art == "270" and year > 2025 else art
