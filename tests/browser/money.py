"""A municipality with something on every page of money, for a browser to look at, and the addresses of those pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from budget.models import (
    BudgetAmendment,
    BudgetLine,
    CodeMapping,
    Frame,
    FrameChange,
    ImportBatch,
    InvestmentFinancing,
)
from organisation.models import Unit, User
from organisation.versions import create
from reporting.models import ReportingRound
from tests.budget.importing import uploads
from tests.budget.money import amendment, line
from tests.plans.measures.made import followed_up, made
from tests.reporting.economy import economy_round, write_year
from tests.workplace import YEAR, Workplace

AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
"""`settings.TASKS` where files are read in the request, as in the demo."""
TOP_LINES = (("840", "800", -9_000_000), ("800", "870", -7_000_000), ("202", "590", 300_000), ("860", "590", -300_000))
"""Function, art and kroner of what belongs to the whole municipality."""


@dataclass(frozen=True)
class Money:
    """A municipality with something on every page of money."""

    place: Workplace
    round: ReportingRound
    decision: BudgetAmendment
    change: FrameChange
    measure: Any
    batches: dict[str, ImportBatch]

    @property
    def frame(self) -> Frame:
        """The frame that the change is of."""
        return self.change.frame

    @property
    def report(self) -> list[str]:
        """What the addresses of the school sector's report take."""
        return [self.round.slug, "skole"]


def economy_of(place: Workplace, one_school: Unit) -> ReportingRound:
    """Budget and accounts of both sectors and a school that has used too much, and a round that asks for them."""
    schools, care = place.schools.area.unit, place.care.area.unit
    round_ = economy_round(top=place.document.unit, units=[schools, care], asks_measures=True)
    write_year(schools, actual=150_000)
    write_year(schools, function="222")
    write_year(one_school, budget=800_000, actual=850_000)
    write_year(care, function="253", actual=90_000)
    return round_


def money_of(place: Workplace, economy: ReportingRound, one_school: Unit, controller: User) -> Money:
    """With the economy: what the whole municipality has, a decision, frames, a measure, and files in each state."""
    top = economy.unit
    for function, art, amount in TOP_LINES:
        line(top, amount, layer="original", function=function, art=art, period=f"{YEAR}")
    line(top, 1_500_000, account_class=BudgetLine.Account.INVESTMENT, art="230", period=f"{YEAR}", project="1001")
    line(one_school, 700_000, period=f"{YEAR - 1}-03")
    decision = amendment(top, reason="Flere elever.", decision="24/1234")
    for unit, amount in ((one_school, 250_000), (place.care.area.unit, -250_000)):
        line(unit, amount, layer="revised", amendment=decision, period=f"{YEAR}-06")
    _financed(place)
    return Money(place, economy, decision, _framed(place), _promised(place), _uploaded(controller))


def _financed(place: Workplace) -> None:
    loan = {"kind": "loan", "year": YEAR, "amount": 1_500_000, "position": 1}
    create(InvestmentFinancing(plan=place.investments, **loan), by=None)


def _framed(place: Workplace) -> FrameChange:
    for year, opening in ((YEAR - 1, 1_000_000), (YEAR, 1_200_000)):
        frame = create(Frame(unit=place.schools.area.unit, year=year, opening=opening, comment="Vedtatt."), by=None)
    change = {"position": 1, "kind": "other", "reason": "Flere elever i ungdomsskolen", "amount": 250_000}
    found: FrameChange = create(FrameChange(frame=frame, **change), by=None)
    return found


def _promised(place: Workplace) -> Any:
    planned = {YEAR: -500_000, YEAR + 1: -1_000_000}
    facts: dict[str, Any] = {"planned": planned, "why": "Vikarer er dyre.", "indicator": place.schools.row.indicator}
    measure = made(place.schools.area.unit, **facts)
    followed_up(measure, comment="Avtalen er skrevet.")
    return measure


def _uploaded(controller: User) -> dict[str, ImportBatch]:
    """Files from the same source: with things to put right, ready, read in, undone, and being checked."""
    office = Client()
    office.force_login(controller)
    good, unknown = uploads.line(amount="1 000,50"), uploads.line(unit="1100", amount="7")
    wrong = uploads.line(unit="1200", amount="mye"), uploads.line(function="254", period="202413")
    first = uploads.upload(office, uploads.csv(good), name="regnskap-januar.csv")
    source = first.source
    found = {"written": uploads.write(office, first)}
    others = {"findings": (good, unknown, *wrong), "undone": (good, uploads.line()), "ready": (good, good)}
    for name, lines in others.items():
        found[name] = uploads.upload(office, uploads.csv(*lines), source=source.pk, name=f"regnskap-{name}.csv")
    office.post(reverse("budget:import_undo", args=[uploads.write(office, found["undone"]).pk]))
    checking = {"layer": "actual", "file_name": "stor.csv", "content": b"x", "size": 1, "sha256": "0" * 64}
    found["checking"] = ImportBatch.objects.create(source=source, percent=40, **checking)
    CodeMapping.objects.create(source=source, kind="unit", code="1300", target="skole")
    return {name: ImportBatch.objects.get(pk=batch.pk) for name, batch in found.items()}


def is_money(name: str) -> bool:
    """Whether an address of this name is a page about money: those are looked at with something on them."""
    rooms = ("budget:", "plans:measure", "publishing:ledger", "publishing:statutory")
    return name.startswith(rooms) or name in ("reporting:economy", "reporting:report_measure", "plans:document_add")


def pages_of(money: Money) -> Iterator[str]:
    """The address of every page of money, as a controller meets it."""
    ledger, lines, statutory = reverse("publishing:ledger"), reverse("publishing:ledger_lines"), "publishing:statutory"
    yield from (f"{ledger}?by={by}" for by in ("unit", "area", "function", "art", "month"))
    yield from (f"{ledger}?unit=bakken-skole&by=function&amounts=kroner", lines, f"{lines}?layer=revised")
    yield from (reverse(statutory, args=[YEAR]), reverse(statutory, args=[YEAR]) + "?columns=plan&sign=turned")
    for name in ("import_list", "import_add", "investment_plan_list"):
        yield reverse(f"budget:{name}")
    yield from (reverse("budget:import_batch", args=[batch.pk]) for batch in money.batches.values())
    yield reverse("budget:import_undo", args=[money.batches["written"].pk])
    yield reverse("budget:ledger_source_edit", args=[money.batches["written"].source_id])
    yield from (reverse(f"budget:{name}", args=[YEAR]) for name in ("amendment_list", "amendment_add"))
    for name in ("amendment", "amendment_edit", "amendment_remove"):
        yield reverse(f"budget:{name}", args=[money.decision.pk])
    yield from (reverse("budget:frame_list", args=[year]) for year in (YEAR, YEAR + 1))
    yield reverse("budget:frame_add", args=[YEAR])
    for name in ("frame", "frame_edit", "frame_remove", "frame_change_add"):
        yield reverse(f"budget:{name}", args=[money.frame.pk])
    yield from (reverse(f"budget:frame_change_{name}", args=[money.change.pk]) for name in ("edit", "remove"))
    for name in ("plan", "plan_edit", "financing_edit", "project_add"):
        yield reverse(f"budget:investment_{name}", args=[money.place.investments.slug])
    yield from (
        reverse(f"budget:investment_project_{name}", args=[money.place.project.pk]) for name in ("edit", "remove")
    )
    yield from (reverse("plans:measure_list"), reverse("plans:measure_add", args=[YEAR]), reverse("plans:document_add"))
    yield from (reverse(f"plans:{name}", args=[money.measure.pk]) for name in ("measure", "measure_edit"))
    yield reverse("plans:measure_remove", args=[money.measure.pk])
    yield reverse("plans:measure_follow_up", args=[money.measure.pk, f"{YEAR}-T2"])
    yield from (reverse(f"reporting:{name}", args=money.report) for name in ("report", "economy"))
    yield reverse("reporting:report_measure", args=[*money.report, money.measure.pk])
