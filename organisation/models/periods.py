"""The times that figures are for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation import periods


class PeriodQuerySet(models.QuerySet["Period"]):
    def for_span(self, span: periods.Span) -> "Period":
        """The period of the span; made if it is not there yet."""
        return self.get_or_create(kind=span.kind, start=span.start, end=span.end)[0]


class Period(models.Model):
    """A time that figures are for: a year, a tertial, a month, a school year, a day; `start` and `end` included."""

    class Kind(models.TextChoices):
        YEAR = "year", _("år")
        TERTIAL = "tertial", _("tertial")
        QUARTER = "quarter", _("kvartal")
        MONTH = "month", _("måned")
        SCHOOL_YEAR = "school_year", _("skoleår")
        DATE = "date", _("dato")

    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    start = models.DateField(_("fra og med"))
    end = models.DateField(_("til og med"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("periode")
        verbose_name_plural = _("perioder")
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "start", "end"], name="one_period_per_kind_and_dates"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="period_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """As people write it: 2024, 2023/2024, 1. tertial 2024, mars 2024, 31.08.2023."""
        return periods.label(self.kind, self.start, self.end)
