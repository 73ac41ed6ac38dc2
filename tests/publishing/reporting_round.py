"""What the tests of reports do with a round: report a result, say something of it, have it approved."""

from typing import Any

from organisation.models import Period, User
from plans.models import Section
from publishing.building import contents
from publishing.structure import Chapter, Row, Table
from reporting import handing_in
from reporting.models import ReportingRound, ReportRow, UnitReport
from scorecards.models import Indicator, Observation
from scorecards.registration import register
from tests.workplace import year_period


def set_goal(indicator: Indicator, target: str, direction: str = "higher") -> None:
    """What the indicator is to reach in the year."""
    Indicator.objects.filter(pk=indicator.pk).update(direction=direction)
    register(indicator=indicator, period=year_period(), kind="target", text=target, by=None)


def report_result(round_: ReportingRound, indicator: Indicator, text: str, **words: str) -> None:
    """Report the result of the round's period, and what the leaders say of it."""
    report_value(indicator, round_.period, text)
    ReportRow.objects.filter(report__round=round_, indicator=indicator).update(**words)


def report_value(indicator: Indicator, period: Period, text: str, kind: str = "result") -> None:
    """Register a value, over the one that is there."""
    found = Observation.objects.filter(indicator=indicator, period=period, kind=kind).first()
    base = found.version if found else 0
    register(indicator=indicator, period=period, kind=kind, text=text, base_version=base, by=None)


def approve(report: UnitReport, by: User) -> None:
    """Hand the report in and approve it."""
    step = handing_in.hand_in(report=report, by=by)
    handing_in.approve(report=report, seen_step=step.pk, by=by)


def report_of(round_: ReportingRound, unit: str) -> UnitReport:
    """The unit's report in the round."""
    report: UnitReport = round_.reports.get(unit__slug=unit)
    return report


def chapter(round_: ReportingRound, slug: str) -> Chapter:
    """A chapter of the round's document as it stands now."""
    built = contents.build(round_.document, chapter=slug)
    return next(one for one in built.chapters if one.slug == slug)


def items(round_: ReportingRound, slug: str, heading: str) -> Any:
    """What stands directly under a heading of the chapter."""
    return next(section.items for section in chapter(round_, slug).sections if section.heading == heading)


def table(round_: ReportingRound, slug: str, block: str) -> Table:
    """The chapter's table of that block."""
    return next(table for table in chapter(round_, slug).tables() if table.kind == block)


def goal_row(round_: ReportingRound, slug: str = "skole") -> Row:
    """The first goal of the chapter's reported scorecard."""
    return next(table(round_, slug, Section.Block.REPORTED_SCORECARD).rows())
