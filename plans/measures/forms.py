"""The forms for a measure and for its follow-up. Figures are typed in 1 000 kroner, without signs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.editing import VersionedForm
from organisation.models import KostraFunction, Unit, User
from organisation.periods import Span
from organisation.unit_tree import in_tree_order
from plans.measures import saving
from plans.measures.effect_fields import NEW, effect_fields, names_of, part_shown, refuse_both, typed_figures
from plans.measures.figures import Figures
from plans.measures.saving import achieved_of, planned_of
from plans.measures.standing import Standing, status_choices
from plans.models import Measure, MeasureEffect, MeasureStatus
from scorecards.models import Indicator

YEARS_AHEAD = 4
"""How many years an økonomiplan covers: the budget year and the three after it, as the law asks for at least."""

FIRST_YEAR, LAST_YEAR = 1900, 2200


class MeasureForm(VersionedForm):
    """A measure with what it is planned to give, year by year. An empty field is a year without effect."""

    new_year = forms.IntegerField(
        label=gettext_lazy("Et år til"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    class Meta:
        model = Measure
        fields = ["title", "group", "why", "unit", "function", "indicator", "plan", "decision", "decided_on"]
        help_texts = {
            "group": gettext_lazy("Tiltak med samme gruppe står samlet."),
            "why": gettext_lazy("Hva er problemet, og hva blir annerledes? Noen få setninger holder."),
        }
        widgets = {
            "why": forms.Textarea(attrs={"rows": 4}),
            "decided_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, data: Any = None, *, instance: Measure, by: User, first_year: int | None = None) -> None:
        super().__init__(data, instance=instance, by=by)
        effects = {one.year: one for one in instance.effects.all()} if instance.pk else {}
        self.years = years_shown(effects, first_year)
        for year in self.years:
            self.fields |= effect_fields(year, planned_of(effects.get(year)), said=f"{year}")
        self.fields |= effect_fields(NEW, Figures(), said=_("det året"))
        self._choose(by)

    def _choose(self, by: User) -> None:
        """What the person may choose among."""
        editable = set(Unit.objects.editable_by(by).values_list("pk", flat=True))
        units = [unit for unit in in_tree_order(Unit.objects.all()) if unit.pk in editable]
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=editable)
        field.choices = [("", "---------"), *((unit.pk, unit.name) for unit in units)]
        functions = KostraFunction.objects.filter(is_operational=True).in_year(self.years[0])
        own = KostraFunction.objects.filter(pk=self.instance.function_id)
        self.fields["function"].queryset = functions | own  # type: ignore[attr-defined]
        # The goal that is chosen stays, also where it is another unit's: it must not be lost when the rest is saved.
        chosen = Indicator.objects.filter(pk=self.instance.indicator_id)
        self.fields["indicator"].queryset = Indicator.objects.visible_to(by) | chosen  # type: ignore[attr-defined]

    @property
    def about(self) -> list[BoundField]:
        """The fields that say what the measure is."""
        return [self[name] for name in self._meta.fields or ()]

    @property
    def effect_rows(self) -> list[tuple[int, list[BoundField]]]:
        """Each year with its four fields."""
        return [(year, [self[name] for name in names_of(year)]) for year in self.years]

    @property
    def new_row(self) -> list[BoundField]:
        """The fields of one more year."""
        return [self[name] for name in ("new_year", *names_of(NEW))]

    def clean(self) -> dict[str, Any]:
        """Say what cannot be both; a year that is added must be new, and an amount must have a year."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for year in (*map(str, self.years), NEW):
            refuse_both(self, year)
        new_year = cleaned.get("new_year")
        if new_year in self.years:
            self.add_error("new_year", _("Året %(year)s står der allerede.") % {"year": new_year})
        if new_year is None and "new_year" not in self.errors and not typed_figures(cleaned, NEW).is_empty:
            self.add_error("new_year", _("Skriv hvilket år tallene gjelder."))
        return cleaned

    def write(self) -> None:
        """Write the measure and its years. Raises `Conflict`."""
        self.save(commit=False)
        typed = self.cleaned_data
        planned = {year: typed_figures(typed, year) for year in self.years}
        if new_year := typed["new_year"]:
            planned[new_year] = typed_figures(typed, NEW)
        base = typed["overwrite"] or typed["base_version"]
        saving.save_measure(measure=self.instance, planned=planned, base_version=base, by=self.by)

    def shown(self, row: Any, name: str) -> Any:
        """A figure as it stands in its field."""
        kind, _underscore, year = name.rpartition("_")
        if kind not in ("saves", "costs", "fewer", "more"):
            return "" if name == "new_year" else super().shown(row, name)
        if row is self.instance:
            return part_shown(typed_figures(self.cleaned_data, year), name)
        stored = row.effects.filter(year=year).first() if year != NEW else None
        return part_shown(planned_of(stored), name)


def years_shown(effects: Iterable[int], first_year: int | None) -> list[int]:
    """The years of the økonomiplan, and every year that there are figures for.

    The økonomiplan is that of `first_year`, else of the first year with figures, else of this year.
    """
    first = first_year or min(effects, default=timezone.localdate().year)
    return sorted({*range(first, first + YEARS_AHEAD), *effects})


class FollowUpForm(VersionedForm):
    """How far a measure had come at the end of a period, and what it has given of the year so far."""

    status_now = forms.ChoiceField(label=gettext_lazy("Status"), choices=status_choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=gettext_lazy("Kommentar"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Hva er gjort, hva gjenstår, og hvorfor avviker virkningen fra planen?"),
    )

    class Meta:
        model = Measure
        fields: list[str] = []

    def __init__(self, data: Any = None, *, instance: Measure, by: User, span: Span) -> None:
        self.span, self.year = span, span.end.year
        said = status_of(instance, span)
        self.standing = Standing(said) if said else None
        initial = {"status_now": said.status, "comment": said.comment} if said else {}
        super().__init__(data, instance=instance, by=by, initial=initial)
        self.fields |= effect_fields(
            self.year, self._achieved(instance), said=_("hittil i %(year)s") % {"year": self.year}
        )

    def _achieved(self, measure: Measure) -> Figures:
        return achieved_of(MeasureEffect.objects.filter(measure=measure, year=self.year).first())

    @property
    def effect_row(self) -> list[BoundField]:
        """The four fields of the year so far."""
        return [self[name] for name in names_of(self.year)]

    def clean(self) -> dict[str, Any]:
        """Say what cannot be both."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_both(self, self.year)
        return cleaned

    def write(self) -> None:
        """Write the follow-up. Raises `Conflict`."""
        typed = self.cleaned_data
        saving.follow_up(
            measure=self.instance,
            span=self.span,
            status=typed["status_now"],
            comment=typed["comment"],
            achieved=typed_figures(typed, self.year),
            base_version=typed["overwrite"] or typed["base_version"],
            by=self.by,
        )

    def shown(self, row: Any, name: str) -> Any:
        """What the follow-up says, typed or stored."""
        is_typed = row is self.instance
        if name in names_of(self.year):
            return part_shown(typed_figures(self.cleaned_data, self.year) if is_typed else self._achieved(row), name)
        stored = None if is_typed else status_of(row, self.span)
        status, comment = (stored.status, stored.comment) if stored else ("", "")
        if is_typed:
            status, comment = self.cleaned_data["status_now"], self.cleaned_data["comment"]
        return comment if name == "comment" else dict(status_choices()).get(status, "")


def status_of(measure: Measure, span: Span) -> MeasureStatus | None:
    """What is said of the measure after that very period."""
    place = {"period__kind": span.kind, "period__start": span.start, "period__end": span.end}
    return MeasureStatus.objects.filter(measure=measure, **place).select_related("period").first()
