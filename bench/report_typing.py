"""A leader's report: opening it with few and with many indicators, and saving a row against the value alone."""

from functools import partial

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.measuring import Deed, medians, show
from organisation import periods
from organisation.access import Role
from organisation.models import Membership, Period, Unit, User
from reporting import deadlines
from reporting.models import ReportingRound, ReportRow
from reporting.opening import open_round
from scorecards.models import Indicator, Scorecard, ScorecardGroup, ScorecardRow
from scorecards.registration import register

FEW, MANY = 20, 200


def measure(unit: Unit, *, runs: int) -> None:
    """Two reports of units of their own, made for this below `unit`. Saving is of one row, typed anew each time."""
    by = User.objects.create(username="maling")
    Membership.objects.create(user=by, role=Role.LEADER, unit=unit)
    client = Client()
    client.force_login(by)
    pages = {size: _report(unit, by, size) for size in (FEW, MANY)}
    rows = ReportRow.objects.select_related("indicator", "report__round__period")
    row = rows.filter(report__unit__slug=_slug(FEW))[0]
    deeds: dict[str, Deed] = {f"opening, {size} indicators": partial(client.get, page) for size, page in pages.items()}
    deeds["saving one row, the whole request"] = _Saving(client, row).save
    deeds["registering the value alone"] = _Saving(client, row).register
    show("A unit's report", medians(deeds, runs=runs), runs=runs)


class _Saving:
    """Saves another value each time, from the version that stands."""

    def __init__(self, client: Client, row: ReportRow) -> None:
        self.client, self.row, self.number = client, row, 0

    def _place(self) -> dict[str, object]:
        return {"indicator": self.row.indicator, "period": self.row.report.round.period, "kind": "result"}

    def _version(self) -> int:
        found = self.row.indicator.observations.filter(period=self.row.report.round.period, kind="result").first()
        return found.version if found else 0

    def save(self) -> None:
        self.number += 1
        name = f"value-{self.row.pk}"
        form = {name: f"{self.number}", f"base-{name}": f"{self._version()}"}
        self.client.post(reverse("reporting:row_save", args=[self.row.pk]), form)

    def register(self) -> None:
        self.number += 1
        register(
            indicator=self.row.indicator,
            period=self.row.report.round.period,
            kind="result",
            text=f"{self.number}",
            by=None,
            base_version=self._version(),
        )


def _slug(size: int) -> str:
    return f"maling-{size}"


def _report(top: Unit, by: User, size: int) -> str:
    """The address of a report with so many indicators."""
    facts = {"municipality": top.municipality, "parent": top, "kind": Unit.Kind.UNIT}
    unit = Unit.objects.create(**facts, name=f"Måling {size}", slug=_slug(size))
    year = timezone.localdate().year
    card = Scorecard.objects.create(slug=_slug(size), title="Måling", year=year, unit=unit)
    group = ScorecardGroup.objects.create(scorecard=card, title="Måling", position=1)
    for position in range(size):
        one = Indicator.objects.create(slug=f"maling-{size}-{position}", name=f"Mål {position}", owner=unit)
        ScorecardRow.objects.create(scorecard=card, group=group, indicator=one, position=position)
    period = Period.objects.for_span(periods.year(year))
    due = dict.fromkeys(("department_due_at", "unit_due_at", "sector_due_at"), deadlines.end_of(timezone.localdate()))
    round_ = ReportingRound(period=period, unit=top, frequencies=[""], **due)
    return open_round(round_=round_, units=[unit], by=by).reports.get().get_absolute_url()
