"""What begins and ends, and is shown in the plan of a year when it was valid then."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.access import UnitScopedQuerySet


class ValidityQuerySet(UnitScopedQuerySet):
    """Rows with a time of validity; no date means no limit."""

    def in_year(self, year: int) -> "ValidityQuerySet":
        """Rows that are valid on some day of the year."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=datetime.date(year, 12, 31)),
            Q(valid_to__isnull=True) | Q(valid_to__gte=datetime.date(year, 1, 1)),
        )


class ValidModel(models.Model):
    """Something that begins and ends: the plan of a year shows what was valid then."""

    valid_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_in(self, year: int) -> bool:
        """Whether it is valid on some day of the year."""
        starts = self.valid_from is None or self.valid_from.year <= year
        return starts and (self.valid_to is None or self.valid_to.year >= year)
