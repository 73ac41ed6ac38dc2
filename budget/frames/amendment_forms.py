"""Forms for decisions that move the budget: the words, the words with the rows, and why one is taken back."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.frames.amending import CameFromFile, NumberTaken, Unbalanced, amend, imbalances, next_number, take_back
from budget.frames.line_rows import LineRows
from budget.frames.year_codes import YearCodes
from budget.models import BudgetAmendment
from organisation.editing import VersionedForm
from organisation.models import User

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AmendmentWordsForm(VersionedForm):
    """What is said of a decision. Its lines are put right by a new decision."""

    class Meta:
        model = BudgetAmendment
        fields = ["title", "reason", "decision", "decided_on"]
        widgets = {"decided_on": DAY, "reason": forms.Textarea(attrs={"rows": 4})}

    def clean_decided_on(self) -> datetime.date:
        """A year's budget is moved in that year, or in one beside it."""
        day: datetime.date = self.cleaned_data["decided_on"]
        if abs(day.year - self.instance.year) > 1:
            words = _("Datoen er i %(other)s, men reguleringen gjelder budsjettet for %(year)s.")
            raise forms.ValidationError(words % {"other": day.year, "year": self.instance.year})
        return day


class AmendmentForm(AmendmentWordsForm):
    """A new decision with its rows. `typed` is what stands in it where more rows were asked for: it is not yet read."""

    class Meta(AmendmentWordsForm.Meta):
        fields = ["number", *AmendmentWordsForm.Meta.fields]

    def __init__(
        self, data: Any = None, *, instance: BudgetAmendment, by: User, typed: dict[str, str] | None = None
    ) -> None:
        initial = {"number": next_number(instance)} | (typed or {})
        super().__init__(data, instance=instance, by=by, initial=initial)
        self.fields["number"].widget.attrs |= {"min": 1}
        self.codes = YearCodes(instance.year)
        self.rows = LineRows(data, codes=self.codes, typed=typed)

    def clean_number(self) -> int:
        """Numbers run from 1."""
        number: int = self.cleaned_data["number"]
        if number < 1:
            raise forms.ValidationError(_("Nummeret må være 1 eller mer."))
        return number

    @property
    def status(self) -> int:
        """As for the words, and 422 where a row cannot be read."""
        return max(super().status, 422) if self.rows.errors else super().status

    def clean(self) -> dict[str, Any]:
        """Rows that can be read keep the sum."""
        if self.rows.is_valid():
            for problem in imbalances(self.rows.lines()):
                self.add_error(None, problem)
        return super().clean() or self.cleaned_data

    def is_valid(self) -> bool:
        """Whether words and rows can be read, and the rows keep the sum."""
        return super().is_valid() and not self.rows.errors

    def store(self) -> bool:
        """Also False where somebody else has just used the number."""
        try:
            return super().store()
        except NumberTaken as taken:
            self.add_error("number", str(taken))
        except Unbalanced as unbalanced:
            self.add_error(None, str(unbalanced))
        return False

    def write(self) -> None:
        """Write decision and lines together."""
        amend(amendment=self.save(commit=False), lines=self.rows.lines(), by=self.by)


class TakingBackForm(VersionedForm):
    """Why a decision is taken back."""

    why = forms.CharField(
        label=gettext_lazy("Hvorfor fjernes den?"),
        max_length=100,
        help_text=gettext_lazy("Historikken tar vare på det."),
    )

    class Meta:
        model = BudgetAmendment
        fields: list[str] = []

    def store(self) -> bool:
        """Also False where the lines came from a file."""
        try:
            return super().store()
        except CameFromFile as problem:
            self.add_error(None, str(problem))
            return False

    def write(self) -> None:
        """Remove the decision as it was seen."""
        seen = self.cleaned_data["overwrite"] or self.cleaned_data["base_version"]
        take_back(amendment=self.instance, base_version=seen, why=self.cleaned_data["why"], by=self.by)

    def _differing(self, theirs: BudgetAmendment) -> list[tuple[str, Any]]:
        """The decision's words as they are now."""
        words = AmendmentWordsForm(instance=theirs, by=self.by)
        return [(str(field.label), words.shown(theirs, field.name)) for field in words.visible_fields()]
