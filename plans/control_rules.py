"""The rules of the control.

Each takes the document's scope and gives its findings; each makes a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.models import AreaFunction
from plans.control_sums import investment_sums, key_figures, staffing_sum
from plans.findings import Finding, Scope
from plans.models import Section, StrategicPlan
from scorecards.models import Indicator, Observation, ScorecardRow

HUNDRED = Decimal(100)


def expired_functions(scope: Scope) -> Iterator[Finding]:
    """A KOSTRA function that is not valid in the document's year."""
    rows = AreaFunction.objects.in_year(scope.year).filter(area__in=scope.area_ids).select_related("area")
    for row in rows.prefetch_related("functions"):
        for function in row.functions.all():
            if not function.is_valid_in(scope.year):
                yield Finding(
                    "function-not-valid",
                    f"{row.area.slug}/{function.code}",
                    row.area.name,
                    _("Funksjon %(code)s gjelder ikke i %(year)s. Se KOSTRA-veilederen for funksjonene som gjelder.")
                    % {"code": function.code, "year": scope.year},
                )


def expired_plans(scope: Scope) -> Iterator[Finding]:
    """A plan in the matrix that ended before the document's year."""
    for plan in StrategicPlan.objects.filter(contributions__year=scope.year, ends__lt=scope.year).distinct():
        yield Finding(
            "plan-expired",
            plan.slug,
            _("Planer og tjenesteområder"),
            _("Planen «%(plan)s» gikk ut i %(year)s.") % {"plan": plan.name, "year": plan.ends},
        )


def empty_sections(scope: Scope) -> Iterator[Finding]:
    """A section with a heading and nothing under it."""
    parents = {section.parent_id for section in scope.sections}
    for section in scope.sections:
        if section.kind == Section.Kind.TEXT and not section.body and section.pk not in parents:
            yield Finding(
                "section-empty",
                f"{section.pk}",
                section.chapter.heading,
                _("Avsnittet «%(heading)s» har ingen tekst.") % {"heading": section.heading},
            )


def scorecard_rows(scope: Scope) -> Iterator[Finding]:
    """A target with no direction; an indicator with no target for the document's year."""
    rows = list(
        ScorecardRow.objects.filter(
            Q(scorecard__area__in=scope.area_ids) | Q(scorecard__area=None, scorecard__unit=scope.document.unit_id),
            scorecard__year=scope.year,
        )
        .select_related("indicator", "scorecard__area", "scorecard__unit")
        .order_by("scorecard__area__position", "group__position", "position")
    )
    targets = dict(
        Observation.objects.filter(
            indicator__in={row.indicator_id for row in rows}, kind=Observation.Kind.TARGET, period__end__year=scope.year
        ).values_list("indicator_id", "text")
    )
    for row in rows:
        place = str(row.scorecard.area or row.scorecard.unit)
        if not targets.get(row.indicator_id):
            yield Finding(
                "no-target",
                row.indicator.slug,
                place,
                _("«%(name)s» har ikke mål for %(year)s.") % {"name": row.name, "year": scope.year},
            )
        elif not row.indicator.direction:
            yield Finding(
                "no-direction",
                row.indicator.slug,
                place,
                _("«%(name)s» har mål, men ingen retning. Si om høyere eller lavere er bedre.") % {"name": row.name},
            )


def twins_that_differ(scope: Scope) -> Iterator[Finding]:
    """The same measure printed with two values for the same period."""
    pairs = (
        Indicator.objects.filter(same_as__isnull=False, observations__isnull=False)
        .select_related("same_as", "owner")
        .distinct()
    )
    found: dict[int, dict[tuple[int, str], Observation]] = defaultdict(dict)
    ids = {pk for pair in pairs for pk in (pair.pk, pair.same_as_id)}
    for row in Observation.objects.filter(indicator__in=ids, reference_group=None).select_related("period"):
        found[row.indicator_id][row.period_id, row.kind] = row
    for one in pairs:
        for address, value in found[one.pk].items():
            other = found[one.same_as_id or 0].get(address)
            if other and value.text and other.text and value.number != other.number:
                yield Finding(
                    "two-values",
                    f"{one.slug}/{value.period}/{value.kind}",
                    str(one.owner),
                    _("«%(name)s» er %(one)s ett sted og %(other)s et annet sted for %(period)s.")
                    % {"name": one.name, "one": value.text, "other": other.text, "period": value.period},
                )


def odd_percentages(scope: Scope) -> Iterator[Finding]:
    """A share outside 0–100 %.

    A rate that may pass 100, such as debt in per cent of income, is accepted by a person.
    """
    rows = Observation.objects.filter(unit_of_measure="%", indicator__scorecard_rows__scorecard__year=scope.year)
    rows = rows.filter(Q(number__lt=0) | Q(number__gt=HUNDRED)).select_related("indicator__owner", "period").distinct()
    for row in rows:
        yield Finding(
            "percentage",
            f"{row.indicator.slug}/{row.period}/{row.kind}",
            str(row.indicator.owner),
            _("«%(name)s» er %(value)s for %(period)s.")
            % {"name": row.indicator.name, "value": row.text, "period": row.period},
        )


RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = (
    key_figures,
    staffing_sum,
    investment_sums,
    twins_that_differ,
    odd_percentages,
    scorecard_rows,
    expired_functions,
    expired_plans,
    empty_sections,
)

REPORT_RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = (
    twins_that_differ,
    odd_percentages,
    scorecard_rows,
    empty_sections,
)
"""The rules for a report, which shows goals and nothing else of what a plan shows."""
