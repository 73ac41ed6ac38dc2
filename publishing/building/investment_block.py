"""An investment plan as a table, in millions of kroner: its projects and, where it is asked for, what pays for them.

What is built here is frozen, so its words are the document's own and are not translated; what a person is told is.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from budget.investments.millions import MILLION
from budget.investments.overview import Amounts, Year, financing_of, project_line, years_with_state
from budget.models import InvestmentFinancing, InvestmentPlan, InvestmentProject
from budget.rounding import apportioned
from organisation.numbers import show_number
from plans.models import Section
from publishing.building.material import Material
from publishing.building.place import LANGUAGE, MissingData, Place
from publishing.structure import Block, Column, Row, RowGroup, Table

TENTH = MILLION / 10
MARK = "*"
PROVISIONAL = "Foreløpig beløp."


@dataclass(frozen=True)
class Layout:
    """What every row of the table shares: its years, whether it tells how far a project has come, and its address."""

    years: list[Year]
    tells_status: bool
    anchor: str


def investments(place: Place, material: Material) -> Table:
    """The projects of an investment plan with amounts per year.

    Parameters: `plan` is its address; `status` and `financing`, where they say anything, ask for how far each project
    has come and for what pays for them. They are shown where there is any.
    """
    plan = _plan(place, material)
    projects = list(plan.projects.all())
    tells_status = bool(place.said("status", "")) and any(project.status for project in projects)
    financing = financing_of(plan.financing.all()) if place.said("financing", "") else {}
    years = years_with_state(projects, also={year for amounts in financing.values() for year in amounts})
    layout = Layout(years, tells_status, place.anchor)
    groups: dict[str, list[Row]] = defaultdict(list)
    for project in projects:
        groups[project.group].append(_project(project, layout))
    found = [RowGroup(tuple(rows), title=title) for title, rows in groups.items()]
    found += _financing(financing, layout)
    return Table(
        anchor=place.anchor,
        number=place.number,
        kind=place.section.block,
        caption=plan.title,
        row_heading="Tiltak og prosjekter",
        columns=_columns(layout),
        groups=tuple(found),
        footnotes=((MARK, PROVISIONAL),) if _has_marks(found) else (),
        unit_of_measure=plan.price_level,
        section=place.section.pk,
    )


def _plan(place: Place, material: Material) -> InvestmentPlan:
    slug = place.section.parameters.get("plan", "")
    plan = material.investments.get(slug)
    if plan is None:
        raise MissingData(_("Avsnittet viser til investeringsplanen «%(slug)s», som ikke finnes.") % {"slug": slug})
    return plan


def _columns(layout: Layout) -> tuple[Column, ...]:
    labels = (f"{year.number} (foreløpig)" if year.is_provisional else f"{year.number}" for year in layout.years)
    status = [Column("Status", "", "text")] if layout.tells_status else []
    years = (Column(label, "Tiltak, millioner kroner", "amount") for label in labels)
    return (*years, Column("Kostnadsanslag", "", "amount"), *status, Column("Kommentar", "", "text"))


def _project(project: InvestmentProject, layout: Layout) -> Row:
    found = project_line(project, layout.years).amounts
    printed = (f"{_printed(one.amount)} {MARK}" if one.is_marked else _printed(one.amount) for one in found)
    words = [_status(project), project.comment] if layout.tells_status else [project.comment]
    amounts = (*(one.amount for one in found), project.estimate)
    return Row(
        label=project.name,
        cells=(*printed, _printed(project.estimate), *words),
        values=(*map(_value, amounts), *(None for _word in words)),
        anchor=f"{layout.anchor}-{project.position}",
        is_sum=project.kind == InvestmentProject.Kind.TOTAL,
    )


def _status(project: InvestmentProject) -> str:
    with override(LANGUAGE):
        status = str(project.get_status_display()).capitalize() if project.status else ""
    return ". ".join(part for part in (status, project.status_comment) if part)


def _financing(by_kind: Mapping[str, Amounts], layout: Layout) -> list[RowGroup]:
    """What pays for the projects, rounded so that each year adds up to its sum; nothing where nothing is said."""
    if not by_kind:
        return []
    with override(LANGUAGE):
        names = [str(InvestmentFinancing.Kind(kind).label).capitalize() for kind in by_kind]
    columns = [_rounded([amounts.get(year.number) for amounts in by_kind.values()]) for year in layout.years]
    rows = (
        _financing_row(name, amounts, f"finansiering-{kind}", layout)
        for name, kind, amounts in zip(names, by_kind, zip(*columns, strict=True), strict=True)
    )
    sums = [sum((amount for amount in column if amount is not None), Decimal(0)) for column in columns]
    total = dataclasses.replace(_financing_row("Sum finansiering", sums, "finansiering-sum", layout), is_sum=True)
    return [RowGroup((*rows, total), title="Finansiering")]


def _rounded(amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Kroner in tenths of a million that add up; None stays None."""
    parts = iter(apportioned([amount for amount in amounts if amount is not None], unit=TENTH))
    return [None if amount is None else next(parts) * TENTH for amount in amounts]


def _financing_row(name: str, amounts: Sequence[Decimal | None], anchor: str, layout: Layout) -> Row:
    empty = ("",) * (3 if layout.tells_status else 2)
    return Row(
        label=name,
        cells=(*map(_printed, amounts), *empty),
        values=(*map(_value, amounts), *(None for _cell in empty)),
        anchor=f"{layout.anchor}-{anchor}",
    )


def _printed(amount: Decimal | None) -> str:
    return "" if amount is None else show_number(amount / MILLION, decimals=1)


def _value(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount / MILLION:f}"


def _has_marks(groups: Iterable[RowGroup]) -> bool:
    return any(cell.endswith(f" {MARK}") for group in groups for row in group.rows for cell in row.cells)


BUILDERS: dict[str, Callable[[Place, Material], Block]] = {Section.Block.INVESTMENTS: investments}
