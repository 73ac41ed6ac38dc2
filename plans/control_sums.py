"""The control's rules on sums and series: a printed sum that is not its rows', a step that looks like a misprint."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from budget.models import InvestmentPlan, InvestmentProject
from plans.findings import Finding, Scope
from scorecards.cells import Breakdown, CellKey, key_figure_cell, values_of
from scorecards.models import KeyFigureRow, KeyFigureTable, Observation
from staffing.models import StaffingFigure

# A measured series of people or cases seldom grows by 70 % in a year, and is seldom cut to less than 1/1.7.
# Small counts jump by chance.
STEP_FACTOR = Decimal("1.7")
SMALLEST_FOR_STEPS = Decimal(200)


class _Grid:
    """The key-figure tables of the scope with their numbers, fetched at once."""

    def __init__(self, scope: Scope) -> None:
        tables = KeyFigureTable.objects.filter(area__in=scope.area_ids, year=scope.year)
        self.tables = list(tables.select_related("area").with_axes())
        parents = {
            column.indicator_id for table in self.tables for column in table.columns.all() if column.indicator_id
        }
        self.breakdown = Breakdown.of(parents)
        keys = [key for table in self.tables for row in table.rows.all() for key in self.keys(table, row)]
        self.values = values_of(key.indicator_id for key in keys if key)

    def keys(self, table: KeyFigureTable, row: KeyFigureRow) -> list[CellKey | None]:
        return [key_figure_cell(table, row, column, self.breakdown) for column in table.columns.all()]

    def numbers(self, table: KeyFigureTable, row: KeyFigureRow) -> list[Decimal | None]:
        found = [self.values.get(key) if key else None for key in self.keys(table, row)]
        return [value.number if value else None for value in found]


def key_figures(scope: Scope) -> Iterator[Finding]:
    """A sum row that differs from the rows over it; a series that jumps from one year to the next."""
    grid = _Grid(scope)
    yield from _printed_sums(grid)
    yield from _steps(grid)


def _printed_sums(grid: _Grid) -> Iterator[Finding]:
    for table in grid.tables:
        above: list[list[Decimal | None]] = []
        for row in table.rows.all():
            numbers = grid.numbers(table, row)
            if not row.is_sum:
                above.append(numbers)
                continue
            for column, printed, parts in zip(table.columns.all(), numbers, zip(*above, strict=True), strict=True):
                added = sum((part for part in parts if part is not None), Decimal(0))
                if printed is not None and printed != added:
                    yield _sum_differs(
                        f"{table.slug}/{row.position}/{column.position}",
                        table.area.name,
                        (table.caption, column.label),
                        printed,
                        added,
                    )


def staffing_sum(scope: Scope) -> Iterator[Finding]:
    """The printed sum of full-time equivalents that differs from the units'."""
    printed: dict[object, Decimal] = {}
    added: dict[object, Decimal] = defaultdict(Decimal)
    for figure in StaffingFigure.objects.select_related("unit"):
        if figure.is_total:
            printed[figure.counted_on] = figure.fte
        else:
            added[figure.counted_on] += figure.fte
    for date, total in printed.items():
        if total != added[date]:
            yield _sum_differs(
                f"staffing/{date}", _("Bemanning"), (_("Årsverk"), f"{date:%d.%m.%Y}"), total, added[date]
            )


def investment_sums(scope: Scope) -> Iterator[Finding]:
    """A year's printed sum that differs from the plan's projects; an estimate that differs from the project's years."""
    for plan in InvestmentPlan.objects.prefetch_related("projects__amounts"):
        added: dict[int, Decimal] = defaultdict(Decimal)
        printed: dict[int, Decimal] = {}
        for project in plan.projects.all():
            amounts = {amount.year: amount.amount for amount in project.amounts.all()}
            if project.kind == InvestmentProject.Kind.TOTAL:
                printed = amounts
                continue
            for year, amount in amounts.items():
                added[year] += amount
            if project.estimate is not None and project.estimate != sum(amounts.values()):
                yield _sum_differs(
                    f"estimate/{project.pk}",
                    plan.title,
                    (project.name, _("Kostnadsanslag")),
                    project.estimate,
                    sum(amounts.values(), Decimal(0)),
                )
        for year, total in printed.items():
            if total != added[year]:
                yield _sum_differs(f"{plan.slug}/{year}", plan.title, (_("Sum"), f"{year}"), total, added[year])


def _steps(grid: _Grid) -> Iterator[Finding]:
    series: dict[int, dict[int, Observation]] = defaultdict(dict)
    for key, value in grid.values.items():
        if key.span.kind == "year" and value.number:
            series[key.indicator_id][key.span.start.year] = value
    places = {row.indicator_id: (table, row) for table in grid.tables for row in table.rows.all() if row.indicator_id}
    for indicator, (table, row) in places.items():
        years = sorted(series[indicator].items())
        for (_before, one), (year, other) in pairwise(years):
            low, high = sorted((one.number or Decimal(0), other.number or Decimal(0)))
            if high >= SMALLEST_FOR_STEPS and low > 0 and high / low > STEP_FACTOR:
                yield Finding(
                    "step",
                    f"{table.slug}/{row.position}/{year}",
                    table.area.name,
                    _("«%(name)s» går fra %(one)s til %(other)s i %(year)s. Er det riktig?")
                    % {"name": row.label, "one": one.text, "other": other.text, "year": year},
                )


def _sum_differs(subject: str, place: str, what: tuple[str, str], printed: Decimal, added: Decimal) -> Finding:
    name, column = what
    message = _("%(name)s, %(column)s: summen er trykt som %(printed)s, men radene gir %(added)s.")
    return Finding(
        "sum-differs",
        subject,
        place,
        message % {"name": name, "column": column, "printed": _plain(printed), "added": _plain(added)},
    )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
