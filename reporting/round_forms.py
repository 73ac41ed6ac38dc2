"""Forms for opening a round, changing one that runs, and adding units to it. Deadlines are typed as days."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db import transaction
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Period, Unit, User
from reporting import asking, deadlines, gathering_document, proposing
from reporting.economy.forms import EconomyAskedForm
from reporting.models import ReportingRound
from reporting.opening import open_round
from scorecards.models import Indicator

FREQUENCIES = [*Indicator.Frequency.choices, (asking.NOT_SAID, gettext_lazy("Ikke oppgitt"))]
DAY = "%d.%m.%Y"
FEW_LINES = forms.Textarea(attrs={"rows": 4})


class DueField(forms.DateField):
    """A deadline: typed as the last day, kept as the instant when that day is over."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def prepare_value(self, value: Any) -> Any:
        """The day of an instant; what was typed as it stands."""
        return deadlines.day_of(value) if isinstance(value, datetime.datetime) else value

    def clean(self, value: Any) -> datetime.datetime | None:
        """The instant when the day is over."""
        day = super().clean(value)
        return deadlines.end_of(day) if day else None


class DeadlinesForm(EconomyAskedForm):
    """The three deadlines, which come later the higher a unit stands."""

    department_due_at = DueField(label=gettext_lazy("Frist for avdelinger"))
    unit_due_at = DueField(label=gettext_lazy("Frist for enheter"))
    sector_due_at = DueField(label=gettext_lazy("Frist for sektorer og staber"))

    def clean(self) -> dict[str, Any]:
        """Departments no later than units, and units no later than sectors."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        department, unit, sector = (cleaned.get(name) for name in proposing.DEADLINES)
        if department and unit and unit < department:
            words = _("Enhetene kan ikke ha tidligere frist enn avdelingene, som har frist %(day)s.")
            self.add_error("unit_due_at", words % {"day": f"{deadlines.day_of(department):{DAY}}"})
        latest = max((one for one in (department, unit) if one), default=None)
        if latest and sector and sector < latest:
            words = _("Sektorene kan ikke ha tidligere frist enn de som leverer til dem, som har frist %(day)s.")
            self.add_error("sector_due_at", words % {"day": f"{deadlines.day_of(latest):{DAY}}"})
        return cleaned


class RoundForm(DeadlinesForm):
    """What can be changed while a round runs."""

    class Meta:
        model = ReportingRound
        fields = [
            "title", *proposing.DEADLINES, "grace_days", *proposing.ECONOMY_ASKED, "asks_measures", "instructions",
        ]  # fmt: skip
        widgets = {"instructions": FEW_LINES}

    def write_rest(self) -> None:
        """The document gathers what the round has begun to ask for."""
        super().write_rest()
        gathering_document.add_what_is_asked(self.instance)

    def shown(self, row: Any, name: str) -> Any:
        """A deadline is read as its day."""
        if name in proposing.DEADLINES:
            return f"{deadlines.day_of(getattr(row, name)):{DAY}}"
        return super().shown(row, name)


@dataclass(frozen=True)
class Branch:
    """A unit in the tree: how far in it stands, how many indicators it is asked for, and its box if it has one."""

    unit: Unit
    level: int
    asked: int
    box: BoundWidget | None

    @property
    def counts(self) -> bool:
        """Whether it is asked for something, is chosen, or is in the round already."""
        return bool(self.asked) or self.box is None or bool(self.box.data["selected"])


@dataclass(frozen=True)
class BranchGroup:
    """A sector with what stands under it. `idle` is what is neither asked for anything nor chosen, nor above such."""

    shown: list[Branch]
    idle: list[Branch]


class UnitTreeField(forms.MultipleChoiceField):
    """Units to choose from a tree. Gives the units themselves."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": gettext_lazy("Velg minst én enhet."),
        "invalid_choice": gettext_lazy("En av enhetene fantes ikke i perioden. Se over listen på nytt."),
    }
    tree: list[Unit]

    def offer(self, tree: list[Unit]) -> None:
        """Let the person choose among the units of the tree."""
        self.tree = tree
        self.choices = [(unit.pk, unit.name) for unit in tree]

    def clean(self, value: Any) -> list[Unit]:
        """The chosen units, in the order of the tree."""
        chosen = set(super().clean(value))
        return [unit for unit in self.tree if str(unit.pk) in chosen]


def branches_of(
    form: forms.BaseForm, period: Period, frequencies: list[str], *, taken: Collection[int] = ()
) -> list[Branch]:
    """The tree of a form's `units` as it is drawn; the taken ones have no box. Three queries."""
    tree = form.fields["units"].tree  # type: ignore[attr-defined]
    asked = asking.asked_of(tree, period, frequencies)
    boxes = {unit.pk: box for unit, box in zip(tree, form["units"].subwidgets, strict=True) if unit.pk not in taken}
    levels: dict[int | None, int] = {}
    for unit in tree:
        levels[unit.pk] = levels.get(unit.parent_id, -1) + 1
    return [Branch(unit, levels[unit.pk], len(asked.get(unit.pk, ())), boxes.get(unit.pk)) for unit in tree]


def grouped(branches: list[Branch]) -> list[BranchGroup]:
    """The tree in groups, one for each sector; those with nothing but idle units are one group, last."""
    parts: list[list[Branch]] = []
    for branch in branches:
        if branch.level <= 1:
            parts.append([])
        parts[-1].append(branch)
    groups = [_group(part) for part in parts]
    rest = [branch for group in groups if not group.shown for branch in group.idle]
    return [group for group in groups if group.shown] + ([BranchGroup([], rest)] if rest else [])


def _group(part: list[Branch]) -> BranchGroup:
    parents = {branch.unit.pk: branch.unit.parent_id for branch in part}
    kept: set[int] = set()
    for branch in part:
        unit: int | None = branch.unit.pk if branch.counts else None
        while unit in parents and unit not in kept:
            kept.add(unit)
            unit = parents[unit]
    shown = [branch for branch in part if branch.unit.pk in kept]
    return BranchGroup(shown, [branch for branch in part if branch.unit.pk not in kept])


class OpeningForm(DeadlinesForm):
    """A new round, filled in with what `proposing.propose` gives. `seen` is the newest round when the page was made."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    period = forms.ChoiceField(label=gettext_lazy("Periode"))
    frequencies = forms.MultipleChoiceField(
        label=gettext_lazy("Indikatorer som måles"),
        choices=FREQUENCIES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én.")},
    )
    units = UnitTreeField(label=gettext_lazy("Enheter som skal rapportere"))

    class Meta:
        model = ReportingRound
        fields = [
            "title", "frequencies", "asks_forecast", "asks_texts", *proposing.ECONOMY_ASKED, "asks_measures",
            *proposing.DEADLINES, "grace_days", "instructions",
        ]  # fmt: skip
        widgets = {"instructions": FEW_LINES}

    def __init__(self, data: Any = None, *, instance: ReportingRound, by: User, proposal: dict[str, Any]) -> None:
        newest = ReportingRound.objects.order_by("-pk").values_list("pk", flat=True).first()
        super().__init__(data, instance=instance, by=by, initial=proposal | {"seen": newest or 0})
        self.spans = proposing.choices(timezone.localdate(), proposed=proposal["span"])
        self.span = self.spans.get(self["period"].value(), proposal["span"])
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (text, proposing.spoken(span)) for text, span in self.spans.items()
        ]
        tree = asking.units_in(proposing.unsaved(self.span), below=instance.unit)
        self.fields["units"].offer(tree)  # type: ignore[attr-defined]

    @cached_property
    def groups(self) -> list[BranchGroup]:
        """The tree of units for the period and the frequencies that stand in the form."""
        return grouped(branches_of(self, proposing.unsaved(self.span), self["frequencies"].value() or []))

    @cached_property
    def open_already(self) -> list[ReportingRound]:
        """Rounds for the same period that are open already."""
        rounds = ReportingRound.objects.open().filter(unit=self.instance.unit)
        same = {"period__kind": self.span.kind, "period__start": self.span.start, "period__end": self.span.end}
        return list(rounds.filter(**same).exclude(pk=self.instance.pk))

    def clean(self) -> dict[str, Any]:
        """The days are not past."""
        cleaned = super().clean()
        today = timezone.localdate()
        for name in proposing.DEADLINES:
            if cleaned.get(name) and deadlines.day_of(cleaned[name]) < today:
                self.add_error(name, _("Dagen er passert. Velg en dag fra og med i dag."))
        return cleaned

    @transaction.atomic
    def write(self) -> None:
        """Open the round. Sent twice from the same page, it is opened once: `instance` is then the one opened first."""
        Unit.objects.select_for_update(no_key=True).get(pk=self.instance.unit_id)
        round_ = self.instance
        round_.period = Period.objects.for_span(self.span)
        if first := self._sent_before():
            self.instance = first
            return
        round_.previous = proposing.round_before(self.span, top=round_.unit, last=round_.previous)
        open_round(round_=round_, units=self.cleaned_data["units"], by=self.by)

    def _sent_before(self) -> ReportingRound | None:
        seen = self.cleaned_data["seen"] or 0
        mine = ReportingRound.objects.filter(opened_by=self.by, pk__gt=seen)
        return mine.filter(title=self.instance.title, period=self.instance.period).first()


class UnitsForm(forms.Form):
    """Units to add to a round that runs: those that exist in its period and are not in it yet."""

    units = UnitTreeField(label=gettext_lazy("Enheter som skal rapportere"))

    def __init__(self, data: Any = None, *, round_: ReportingRound) -> None:
        super().__init__(data)
        self.round = round_
        self.fields["units"].offer(asking.units_in(round_.period, below=round_.unit))  # type: ignore[attr-defined]

    @cached_property
    def groups(self) -> list[BranchGroup]:
        """The tree of units; those that are in the round have no box."""
        taken = set(self.round.reports.order_by().values_list("unit", flat=True))
        return grouped(branches_of(self, self.round.period, self.round.frequencies, taken=taken))
