"""Example data of the demo: frames that tie to the made-up ledger, measures, and projects that the ledger invests in.

`example_money.yaml` of a case says what there is to be. All of it says «Eksempel» wherever it is shown.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from budget.models import BudgetLine, Frame, FrameChange, InvestmentProject
from budget.rounding import THOUSAND
from elverum.examples.budget import ExampleProject
from elverum.examples.posts import GROWTH
from organisation import periods
from organisation.access import line_up
from organisation.bulk import Facts, LoadingError, decimal, functions_by_code, look_up, write
from organisation.models import Unit
from organisation.versions import save_version
from plans.measures.figures import Figures
from plans.measures.saving import follow_up, save_measure
from plans.models import Measure, StrategicPlan
from scorecards.models import Indicator

FIGURES = {"amount?": str, "fte?": str}
SHAPE: dict[str, Any] = {
    "successors?": {str: [str]},
    "investments?": [
        {"plan": str, "project": str, "code": str, "function": str, "art": str, "amounts": {str: str}},
    ],
    "frames?": [{"unit": str, "year": str, "changes": [{"kind": str, "reason": str, "amount": str}]}],
    "measures?": [
        {
            "title": str,
            "unit": str,
            "function": str,
            "why": str,
            "indicator?": str,
            "plan?": str,
            "effects": {str: FIGURES},
            "statuses": [{"period": str, "status": str, "comment": str, "given?": FIGURES}],
        }
    ],
}
"""What the file may hold, as `elverum.case_shapes` has it for the other files."""

PLACE = "example_money.yaml"
MARK = "Eksempel:"
REASON = "Eksempeldata"
GROWN = "Eksempel: Lønns- og prisvekst"
DECISION, DECIDED_ON = "Eksempel: vedtaket om budsjett 2024", datetime.date(2023, 12, 13)
GOALS = {"indicator": "indikatoren", "plan": "planen"}
ROUND = 100 * THOUSAND
NOTHING = Decimal(0)


@transaction.atomic
def number_example_projects(*, facts: Facts) -> list[ExampleProject]:
    """Give the projects that the file names a number in the accounts, where they have none.

    Returns them as the ledger takes them: with the amounts of the file, and the plan's own in the plan's years. Raises
    `LoadingError`.
    """
    rows = InvestmentProject.objects.select_related("plan__unit").prefetch_related("amounts")
    known = {(one.plan.slug, one.name): one for one in rows}
    return [_numbered(known, one) for one in facts.get("investments", ())]


def _numbered(known: Mapping[tuple[str, str], InvestmentProject], said: Facts) -> ExampleProject:
    project = known.get((said["plan"], said["project"]))
    if project is None:
        raise LoadingError(f"{PLACE}: prosjektet «{said['project']}» finnes ikke i planen «{said['plan']}».")
    if not project.code:
        project.code = said["code"]
        save_version(project, base_version=project.version, by=None, reason=REASON)
    amounts = {int(year): decimal(amount, place=PLACE) for year, amount in said["amounts"].items()}
    amounts |= {one.year: one.amount for one in project.amounts.all()}
    return ExampleProject(project.code, project.plan.unit.slug, said["function"], said["art"], amounts)


@transaction.atomic
def load_example_money(*, unit: Unit, facts: Facts) -> None:
    """Write the frames and measures of the file for the municipality `unit`, after its ledger.

    Does nothing where there are frames or measures already. Raises `LoadingError`.
    """
    there = {"unit__municipality": unit.municipality_id}
    if Frame.objects.filter(**there).exists() or Measure.objects.filter(**there).exists():
        return
    units: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    _load_measures(facts.get("measures", ()), units)
    _Frames(facts.get("frames", ()), units, facts.get("measures", ())).load()


def _load_measures(measures: Sequence[Facts], units: Mapping[str, Unit]) -> None:
    goals: dict[str, Mapping[str, Any]] = {
        "indicator": Indicator.objects.in_bulk(field_name="slug"),
        "plan": StrategicPlan.objects.in_bulk(field_name="slug"),
    }
    functions = functions_by_code()
    for said in measures:
        measure = _measure(said)
        measure.unit = look_up(units, said["unit"], what="enheten", place=PLACE)
        measure.function = look_up(functions, said["function"], what="KOSTRA-funksjonen", place=PLACE)
        for name in goals.keys() & said.keys():
            setattr(measure, name, look_up(goals[name], said[name], what=GOALS[name], place=PLACE))
        planned = {int(year): _figures(effect) for year, effect in said["effects"].items()}
        save_measure(measure=measure, planned=planned, base_version=None, by=None)
        _follow_up(measure, said["statuses"])


def _measure(said: Facts) -> Measure:
    if not said["title"].startswith(MARK):
        raise LoadingError(f"{PLACE}: «{said['title']}» begynner ikke med «{MARK}».")
    return Measure(title=said["title"], why=said["why"], decision=DECISION, decided_on=DECIDED_ON)


def _follow_up(measure: Measure, statuses: Sequence[Facts]) -> None:
    for said in statuses:
        follow_up(
            measure=measure,
            span=periods.parse(said["period"]),
            status=said["status"],
            comment=said["comment"],
            achieved=_figures(said.get("given", {})),
            base_version=measure.version,
            by=None,
        )


def _figures(said: Mapping[str, str]) -> Figures:
    return Figures(*(decimal(said[name], place=PLACE) if name in said else None for name in ("amount", "fte")))


class _Frames:
    """The frames of some years, each from the one before, with what its measures change."""

    def __init__(self, frames: Sequence[Facts], units: Mapping[str, Unit], measures: Sequence[Facts]) -> None:
        self.units, self.measures = units, measures
        self.said = {
            (look_up(units, one["unit"], what="enheten", place=PLACE).pk, int(one["year"])): one for one in frames
        }
        self.parents = {one.pk: one.parent_id for one in units.values()}
        self.before: dict[int, Decimal] = {}

    def load(self) -> None:
        """Write them, year by year."""
        for year in sorted({year for _unit, year in self.said}):
            budgets = self._budgets(year)
            for unit, of in self.said:
                if of == year:
                    self._load(unit, year, budgets.get(unit, NOTHING))

    def _load(self, unit: int, year: int, budget: Decimal) -> None:
        """A frame that comes to the budget: wages and prices are what the other changes leave."""
        opening = self.before.get(unit) or (budget / (1 + GROWTH) / ROUND).to_integral_value() * ROUND
        changes = [*self._by_measures(unit, year), *self._of_file(unit, year)]
        grown = budget - opening - sum((one.amount for one in changes), NOTHING)
        changes.insert(0, FrameChange(kind=FrameChange.Kind.WAGES_AND_PRICES, reason=GROWN, amount=grown))
        [frame] = write(Frame, [Frame(unit_id=unit, year=year, opening=opening, comment=f"{MARK} Oppdiktede tall.")])
        for position, change in enumerate(changes, start=1):
            change.frame, change.position = frame, position
        write(FrameChange, changes)
        self.before[unit] = budget

    def _of_file(self, unit: int, year: int) -> Iterable[FrameChange]:
        for one in self.said[unit, year]["changes"]:
            amount = decimal(one["amount"], place=PLACE)
            yield FrameChange(kind=FrameChange.Kind(one["kind"]), reason=one["reason"], amount=amount)

    def _by_measures(self, unit: int, year: int) -> Iterable[FrameChange]:
        """What each measure under the frame changes from the year before."""
        for one in self.measures:
            effects = {int(of): _figures(effect).amount or NOTHING for of, effect in one["effects"].items()}
            change = effects.get(year, NOTHING) - effects.get(year - 1, NOTHING)
            if change and self._framed(self.units[one["unit"]].pk, year) == unit:
                yield FrameChange(kind=FrameChange.Kind.MEASURES, reason=one["title"], amount=change)

    def _budgets(self, year: int) -> dict[int, Decimal]:
        """The original operating budget by the nearest unit with a frame."""
        lines = BudgetLine.objects.of_year(year).filter(
            layer=BudgetLine.Layer.ORIGINAL, account_class=BudgetLine.Account.OPERATIONS
        )
        found: dict[int, Decimal] = defaultdict(Decimal)
        for unit, amount in lines.order_by().values_list("unit").annotate(Sum("amount")):
            framed = self._framed(unit, year)
            if framed is not None:
                found[framed] += amount
        return found

    def _framed(self, unit: int, year: int) -> int | None:
        """The nearest unit with a frame in the year, at or above this one."""
        return next((one for one in line_up(unit, self.parents) if (one, year) in self.said), None)
