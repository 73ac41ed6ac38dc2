"""The control's rules on measures: those nobody asked for, that give nothing, that nobody follows up, or do not tie."""

from collections.abc import Callable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from budget.rounding import THOUSAND
from organisation.models import Unit
from organisation.unit_tree import in_tree_order
from plans.findings import Finding, Scope
from plans.measures.figures import number
from plans.measures.frames import ties
from plans.models import Measure


def measures_without_goal(scope: Scope) -> Iterator[Finding]:
    """A measure that no goal and no plan asks for."""
    for measure in _of_the_year(scope).filter(indicator=None, plan=None):
        yield _finding(
            "measure-without-goal",
            measure,
            _("Tiltaket «%(measure)s» bidrar ikke til noe mål og kommer ikke fra noen plan. Velg et av dem."),
        )


def measures_without_effect(scope: Scope) -> Iterator[Finding]:
    """A measure that is to give neither kroner nor full-time equivalents, with no word on why it is done."""
    is_said = Q(effects__planned_amount__isnull=False) | Q(effects__planned_fte__isnull=False)
    silent = _within(scope).filter(why="").exclude(pk__in=Measure.objects.filter(is_said).order_by().values("pk"))
    for measure in silent:
        yield _finding(
            "measure-without-effect",
            measure,
            _("Tiltaket «%(measure)s» har ingen virkning i kroner eller årsverk, og ingen begrunnelse."),
        )


def measures_without_status(scope: Scope) -> Iterator[Finding]:
    """A measure of an earlier year that nobody has said anything of."""
    for measure in _within(scope).filter(effects__year__lt=scope.year, statuses=None).distinct():
        yield _finding(
            "measure-without-status",
            measure,
            _("Tiltaket «%(measure)s» skulle gi virkning før %(year)s, men ingen har meldt status."),
            year=scope.year,
        )


def measures_and_frames(scope: Scope) -> Iterator[Finding]:
    """Measures that do not add up to what the frame says of measures."""
    for tie in ties(_units(scope), years=[scope.year]):
        if tie.difference:
            said = {"unit": tie.unit, "year": tie.year}
            said |= {"frame": number(tie.in_frame / THOUSAND), "measures": number(tie.planned / THOUSAND)}
            yield Finding(
                "measures-differ-from-frame",
                f"{tie.unit.slug}/{tie.year}",
                tie.unit.name,
                _(
                    "Rammen til %(unit)s er endret med %(frame)s tusen kroner for tiltak i %(year)s, "
                    "men tiltakene gir %(measures)s tusen kroner."
                )
                % said,
            )


def _units(scope: Scope) -> list[int]:
    """The document's unit and those under it."""
    return [unit.pk for unit in in_tree_order(Unit.objects.all(), top=scope.document.unit)]


def _within(scope: Scope) -> "QuerySet[Measure]":
    return Measure.objects.filter(unit__in=_units(scope)).select_related("unit")


def _of_the_year(scope: Scope) -> "QuerySet[Measure]":
    """The measures that are to give something in the document's year, and those that say nothing of years."""
    return _within(scope).filter(Q(effects__year=scope.year) | Q(effects=None)).distinct()


def _finding(rule: str, measure: Measure, message: str, **said: object) -> Finding:
    return Finding(rule, f"{measure.pk}", measure.unit.name, message % {"measure": measure, **said})


MEASURE_RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = (
    measures_without_goal,
    measures_without_effect,
    measures_without_status,
    measures_and_frames,
)
