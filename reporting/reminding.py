"""Who is reminded of what: the rules.

- Reminded of are the reports that are still with their unit, in rounds that are open: never what is handed in, approved
  or locked for good.
- Three days before the last day, on the last day, and one, three and seven days after it, the owners are told: those
  who answer for the indicators that have no result yet, and the leaders of the unit.
- Where that does not help, three and seven days after the last day also the leaders above are told what is late below.
- Leaders are the active people who lead or approve in the unit itself or, where it has nobody, in the nearest unit
  above that has. The leaders above are found in the same way, from the unit over those leaders'.
- A person gets one mail a day, about everything that the person owes, and none where nothing is due. That it is one
  also when two runs go at once, is the matter of `reporting.sending`.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from organisation.leadership import LEADING
from organisation.models import User
from reporting.models import ReportingRound, ReportRow, ReportStep, UnitReport
from scorecards.ownership import People

DAYS_FROM_DEADLINE = (-3, 0, 1, 3, 7)
"""The days, counted from the last day before the deadline, on which a report is a reason to write."""

ABOVE_FROM = 3
"""From this day on, the leaders above are told as well."""

Told = Mapping[int, Collection[User]]


@dataclass(frozen=True)
class Mail:
    """What one person is to be told on a day: their own reports, those `due` among them, and what is late `below`.

    Reports are in the order of their deadlines. Due are those that are the reason why it is written.
    """

    person: User
    day: datetime.date
    own: list[UnitReport]
    due: list[UnitReport]
    below: list[UnitReport]


@dataclass(frozen=True)
class Outstanding:
    """The reports that are owed, by deadline, with `asked`, `answered` and `sent_back_with`.

    `owners` and `above` map each report's id to its owners and to the leaders above.
    """

    reports: list[UnitReport]
    owners: Told
    above: Told

    def on(self, day: datetime.date) -> list[Mail]:
        """The mails of a day, by the days from the deadline."""
        due = [one for one in self.reports if days_past(one, day) in DAYS_FROM_DEADLINE]
        return self._mails(day, due, [one for one in due if days_past(one, day) >= ABOVE_FROM])

    def late(self, round_: ReportingRound, day: datetime.date) -> list[Mail]:
        """Mails to the owners of what is late in the round, whatever the day."""
        return self._mails(day, [one for one in self.of(round_) if days_past(one, day) > 0], [])

    def of(self, round_: ReportingRound) -> list[UnitReport]:
        """The reports of one round."""
        return [one for one in self.reports if one.round_id == round_.pk]

    def following(self, round_: ReportingRound, day: datetime.date, *, told: Collection[int]) -> list[Mail]:
        """The next mails about the round, on the first day from this one that has any.

        `told` are the ids of the people who have got theirs on this day.
        """
        deadlines = {one.due_on for one in self.of(round_)}
        days = {on + datetime.timedelta(days=number) for on in deadlines for number in DAYS_FROM_DEADLINE}
        for later in sorted(one for one in days if one >= day):
            mails = [mail for mail in self.on(later) if _is_about(round_, mail)]
            if found := [mail for mail in mails if later > day or mail.person.pk not in told]:
                return found
        return []

    def _mails(self, day: datetime.date, due: list[UnitReport], late: list[UnitReport]) -> list[Mail]:
        own, below = _by_person(self.reports, self.owners), _by_person(late, self.above)
        people = {one.pk: one for found in (self.owners, self.above) for some in found.values() for one in some}
        mails = [
            Mail(
                person=person,
                day=day,
                own=own[pk],
                due=[one for one in own[pk] if one in due],
                below=[one for one in below[pk] if one not in own[pk]],
            )
            for pk, person in people.items()
        ]
        return sorted((one for one in mails if one.due or one.below), key=lambda one: (str(one.person), one.person.pk))


def days_past(report: UnitReport, day: datetime.date) -> int:
    """How many days after the last day before the deadline this day is; below 0 before it."""
    return (day - report.due_on).days


def _is_about(round_: ReportingRound, mail: Mail) -> bool:
    return any(one.round_id == round_.pk for one in (*mail.due, *mail.below))


def _by_person(reports: Iterable[UnitReport], people: Told) -> dict[int, list[UnitReport]]:
    found: dict[int, list[UnitReport]] = defaultdict(list)
    for report in reports:
        for person in people.get(report.pk, ()):
            found[person.pk].append(report)
    return found


def outstanding() -> Outstanding:
    """Everything that is owed in the open rounds, and who is told of it. The same few queries for any number."""
    reports = _owed()
    people = People()
    above = {one.pk: _leaders_above(one.unit_id, people) for one in reports}
    return Outstanding(reports, _owners(reports, people), above)


def _leaders_above(unit: int, people: People) -> list[User]:
    led = people.nearest(unit, *LEADING)
    return [] if led is None else people.leaders_of(people.above(led))


def _owed() -> list[UnitReport]:
    open_rounds = ReportingRound.objects.open()
    states = (UnitReport.State.OPEN, UnitReport.State.SENT_BACK)
    comments = ReportStep.objects.filter(report=OuterRef("pk"), kind=ReportStep.Kind.SENT_BACK).order_by("-at", "-pk")
    rows = (
        UnitReport.objects.filter(round__in=open_rounds, state__in=states, locked_at__isnull=True)
        .with_progress()
        .annotate(sent_back_with=Subquery(comments.values("comment")[:1]))
        .select_related("round__period", "unit__municipality")
    )
    return sorted(rows, key=lambda one: (one.due_at, one.unit.position, one.unit.name, one.pk))


def _owners(reports: list[UnitReport], people: People) -> dict[int, list[User]]:
    """The leaders of each report's unit, and those who answer for its indicators without a result, each once."""
    owners = {one.pk: dict.fromkeys(people.leaders_of(one.unit_id)) for one in reports}
    for row in ReportRow.objects.unanswered().filter(report__in=reports).select_related("indicator"):
        owners[row.report_id].update(dict.fromkeys(people.answering_for(row.indicator)))
    return {pk: list(found) for pk, found in owners.items()}
