"""Who answers for an indicator, which indicators nobody answers for, and handing them over to someone else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.leadership import Leadership
from organisation.models import Unit, User
from organisation.versions import save_version
from scorecards.models import Indicator, ScorecardRow


class People(Leadership):
    """Who answers for the indicators. Two queries."""

    def entitled(self, indicator: Indicator) -> User | None:
        """The responsible person, where one is set who is still active and may still edit the unit."""
        editors = self.editors_of(indicator.owner_id)
        return next((one for one in editors if one.pk == indicator.responsible_id), None)

    def answering_for(self, indicator: Indicator) -> list[User]:
        """The people who answer for the indicator."""
        responsible = self.entitled(indicator)
        return [responsible] if responsible else self.leaders_of(indicator.owner_id)

    def is_missing(self, indicator: Indicator) -> bool:
        """Whether nobody answers for the indicator in the unit itself, or the one who did has left."""
        if indicator.responsible_id:
            return self.entitled(indicator) is None
        return not self.leaders_in(indicator.owner_id)


def answerable(indicators: Iterable[Indicator]) -> dict[int, list[User]]:
    """Indicator id → the people who answer for it; none only where no unit above has a leader. Two queries.

    That is the responsible person, if still active and entitled; else those who lead or approve in the unit that owns
    the indicator; else those of the nearest unit above it that has any.
    """
    people = People()
    return {one.pk: people.answering_for(one) for one in indicators}


@dataclass
class Gap:
    """Indicators of a unit that nobody answers for, all for one reason. `gone` is the person who has left, if any."""

    gone: User | None
    indicators: list[Indicator] = field(default_factory=list)

    @property
    def why(self) -> str:
        """The reason in words."""
        if self.gone is None:
            return _("Enheten har ingen leder, og ingen annen person er satt som ansvarlig.")
        if not self.gone.is_active:
            return _("%(person)s er satt som ansvarlig, men har sluttet.") % {"person": self.gone}
        return _("%(person)s er satt som ansvarlig, men kan ikke lenger skrive for enheten.") % {"person": self.gone}


@dataclass
class UnitGaps:
    """A unit with what nobody answers for in it, and the people above it who do so meanwhile."""

    unit: Unit
    meanwhile: list[User]
    gaps: dict[int | None, Gap] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many indicators."""
        return sum(len(gap.indicators) for gap in self.gaps.values())


def unanswered(user: User) -> list[UnitGaps]:
    """What nobody answers for in the units that the person publishes for, in the order of the organisation.

    Only what stands in a scorecard: a round asks for nothing else. Four queries.
    """
    people = People()
    in_use = Exists(ScorecardRow.objects.filter(indicator=OuterRef("pk")))
    rows = current(Indicator.objects.publishable_by(user)).filter(in_use).select_related("owner", "responsible")
    found: dict[int, UnitGaps] = {}
    for one in rows.order_by("name", "pk"):
        if people.is_missing(one):
            unit = found.setdefault(one.owner_id, UnitGaps(one.owner, people.leaders_of(one.owner_id)))
            unit.gaps.setdefault(one.responsible_id, Gap(one.responsible)).indicators.append(one)
    return sorted(found.values(), key=lambda one: people.place(one.unit.pk))


def current(rows: QuerySet, *, on: datetime.date | None = None) -> QuerySet:
    """The rows whose validity has not ended on the day; today where none is given."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on or timezone.localdate()))


@transaction.atomic
def hand_over(*, indicators: Iterable[Indicator], to: User | None, by: User) -> list[Indicator]:
    """Make `to` responsible for the indicators; None leaves them to the leader of the unit. Returns those changed.

    Raises `Conflict`, and changes nothing, where someone else saved one of them in the same moment.
    """
    whom = str(to) if to else _("enhetens leder")
    reason = _("Ansvaret er overført til %(whom)s") % {"whom": whom}
    changed = [one for one in indicators if one.responsible_id != (to.pk if to else None)]
    for one in changed:
        one.responsible = to
        save_version(one, base_version=one.version, by=by, reason=reason)
    return changed
