"""Loading a case: investment plans with their projects and amounts."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from budget.models import InvestmentAmount, InvestmentPlan, InvestmentProject
from organisation.bulk import Facts, LoadingError, decimal, look_up, write
from organisation.models import Unit

FACTORS = {"kroner": Decimal(1), "tusen": Decimal(1_000), "millioner": Decimal(1_000_000)}
"""First word of a plan's price level ("millioner 2023-kr"), and how many kroner its printed 1 is."""


@transaction.atomic
def load_investments(*, plans: Sequence[Facts], place: str) -> None:
    """Write the investment plans that are not there.

    Amounts are stored in kroner, whatever unit they are printed in.
    """
    units: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    known = set(InvestmentPlan.objects.values_list("slug", flat=True))
    for facts in plans:
        if facts["slug"] in known:
            continue
        plan = InvestmentPlan(
            slug=facts["slug"],
            title=facts["title"],
            price_level=facts["price_level"],
            unit=look_up(units, facts["unit"], what="enheten", place=place),
        )
        write(InvestmentPlan, [plan])
        _load_projects(plan, facts, f"{place}, {plan.slug}")


def _load_projects(plan: InvestmentPlan, facts: Facts, place: str) -> None:
    factor = _factor(plan.price_level, place)
    said = list(_projects(facts))
    projects = [
        InvestmentProject(
            plan=plan,
            kind=kind,
            group=group,
            name=one.get("name") or one["label"],
            position=position,
            estimate=decimal(one["estimate"], place=place) * factor if "estimate" in one else None,
            comment=one.get("comment", ""),
        )
        for position, (kind, group, one) in enumerate(said, start=1)
    ]
    made = write(InvestmentProject, projects)
    InvestmentAmount.objects.bulk_create(
        InvestmentAmount(project=project, year=year, amount=amount)
        for project, (_kind, _group, one) in zip(made, said, strict=True)
        for year, amount in _amounts(one["amounts"], facts["years"], factor, f"{place}, «{project.name}»")
    )


def _factor(price_level: str, place: str) -> Decimal:
    unit = price_level.partition(" ")[0]
    if unit not in FACTORS:
        raise LoadingError(f"{place}: price_level må begynne med {', '.join(FACTORS)}.")
    return FACTORS[unit]


def _projects(facts: Facts) -> Iterator[tuple[str, str, Facts]]:
    for group in facts["groups"]:
        for project in group["projects"]:
            yield InvestmentProject.Kind.PROJECT, group["title"], project
    if "unallocated" in facts:
        yield InvestmentProject.Kind.UNALLOCATED, "", facts["unallocated"]
    if "total" in facts:
        yield InvestmentProject.Kind.TOTAL, "", facts["total"]


def _amounts(
    amounts: Mapping[str, str], years: Sequence[str], factor: Decimal, place: str
) -> Iterator[tuple[int, Decimal]]:
    for year, text in amounts.items():
        if year not in years:
            raise LoadingError(f"{place}: året {year} er ikke blant planens år {', '.join(years)}.")
        yield int(year), decimal(text, place=place) * factor
