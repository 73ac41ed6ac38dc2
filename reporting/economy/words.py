"""How a proposed forecast was computed, in words that a leader can check with a calculator."""

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.forecasting import Ground
from organisation.periods import MONTHS
from reporting.economy.figures import printed
from reporting.economy.reading import FunctionEconomy

RHYTHM = gettext_lazy(
    "Regnskapet hittil, %(actual)s kr, er %(share)s %% av året hvis det går som i fjor. Etter %(month)s i "
    "fjor var det ført %(before)s kr av de %(whole)s kr som året endte på."
)
REST_OF_BUDGET = gettext_lazy(
    "Regnskapet hittil, %(actual)s kr, og budsjettet for månedene som er igjen, %(left)s kr. Fjoråret er ikke brukt:"
)
WHY_NOT = {
    Ground.NO_YEAR_BEFORE: gettext_lazy("Det er ikke noe regnskap for i fjor å regne etter."),
    Ground.NOTHING_YET: gettext_lazy("Det er ikke ført noe regnskap i år å regne ut fra."),
    Ground.TOO_LITTLE_BEFORE: gettext_lazy(
        "Etter %(month)s i fjor var det ført %(before)s kr av de %(whole)s kr som året endte på. "
        "Det er for lite å regne etter."
    ),
    Ground.MORE_THAN_ALL_BEFORE: gettext_lazy(
        "Etter %(month)s i fjor var det ført %(before)s kr, som er mer enn de %(whole)s kr året endte på."
    ),
    Ground.UNLIKE_BEFORE: gettext_lazy(
        "Etter %(month)s i fjor var det ført %(before)s kr. Det er så ulikt at fjoråret ikke sier noe om i år."
    ),
}


def reason(economy: FunctionEconomy, end: datetime.date) -> str:
    """How the forecast that the rule proposes was computed, and why so. `end` is the last day of the round's period."""
    year, ground = economy.year, economy.proposal.ground
    if ground is Ground.YEAR_OVER:
        return _("Året er over, så prognosen er regnskapet.")
    facts = {
        "month": MONTHS[end.month - 1],
        "share": printed(year.share_before, decimals=1),
        "actual": _kroner(year.actual),
        "left": _kroner(year.budget_left),
        "before": _kroner(year.year_before),
        "whole": _kroner(year.whole_year_before),
    }
    if ground is Ground.RHYTHM:
        return str(RHYTHM % facts)
    return f"{REST_OF_BUDGET % facts} {WHY_NOT[ground] % facts}"


def _kroner(amount: Decimal) -> str:
    return printed(amount)
