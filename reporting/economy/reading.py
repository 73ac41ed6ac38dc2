"""The economy of a unit's report: each function with budget, accounts and forecast, and what the leader says of it.

It is the operating accounts alone that are reported on. A report answers for its unit, and for the units below that
have no report of their own in the round.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from budget.forecasting import MONTHS, Ground, Proposal, YearSoFar, propose
from budget.forecasts import years_so_far
from budget.models import BudgetLine, Forecast
from budget.variance import Threshold
from organisation.access import line_up
from organisation.models import KostraFunction
from reporting.answering import Answering
from reporting.models import ReportEconomy, ReportingRound, UnitReport


@dataclass(frozen=True)
class FunctionEconomy:
    """One function in a unit's report: the year so far, what the rule proposes, and what the leader has said.

    `is_past` says whether the deviation is so large that the round asks for cause and action. `said` and `forecast` are
    None until somebody writes them, and wherever they may not be shown.
    """

    function: KostraFunction
    year: YearSoFar
    proposal: Proposal
    is_past: bool
    said: ReportEconomy | None = None
    forecast: Forecast | None = None

    @property
    def expected(self) -> Decimal:
        """What the year is expected to end at, in kroner: decided, or else what the rule proposes."""
        return self.forecast.amount if self.forecast else self.proposal.amount

    @property
    def lacks_forecast(self) -> bool:
        """Whether nobody has decided what the year will end at, and it is not over."""
        return self.forecast is None and self.proposal.ground is not Ground.YEAR_OVER

    @property
    def lacks_explanation(self) -> bool:
        """Whether cause or action is asked for and not written."""
        return self.is_past and not (self.said and self.said.is_explained)


def is_over(round_: ReportingRound) -> bool:
    """Whether the year ends with the round's period, so that there is nothing to foresee."""
    return round_.period.end.month == MONTHS


def threshold_of(round_: ReportingRound) -> Threshold:
    """From what size the round asks for an explanation of a deviation."""
    return Threshold(percent=round_.deviation_percent, kroner=round_.deviation_kroner)


def economy_of(report: UnitReport) -> list[FunctionEconomy]:
    """The functions of the report in the order of their codes; none where there are no lines. Six queries.

    Its round must be loaded with the period.
    """
    units = Answering(report.round).units_of(report.unit_id)
    rows = _years(report.round, "function_id", units=units)
    said = ReportEconomy.objects.filter(report=report)
    forecasts = Forecast.objects.filter(unit=report.unit_id, period=report.round.period_id)
    return _told(report.round, {pk: year for (pk,), year in rows.items()}, said, forecasts)


def approved_economies(round_: ReportingRound, answering: Answering) -> dict[int, list[FunctionEconomy]]:
    """Unit id → the functions that its report answers for, with what is said in reports that are approved.

    Units that no report answers for stand by themselves. Of a report that is not approved there are the figures of the
    lines alone. Four queries.
    """
    below = [unit for unit in answering.parents if round_.unit_id in line_up(unit, answering.parents)]
    found: dict[int, dict[int, YearSoFar]] = defaultdict(lambda: defaultdict(YearSoFar))
    for (unit, function), year in _years(round_, "unit_id", "function_id", units=below).items():
        found[answering.for_unit(unit) or unit][function] += year
    approved = UnitReport.objects.filter(round=round_, state=UnitReport.State.APPROVED)
    said: dict[int, list[ReportEconomy]] = defaultdict(list)
    for row in ReportEconomy.objects.filter(report__in=approved).select_related("report__unit"):
        said[row.report.unit_id].append(row)
    forecasts: dict[int, list[Forecast]] = defaultdict(list)
    for one in Forecast.objects.filter(unit__in=approved.values("unit"), period=round_.period_id):
        forecasts[one.unit_id].append(one)
    functions = KostraFunction.objects.in_bulk({pk for years in found.values() for pk in years})
    return {unit: _told(round_, years, said[unit], forecasts[unit], functions) for unit, years in found.items()}


def _years(round_: ReportingRound, *names: str, units: list[int]) -> dict[tuple[Any, ...], YearSoFar]:
    lines: QuerySet[BudgetLine] = BudgetLine.objects.filter(unit__in=units, account_class=BudgetLine.Account.OPERATIONS)
    end = round_.period.end
    rows = years_so_far(lines, *names, year=end.year, months=end.month)
    return {key: year for key, year in rows.items() if not year.is_empty}


def _told(
    round_: ReportingRound,
    years: dict[int, YearSoFar],
    said: Iterable[ReportEconomy],
    forecasts: Iterable[Forecast],
    functions: dict[int, KostraFunction] | None = None,
) -> list[FunctionEconomy]:
    """The functions of one report, by their codes."""
    limit, months = threshold_of(round_), round_.period.end.month
    words = {row.function_id: row for row in said}
    decided = {one.function_id: one for one in forecasts}
    named = KostraFunction.objects.in_bulk(years) if functions is None else functions
    found = [
        FunctionEconomy(
            function=named[pk],
            year=year,
            proposal=propose(year, months=months),
            is_past=limit.is_passed(budget=year.budget_so_far, actual=year.actual),
            said=words.get(pk),
            forecast=decided.get(pk),
        )
        for pk, year in years.items()
    ]
    return sorted(found, key=lambda one: (one.function.code, one.function.pk))
