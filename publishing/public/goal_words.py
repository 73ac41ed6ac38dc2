"""What is said of a published goal in a list: how far it is from its target, and since when it is missed."""

from django.utils.translation import gettext as _

from organisation import periods
from organisation.numbers import show_number
from publishing.cells import HARD_SPACE
from publishing.models import PublishedFigure
from scorecards import notation


def percent_off(goal: PublishedFigure) -> str:
    """The distance in per cent of the target, without the sign; "" where there is none, or the target is 0."""
    if goal.distance is None or _is_of_nothing(goal):
        return ""
    return show_number(goal.distance * 100, decimals=1)


def distance_of(goal: PublishedFigure) -> str:
    """How far the result is from the target: «12,5 %» of it or, from the target 0, the number itself."""
    if goal.distance is None:
        return ""
    if _is_of_nothing(goal):
        return _("%(number)s fra målet") % {"number": show_number(goal.distance, decimals=1)}
    return f"{percent_off(goal)}{HARD_SPACE}%"


def _is_of_nothing(goal: PublishedFigure) -> bool:
    target = notation.parse(goal.target, as_text=True)
    return target.number == 0 and not target.upper


def since_of(goal: PublishedFigure) -> str:
    """«siden 2021» where a missed goal was missed in the periods before too, else ""."""
    if not goal.missed_since or goal.missed_since == goal.period:
        return ""
    return _("siden %(period)s") % {"period": periods.label_of(goal.missed_since)}


def period_of(goal: PublishedFigure) -> str:
    """The period of the result in words, or ""."""
    return periods.label_of(goal.period) if goal.period else ""
