"""Forms for frames and what changes them. Amounts are typed in kroner."""

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.frames.wording import in_kroner
from budget.frames.year_codes import unit_choices
from budget.models import Frame, FrameChange
from organisation.access import Right
from organisation.editing import VersionedForm
from organisation.models import Unit, User
from organisation.unit_tree import in_tree_order


class AmountForm(VersionedForm):
    """A row with an amount in kroner."""

    amount_field: str

    def shown(self, row: Any, name: str) -> Any:
        """Kroner as people read them."""
        return in_kroner(getattr(row, name)) if name == self.amount_field else super().shown(row, name)


class FrameForm(AmountForm):
    """What a frame starts from. It is known by its unit and year, which stand."""

    amount_field = "opening"

    class Meta:
        model = Frame
        fields = ["opening", "comment"]
        labels = {"opening": gettext_lazy("Ramme før endringer")}
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}


class FrameAddForm(FrameForm):
    """A new frame, for a unit that has none in the year."""

    class Meta(FrameForm.Meta):
        fields = ["unit", "opening", "comment"]

    def __init__(self, data: Any = None, *, instance: Frame, by: User) -> None:
        super().__init__(data, instance=instance, by=by)
        framed = Frame.objects.filter(year=instance.year).values("unit")
        units = Unit.objects.in_year(instance.year).filter(pk__in=by.unit_ids(Right.PUBLISH)).exclude(pk__in=framed)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        offered = set(units)
        tree = [unit for unit in in_tree_order(Unit.objects.all()) if unit in offered]
        self.fields["unit"].widget.choices = unit_choices(tree)

    def store(self) -> bool:
        """Also False where somebody else has just made the unit's frame."""
        try:
            with transaction.atomic():
                return super().store()
        except IntegrityError:
            self.add_error("unit", _("Enheten har allerede en ramme i %(year)s.") % {"year": self.instance.year})
            return False


class FrameChangeForm(AmountForm):
    """One reason why a frame is not what it started from."""

    amount_field = "amount"

    class Meta:
        model = FrameChange
        fields = ["kind", "reason", "amount"]
        labels = {"amount": gettext_lazy("Endring i kroner")}
        help_texts = {"amount": gettext_lazy("Over null gir enheten mer, under null mindre.")}
