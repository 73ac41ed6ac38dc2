"""Loading a case: investment plans with their projects and amounts."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from budget.models import InvestmentAmount, InvestmentFinancing, InvestmentPlan, InvestmentProject
from organisation.bulk import Facts, LoadingError, decimal, look_up, write
from organisation.models import Unit

FACTORS = {"kroner": Decimal(1), "tusen": Decimal(1_000), "millioner": Decimal(1_000_000)}
"""First word of a plan's price level ("millioner 2023-kr"), and how many kroner its printed 1 is."""


@transaction.atomic
def load_investments(*, plans: Sequence[Facts], place: str) -> None:
    """Write the investment plans that are not there.

    Amounts are stored in kroner, whatever unit they are printed in. A plan may say which of its years are `provisional`
    and what `financing` pays for it (kind and amounts by year), a project its `code`, `status` and `status_comment`.
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
        _load_financing(plan, facts, f"{place}, {plan.slug}")


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
            code=one.get("code", ""),
            status=_one_of(InvestmentProject.Status.values, one.get("status", ""), place),
            status_comment=one.get("status_comment", ""),
        )
        for position, (kind, group, one) in enumerate(said, start=1)
    ]
    made = write(InvestmentProject, projects)
    provisional = _provisional(facts, place)
    InvestmentAmount.objects.bulk_create(
        InvestmentAmount(project=project, year=year, amount=amount, is_provisional=year in provisional)
        for project, (_kind, _group, one) in zip(made, said, strict=True)
        for year, amount in _amounts(one["amounts"], facts["years"], factor, f"{place}, «{project.name}»")
    )


def _provisional(facts: Facts, place: str) -> set[int]:
    return {int(_year(year, facts["years"], place)) for year in facts.get("provisional", ())}


def _load_financing(plan: InvestmentPlan, facts: Facts, place: str) -> None:
    factor = _factor(plan.price_level, place)
    kinds = InvestmentFinancing.Kind.values
    rows = [
        InvestmentFinancing(plan=plan, kind=kind, position=kinds.index(kind) + 1, year=year, amount=amount)
        for one in facts.get("financing", ())
        for kind in [_one_of(kinds, one["kind"], place)]
        for year, amount in _amounts(one["amounts"], facts["years"], factor, f"{place}, «{kind}»")
    ]
    write(InvestmentFinancing, rows)


def _one_of(known: Sequence[str], said: str, place: str) -> str:
    if said and said not in known:
        raise LoadingError(f"{place}: «{said}» er ikke blant {', '.join(known)}.")
    return said


def _year(year: str, years: Sequence[str], place: str) -> str:
    if year not in years:
        raise LoadingError(f"{place}: året {year} er ikke blant planens år {', '.join(years)}.")
    return year


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
        yield int(_year(year, years, place)), decimal(text, place=place) * factor
