"""What the municipality of the tests works on: a document with a chapter for each sector and what stands in it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from organisation import periods
from organisation.models import AreaFunction, Delivery, KostraFunction, Period, Service, ServiceArea, TargetGroup, Unit
from organisation.versions import create
from plans.models import DevelopmentItem, Document, PlanContribution, Section, StrategicPlan
from reporting import asking, deadlines
from reporting.models import ReportingRound
from reporting.opening import open_round
from scorecards.models import (
    Indicator,
    KeyFigureColumn,
    KeyFigureRow,
    KeyFigureTable,
    Observation,
    Scorecard,
    ScorecardColumn,
    ScorecardGroup,
    ScorecardRow,
)
from scorecards.registration import register
from staffing.models import StaffingFigure

YEAR = 2024


def year_period(year: int = YEAR) -> Period:
    """The calendar year."""
    return Period.objects.for_span(periods.year(year))


def open_tertial(
    *, top: Unit, units: Iterable[Unit], of: str = f"{YEAR}-T2", days_left: int = 7, **facts: Any
) -> ReportingRound:
    """A round for a tertial, with the same deadline for all; `days_left` may be below 0."""
    period = Period.objects.for_span(periods.parse(of))
    due_at = deadlines.end_of(timezone.localdate() + datetime.timedelta(days=days_left))
    due = dict.fromkeys(("department_due_at", "unit_due_at", "sector_due_at"), due_at)
    frequencies = asking.usual_frequencies(period.kind)
    facts = {"frequencies": frequencies, "grace_days": 0} | due | facts
    return open_round(round_=ReportingRound(period=period, unit=top, **facts), units=units, by=None)


@dataclass(frozen=True)
class AreaWork:
    """A service area with one of everything."""

    area: ServiceArea
    chapter: Section
    text: Section
    function: AreaFunction
    service: Service
    target_group: TargetGroup
    delivery: Delivery
    development: DevelopmentItem
    card: Scorecard
    row: ScorecardRow
    result: Observation
    table: KeyFigureTable


@dataclass(frozen=True)
class Workplace:
    """The document, the chapter of each sector, the common chapter, and what belongs to the whole municipality."""

    document: Document
    schools: AreaWork
    care: AreaWork
    common: Section
    plan: StrategicPlan
    investments: InvestmentPlan
    project: InvestmentProject
    staffing: StaffingFigure

    @classmethod
    def build(cls, *, top: Unit, schools: Unit, care: Unit) -> "Workplace":
        """Write it all to the database."""
        document = Document.objects.create(
            slug="plan", kind="annual-plan", title="Virksomhetsplan", year=YEAR, unit=top
        )
        chapter = {"document": document, "heading": "Om planen", "slug": "om-planen"}
        common = create(Section(**chapter, unit=top, position=1), by=None)
        plan = StrategicPlan.objects.create(slug="oppvekst", name="Oppvekst", position=1)
        investments = create(InvestmentPlan(slug="vann", title="Vann og avløp", unit=top), by=None)
        project = create(InvestmentProject(plan=investments, name="Ny ledning", position=1), by=None)
        InvestmentAmount.objects.create(project=project, year=YEAR, amount=Decimal(1_500_000))
        work = [_work(document, unit, position) for position, unit in enumerate((schools, care), start=2)]
        create(PlanContribution(plan=plan, area=work[0].area, year=YEAR), by=None)
        counted = {"counted_on": datetime.date(YEAR, 1, 1)}
        StaffingFigure.objects.create(unit=care, fte=Decimal("664.4"), **counted)
        staffing = create(StaffingFigure(unit=schools, fte=Decimal("439.8"), **counted), by=None)
        return cls(document, work[0], work[1], common, plan, investments, project, staffing)


def _work(document: Document, unit: Unit, position: int) -> AreaWork:
    name = unit.slug.capitalize()
    area = ServiceArea.objects.create(
        municipality=unit.municipality, unit=unit, name=name, slug=unit.slug, position=position
    )
    place = {"document": document, "unit": unit}
    chapter = create(Section(**place, heading=name, slug=unit.slug, area=area, position=position), by=None)
    text = create(Section(**place, parent=chapter, heading="Om", body="<p>Slik det var.</p>", position=1), by=None)
    for number, block in enumerate(("scorecard", "functions-and-services", "target-groups"), start=2):
        create(Section(**place, parent=chapter, kind="block", block=block, position=number), by=None)
    kostra = KostraFunction.objects.create(code=f"20{position}", name=f"Funksjon for {name}")
    function = create(AreaFunction(area=area, name=f"Drift av {name}", position=1), by=None)
    function.functions.add(kostra)
    row, result = _card(unit, area)
    return AreaWork(
        area=area,
        chapter=chapter,
        text=text,
        function=function,
        service=create(Service(area_function=function, name="drift", position=1), by=None),
        target_group=create(TargetGroup(area=area, text="alle", position=1), by=None),
        delivery=create(Delivery(area=area, unit=unit, text="drifter", position=1), by=None),
        development=create(DevelopmentItem(area=area, unit=unit, year=YEAR, text="utvikle", position=1), by=None),
        card=row.scorecard,
        row=row,
        result=result,
        table=_table(area, row.indicator),
    )


def _card(unit: Unit, area: ServiceArea) -> tuple[ScorecardRow, Observation]:
    card = create(Scorecard(slug=f"malekort-{area.slug}", title="Målekort", year=YEAR, unit=unit, area=area), by=None)
    for position, (kind, label) in enumerate((("result", "Resultat"), ("target", "Mål")), start=1):
        ScorecardColumn.objects.create(scorecard=card, position=position, label=label, kind=kind, period=year_period())
    create(ScorecardGroup(scorecard=card, title="Kvalitet", position=1), by=None)
    row = add_row(card, "Trivsel", owner=unit)
    result = register(indicator=row.indicator, period=year_period(), kind="result", text="4,5", by=None)
    return row, result


def add_row(card: Scorecard, name: str, *, owner: Unit) -> ScorecardRow:
    """One more row, last in the scorecard's group."""
    group = card.groups.get()
    slug = f"{card.slug}-{card.rows.count()}"
    indicator = create(Indicator(slug=slug, name=name, owner=owner), by=None)
    place = {"scorecard": card, "group": group, "position": card.rows.count() + 1}
    row: ScorecardRow = create(ScorecardRow(**place, indicator=indicator), by=None)
    return row


def _table(area: ServiceArea, indicator: Indicator) -> KeyFigureTable:
    facts = {"slug": f"tall-{area.slug}", "caption": "Nøkkeltall", "year": YEAR, "position": 1}
    table: KeyFigureTable = create(KeyFigureTable(area=area, **facts), by=None)
    KeyFigureColumn.objects.create(table=table, position=1, label=f"{YEAR}", period=year_period())
    KeyFigureRow.objects.create(table=table, position=1, label="Trivsel", indicator=indicator)
    return table
