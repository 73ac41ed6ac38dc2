"""The economy of a unit's report in short, as it stands on the report's page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.economy.figures import Figures, figures, in_thousands
from reporting.economy.reading import FunctionEconomy, economy_of, is_over
from reporting.models import UnitReport


@dataclass(frozen=True)
class EconomySummary:
    """The sum of a report's functions, those whose deviation is to be explained, and what is not written.

    `functions` are all of them, each with its figures in 1 000 kroner as they are read, and `total` their sum. Where no
    forecast is decided, the one that the rule proposes is used.
    """

    functions: list[tuple[FunctionEconomy, Figures]]
    total: Figures

    @property
    def past(self) -> list[tuple[FunctionEconomy, Figures]]:
        """The functions whose deviation is so large that cause and action are asked for."""
        return [(one, shown) for one, shown in self.functions if one.is_past]

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.total) + 1

    @property
    def undecided(self) -> int:
        """How many functions have no forecast that the leader has decided."""
        return sum(one.lacks_forecast for one, _figures in self.functions)


def summary_of(report: UnitReport) -> EconomySummary | None:
    """The economy of the report; None where its round does not ask for it. Six queries, or none."""
    if not report.round.asks_economy:
        return None
    economies = economy_of(report)
    shown, total = in_thousands([one.year for one in economies], [one.expected for one in economies])
    year, expected = report.round.period.end.year, "" if is_over(report.round) else _("Prognose for året")
    *read, summed = (figures(one, year=year, expected=expected) for one in (*shown, total))
    return EconomySummary(list(zip(economies, read, strict=True)), summed)
