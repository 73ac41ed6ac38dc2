"""What the ledger holds for a person: which years, and how far each has come."""

from collections.abc import Collection
from dataclasses import dataclass

from budget.ledger.summing import WHOLE_YEAR, Layer
from budget.models import BudgetLine


@dataclass(frozen=True)
class Extent:
    """The years that have lines, and the last month with accounts of each year and account."""

    years: tuple[int, ...]
    accounted: dict[tuple[int, str], int]

    @classmethod
    def of(cls, units: Collection[int]) -> "Extent":
        """Of the lines of these units. One query."""
        names = ("plan_year", "layer", "account_class", "period__start", "period__end")
        rows = BudgetLine.objects.filter(unit__in=units).order_by().values_list(*names).distinct()
        # The years are compared here: asked of SQLite, the year of a date costs ten times all the rest.
        found = sorted((row for row in rows if row[3].year == row[0]), key=lambda row: row[4])
        months = {(year, account): end.month for year, layer, account, _start, end in found if layer == Layer.ACTUAL}
        return cls(tuple(sorted({row[0] for row in found}, reverse=True)), months)

    @property
    def newest(self) -> int | None:
        """The last year with accounts; where none has, the last with anything."""
        return max((year for year, _account in self.accounted), default=max(self.years, default=None))

    def months(self, year: int, account: str) -> int:
        """The last month with accounts, in the account or else in the other; December where there are none."""
        others = [month for (one, _account), month in self.accounted.items() if one == year]
        return self.accounted.get((year, account)) or max(others, default=WHOLE_YEAR)
