"""Which unit's report tells of what happens in which unit."""

from organisation.access import line_up
from organisation.models import Unit
from reporting.models import ReportingRound, UnitReport


class Answering:
    """Which report of a round answers for which unit: the unit's own, else that of the nearest above. Two queries.

    `reporting` is unit id → the id of its report.
    """

    def __init__(self, round_: ReportingRound) -> None:
        self.parents = Unit.objects.parents()
        self.reporting = dict(UnitReport.objects.filter(round=round_).order_by().values_list("unit", "pk"))

    def for_unit(self, unit: int) -> int | None:
        """The unit whose report answers for this one; None where none does."""
        return next((one for one in line_up(unit, self.parents) if one in self.reporting), None)

    def units_of(self, unit: int) -> list[int]:
        """The units that the report of this one answers for."""
        return [one for one in self.parents if self.for_unit(one) == unit]
